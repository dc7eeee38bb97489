"""Stamps: which transaction changed which article, for readers who hold the articles in memory.

The feed's rows go when the search index has applied them; anybody else needs a record of their own. Who knows the
articles as of one snapshot asks for the stamps of transactions that it did not see: exact, however long a writer
takes to commit. Only additions, so that no writer waits for another.
"""

from django.db import migrations

MANY = 5000  # articles of one statement above which the stamp is one row that says "everything"
KEPT = 10_000  # transactions whose stamps are kept

STAMPS = f"""
CREATE TABLE articles_stamp (xid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint, article_id bigint);
CREATE INDEX articles_stamp_xid ON articles_stamp (xid);

CREATE FUNCTION articles_stamp_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM changed) > {MANY} THEN
        INSERT INTO articles_stamp (article_id) VALUES (NULL);
    ELSE
        INSERT INTO articles_stamp (article_id) SELECT DISTINCT article_id FROM changed;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER stamp_feed AFTER INSERT ON articles_articlechange REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION articles_stamp_changed();

-- Old ones go when the index has applied changes: one process does so. Numbers of the future came with a dump.
CREATE FUNCTION articles_stamp_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM articles_stamp
        WHERE xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint - {KEPT}
            OR xid > GREATEST(
                pg_current_xact_id()::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            );
    RETURN NULL;
END $$;
CREATE TRIGGER stamp_forget AFTER DELETE ON articles_articlechange
    FOR EACH STATEMENT EXECUTE FUNCTION articles_stamp_forget();
"""

# The feed leaves metrics out, because no index holds them; readers count them.
METRICS = "".join(
    f"CREATE TRIGGER stamp_metric_{event} AFTER {event.upper()} ON articles_metric REFERENCING {rows} TABLE AS changed"
    " FOR EACH STATEMENT EXECUTE FUNCTION articles_stamp_changed();\n"
    for event, rows in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD"))
)

# A province's name stands with the articles of its counties, too.
REGION = """
CREATE OR REPLACE FUNCTION articles_feed_region() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM articles_feed_note(ARRAY(
        WITH inside AS (
            SELECT id FROM articles_region WHERE code IN (SELECT code FROM changed)
                OR left(code, 4) || '00' IN (SELECT code FROM changed)
                OR left(code, 2) || '0000' IN (SELECT code FROM changed)
        )
        SELECT id FROM articles_article WHERE region_id IN (SELECT id FROM inside)
        UNION SELECT article_id FROM articles_article_also_regions WHERE region_id IN (SELECT id FROM inside)
    ));
    RETURN NULL;
END $$;
"""

BACK = """
CREATE OR REPLACE FUNCTION articles_feed_region() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM articles_feed_note(ARRAY(SELECT q.* FROM (
        SELECT id FROM articles_article WHERE region_id IN (SELECT id FROM changed)
        UNION SELECT article_id FROM articles_article_also_regions WHERE region_id IN (SELECT id FROM changed)
    ) q));
    RETURN NULL;
END $$;
DROP FUNCTION articles_stamp_changed() CASCADE;
DROP FUNCTION articles_stamp_forget() CASCADE;
DROP TABLE articles_stamp;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_counting_index")]

    operations = [migrations.RunSQL(STAMPS + METRICS + REGION, BACK)]
