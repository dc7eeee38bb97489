import logging
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from archive.messages import compile_stale

logger = logging.getLogger(__name__)


def locale_folders() -> list[Path]:
    """Where this project's own message catalogues lie."""
    apps = [Path(settings.BASE_DIR, app, "locale") for app in ("archive", "articles", "search")]
    return [*map(Path, settings.LOCALE_PATHS), *apps]


class ArchiveConfig(AppConfig):
    """The wiring: settings, the private server, the command that brings everything up."""

    name = "archive"
    verbose_name = "archive"

    def import_models(self) -> None:
        # Not ready(): django.contrib.auth translates while it loads, and catalogues are read once.
        try:
            compile_stale(locale_folders())
        except (OSError, ValueError) as error:  # pages then show English, which is no reason to show none
            logger.warning("The interface's translations are out of date: %s", error)
        super().import_models()
