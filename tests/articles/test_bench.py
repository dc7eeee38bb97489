"""The split workbench by plain forms, without a script."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser, Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles import services
from articles.admin import bench_page
from articles.models import Article, Metric, Origin, Page, SplitDraft, State, Theme
from articles.services import split
from articles.services.judge import judge
from tests.articles.ingest.pages import FISH, SAND, TEA
from tests.articles.test_split import apply, at, taken
from tests.articles.test_split import do as work

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client, django_user_model: Any) -> AbstractUser:
    user = django_user_model.objects.create_user("ann", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["change_article", "view_page"]))
    client.force_login(user)
    return user


@pytest.fixture
def do(client: Client, editor: AbstractUser) -> Callable[..., HttpResponse]:
    """Sends one operation as the page's form does."""

    def send(page: Page, do: str, line: str = "", **more: Any) -> HttpResponse:
        found = split.standing(page)
        spans = [
            f"{p.start}-{p.end}" for p in found.now.pieces if line and line in page.text[p.start : p.end]
        ]
        data = {"do": do, "span": spans, "version": found.version, **more}
        return client.post(reverse("admin:articles_bench_do", args=[page.pk]), data, follow=True)

    return send


def shown(client: Client, page: Page) -> str:
    answer = client.get(reverse("admin:articles_bench", args=[page.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_wrong_split_is_mended_by_forms_alone(client: Client, do: Callable[..., HttpResponse]) -> None:
    page = taken(publish=False)
    assert "一字不漏" in shown(client, page)
    do(page, "split", SAND.paragraphs[1])
    do(page, "role", SAND.paragraphs[2][:20], role="heading")
    do(page, "undo")
    do(page, "title", SAND.paragraphs[1], words="治沙要靠科学")
    html = shown(client, page)
    assert "治沙要靠科学</h2>" in html and "人工指定" in html
    assert Article.objects.count() == 3
    answer = do(page, "apply")
    assert "已生效" in answer.content.decode()
    assert Article.objects.filter(title="治沙要靠科学", state=State.DRAFT).exists()
    assert not split.standing(page).is_changed
    assert "摆出拆分前的编排，再改" in shown(client, page)
    do(page, "put_back")
    assert split.standing(page).now.articles == (1, 2, 3)


def test_whose_work_would_be_applied_is_said(
    client: Client, do: Callable[..., HttpResponse], admin_user: AbstractUser
) -> None:
    page = taken(publish=False)
    do(page, "split", SAND.paragraphs[1])
    assert "所做" not in shown(client, page)
    client.force_login(admin_user)
    assert "生效（包括 ann 所做的）" in shown(client, page)
    do(page, "discard")
    assert "生效" not in shown(client, page).split("bench-apply")[1].split("</p>")[0]


def test_a_stale_form_says_so_and_changes_nothing(client: Client, do: Callable[..., HttpResponse]) -> None:
    page = taken(publish=False)
    do(page, "split", SAND.paragraphs[1])
    span = at(FISH.title)[0]
    data = {"do": "merge", "span": f"{span.start}-{span.end}", "version": 0}
    answer = client.post(
        reverse("admin:articles_bench_do", args=[page.pk]), data, headers={"HX-Request": "true"}
    )
    assert "ann" in answer.content.decode() and 'name="version" value="1"' in answer.content.decode()
    assert SplitDraft.objects.get().done == 1


@pytest.mark.parametrize(
    "do_what", ["", "nonsense", "split", "move", "accept:1:genre", "accept:x", "reject:9:metric:9"]
)
def test_whatever_is_sent_is_answered_in_a_sentence(do_what: str, do: Callable[..., HttpResponse]) -> None:
    page = taken(publish=False)
    answer = do(page, do_what, span=["5-2", "9999999-99999999", "a-b"], article="⑤", stretch="-")
    assert answer.status_code == 422 and not SplitDraft.objects.exists()
    assert answer.context["refused"]


def test_values_are_accepted_and_rejected(client: Client, do: Callable[..., HttpResponse]) -> None:
    page = taken(publish=False)
    tea = page.articles.get(title=TEA.title)
    metric = tea.metrics.get(quote__contains="32")
    do(page, f"reject:{tea.pk}:metric:{metric.pk}")
    assert Metric.objects.get(pk=metric.pk).origin == Origin.REJECTED
    do(page, f"accept:{tea.pk}:metric:{metric.pk}")
    assert Metric.objects.get(pk=metric.pk).origin == Origin.PERSON
    assert metric.history.first().history_user.username == "ann"
    metric.refresh_from_db()
    metric.value, metric.unit = Decimal(45), "个（村）"
    metric.save()
    html = shown(client, page)
    assert f"{metric.subject} 45 个（村）" in html and f"机读原值: {metric.subject} 32" in html
    theme = tea.themes.first()
    assert isinstance(theme, Theme)
    do(page, f"reject:{tea.pk}:themes:{theme.name}")
    assert theme not in tea.themes.all() and theme.name in shown(client, page)
    do(page, f"accept:{tea.pk}:themes:{theme.name}")
    assert theme in tea.themes.all()
    do(page, f"reject:{tea.pk}:title:-")
    tea.refresh_from_db()
    assert tea.title == "" and "机读原值: " + TEA.title in shown(client, page)
    do(page, f"accept:{tea.pk}:title:-")
    tea.refresh_from_db()
    assert tea.title == TEA.title and tea.evidence.get(field="title").origin == Origin.PERSON
    do(page, f"reject:{tea.pk}:genre:-")
    tea.refresh_from_db()
    assert tea.genre


def test_only_those_who_may_change_articles_come_in(client: Client, django_user_model: Any) -> None:
    page = taken(publish=False)
    client.force_login(django_user_model.objects.create_user("guest", password="x", is_staff=True))
    for name in ("articles_bench", "articles_bench_do"):
        assert client.post(reverse(f"admin:{name}", args=[page.pk])).status_code == 403


def test_the_workbench_is_linked_where_one_looks_for_it(admin_client: Client) -> None:
    page = taken(publish=False)
    article = page.articles.first()
    assert article is not None
    address = reverse("admin:articles_bench", args=[page.pk])
    for name, key in (("page", page.pk), ("article", article.pk), ("source", page.source_id)):
        assert (
            address in admin_client.get(reverse(f"admin:articles_{name}_change", args=[key])).content.decode()
        )


def test_what_was_applied_can_be_put_back_under_the_same_ids() -> None:
    page = taken()
    before = dict(list(page.articles.values_list("public_id", "text")))
    with pytest.raises(services.Refused):
        split.put_back(page, 0, None)
    work(page, "merge", FISH.title)
    work(page, "split", TEA.paragraphs[2][:8])
    apply(page)
    split.put_back(page, 0, None)
    assert split.standing(page).can_undo
    apply(page, publish=True)
    living = page.articles.filter(state=State.PUBLISHED)
    assert dict(list(living.values_list("public_id", "text"))) == before


def test_a_page_is_read_anew_only_when_arranged_anew_and_of_very_many_values_the_first_are_shown(
    client: Client, do: Callable[..., HttpResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, read, whole = taken(publish=False), [], split.read_again

    def read_again(found: split.Standing) -> Any:
        read.append(found)
        return whole(found)

    monkeypatch.setattr(split, "read_again", read_again)
    assert "只列出前面的" not in shown(client, page) and not read
    monkeypatch.setattr(bench_page, "MOST_VALUES", 2)
    assert shown(client, page).count("只列出前面的") == 3
    do(page, "split", SAND.paragraphs[1])
    assert read and "只列出前面的" in shown(client, page)


def test_no_key_empties_what_a_person_wrote_nor_the_headline_that_readers_see() -> None:
    article = taken(publish=True).articles.order_by("position")[0]
    with pytest.raises(services.Refused, match="读者"):
        judge(article, "title", "", accept=False)
    services.correct(article, {"kicker": "某人写的引题"})
    with pytest.raises(services.Refused, match="由人填写"):
        judge(Article.objects.get(pk=article.pk), "kicker", "", accept=False)
    article.refresh_from_db()
    assert article.title and article.kicker == "某人写的引题"
