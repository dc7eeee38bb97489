"""What every test has: a database and an index of its worker's own, its own var/, an empty environment."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def index_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Where this worker's search index lies: workers index different databases."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp(f"index-{worker_id}")
    for connection in settings.HAYSTACK_CONNECTIONS.values():
        connection["PATH"] = str(folder)
    return folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Loads the vocabulary once into each worker's database."""
    from articles.services import load_vocabulary

    with django_db_blocker.unblock():
        load_vocabulary()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, the machine's own or CHROMIUM; missing, it fails the test and says what to install."""
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if named is None:
        pytest.fail("no Chromium here: install chromium, or set CHROMIUM=/path/to/it", pytrace=False)
    flags = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's event loop runs in this thread, and makes Django refuse the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=named, args=flags)
        yield launched
        launched.close()
