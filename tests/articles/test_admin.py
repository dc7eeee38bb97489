"""The desk: lists without a query a row, articles corrected and published, files and texts looked at."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import services
from articles.ingest.record import PageRecord
from articles.models import (
    Article,
    Author,
    Mechanism,
    Metric,
    Origin,
    Page,
    Region,
    State,
    Theme,
)
from tests.support.records import page_record
from tests.support.shelf import store

pytestmark = pytest.mark.django_db
Parse = Callable[[PageRecord], bytes]

LISTS = [
    "article", "author", "ingestrun", "issue", "mechanism", "page", "publication", "region", "source",
    "theme",
]  # fmt: skip


def take(parse: Parse, record: PageRecord, **options: Any) -> services.Outcome:
    return services.accept_upload(parse(record), record.name, **options)


def changelist(model: str) -> str:
    return reverse(f"admin:articles_{model}_changelist")


def change(obj: Any) -> str:
    return reverse(f"admin:articles_{obj._meta.model_name}_change", args=[obj.pk])


def count_queries(client: Client, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("model", LISTS)
def test_lists_take_as_many_queries_for_many_rows_as_for_few(
    model: str, parse: Parse, admin_client: Client
) -> None:
    take(parse, page_record())
    admin_client.get(changelist(model))
    few = count_queries(admin_client, changelist(model))
    for i in range(5):
        take(parse, page_record(titles=(f"标题{i}", None, "三"), salt=str(i), name=f"{i}.txt"))
    assert count_queries(admin_client, changelist(model)) <= few
    assert few <= 20


def test_an_article_page_takes_as_many_queries_for_many_rows_as_for_few(
    parse: Parse, admin_client: Client
) -> None:
    first = take(parse, page_record()).articles[0]
    admin_client.get(change(first))
    few = count_queries(admin_client, change(first))
    for i in range(6):
        mechanism = Mechanism.objects.create(name=f"机制{i}", kind="机制")
        first.mentions.create(mechanism=mechanism, name="又", kind="机制", origin=Origin.PERSON)
        first.bylines.create(
            author=Author.objects.create(name=f"某{i}", region=first.region), region=first.region
        )
        Metric.objects.create(article=first, value=i, unit="次", subject="走访", origin=Origin.PERSON)
    admin_client.get(change(first))  # what changed is weighed anew for the review queue, once
    assert count_queries(admin_client, change(first)) <= few


@pytest.mark.parametrize("query", [
    "q=协商", "state__exact=draft", "warned=yes", "warned=no", "province=51", "level__exact=地市级",
    "genre__exact=署名文章",
])  # fmt: skip
def test_article_filters(query: str, parse: Parse, admin_client: Client) -> None:
    take(parse, page_record())
    assert (
        "加强协商平台建设" in admin_client.get(f"{changelist('article')}?{query}").text
        or query == "warned=yes"
    )


def test_counted_columns_lead_to_the_articles_counted(parse: Parse, admin_client: Client) -> None:
    article = take(parse, page_record(titles=("独此一篇",))).articles[0]
    for lookup, value in (
        ("mentions__mechanism__id__exact", article.mentions.get().mechanism_id),
        ("bylines__author__id__exact", article.bylines.get().author_id),
        ("page__issue__id__exact", article.page.issue_id),
        ("page__source__id__exact", article.page.source_id),
        ("themes__id__exact", article.themes.get().pk),
        ("region__id__exact", article.region_id),
    ):
        page = admin_client.get(f"{changelist('article')}?{lookup}={value}")
        assert page.status_code == 200 and "独此一篇" in page.text, lookup


@pytest.mark.parametrize(
    ("term", "first"),
    [("成都", "四川省成都市"), ("chengdu", "四川省成都市"), ("510100", "四川省成都市"),
     ("沙县", "福建省三明市沙县区"),
        ("shaxian", "福建省三明市沙县区"), ("bei jing", "北京市")],
)  # fmt: skip
def test_a_region_is_found_by_name_short_name_pinyin_or_code(
    term: str, first: str, admin_client: Client
) -> None:
    url = reverse("admin:articles_region_lookup")
    asked = {"term": term, "app_label": "articles", "model_name": "article", "field_name": "region"}
    results = admin_client.get(url, asked).json()["results"]
    assert results[0]["text"].startswith(first)


def test_regions_of_one_name_are_told_apart(admin_client: Client) -> None:
    asked = {"term": "鼓楼区", "app_label": "articles", "model_name": "article", "field_name": "region"}
    texts = [
        r["text"] for r in admin_client.get(reverse("admin:articles_region_lookup"), asked).json()["results"]
    ]
    assert len(texts) == len(set(texts)) >= 4 and all("市鼓楼区" in t for t in texts)


def form_of(client: Client, article: Article) -> dict[str, Any]:
    """What a browser would send back for the article's page as it stands."""
    page = client.get(change(article))
    data: dict[str, Any] = {}
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is None or value is False:
                continue
            data[bound.html_name] = [getattr(v, "pk", v) for v in value] if isinstance(value, list) else value
    return data


def test_saving_an_article_unchanged_changes_nothing(parse: Parse, admin_client: Client) -> None:
    article = take(parse, page_record()).articles[0]
    before = Article.objects.filter(pk=article.pk).values().get()
    assert admin_client.post(change(article), form_of(admin_client, article)).status_code == 302
    assert Article.objects.filter(pk=article.pk).values().get() == before
    assert article.history.count() == 0


def test_a_correction_keeps_what_was_before_and_who_did_it(parse: Parse, admin_client: Client) -> None:
    article = take(parse, page_record()).articles[0]
    data = form_of(admin_client, article)
    data |= {
        "title": "改过的标题",
        "region": Region.objects.get(code="370112", until=None).pk,
        "themes": [Theme.objects.get(name="民主监督").pk],
        "body_text": data["body_text"].replace("成效明显", "成效很明显") + "\n## 新的小标题",
    }
    assert admin_client.post(change(article), data).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.region.name) == ("改过的标题", "历城区")
    assert [t.name for t in article.themes.all()] == ["民主监督"]
    assert article.machine["title"] == "加强协商平台建设" and article.machine["region"] == "510100"
    assert article.body[-1] == {"kind": "heading", "text": "新的小标题", "runs": []}
    assert "成效很明显" in article.text and "##" not in article.text
    assert set(article.corrections()) == {"title", "region", "themes"}
    assert article.evidence.get(field="title").origin == Origin.REJECTED

    newest = article.history.first()
    assert newest.history_user.username == "admin"
    oldest = article.history.last()
    assert oldest.title == "加强协商平台建设" and oldest.history_date == article.created_at
    history = admin_client.get(reverse("admin:articles_article_history", args=[article.pk])).text
    assert "改过的标题" in history and "加强协商平台建设" in history


def test_a_bad_value_is_refused_with_the_form(parse: Parse, admin_client: Client) -> None:
    article = take(parse, page_record()).articles[0]
    data = form_of(admin_client, article) | {"title": "长" * 300, "date": "昨天"}
    page = admin_client.post(change(article), data)
    assert page.status_code == 200 and {"title", "date"} <= page.context["adminform"].form.errors.keys()
    article.refresh_from_db()
    assert article.title == "加强协商平台建设"


def test_a_persons_metric_is_marked_and_the_machines_stays_in_the_history(
    parse: Parse, admin_client: Client
) -> None:
    article = take(parse, page_record()).articles[0]
    data = form_of(admin_client, article)
    data |= {"metrics-0-value": "350", "mentions-0-origin": "rejected"}
    assert admin_client.post(change(article), data).status_code == 302
    metric = article.metrics.get()
    assert (metric.value, metric.origin) == (350, Origin.PERSON)
    assert [h.value for h in metric.history.all()] == [350, 300]
    assert article.mentions.get().origin == Origin.REJECTED


def test_publish_and_withdraw_from_the_list(parse: Parse, admin_client: Client) -> None:
    articles = take(parse, page_record()).articles
    keys = [a.pk for a in articles]

    def act(name: str) -> None:
        page = admin_client.post(changelist("article"), {"action": name, "_selected_action": keys})
        assert page.status_code == 302

    Article.objects.update(warnings=[], title="题")  # with nothing to look at first
    act("send_to_review")
    assert {a.state for a in Article.objects.all()} == {State.IN_REVIEW}
    act("publish")
    assert Article.objects.published().count() == 2
    act("send_to_review")  # readers see them: they are withdrawn first
    assert Article.objects.published().count() == 2
    first_time = Article.objects.get(pk=keys[0]).published_at
    act("withdraw")
    act("publish")
    assert Article.objects.get(pk=keys[0]).published_at == first_time
    states = [h.state for h in Article.objects.get(pk=keys[0]).history.all()]
    assert states == ["published", "withdrawn", "published", "in_review", "draft"]


def test_save_and_publish_from_the_article(parse: Parse, admin_client: Client) -> None:
    article = take(parse, page_record()).articles[0]
    data = form_of(admin_client, article) | {"title": "定稿", "articles_article_save_and_publish": ""}
    assert 'name="articles_article_save_and_publish"' in admin_client.get(change(article)).text
    admin_client.post(change(article), data)
    article.refresh_from_db()
    assert (article.title, article.state) == ("定稿", State.PUBLISHED)


def test_markup_in_a_page_is_shown_and_not_run(parse: Parse, admin_client: Client) -> None:
    nasty = "<script>alert(1)</script>"
    outcome = take(parse, page_record(titles=(nasty,), salt=nasty, name=f"{nasty}.txt"))
    article = outcome.articles[0]
    for url in (change(article), change(article.page), change(outcome.run), change(outcome.source),
                *map(changelist, LISTS)):  # fmt: skip
        assert nasty not in admin_client.get(url).text, url


def test_an_article_marks_its_own_words_in_the_page(parse: Parse, admin_client: Client) -> None:
    article = take(parse, page_record()).articles[0]
    text = admin_client.get(change(article)).text
    marked = text[text.index('class="desk-page"') :]
    assert 'data-role="title"' in marked and ">加强协商平台建设</mark>" in marked
    assert "<mark" not in marked[marked.index("第1篇") - 40 : marked.index("第1篇")]


def test_sources_and_page_texts_are_looked_at_and_downloaded(parse: Parse, admin_client: Client) -> None:
    record = page_record(name="第3版.txt")
    source = take(parse, record).source
    assert "readonly" in admin_client.get(change(source)).text
    page = Page.objects.get()
    admin_client.post(change(page), {"number": "4", "issue": page.issue_id, "text": "改"})
    page.refresh_from_db()
    assert (page.number, page.text) == ("4", record.text)
    download = admin_client.get(reverse("admin:articles_source_download", args=[source.pk]))
    assert download.content == record.text.encode() and "attachment" in download["Content-Disposition"]
    assert admin_client.post(change(source), {"name": "x"}).status_code == 403


def test_an_editor_sees_what_their_permissions_allow(
    parse: Parse, client: Client, django_user_model: Any
) -> None:
    from django.contrib.auth.models import Permission

    article = take(parse, page_record()).articles[0]
    user = django_user_model.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert client.get(reverse("admin:articles_upload")).status_code == 403
    assert client.get(change(article)).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    page = client.get(change(article))
    assert page.status_code == 200 and "加强协商平台建设" in page.text
    assert client.post(change(article), {"title": "x"}).status_code == 403
    chosen = {"action": "publish", "_selected_action": [article.pk]}
    client.post(changelist("article"), chosen)
    assert not Article.objects.published().exists()


def test_the_first_page_says_what_waits_and_leads_there(admin_client: Client) -> None:
    store(page_record("a.txt", ("甲题",)), publish=False)
    page = admin_client.get("/admin/")
    waiting = {entry.label: entry for entry in page.context["waiting"]}
    assert waiting["草稿"].count == 1
    for entry in waiting.values():
        assert admin_client.get(entry.address).status_code == 200
    assert "甲题" in admin_client.get(waiting["草稿"].address).content.decode()
