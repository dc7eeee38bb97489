"""The desk's own pages by the rules of axe-core: light at a desk, dark on a phone."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from articles import services
from articles.ingest.record import IssueInfo
from articles.models import Article, Author, Decision, Issue, Resemblance, Upload
from articles.models import Page as Sheet
from tests.articles.ingest.pages import FISH, SAND, TEA
from tests.browser.test_accessibility import DESK, LOOKS, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "\n\n".join((TEA.whole, SAND.whole, FISH.whole))
THEME = {"region": {"enabled": False}}
"""The admin theme has no landmarks around its side bar and its header."""


def drop(user: User, *files: tuple[str, str]) -> Upload:
    sent = [SimpleUploadedFile(name, text.encode()) for name, text in files]
    return services.begin_upload(
        sent, services.Said(IssueInfo("某某政协报", "2024-07-15", "101", None)), user
    )


def merged() -> Decision:
    one, other = (Author.objects.create(name=name) for name in ("将并", "所并"))
    return services.merge(one, other)


def addresses(user: User) -> dict[str, str]:
    """Every page of the desk that is not a list of the admin's own making, and a form of each kind, with something to show."""
    done = drop(user, ("a.txt", TEXT), ("b.txt", TEXT + "\n\n另有一行，与前一份不同。"), ("c.txt", ""))
    for day, number in (("16", "102"), ("18", "104")):
        Issue.objects.create(
            publication=Issue.objects.get(number="101").publication, date=f"2024-07-{day}", number=number
        )
    more = [(f"{letter}.txt", f"{TEXT}\n\n第 {letter} 份。") for letter in "def"]
    under_way = drop(user, *more)
    begun = {"run": None, "finished_at": None}
    under_way.files.filter(name="e.txt").update(status="working", stage="parse", **begun)
    under_way.files.filter(name="f.txt").update(status="waiting", **begun)
    keys = list(Article.objects.values_list("pk", flat=True))
    proposal = services.propose(keys, user)
    services.ask(proposal, services.Changes(state="published"))
    action = services.act(keys[:2], services.Changes(state="published"), user)
    return {
        "front": reverse("admin:index"),
        "upload": reverse("admin:articles_upload"),
        "result": reverse("admin:articles_batch", args=[done.public_id]),
        "progress": reverse("admin:articles_batch", args=[under_way.public_id]),
        "queue": reverse("admin:articles_queue"),
        "bench": reverse("admin:articles_bench", args=[Sheet.objects.earliest("pk").pk]),
        "status": reverse("status"),
        "near": reverse("admin:articles_resemblance_change", args=[Resemblance.objects.latest("pk").pk]),
        "proposal": reverse("admin:articles_action_page", args=[proposal.public_id]),
        "article": reverse("admin:articles_article_change", args=[keys[0]]),
        "publication": reverse("admin:articles_publication_add"),
        "account": reverse("admin:auth_user_add"),
        "action": reverse("admin:articles_action_page", args=[action.public_id]),
        "names of places": reverse("admin:articles_place_names"),
        "decision": reverse("admin:articles_decision_page", args=[merged().pk]),
        "two people": reverse("admin:articles_author_part", args=[Author.objects.latest("pk").pk]),
    }


def test_axe_finds_nothing_on_the_pages_of_the_desk(
    emptied: None, page: Page, live_server: LiveServer
) -> None:
    user, client = User.objects.create_superuser("editor"), Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    looks: tuple[tuple[ViewportSize, Literal["light", "dark"]], ...] = ((DESK, "light"), (PHONE, "dark"))
    found: dict[str, list[str]] = {}
    for name, address in addresses(user).items():
        faults: list[str] = []
        for size, scheme in looks:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            answer = page.goto(live_server.url + address)
            assert answer is not None and answer.status == 200, name
            page.wait_for_function("!document.documentElement.hasAttribute('x-cloak')")
            page.evaluate(AXE_SCRIPT)
            faults += (f"{scheme}: {fault}" for fault in seen(page, every_rule=size is DESK))
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        if faults:
            found[name] = faults
    assert found == {}


def seen(page: Page, every_rule: bool) -> Iterator[str]:
    rules = {"rules": {"target-size": {"enabled": True}, **THEME}} if every_rule else {"runOnly": LOOKS}
    options = {"resultTypes": ["violations"], **rules}
    for rule in page.evaluate("options => axe.run(document, options)", options)["violations"]:
        for node in rule["nodes"]:
            yield f"{rule['id']}: {node['html'][:200]}"
