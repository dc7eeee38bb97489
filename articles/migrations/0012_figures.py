"""Metrics that name the same thing are found together, and the feed tells when a metric changes: readers see counts of them."""

from django.db import migrations, models

FEED = """
CREATE FUNCTION articles_feed_metric() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM articles_feed_note(ARRAY(SELECT DISTINCT article_id FROM changed));
    RETURN NULL;
END $$;
""" + "\n".join(
    f"CREATE TRIGGER feed_metric_{event} AFTER {event.upper()} ON articles_metric REFERENCING {rows} TABLE AS changed"
    " FOR EACH STATEMENT EXECUTE FUNCTION articles_feed_metric();"
    for event, rows in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD"))
)
NO_FEED = "DROP FUNCTION IF EXISTS articles_feed_metric() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_roles")]

    operations = [
        migrations.AddField(
            model_name="metric",
            name="subject_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    "subject",
                    models.Value(
                        "！＃＄％＆（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
                        "［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～ABCDEFGHIJKLMNOPQRSTUVWXYZ【】〔〕"
                        " \t\n\xa0\u3000“”‘’\"'＂＇「」『』《》〈〉·•・"
                    ),
                    models.Value(
                        "!#$%&()*+,-./0123456789:;<=>?@abcdefghijklmnopqrstuvwxyz[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
                        "abcdefghijklmnopqrstuvwxyz()()"
                    ),
                    function="translate",
                ),
                output_field=models.CharField(max_length=200),
            ),
        ),
        migrations.AddIndex(
            model_name="metric",
            index=models.Index(fields=["subject_key", "unit", "value"], name="metric_figure"),
        ),
        migrations.AddIndex(
            model_name="metric", index=models.Index(fields=["value", "id"], name="metric_value")
        ),
        migrations.RunSQL(FEED, NO_FEED),
    ]
