"""What is not published shows nowhere: by no address, in no list, in no count, under no name it alone brought."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, State
from tests.support.shelf import Shelf

LISTS = ("/", "/articles/", "/regions/", "/themes/", "/mechanisms/", "/issues/", "/metrics/", "/search/?q=")


@pytest.mark.usefixtures("whoosh")
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_unpublished_articles_and_what_only_they_name_are_not_there(
    shelf: Shelf, client: Client, state: State
) -> None:
    Article.objects.update(state=state, published_at=None)
    article = shelf.chengdu
    byline, mention = article.bylines.get(), article.mentions.get()
    assert article.page is not None and article.page.issue is not None
    for address in (
        article.get_absolute_url(),
        byline.author.get_absolute_url(),
        mention.mechanism.get_absolute_url(),
        article.page.issue.get_absolute_url(),
    ):
        assert client.get(address).status_code == 404, address
        assert client.get(address.rstrip("/") + ".json").status_code == 404, address
    for address in LISTS:
        page = client.get(address)
        assert page.status_code == 200, address
        for words in (article.title, byline.author.name, mention.mechanism.name, article.public_id):
            assert words not in page.text, address
    assert client.get("/articles.json").json()["total"] == 0
    assert client.get(reverse("admin:articles_article_change", args=[article.pk])).status_code == 302
