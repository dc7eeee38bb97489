"""Articles whose text another one got when their page was split anew: neither published nor queued, kept by the trash."""

import pytest
from django.test import Client
from django.urls import reverse

from articles import services
from articles.models import Article, State
from tests.articles.ingest.pages import FISH, SAND
from tests.articles.test_admin import change, form_of
from tests.articles.test_split import apply, do, taken

pytestmark = pytest.mark.django_db


def test_the_trash_keeps_what_is_in_it_when_its_text_is_taken() -> None:
    page = taken()
    sand, fish = page.articles.get(title=SAND.title), page.articles.get(title=FISH.title)
    services.trash([fish])
    do(page, "merge", FISH.title)
    apply(page)
    sand.refresh_from_db()
    fish.refresh_from_db()
    assert (fish.state, fish.moved_to, sand.state) == (State.TRASHED, sand, State.PUBLISHED)
    do(page, "split", FISH.title)
    apply(page, publish=True)  # the article is whole again, and nobody took it out
    fish.refresh_from_db()
    assert (fish.state, fish.moved_to, fish.title) == (State.TRASHED, None, FISH.title)
    do(page, "merge", FISH.title)
    apply(page)
    services.untrash([fish])
    fish.refresh_from_db()
    assert fish.state == State.WITHDRAWN  # not published, as it once was: its text is elsewhere


def test_what_readers_see_does_not_go_into_the_trash_with_the_text_it_gets() -> None:
    page = taken()
    sand, fish = page.articles.get(title=SAND.title), page.articles.get(title=FISH.title)
    services.trash([sand])  # the longer one
    do(page, "merge", FISH.title)
    apply(page)
    fish.refresh_from_db()
    sand.refresh_from_db()
    assert (fish.state, sand.state, sand.moved_to) == (State.PUBLISHED, State.TRASHED, fish)


def test_an_article_merged_away_is_not_published_and_the_refusal_names_its_heir(admin_client: Client) -> None:
    page = taken()
    fish = page.articles.get(title=FISH.title)
    withdrawn = services.act([fish.pk], services.Changes(state="withdrawn"))
    do(page, "merge", FISH.title)
    apply(page)
    assert services.publish([fish]) == [] and services.send_to_review([fish]) == []
    assert list(services.undo(withdrawn).items.values_list("key", "why")) == [(fish.pk, "moved")]
    refusal = f"“{FISH.title}”不能发布：版面重新拆分后，其文字已归入“{SAND.title}”，请发布后者。"
    listing, form = reverse("admin:articles_article_changelist"), change(fish)
    for address, sent in (
        (listing, {"action": "publish", "_selected_action": [fish.pk]}),
        (form, {**form_of(admin_client, fish), "articles_article_save_and_publish": ""}),
    ):
        answer = admin_client.post(address, sent, follow=True)
        assert refusal in [str(said) for said in answer.context["messages"]]
    proposal = services.propose([fish.pk])
    services.ask(proposal, services.Changes(state="published"))
    assert services.foresee(proposal, None).blocked == {"moved": [fish.pk]}
    fish.refresh_from_db()
    assert fish.state == State.WITHDRAWN and SAND.title in admin_client.get(form).content.decode()


def test_the_review_queue_is_without_what_was_merged_away() -> None:
    page = taken(publish=False)
    fish = page.articles.get(title=FISH.title)
    do(page, "merge", FISH.title)
    apply(page)
    Article.objects.filter(pk=fish.pk).update(state=State.DRAFT)
    assert fish not in Article.objects.to_review() and Article.objects.to_review().count() == 2
