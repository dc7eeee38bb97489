"""A new split undone by one click: ids, addresses, states and corrections are again what they were."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse

from articles import bodytext, services
from articles.models import Action, ActionKind, Article, Joined, Page, State
from articles.services import split
from articles.services.splitlog import picture
from tests.articles.ingest.pages import FISH, SAND, TEA
from tests.articles.test_split import apply, do, ledger_text, make_user, taken

__all__ = ["make_user"]
pytestmark = pytest.mark.django_db


def last() -> Action:
    return Action.objects.latest("pk")


def status(client: Client, article: Article) -> tuple[int, str]:
    answer = client.get(article.get_absolute_url())
    return answer.status_code, answer.get("Location", "")


def test_what_vanished_comes_back_under_its_address_and_what_came_leads_to_its_heir(client: Client) -> None:
    page = taken()
    tea, sand, fish = page.articles.order_by("position")
    was, metrics = picture(split.standing(page)), set(sand.metrics.values_list("quote", flat=True))
    do(page, "merge", FISH.title)
    do(page, "split", TEA.paragraphs[2][:8])
    apply(page, publish=True)
    new = page.articles.exclude(pk__in=(tea.pk, sand.pk, fish.pk)).get()
    assert status(client, fish)[0] == 301 and status(client, new)[0] == 200

    done = last()
    undone = services.undo(done)
    assert (done.kind, undone.kind, undone.undoes) == (ActionKind.SPLIT, ActionKind.UNDO, done)
    assert picture(split.standing(page)) == was and ledger_text(page) == "".join(page.text.split())
    assert [status(client, a)[0] for a in (tea, sand, fish)] == [200, 200, 200]
    assert status(client, new) == (301, tea.get_absolute_url())
    assert {a.pk for a in Article.objects.published()} == {tea.pk, sand.pk, fish.pk}
    assert set(sand.metrics.values_list("quote", flat=True)) == metrics
    with pytest.raises(services.Refused):
        services.undo(done)

    services.undo(undone)
    new.refresh_from_db()
    assert new.state == State.PUBLISHED and status(client, fish)[0] == 301
    assert ledger_text(page) == "".join(page.text.split())


def test_a_correction_that_lost_its_place_comes_back_and_a_later_one_stays() -> None:
    page = taken()
    sand = page.articles.get(title=SAND.title)
    services.correct(sand, {"body": bodytext.to_text(sand.body).replace("莫高窟", "敦煌莫高窟")})
    do(page, "move", SAND.paragraphs[2], article=1)
    apply(page)
    tea = page.articles.get(title=TEA.title)
    services.correct(tea, {"title": "后来的题目"})
    services.undo(last())
    assert "敦煌莫高窟" in Article.objects.get(pk=sand.pk).text
    tea.refresh_from_db()
    assert tea.title == "后来的题目" and SAND.paragraphs[2] not in tea.text
    assert not any("拆分" in warning for warning in Article.objects.get(pk=sand.pk).warnings)


def test_what_a_person_joined_hangs_together_again() -> None:
    page = taken()
    tea, _sand, fish = page.articles.order_by("position")
    services.join(fish, tea)
    do(page, "merge", FISH.title)
    apply(page)
    fish.refresh_from_db()
    assert fish.continued_from is None
    services.undo(last())
    fish.refresh_from_db()
    assert (fish.continued_from, fish.part, fish.joined_by) == (tea, 2, Joined.PERSON)


def test_what_somebody_is_at_or_split_since_is_left_alone(make_user: Callable[..., AbstractUser]) -> None:
    page, editor = taken(), make_user("editor", "change_article")
    do(page, "merge", FISH.title)
    apply(page)
    first = last()
    with pytest.raises(services.Refused, match="发布"):
        services.undo(first, editor)
    do(page, "split", SAND.paragraphs[1][:8], editor)
    with pytest.raises(services.Refused):
        services.undo(first)
    apply(page)
    with pytest.raises(services.Refused):
        services.undo(first)
    services.undo(last())
    services.undo(first)
    assert [a.title for a in page.articles.filter(moved_to=None).order_by("position")] == [
        TEA.title, SAND.title, FISH.title
    ]  # fmt: skip
    assert not Action.objects.filter(status="proposed").exists()


def test_the_workbench_undoes_with_one_button_that_works_once(admin_client: Client) -> None:
    page: Page = taken()
    do(page, "merge", FISH.title)
    apply(page)
    bench, done = reverse("admin:articles_bench", args=[page.pk]), last()
    button = f"unsplit:{done.public_id}"
    assert button in admin_client.get(bench).text
    address = reverse("admin:articles_bench_do", args=[page.pk])
    sent: dict[str, Any] = {"do": button, "version": 0}
    shown = [admin_client.post(address, sent, HTTP_HX_REQUEST="true") for _ in range(2)]
    assert "desk-error" not in shown[0].text and "desk-error" in shown[1].text
    assert page.articles.filter(moved_to=None).count() == 3
    record = admin_client.get(reverse("admin:articles_action_page", args=[done.public_id]))
    assert record.status_code == 200 and FISH.title in record.text and bench in record.text
    listed = admin_client.get(reverse("admin:articles_action_changelist"))
    assert listed.status_code == 200 and str(page) in listed.text


def test_the_button_says_what_it_does_however_often_it_is_pressed(admin_client: Client) -> None:
    page: Page = taken()
    do(page, "merge", FISH.title)
    apply(page)
    bench = reverse("admin:articles_bench", args=[page.pk])
    address = reverse("admin:articles_bench_do", args=[page.pk])
    for button, number, said in (
        ("撤销这次拆分", 3, "本版文章恢复原状"), ("重做这次拆分", 2, "拆分重新生效"),
        ("撤销这次拆分", 3, "本版文章恢复原状"), ("重做这次拆分", 2, "拆分重新生效"),
    ):  # fmt: skip
        shown = admin_client.get(bench).text
        assert [name for name in ("撤销这次拆分", "重做这次拆分") if name in shown] == [button]
        answer = admin_client.post(
            address, {"do": f"unsplit:{last().public_id}", "version": 0}, HTTP_HX_REQUEST="true"
        )
        assert said in answer.text
        assert page.articles.filter(moved_to=None).count() == number
    listed = admin_client.get(reverse("admin:articles_action_changelist")).text
    assert "重做：" in listed and "撤销：撤销" not in listed


def test_what_waited_for_a_place_keeps_nobody_from_undoing_and_redoing() -> None:
    page = taken()
    do(page, "role", TEA.paragraphs[2], role="unassigned")
    apply(page)
    first, waited = last(), picture(split.standing(page))
    do(page, "role", TEA.paragraphs[2], role="body", article=1)
    do(page, "role", FISH.paragraphs[2], role="unassigned")
    apply(page)
    second, found = last(), picture(split.standing(page))
    undone = services.undo(second)
    assert picture(split.standing(page)) == waited
    services.undo(undone)
    assert picture(split.standing(page)) == found
    services.undo(last())
    services.undo(first)
    assert not [p for p in split.standing(page).now.pieces if p.role == "unassigned"]
