"""Publications get pages of their own, at opaque addresses as everything else."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import articles.models.ids


def give_ids(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """No article reads differently for it, so none is indexed anew."""
    publications = apps.get_model("articles", "Publication").objects
    editor.execute("ALTER TABLE articles_publication DISABLE TRIGGER feed_publication_update")
    for publication in publications.filter(public_id=None):
        publications.filter(pk=publication.pk).update(public_id=articles.models.ids.new_public_id())
    editor.execute("ALTER TABLE articles_publication ENABLE TRIGGER feed_publication_update")


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_stamps")]

    operations = [
        migrations.AddField(
            "publication", "public_id", models.CharField(max_length=10, null=True, editable=False)
        ),
        migrations.RunPython(give_ids, migrations.RunPython.noop),
        migrations.AlterField(
            "publication",
            "public_id",
            models.CharField(
                default=articles.models.ids.new_public_id, editable=False, max_length=10, unique=True
            ),
        ),
    ]
