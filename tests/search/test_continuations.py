"""An article on several pages is one document, found by the words of every part."""

from typing import Any

import pytest

from articles import services
from articles.models import Article
from search import index
from search.engines.base import Request
from search.query import parse
from tests.support.jumps import ISSUE, TITLE, first_page, second_page


@pytest.fixture
def pages(whoosh: Any) -> None:
    services.load_vocabulary()
    for n, text in enumerate((first_page(), second_page())):
        services.accept_upload(text.encode(), f"{n}.txt", ISSUE, publish=True)


def found(query: str) -> list[str]:
    index.freshen()
    return sorted(hit.document.title for hit in index.engine().search(Request(parse(query), limit=100)).hits)


def total() -> int:
    index.freshen()
    return index.engine().search(Request(limit=0)).total


@pytest.mark.usefixtures("pages")
def test_words_of_the_later_part_find_the_article() -> None:
    assert total() == 3
    assert found("挂号销号") == found("坐满了人") == [TITLE]
    assert found("坐满了人 挂号销号") == [TITLE]
    assert not index.compare()


@pytest.mark.usefixtures("pages")
def test_a_sentence_cut_by_the_turn_of_the_page_is_whole() -> None:
    assert found("“停车划线等民生事项”") == [TITLE]


@pytest.mark.usefixtures("pages")
def test_what_becomes_of_the_later_part_reaches_the_article() -> None:
    later = Article.objects.get(continued_from__isnull=False)
    Article.objects.filter(pk=later.pk).update(text="改成了别的话。")
    assert found("挂号销号") == [] and found("改成了别的话") == [TITLE]
    services.withdraw([later])
    assert found("改成了别的话") == [] and total() == 3
    services.publish([later])
    services.take_apart(later)
    assert total() == 4 and found("坐满了人") == [TITLE] and found("改成了别的话") == [""]
    assert not index.compare()


@pytest.mark.usefixtures("pages")
def test_without_its_first_part_the_later_one_is_a_document() -> None:
    first = Article.objects.get(title=TITLE)
    Article.objects.filter(pk=first.pk).update(state="draft")
    assert total() == 3 and found("挂号销号") == [""] and found("坐满了人") == []
    assert not index.compare()
