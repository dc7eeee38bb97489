"""The five faults of the common recipe, through `SearchQuerySet`, and what else its users expect."""

import pytest
from django.core.management import call_command
from haystack.inputs import AutoQuery, Exact
from haystack.query import SQ, SearchQuerySet

from articles.models import Article, Region
from search import index


@pytest.fixture
def shelf(whoosh, make_article):
    region = Region.objects.one_a_code().get(code="510000")
    make_article("打造政协委员会客厅", "推进“有事好商量”平台建设。", region=region, date="2024-07-16")
    make_article("民主监督", "协商于民、协商为民。", date="2023-01-01")
    index.freshen()
    return whoosh


def titles(queryset):
    return sorted(result.title for result in queryset)


def test_quoted_phrases_are_found(shelf):
    assert titles(SearchQuerySet().auto_query('"有事好商量"平台')) == ["打造政协委员会客厅"]
    assert titles(SearchQuerySet().filter(content=Exact("商量”平台"))) == ["打造政协委员会客厅"]
    assert titles(SearchQuerySet().filter(content=AutoQuery('"平台有事好商量"'))) == []


def test_words_cut_differently_in_context_are_found(shelf):
    assert titles(SearchQuerySet().filter(content="会客厅")) == ["打造政协委员会客厅"]


def test_highlights_come_back(shelf):
    (result,) = SearchQuerySet().filter(content="好商量").highlight()
    assert result.highlighted == ["推进“有事<mark>好商量</mark>”平台建设。"]


def test_everything_and_facets_without_a_query(shelf):
    assert SearchQuerySet().all().count() == 2
    assert titles(SearchQuerySet().auto_query("*")) == ["打造政协委员会客厅", "民主监督"]
    counts = SearchQuerySet().facet("region").facet("year").facet_counts()
    assert counts["fields"]["region"] == [("四川省", 1)]
    assert counts["fields"]["year"] == [("2023", 1), ("2024", 1)]


def test_bulk_writes_do_not_leave_the_index_stale(shelf):
    Article.objects.update(title="同名")
    Article.objects.bulk_create([Article(title="新来", text="正文", genre="消息", state="published",
                                         published_at="2024-01-01T00:00Z")])  # fmt: skip
    index.freshen()
    assert titles(SearchQuerySet().all()) == ["同名", "同名", "新来"]


def test_filters_combine(shelf):
    assert titles(SearchQuerySet().filter(SQ(content="监督") | SQ(title="会客厅"))) == [
        "打造政协委员会客厅",
        "民主监督",
    ]
    assert titles(SearchQuerySet().exclude(content="监督")) == ["打造政协委员会客厅"]
    assert titles(SearchQuerySet().filter(year=2024)) == ["打造政协委员会客厅"]
    assert titles(SearchQuerySet().filter(year__gte=2023)) == ["打造政协委员会客厅", "民主监督"]
    assert titles(SearchQuerySet().filter(region__in=["四川省", "江西省"])) == ["打造政协委员会客厅"]
    assert titles(SearchQuerySet().narrow("地区:四川省")) == ["打造政协委员会客厅"]
    assert titles(SearchQuerySet().models(Article).filter(content="监督")) == ["民主监督"]
    assert titles(SearchQuerySet().models(Region)) == []


def test_order_slices_and_objects(shelf):
    newest = SearchQuerySet().all().order_by("-date")
    assert [result.title for result in newest] == ["打造政协委员会客厅", "民主监督"]
    assert [result.title for result in newest[1:2]] == ["民主监督"]
    assert newest[0].object == Article.objects.get(title="打造政协委员会客厅")


def test_an_unknown_field_is_said(shelf):
    with pytest.raises(ValueError, match="cannot be searched by 'colour'"):
        list(SearchQuerySet().filter(colour="red"))


def test_haystacks_own_commands_work(shelf):
    call_command("clear_index", interactive=False, verbosity=0)
    assert SearchQuerySet().all().count() == 0
    call_command("update_index", verbosity=0)
    assert SearchQuerySet().all().count() == 2
