"""What a form of the desk keeps: dates of the calendar only, all of it or nothing, and no warning that is met."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from articles import services
from articles.ingest.assemble import NO_TITLE
from articles.ingest.record import IssueInfo, PageRecord
from articles.models import Article, Author, Issue, Metric, Page, Publication
from articles.models.source import is_date
from articles.roles import EDITOR
from articles.services.intake import checked
from tests.articles.test_admin import change, form_of
from tests.support.records import page_record

pytestmark = pytest.mark.django_db

UNTITLED = """人民政协报　2026年5月8日　第9605号　第3版

　　近日，安徽省黄山市政协围绕古村落保护开展民主监督，组织委员走访45个村，提出建议31条，被采纳26条。

　　委员们建议，建立“古建医生”队伍，对濒危古建及时修缮。
"""


@pytest.fixture
def article(parse: Callable[[PageRecord], bytes]) -> Article:
    record = page_record()
    return services.accept_upload(parse(record), record.name).articles[0]


@pytest.mark.parametrize("text", ["2024", "2024-07", "2024-07-16", "2024-02-29"])
def test_dates_of_the_calendar_are_dates(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-13-45", "2023-02-29", "0000", "2024-7-16", "2024-07-16\n"]
)
def test_other_texts_are_not(text: str) -> None:
    assert not is_date(text)


def test_no_form_takes_a_day_that_never_was(article: Article, admin_client: Client) -> None:
    sent = form_of(admin_client, article) | {"title": "另一个标题", "date": "2026-13-45"}
    page = admin_client.post(change(article), sent)
    assert "2026-13-45" in page.context["adminform"].form.errors["date"][0]
    with pytest.raises(services.Refused):
        services.correct(article, {"title": "另一个标题", "date": "2023-02-29"})
    with pytest.raises(services.Refused):
        checked(IssueInfo("人民政协报", "2026-02-30", None, None))
    paper = Publication.objects.create(name="某报")
    issue = Issue.objects.create(publication=paper, date="2026-01-01")
    answer = admin_client.post(
        reverse("admin:articles_issue_change", args=[issue.pk]),
        {"publication": paper.pk, "date": "2026-00-01", "number": ""},
    )
    issue.refresh_from_db()
    article.refresh_from_db()
    assert answer.status_code == 200 and issue.date == "2026-01-01" and article.title != "另一个标题"


def test_a_form_of_which_a_part_is_refused_keeps_nothing(
    article: Article, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: dict[str, Any] = form_of(admin_client, article)
    name, row = next((n, m) for n, m in enumerate(article.metrics.order_by("pk")))
    value = next(key for key in sent if key.startswith("metrics-") and key.endswith("-value"))
    assert name == 0 and sent[value]

    def refuse(*_: Any, **__: Any) -> list[str]:
        raise services.Refused("so nicht")

    monkeypatch.setattr(services, "correct", refuse)
    answer = admin_client.post(change(article), sent | {"title": "另一个标题", value: "77"})
    assert answer.status_code == 422 and [str(said) for said in answer.context["messages"]] == []
    form = answer.context["adminform"].form
    assert (form.non_field_errors(), form["title"].value()) == (["so nicht"], "另一个标题")
    assert "so nicht" in answer.text and 'value="77"' in answer.text
    assert 77 not in {metric.value for metric in article.metrics.all()} and row.value


def test_that_an_article_has_no_title_is_said_as_long_as_it_has_none() -> None:
    article = services.accept_upload(UNTITLED.encode(), "page.txt").articles[0]
    assert article.warnings == [NO_TITLE]
    services.correct(article, {"title": "古村落有了医生"})
    assert article.warnings == []
    queued = Article.objects.to_review().get(pk=article.pk)
    assert (queued.doubt_warned, queued.doubt_untitled) == (0, 0)
    services.restore(article, article.history.order_by("history_id").first(), fields=["title"])
    assert (article.title, article.warnings) == ("", [NO_TITLE])
    assert Article.objects.to_review().get(pk=article.pk).doubt_warned == 1


def test_a_title_that_a_person_takes_away_was_found_by_the_machine(article: Article) -> None:
    services.correct(article, {"title": ""})
    assert NO_TITLE not in article.warnings


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3.6万", 36000),
        ("36,000", 36000),
        ("３２０", 320),
        ("三百二十", 320),
        (" 1 437 ", 1437),
        ("12.5", 12.5),
        ("0", 0),
    ],
)
def test_a_figure_is_written_as_people_write_it(
    article: Article, admin_client: Client, typed: str, kept: float
) -> None:
    sent = form_of(admin_client, article) | {"metrics-0-value": typed}
    assert admin_client.post(change(article), sent).status_code == 302
    assert article.metrics.get().value == Decimal(str(kept))


@pytest.mark.parametrize("typed", ["300余", "二至三", "很多", "1e5x", "--"])
def test_what_is_no_plain_number_is_refused(article: Article, admin_client: Client, typed: str) -> None:
    sent = form_of(admin_client, article) | {"metrics-0-value": typed}
    page = admin_client.post(change(article), sent)
    errors = [
        f.formset.errors for f in page.context["inline_admin_formsets"] if f.formset.prefix == "metrics"
    ]
    assert "value" in errors[0][0]


def test_a_signature_that_is_added_comes_last_and_an_editor_may_name_a_new_author(
    article: Article, client: Client
) -> None:
    user = User.objects.create_user("editor", is_staff=True)
    user.groups.add(Group.objects.get(name=EDITOR.name))
    client.force_login(user)
    answer = client.post(reverse("admin:articles_author_add"), {"name": "某新作者"})
    new = Author.objects.get(name="某新作者")
    assert answer.status_code == 302
    before = list(article.bylines.values_list("author__name", flat=True))
    sent = form_of(client, article)
    rows = int(sent["bylines-TOTAL_FORMS"])
    added = {
        f"bylines-{rows}-author": new.pk,
        f"bylines-{rows}-kind": "通讯员",
        f"bylines-{rows}-position": 0,
    }
    assert client.post(change(article), sent | added | {"bylines-TOTAL_FORMS": rows + 1}).status_code == 302
    ordered = article.bylines.order_by("position", "pk").values_list("author__name", flat=True)
    assert list(ordered) == [*before, "某新作者"]


def test_staff_see_a_draft_as_readers_will(article: Article, admin_client: Client) -> None:
    page = admin_client.get(change(article)).text
    preview = reverse("articles:preview", args=[article.public_id])
    assert preview in page
    shown = admin_client.get(preview)
    assert article.title in shown.text and "读者看不到" in shown.text and "no-store" in shown["Cache-Control"]
    assert Client().get(preview).status_code == 403
    services.publish([article])
    assert admin_client.get(preview).url == article.get_absolute_url()  # type: ignore[attr-defined]
    services.trash([article])
    assert admin_client.get(preview).status_code == 404


def test_of_a_page_of_figures_the_form_shows_a_hundred_at_once(
    article: Article, admin_client: Client
) -> None:
    row = article.metrics.get()
    Metric.objects.bulk_create(
        Metric(article=article, value=n, unit="件", subject="提案", quote=row.quote, rule=row.rule)
        for n in range(130)
    )
    page = admin_client.get(change(article))
    forms = [f.formset.forms for f in page.context["inline_admin_formsets"] if f.formset.prefix == "metrics"]
    assert len(forms[0]) == 100 and "metrics-page=2" in page.text
    second = admin_client.get(f"{change(article)}?metrics-page=2")
    forms = [
        f.formset.forms for f in second.context["inline_admin_formsets"] if f.formset.prefix == "metrics"
    ]
    assert len(forms[0]) == 31


def test_the_log_names_only_what_was_changed(article: Article, admin_client: Client) -> None:
    sent = form_of(admin_client, article) | {"subtitle": "另一个副题"}
    assert "\n" in sent["body_text"]
    sent["body_text"] = sent["body_text"].replace("\n", "\r\n")  # as browsers send lines
    assert admin_client.post(change(article), sent).status_code == 302
    said = LogEntry.objects.latest("pk").get_change_message()
    assert "副题" in said and "正文" not in said


def test_pages_are_counted_as_the_workbench_counts_them(admin_client: Client) -> None:
    services.accept_upload(UNTITLED.encode(), "page.txt")
    page = Page.objects.for_desk().get()
    solid = sum(not one.isspace() for one in page.text)
    assert page.characters == solid < len(page.text)
    bench = admin_client.get(reverse("admin:articles_bench", args=[page.pk])).text
    assert f"共 {solid} 字" in bench
