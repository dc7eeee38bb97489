"""The page of an article names what is doubtful about it, each with a way to its field."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Evidence, IngestEvent, MechanismMention, Metric
from tests.articles.test_upload import PAGE, upload

pytestmark = pytest.mark.django_db


def doubts(client: Client, article: Article) -> str:
    shown = client.get(reverse("admin:articles_article_change", args=[article.pk])).text
    for field in re.findall(r'data-field="([^"]+)"', shown):
        assert f'id="{field}"' in shown, field
    return shown


@pytest.fixture
def article(admin_client: Client) -> Article:
    upload(admin_client, ("a.txt", PAGE.encode()), publication="人民政协报", date="2024-07-16")
    return Article.objects.get()


def test_unsure_values_are_named_with_their_words_and_their_fields(
    admin_client: Client, article: Article
) -> None:
    last = article.metrics.order_by("start").last()
    Metric.objects.filter(pk=last.pk).update(confidence=0.5)
    MechanismMention.objects.filter(article=article).update(confidence=0.4)
    mention = article.mentions.get()
    shown = doubts(admin_client, article)
    row = article.metrics.count() - 1
    assert f'data-field="id_metrics-{row}-subject">指标 “{last.subject}”</a>' in shown
    assert f"{last.quote}” · 把握 50 %" in shown
    assert f'data-field="id_mentions-0-name">机制 “{mention.name}”</a>' in shown
    Metric.objects.filter(pk=last.pk).update(origin="person")
    assert f"“{last.subject}”</a>" not in doubts(admin_client, article)


def test_of_very_many_doubts_the_first_are_named(admin_client: Client, article: Article) -> None:
    like = article.metrics.first()
    for n in range(12):
        like.pk, like.subject, like.confidence = None, f"第{n}项", 0.5
        like.save()
    Metric.objects.filter(article=article).update(confidence=0.5)
    shown = doubts(admin_client, article)
    more = article.metrics.count() - 8
    assert shown.count('data-field="id_metrics') == 8 and f"另有 {more} 项" in shown


def test_fields_of_the_record_are_named_too(admin_client: Client, article: Article) -> None:
    Evidence.objects.filter(article=article).update(confidence=0.9)
    Evidence.objects.create(
        article=article, field="primary_region", value="370112", quote="历城区", rule="x", confidence=0.6
    )
    Article.objects.filter(pk=article.pk).update(title="")
    shown = doubts(admin_client, article)
    assert "历城区”</a> · 把握 60 %" in shown.replace(" · “历城区”", "") and 'data-field="id_title"' in shown


def test_what_is_said_of_the_page_is_told_with_each_of_its_articles(
    admin_client: Client, article: Article
) -> None:
    run = article.page.source.runs.get()
    IngestEvent.objects.create(
        run=run, level="warning", stage="store", message="未能归入任何文章：“册亨”，请核对。"
    )
    shown = doubts(admin_client, article)
    assert "本版： 未能归入任何文章：“册亨”，请核对。" in shown
    assert reverse("admin:articles_bench", args=[article.page_id]) in shown
