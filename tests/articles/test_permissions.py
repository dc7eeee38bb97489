"""Every address of the desk, by role: who may open it, and nobody else. An address that is new has to be named here."""

from collections.abc import Iterator
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from articles import services
from articles.models import (
    Action,
    Article,
    Author,
    Issue,
    Mechanism,
    Page,
    Publication,
    Resemblance,
    Upload,
)
from articles.roles import MANAGER, REVIEWER, ROLES
from articles.services import Changes
from tests.articles.ingest.pages import FISH
from tests.articles.test_split import apply, do, taken

pytestmark = pytest.mark.django_db

LISTS = "changelist change history"
OPEN_TO: dict[tuple[Any, ...], str] = {
    (None, *ROLES): "index search password_change password_change_done jsi18n",
    ROLES: """
        articles_queue articles_queue_step articles_action_page articles_source_download articles_bench articles_bench_do
        articles_upload articles_batch articles_upload_progress articles_upload_cancel articles_upload_retry
        articles_upload_place
        articles_ingestrun_to_upload articles_mechanism_proposed articles_region_lookup autocomplete
        articles_publication_add articles_issue_add articles_author_add articles_issue_delete articles_decision_page
    """,
    (REVIEWER, MANAGER): """
        articles_region_merge articles_place_names articles_region_names articles_theme_merge articles_theme_words
        articles_theme_teach articles_mechanism_merge articles_author_merge articles_author_part articles_author_two_people
        articles_mechanism_add articles_mechanism_delete articles_author_delete
    """,
    (MANAGER,): """
        auth_user_password_change auth_user_add auth_user_delete articles_publication_delete
        axes_accessattempt_delete
    """,
}
SHOWN = {
    ROLES: "action resemblance article decision ingestrun publication issue source page upload region theme mechanism author",
    (MANAGER,): "user group accessattempt",
}
NOBODYS = {
    "django_tasks_database_dbtaskresult": "changelist add change history delete",  # the status page says it in words
    "articles_article": "add delete",  # articles come with pages, and go through the trash
    **{f"articles_{name}": "add delete" for name in (
        "action", "resemblance", "decision", "ingestrun", "source", "page", "upload", "region", "theme"
    )},
    "auth_group": "add delete",
    "axes_accessattempt": "add",
}  # fmt: skip
ELSEWHERE = {"login", "logout", "view_on_site", "app_list", "articles_article_restore"}
"""Open to everybody, or tested with what they do."""
POSTED = {
    "articles_queue_step": {"do": "first"}, "articles_bench_do": {"do": "undo", "version": "0"},
    "articles_upload_cancel": {}, "articles_upload_retry": {},
    "articles_upload_place": {"do": "keep"},
}  # fmt: skip


def addresses(patterns: Any = None) -> Iterator[str]:
    """The names of all addresses under /admin/ that have one."""
    for pattern in admin.site.urls[0] if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name


def who() -> dict[str, tuple[Any, ...]]:
    """The roles that may open each address."""
    table = {name: roles for roles, names in OPEN_TO.items() for name in names.split()}
    for roles, models in SHOWN.items():
        for model in models.split():
            app = apps.get_app_config("auth" if model in ("user", "group") else
                                      "axes" if model == "accessattempt" else "articles")  # fmt: skip
            table |= {f"{app.label}_{model}_{page}": roles for page in LISTS.split()}
    return table | {f"{model}_{page}": () for model, pages in NOBODYS.items() for page in pages.split()}


def filled() -> None:
    """One of everything that has a page."""
    page = taken(publish=False)
    do(page, "merge", FISH.title)
    apply(page)
    one, two = page.articles.order_by("pk")[:2]
    services.act([one.pk], Changes(state="in_review"))
    services.begin_upload([SimpleUploadedFile("a.txt", b"")], services.Said(), None)
    Mechanism.objects.create(name="围炉夜话", kind="活动")
    author, other = (Author.objects.create(name=name) for name in ("甲", "乙"))
    services.merge(author, other)
    Resemblance.objects.create(article=one, other_article=two, share=0.5)
    AccessAttempt.objects.create(username="x", failures_since_start=1)
    # With nothing in them, so that they may be deleted.
    Issue.objects.create(publication=Publication.objects.get_or_create(name="某刊")[0], number="0")
    Publication.objects.create(name="某报")
    User.objects.create_user("somebody else")


def address(name: str) -> str:
    """Where it is, of the row that was made last, which nothing depends on."""
    if name in ("articles_region_lookup", "autocomplete"):
        asked = "term=x&app_label=articles&model_name=article&field_name=region"
        return f"{reverse(f'admin:{name}')}?{asked}"
    bench, batches = ("articles_bench", "articles_bench_do"), ("articles_batch", "articles_upload_progress")
    if name in bench:
        return reverse(f"admin:{name}", args=[Page.objects.get().pk])
    if name in (*batches, "articles_upload_cancel", "articles_upload_retry", "articles_upload_place"):
        return reverse(f"admin:{name}", args=[Upload.objects.get().public_id])
    if name == "articles_action_page":
        return reverse(f"admin:{name}", args=[Action.objects.latest("pk").public_id])
    app, model, *page = (name.removeprefix("django_tasks_") + "_").split("_")
    one_of_them = {"page", "change", "history", "delete", "download", "part", "password", "two"}
    if app == "database":
        return reverse(f"admin:{name}", args=[1] if page[0] in one_of_them else [])
    if page and page[0] in one_of_them:
        return reverse(f"admin:{name}", args=[apps.get_model(app, model)._default_manager.latest("pk").pk])
    return reverse(f"admin:{name}")


def opens(client: Client, name: str) -> bool:
    where = address(name)
    answer = client.post(where, POSTED[name]) if name in POSTED else client.get(where)
    led_home = answer.status_code == 302 and answer["Location"] in ("/admin/", "/admin/login/")
    assert answer.status_code in (200, 302, 403, 404), name
    return answer.status_code in (200, 302) and not led_home


def test_every_address_is_named() -> None:
    assert set(addresses()) == set(who()) | ELSEWHERE


def test_each_role_opens_what_it_may_and_nothing_else(client: Client) -> None:
    filled()
    wrong: set[tuple[str, str]] = set()
    for role in (None, *ROLES):
        name = role.name if role else "nobody"
        user = User.objects.create_user(name, is_staff=True)
        if role:
            user.groups.add(Group.objects.get(name=name))
        client.force_login(user)
        wrong |= {(name, page) for page, roles in who().items() if opens(client, page) != (role in roles)}
    assert wrong == set()


def test_who_is_not_staff_opens_nothing(client: Client) -> None:
    filled()
    client.force_login(User.objects.create_user("reader"))
    for name in who():
        answer = client.get(address(name))
        assert answer.status_code == 302 and "/login/" in answer["Location"], name


def test_a_page_is_split_by_who_may_change_each_of_its_articles(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    page = taken(publish=True)
    user = User.objects.create_user("local", is_staff=True)
    own = set(page.articles.values_list("pk", flat=True))

    def has_perm(self: Any, permission: str, obj: Any = None) -> bool:
        """As a backend of object permissions says."""
        return isinstance(obj, Article) and obj.pk in own and permission != "articles.withdraw_article"

    monkeypatch.setattr(User, "has_perm", has_perm)
    client.force_login(user)
    bench = reverse("admin:articles_bench", args=[page.pk])
    assert client.get(bench).status_code == 200
    do(page, "merge", FISH.title, user)
    with pytest.raises(services.Refused):  # a published article would vanish
        apply(page, user)
    own.pop()
    assert client.get(bench).status_code == 403
