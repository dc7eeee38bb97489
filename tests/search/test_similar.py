import pytest

from search import index, similar
from search.similar import terms


@pytest.fixture
def four(whoosh, make_article):
    first = make_article("长江生态保护红线", "长江沿线划定生态保护红线。红线之内保护长江生态。" * 3)
    like = make_article("长江生态保护见成效", "长江生态保护红线之内，水质好转。生态保护有成效。" * 3)
    other = make_article("提案办理协商会", "政协召开提案办理协商会，办理提案。" * 3)
    index.freshen()
    return first, like, other


def test_the_words_of_a_text_are_those_that_set_it_apart():
    found = terms("长江生态保护", "我们的长江生态保护红线，我们的长江。" * 2)
    assert "长江" in found and "生态" in found and "我们" not in found[:2]


def test_articles_that_share_them_are_found_and_not_the_article_itself(four):
    first, like, _ = four
    rows = similar.to(first)
    assert [row.document.public_id for row in rows] == [like.public_id]
    assert "长江" in rows[0].shared


def test_a_text_without_words_of_its_own_has_none_like_it(whoosh, make_article):
    assert similar.to(make_article("", "")) == ()


def test_it_is_computed_once_until_the_index_changes(four, make_article, monkeypatch):
    first, *_ = four
    similar.to(first)
    found = []
    monkeypatch.setattr(similar, "_find", lambda *arguments: found.append(arguments) or ())
    similar.to(first)
    assert found == []


def test_a_broken_index_costs_the_article_page_nothing_else(four, whoosh, client):
    (whoosh.folder / "CURRENT").unlink()
    page = client.get(four[0].get_absolute_url())
    assert page.status_code == 200
    assert "相似文章" not in page.content.decode()


def test_the_article_page_shows_them(four, client):
    page = client.get(four[0].get_absolute_url()).content.decode()
    assert "相似文章" in page and "长江生态保护见成效" in page
