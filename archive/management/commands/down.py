from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from archive import children


class Command(BaseCommand):
    help = "Stops the site, its worker and the private PostgreSQL of this ARCHIVE_VAR."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        # The supervisor ends the others and the database in order; its children are asked only if it is gone.
        found = children.living(settings.ENV.var / "up.json")
        children.end(found[:1], grace=4 * children.GRACE_SECONDS)
        children.end(children.living(settings.ENV.var / "up.json"))
        server = settings.PRIVATE_POSTGRES
        stopped = server.stop() if server is not None else False
        self.stdout.write(_("Stopped.") if found or stopped else _("Nothing was running."))
