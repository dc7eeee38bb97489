"""What PostgreSQL keeps true by itself: disjoint ledgers, spans inside their page, and the feed of changed articles."""

from django.db import migrations

# A page id and an offset make one number, so that a plain range exclusion works per page without an extension.
PAGE_STRIDE = 2**32

DISJOINT = f"""
ALTER TABLE articles_block ADD CONSTRAINT block_spans_disjoint EXCLUDE USING gist (
    int8range(page_id * {PAGE_STRIDE} + "start", page_id * {PAGE_STRIDE} + "end") WITH &&
);
"""

INSIDE = """
CREATE FUNCTION articles_block_inside_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM changed c JOIN articles_page p ON p.id = c.page_id WHERE c."end" > char_length(p.text)
    ) THEN
        RAISE EXCEPTION 'a ledger row ends beyond its page' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION articles_span_inside_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM changed c JOIN articles_article a ON a.id = c.article_id
        LEFT JOIN articles_page p ON p.id = a.page_id
        WHERE c."end" IS NOT NULL AND (p.id IS NULL OR c."end" > char_length(p.text))
    ) THEN
        RAISE EXCEPTION 'a span ends beyond its page' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION articles_page_text_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a page text is never edited' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER page_text_is_final BEFORE UPDATE OF text ON articles_page
    FOR EACH ROW WHEN (OLD.text IS DISTINCT FROM NEW.text) EXECUTE FUNCTION articles_page_text_is_final();
"""

SPANNED = {
    "articles_block": "articles_block_inside_page",
    "articles_evidence": "articles_span_inside_page",
    "articles_metric": "articles_span_inside_page",
    "articles_mechanismmention": "articles_span_inside_page",
}

# Which articles a change in a table concerns, as a query over the changed rows.
CONCERNED = {
    "articles_article": "SELECT id FROM changed",
    "articles_article_themes": "SELECT article_id FROM changed",
    "articles_article_also_regions": "SELECT article_id FROM changed",
    "articles_byline": "SELECT article_id FROM changed",
    "articles_mechanismmention": "SELECT article_id FROM changed",
    "articles_theme": "SELECT article_id FROM articles_article_themes WHERE theme_id IN (SELECT id FROM changed)",
    "articles_mechanism":
        "SELECT article_id FROM articles_mechanismmention WHERE mechanism_id IN (SELECT id FROM changed)",
    "articles_author": "SELECT article_id FROM articles_byline WHERE author_id IN (SELECT id FROM changed)",
    "articles_region": "SELECT id FROM articles_article WHERE region_id IN (SELECT id FROM changed)"
        " UNION SELECT article_id FROM articles_article_also_regions WHERE region_id IN (SELECT id FROM changed)",
    "articles_page": "SELECT id FROM articles_article WHERE page_id IN (SELECT id FROM changed)",
    "articles_issue": "SELECT a.id FROM articles_article a JOIN articles_page p ON p.id = a.page_id"
        " WHERE p.issue_id IN (SELECT id FROM changed)",
    "articles_publication": "SELECT a.id FROM articles_article a JOIN articles_page p ON p.id = a.page_id"
        " JOIN articles_issue i ON i.id = p.issue_id WHERE i.publication_id IN (SELECT id FROM changed)",
}  # fmt: skip

EVENTS = (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD"))


def feed_sql() -> str:
    parts = []
    for table, query in CONCERNED.items():
        short = table.removeprefix("articles_")
        parts.append(f"""
CREATE FUNCTION articles_feed_{short}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO articles_articlechange (article_id, happened_at) SELECT DISTINCT q.*, now() FROM ({query}) q;
    IF FOUND THEN PERFORM pg_notify('article_change', ''); END IF;
    RETURN NULL;
END $$;""")
        for event, rows in EVENTS:
            parts.append(
                f"CREATE TRIGGER feed_{short}_{event} AFTER {event.upper()} ON {table} REFERENCING {rows} TABLE"
                f" AS changed FOR EACH STATEMENT EXECUTE FUNCTION articles_feed_{short}();"
            )
    parts.append("""
CREATE FUNCTION articles_feed_everything() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO articles_articlechange (article_id, happened_at) VALUES (NULL, now());
    PERFORM pg_notify('article_change', '');
    RETURN NULL;
END $$;
CREATE TRIGGER feed_article_truncate AFTER TRUNCATE ON articles_article
    FOR EACH STATEMENT EXECUTE FUNCTION articles_feed_everything();""")
    return "\n".join(parts)


def spanned_sql() -> str:
    return "\n".join(
        f"CREATE TRIGGER span_{event} AFTER {event.upper()} ON {table} REFERENCING NEW TABLE AS changed"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
        for table, function in SPANNED.items()
        for event in ("insert", "update")
    )


def undo_sql() -> str:
    functions = [f"articles_feed_{t.removeprefix('articles_')}" for t in CONCERNED]
    functions += ["articles_feed_everything", *sorted(set(SPANNED.values())), "articles_page_text_is_final"]
    drops = "\n".join(f"DROP FUNCTION IF EXISTS {f}() CASCADE;" for f in functions)
    return drops + "\nALTER TABLE articles_block DROP CONSTRAINT IF EXISTS block_spans_disjoint;"


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunSQL(DISJOINT + INSIDE + spanned_sql() + feed_sql(), undo_sql())]
