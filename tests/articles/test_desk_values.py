"""What a form of the desk keeps: dates of the calendar only, all of it or nothing, and no warning that is met."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import services
from articles.ingest.assemble import NO_TITLE
from articles.ingest.record import IssueInfo, PageRecord
from articles.models import Article, Issue, Publication
from articles.models.source import is_date
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
    answer = admin_client.post(change(article), sent | {"title": "另一个标题", value: "77"}, follow=True)
    assert [str(said) for said in answer.context["messages"]] == ["so nicht"]
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
