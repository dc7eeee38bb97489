"""A page split anew: every step kept, nobody overwritten, ids and corrections surviving, addresses that lead on."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser, Permission
from django.db import connection
from django.test import Client

from articles import bodytext, services
from articles.ingest.arrange import Operation
from articles.ingest.passage import Span
from articles.ingest.record import IssueInfo
from articles.models import Article, Block, Metric, Origin, Page, SplitDraft, State, Theme
from articles.services import resplit, split
from tests.articles.ingest.pages import FISH, SAND, TEA

ISSUE = IssueInfo("人民政协报", "2024-07-16", "9137", "3")
TEXT = "\n\n".join((TEA.whole, SAND.whole, FISH.whole))
DATABASE = pytest.mark.django_db


def taken(publish: bool = True) -> Page:
    outcome = services.accept_upload(TEXT.encode(), "page.txt", ISSUE, publish=publish)
    page = outcome.source.pages.get()
    assert [a.title for a in page.articles.order_by("position")] == [TEA.title, SAND.title, FISH.title]
    return page


def at(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


def do(page: Page, kind: str, words: str, user: Any = None, **more: Any) -> SplitDraft:
    version = split.standing(page).version
    return split.operate(page, version, Operation(kind, at(words), **more), user)


def apply(page: Page, user: Any = None, publish: bool = False) -> list[Article]:
    return resplit.apply_split(page, split.standing(page).version, user, publish)


def ledger_text(page: Page) -> str:
    return "".join("".join(page.text[b.start : b.end].split()) for b in page.blocks.order_by("start"))


@pytest.fixture
def make_user(django_user_model: Any) -> Callable[..., AbstractUser]:
    def make(name: str, *permissions: str) -> AbstractUser:
        user = django_user_model.objects.create_user(name, password="x", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        return user

    return make


# Under work


@DATABASE
def test_nothing_shows_before_it_is_applied_and_every_step_can_be_taken_back() -> None:
    page = taken()
    before = list(Block.objects.order_by("start").values_list("start", "end", "role", "article"))
    start = split.standing(page)
    assert not start.is_changed and start.version == 0 and not SplitDraft.objects.exists()
    do(page, "split", SAND.paragraphs[1][:8])
    do(page, "merge", FISH.title)
    found = split.standing(page)
    assert found.is_changed and found.version == 2 and found.can_undo and not found.can_redo
    assert before == list(Block.objects.order_by("start").values_list("start", "end", "role", "article"))
    split.undo_step(page, 2, None)
    split.undo_step(page, 3, None)
    back = split.standing(page)
    assert back.now == start.now and back.can_redo and not back.can_undo
    split.redo_step(page, 4, None)
    split.redo_step(page, 5, None)
    assert split.standing(page).now == found.now
    split.discard(page, 6, None)
    gone = split.standing(page)
    assert not gone.is_changed and gone.steps == []
    split.undo_step(page, 7, None)
    assert split.standing(page).now == found.now and len(split.standing(page).steps) == 2


@DATABASE
def test_a_step_after_an_undone_one_forgets_it() -> None:
    page = taken()
    do(page, "split", SAND.paragraphs[1][:8])
    split.undo_step(page, 1, None)
    do(page, "merge", SAND.title)
    found = split.standing(page)
    assert found.draft and [s["kind"] for s in found.draft.steps] == ["merge"] and not found.can_redo


@DATABASE
def test_a_second_window_is_told_and_nothing_is_overwritten(make_user: Callable[..., AbstractUser]) -> None:
    page, ann, bob = taken(), make_user("ann"), make_user("bob")
    do(page, "split", SAND.paragraphs[1][:8], ann)
    kept = split.standing(page).now
    for late in (
        lambda: split.operate(page, 0, Operation("merge", at(FISH.title)), bob),
        lambda: split.undo_step(page, 0, bob),
        lambda: split.discard(page, 0, bob),
        lambda: resplit.apply_split(page, 0, bob),
    ):
        with pytest.raises(split.Stale, match="ann"):
            late()
    assert split.standing(page).now == kept
    split.discard(page, 1, ann)
    with pytest.raises(split.Stale):
        split.operate(page, 1, Operation("merge", at(FISH.title)), bob)


@DATABASE
def test_what_makes_no_sense_is_refused_in_a_sentence() -> None:
    page = taken()
    with pytest.raises(services.Refused) as refused:
        do(page, "merge", TEA.title)
    assert len(str(refused.value)) > 10 and not SplitDraft.objects.exists()


@pytest.mark.usefixtures("emptied")
@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins_and_the_other_is_told() -> None:
    page = taken()
    gate, said = threading.Barrier(2), []

    def work(words: str) -> None:
        try:
            gate.wait(30)
            split.operate(page, 0, Operation("split", at(words)), None)
            said.append("done")
        except split.Stale:
            said.append("stale")
        finally:
            connection.close()

    both = [threading.Thread(target=work, args=(p.paragraphs[1][:8],)) for p in (TEA, SAND)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert sorted(said) == ["done", "stale"]
    assert SplitDraft.objects.get().done == 1


# Applied


@DATABASE
def test_an_article_split_in_two_keeps_its_address_where_most_of_it_is() -> None:
    page = taken()
    sand = page.articles.get(title=SAND.title)
    untouched = {a.pk: a.updated_at for a in page.articles.exclude(pk=sand.pk)}
    do(page, "split", SAND.paragraphs[2][:8])
    changed = apply(page)
    assert len(changed) == 2 and page.articles.count() == 4
    sand.refresh_from_db()
    assert sand.text == "\n".join(SAND.paragraphs[:2]) and sand.state == State.PUBLISHED
    new = page.articles.get(text=SAND.paragraphs[2])
    assert new.state == State.DRAFT and [a.position for a in page.articles.order_by("position")] == [
        0,
        1,
        2,
        3,
    ]
    assert new.position == 2
    assert {a.pk: a.updated_at for a in page.articles.filter(pk__in=untouched)} == untouched
    assert ledger_text(page) == "".join(page.text.split())
    assert sand.history.first().history_change_reason and split.standing(page).version == 0


@DATABASE
def test_an_article_merged_away_leads_to_its_heir_and_comes_back_under_its_id(client: Client) -> None:
    page = taken()
    sand, fish = page.articles.get(title=SAND.title), page.articles.get(title=FISH.title)
    do(page, "merge", FISH.title)
    apply(page)
    sand.refresh_from_db()
    fish.refresh_from_db()
    assert (fish.state, fish.moved_to, sand.state) == (State.WITHDRAWN, sand, State.PUBLISHED)
    assert FISH.title in sand.text and not fish.blocks.exists() and not fish.metrics.exists()
    answer = client.get(fish.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, sand.get_absolute_url())
    assert client.get(f"{fish.get_absolute_url()[:-1]}.json").status_code == 301
    do(page, "split", FISH.title)
    apply(page, publish=True)
    fish.refresh_from_db()
    assert (fish.state, fish.moved_to, fish.title) == (State.PUBLISHED, None, FISH.title)
    assert client.get(fish.get_absolute_url()).status_code == 200


@DATABASE
def test_withdrawn_addresses_answer_410_and_unpublished_ones_404(client: Client) -> None:
    page = taken()
    sand, fish = page.articles.get(title=SAND.title), page.articles.get(title=FISH.title)
    services.withdraw([sand])
    assert client.get(sand.get_absolute_url()).status_code == 410
    assert client.get(f"{sand.get_absolute_url()[:-1]}.json").status_code == 410
    services.publish([sand])
    do(page, "merge", FISH.title)
    apply(page)
    services.withdraw([sand])
    assert client.get(fish.get_absolute_url()).status_code == 410
    Article.objects.filter(pk=sand.pk).update(published_at=None)
    assert client.get(sand.get_absolute_url()).status_code == 404


@DATABASE
def test_what_people_corrected_stays_on_the_articles_that_survive() -> None:
    page = taken()
    sand = page.articles.get(title=SAND.title)
    theme = Theme.objects.exclude(pk__in=sand.themes.all()).first()
    assert theme is not None
    words = bodytext.to_text(sand.body).replace("滴灌设施", "滴灌设备")
    services.correct(sand, {"title": "守护绿洲", "themes": [theme], "body": words})
    do(page, "split", SAND.paragraphs[2][:8])
    apply(page)
    sand.refresh_from_db()
    assert sand.title == "守护绿洲" and list(sand.themes.all()) == [theme]
    assert "滴灌设备" in sand.text and SAND.paragraphs[2] not in sand.text
    assert sand.machine["title"] == SAND.title and "滴灌设施" in str(sand.machine["body"])
    assert sand.evidence.get(field="title").origin == Origin.REJECTED


@DATABASE
def test_a_correction_whose_words_moved_away_is_told() -> None:
    page = taken()
    sand = page.articles.get(title=SAND.title)
    services.correct(sand, {"body": bodytext.to_text(sand.body).replace("莫高窟", "敦煌莫高窟")})
    do(page, "move", SAND.paragraphs[2], article=1)
    apply(page)
    sand.refresh_from_db()
    assert any("敦煌莫高窟" in w or "市政协又就" in w for w in sand.warnings)


@DATABASE
def test_figures_that_people_judged_go_with_their_text() -> None:
    page = taken()
    tea = page.articles.get(title=TEA.title)
    metric = tea.metrics.get(quote__contains="32")
    metric.origin = Origin.REJECTED
    metric.save()
    do(page, "move", TEA.paragraphs[1], article=2)
    apply(page)
    moved = Metric.objects.filter(quote=metric.quote, start=metric.start)
    assert [(m.article.title, m.origin) for m in moved] == [(SAND.title, Origin.REJECTED)]


@DATABASE
def test_readers_articles_need_the_right_to_publish(make_user: Callable[..., AbstractUser]) -> None:
    page, editor = taken(), make_user("editor", "change_article")
    reviewer = make_user("reviewer", "change_article", "publish_article")
    chief = make_user("chief", "publish_article", "withdraw_article")
    do(page, "merge", FISH.title, editor)
    for user in (editor, reviewer):
        with pytest.raises(services.Refused):
            apply(page, user)
    assert split.standing(page).is_changed
    apply(page, chief)
    draft = SplitDraft.objects.get()
    assert draft.applied_at and draft.user == chief


@DATABASE
def test_drafts_may_be_split_by_editors_and_published_by_reviewers_only(
    make_user: Callable[..., AbstractUser],
) -> None:
    page, editor = taken(publish=False), make_user("editor", "change_article")
    do(page, "split", SAND.paragraphs[1][:8], editor)
    with pytest.raises(services.Refused):
        apply(page, editor, publish=True)
    assert all(a.state == State.DRAFT for a in apply(page, editor))


@DATABASE
def test_work_that_was_overtaken_is_not_applied() -> None:
    page = taken()
    do(page, "split", SAND.paragraphs[1][:8])
    page.blocks.filter(role="byline").first().delete()
    assert split.standing(page).overtaken
    with pytest.raises(services.Refused):
        apply(page)
    split.discard(page, 1, None)
    with pytest.raises(services.Refused):
        apply(page)


@DATABASE
def test_what_waits_for_a_place_still_waits_after_applying() -> None:
    page = taken()
    do(page, "role", TEA.paragraphs[2], role="unassigned")
    do(page, "role", FISH.paragraphs[2], role="furniture")
    apply(page)
    waiting = [p for p in split.standing(page).now.pieces if p.role == "unassigned"]
    assert [page.text[p.start : p.end] for p in waiting] == [TEA.paragraphs[2]]
