"""Doubts are counted once and kept. Triggers mark the articles whose counts may be others now, whatever did the writing.

Marks are only added, so that no writer waits for another; whoever counts takes them away.
"""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.db import migrations, models

MARKS = """
CREATE TABLE articles_doubtmark (article_id bigint NOT NULL);
INSERT INTO articles_doubtmark SELECT id FROM articles_article;

CREATE FUNCTION articles_doubt_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO articles_doubtmark SELECT DISTINCT article_id FROM changed WHERE article_id IS NOT NULL;
    RETURN NULL;
END $$;

-- What the log of a run says of a page is a doubt about each of its articles.
CREATE FUNCTION articles_doubt_mark_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO articles_doubtmark
        SELECT DISTINCT a.id FROM changed c JOIN articles_ingestrun r ON r.id = c.run_id
        JOIN articles_page p ON p.source_id = r.source_id JOIN articles_article a ON a.page_id = p.id
        WHERE c.level = 'warning';
    RETURN NULL;
END $$;
CREATE FUNCTION articles_doubt_mark_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO articles_doubtmark
        SELECT DISTINCT a.id FROM changed c
        JOIN articles_page p ON p.source_id = c.source_id JOIN articles_article a ON a.page_id = p.id;
    RETURN NULL;
END $$;

CREATE TRIGGER doubt_feed AFTER INSERT ON articles_articlechange REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION articles_doubt_mark();
"""
TABLES = (
    ("articles_evidence", "articles_doubt_mark"),
    ("articles_ingestevent", "articles_doubt_mark_event"),
    ("articles_ingestrun", "articles_doubt_mark_run"),
)
EVENTS = (("insert", "NEW"), ("update", "OLD"), ("update", "NEW"), ("delete", "OLD"))


def marks_sql() -> str:
    return MARKS + "".join(
        f"CREATE TRIGGER doubt_{event}_{rows.lower()} AFTER {event.upper()} ON {table}"
        f" REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();\n"
        for table, function in TABLES
        for event, rows in EVENTS
    )


def undo_sql() -> str:
    functions = ("articles_doubt_mark", "articles_doubt_mark_event", "articles_doubt_mark_run")
    return (
        "".join(f"DROP FUNCTION IF EXISTS {f}() CASCADE;\n" for f in functions)
        + "DROP TABLE articles_doubtmark;"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0023_local_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="Doubts",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="doubts",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("untitled", models.PositiveIntegerField()),
                ("place", models.PositiveIntegerField()),
                ("warned", models.PositiveIntegerField()),
                ("page", models.PositiveIntegerField()),
                ("unsure", models.PositiveIntegerField()),
                (
                    "score",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(0),
                                            "+",
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.functions.comparison.Least(
                                                    models.F("untitled"), models.Value(1)
                                                ),
                                                "*",
                                                models.Value(3),
                                            ),
                                        ),
                                        "+",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.functions.comparison.Least(
                                                models.F("place"), models.Value(1)
                                            ),
                                            "*",
                                            models.Value(3),
                                        ),
                                    ),
                                    "+",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.functions.comparison.Least(
                                            models.F("warned"), models.Value(5)
                                        ),
                                        "*",
                                        models.Value(2),
                                    ),
                                ),
                                "+",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.comparison.Least(
                                        models.F("page"), models.Value(3)
                                    ),
                                    "*",
                                    models.Value(2),
                                ),
                            ),
                            "+",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.functions.comparison.Least(
                                    models.F("unsure"), models.Value(5)
                                ),
                                "*",
                                models.Value(1),
                            ),
                        ),
                        output_field=models.IntegerField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "doubts about an article",
                "verbose_name_plural": "doubts about articles",
                "indexes": [models.Index(fields=["-score", "article"], name="articles_do_score_b42cc5_idx")],
            },
        ),
        migrations.RunSQL(marks_sql(), undo_sql()),
    ]
