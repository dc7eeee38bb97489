"""Changes over a selection: what they would do, what they did, who may, and how they are undone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Action, ActionStatus, Article, Origin, Region, State, Theme
from articles.roles import EDITOR, REVIEWER
from articles.services import Changes, actions
from articles.services.plans import MAY_BECOME
from tests.support.records import page_record
from tests.support.tasks import work_off

pytestmark = pytest.mark.django_db
Parse = Callable[[PageRecord], bytes]


@pytest.fixture
def taken(parse: Parse) -> list[Article]:
    """Five drafts of 成都, 协商议政, 地市级."""
    return services.accept_upload(parse(record := page_record(titles="甲乙丙丁戊")), record.name).articles


def somebody(role: Any, name: str = "somebody") -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=role.name))
    return user


def keys(articles: list[Article]) -> list[int]:
    return [article.pk for article in articles]


def themes_of(article: Article) -> set[str]:
    return {theme.name for theme in article.themes.all()}


def test_only_what_is_named_changes_and_is_recorded_before_and_after(taken: list[Article]) -> None:
    user, theme = somebody(REVIEWER), Theme.objects.get(name="民主监督")
    region = Region.objects.get(code="370112", until=None)
    done = services.act(keys(taken), Changes("published", None, region.pk, (theme.pk,), "add"), user)
    assert done.status == ActionStatus.DONE and done.items.count() == 5
    article = Article.objects.get(pk=taken[0].pk)
    assert (article.state, article.region, article.level) == ("published", region, "地市级")
    assert themes_of(article) == {"协商议政", "民主监督"}
    assert article.evidence.get(field="primary_region").origin == Origin.REJECTED
    assert {h.history_user for h in article.history.all()} == {user, None}
    item = done.items.get(key=article.pk)
    assert (item.before["state"], item.after["state"]) == ("draft", "published")


def test_undoing_brings_back_what_nobody_changed_since_and_names_the_rest(taken: list[Article]) -> None:
    user = somebody(REVIEWER)
    done = services.act(keys(taken), Changes(state="published", level="省级"), user)
    services.correct(taken[1], {"level": "全国"})
    undone = services.undo(done, user)
    first, second = (Article.objects.get(pk=a.pk) for a in taken[:2])
    assert (first.state, first.level) == ("draft", "地市级")
    assert (second.state, second.level) == ("draft", "全国")
    left = undone.items.exclude(why="")
    assert [(i.key, i.left, i.why) for i in left] == [(second.pk, ["level"], "changed")]
    assert first.evidence.get(field="primary_region").origin == Origin.MACHINE
    with pytest.raises(services.Refused):
        services.undo(done, user)
    services.undo(undone, user)
    assert {a.state for a in Article.objects.all()} == {State.PUBLISHED}


def test_undoing_a_region_gives_the_possible_ones_back(taken: list[Article]) -> None:
    Article.objects.filter(pk=taken[0].pk).update(region=None, region_candidates=["320106", "350102"])
    region = Region.objects.get(code="350102", until=None)
    done = services.act(keys(taken[:1]), Changes(region=region.pk))
    assert Article.objects.get(pk=taken[0].pk).region_candidates == []
    services.undo(done)
    article = Article.objects.get(pk=taken[0].pk)
    assert article.region is None and article.region_candidates == ["320106", "350102"]


def test_a_plan_says_what_changes_what_is_so_already_and_what_cannot(taken: list[Article]) -> None:
    editor = somebody(EDITOR)
    services.publish(taken[:2])
    action = services.propose(keys(taken), editor)
    services.ask(action, Changes(state="in_review"))
    plan = services.foresee(action, editor)
    assert (plan.changing, plan.same) == (keys(taken[2:]), [])
    assert plan.blocked == {"state": keys(taken[:2])}
    services.ask(action, Changes(state="published"))
    plan = services.foresee(action, editor)
    assert plan.same == keys(taken[:2]) and plan.blocked == {"permission": keys(taken[2:])}
    done = services.carry_out(action, editor)
    assert {i.why for i in done.items.all()} == {"permission"}
    assert Article.objects.published().count() == 2


def test_what_lies_in_the_trash_is_left_there(taken: list[Article]) -> None:
    Article.objects.filter(pk=taken[0].pk).update(state=State.TRASHED)
    action = services.propose(keys(taken))
    services.ask(action, Changes(state="published", level="省级"))
    assert services.foresee(action, None).blocked == {"trashed": keys(taken[:1])}


def test_undoing_asks_for_the_right_to_do_what_it_does(taken: list[Article]) -> None:
    done = services.act(keys(taken), Changes(state="published"), somebody(REVIEWER))
    undone = services.undo(done, somebody(EDITOR, "other"))
    assert {(i.why, tuple(i.left)) for i in undone.items.all()} == {("permission", ("state",))}
    assert Article.objects.published().count() == 5


def test_themes_are_added_removed_or_set(taken: list[Article]) -> None:
    one, two = Theme.objects.get(name="协商议政"), Theme.objects.get(name="民主监督")
    for how, asked, left in (
        ("add", two, {"协商议政", "民主监督"}), ("remove", one, {"民主监督"}), ("set", one, {"协商议政"}),
    ):  # fmt: skip
        services.act(keys(taken), Changes(themes=(asked.pk,), how=how))
        assert themes_of(taken[0]) == left


def test_what_the_web_left_undone_when_it_was_killed_the_worker_finishes(
    taken: list[Article], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(actions, "BATCH", 2)
    step, met = actions._step, []

    def killed(action: Action, batch: list[int]) -> None:
        if met:
            raise SystemExit
        met.append(batch)
        step(action, batch)

    with monkeypatch.context() as dying, pytest.raises(SystemExit):
        dying.setattr(actions, "_step", killed)
        services.act(keys(taken), Changes(state="published"), somebody(REVIEWER))
    assert Article.objects.published().count() == 2
    assert (actions.hand_on(), actions.hand_on()) == (1, 0)
    work_off()
    assert Article.objects.published().count() == 5 and actions.hand_on() == 0
    assert Action.objects.get().status == ActionStatus.DONE


def test_a_large_selection_is_the_workers_and_goes_on_where_it_was_stopped(
    taken: list[Article], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BULK_AT_ONCE, settings.TASKS = 2, {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(actions, "BATCH", 2)
    action = services.act(keys(taken), Changes(level="省级"))
    assert (action.status, action.done) == (ActionStatus.RUNNING, 0)
    step = actions._step

    def killed(action: Action, batch: list[int]) -> None:
        step(action, batch)
        if taken[2].pk in batch:
            raise KeyboardInterrupt

    monkeypatch.setattr(actions, "_step", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.carry_on.call(action.pk)
    action.refresh_from_db()
    assert action.done == action.items.count() == 2
    monkeypatch.setattr(actions, "_step", step)
    work_off()
    action.refresh_from_db()
    assert (action.status, action.done, action.items.count()) == (ActionStatus.DONE, 5, 5)
    assert actions.carry_on.call(action.pk) == 5  # a task that runs twice changes nothing twice
    assert action.items.count() == 5


def test_withdrawing_takes_later_parts_along_and_brings_them_back(taken: list[Article]) -> None:
    services.publish(taken)
    Article.objects.filter(pk=taken[1].pk).update(continued_from=taken[0], part=2, joined_by="person")
    done = services.act(keys(taken[:1]), Changes(state="withdrawn"))
    assert set(done.items.values_list("key", flat=True)) == set(keys(taken[:2]))
    services.undo(done)
    assert Article.objects.shown().count() == 5


def test_every_state_but_draft_can_be_asked_for() -> None:
    assert set(MAY_BECOME) == set(State) - {State.DRAFT, State.TRASHED}


# At the desk


def page(action: Action) -> str:
    return reverse("admin:articles_action_page", args=[action.public_id])


def carry_out(client: Client, action: Action, shown: Any, **fields: Any) -> Any:
    """Presses the button of a preview, the form saying `fields`."""
    sent = fields | {"do": "carry_out", "seen": shown.context["plan"].mark}
    return client.post(page(action), sent, follow=True)


def from_list(client: Client, action: str, articles: list[Article]) -> Any:
    data = {"action": action, "_selected_action": keys(articles)}
    return client.post(reverse("admin:articles_article_changelist"), data, follow=True)


def test_the_whole_list_is_changed_beyond_its_page(taken: list[Article], client: Client) -> None:
    client.force_login(somebody(REVIEWER))
    data = {"action": "change_together", "_selected_action": [taken[0].pk], "select_across": "1"}
    answer = client.post(reverse("admin:articles_article_changelist") + "?q=篇", data)
    action = Action.objects.get()
    assert answer.url == page(action) and set(action.keys) == set(keys(taken))
    assert client.post(page(action), {"do": "look"}).status_code == 422  # all of it unchanged
    theme = Theme.objects.get(name="民主监督")
    said = {"do": "look", "state": "published", "how": "add", "themes": [theme.pk]}
    shown = client.post(page(action), said, follow=True)
    assert "将有 5 篇" in shown.text and Article.objects.published().count() == 0
    done = carry_out(client, action, shown, **said).text
    assert "已更改 5 篇" in done and Article.objects.published().count() == 5
    undone = client.post(page(action), {"do": "undo"}, follow=True).text
    assert "已更改 5 篇" in undone and Article.objects.published().count() == 0
    listed = client.get(reverse("admin:articles_action_changelist")).text
    assert page(action) in listed and "民主监督" in listed


def test_a_proposal_is_its_makers(taken: list[Article], client: Client) -> None:
    action = services.propose(keys(taken), somebody(REVIEWER))
    client.force_login(somebody(REVIEWER, "other"))
    assert client.post(page(action), {"do": "carry_out"}).status_code == 403


def test_a_state_at_one_click_leads_to_its_undoing(taken: list[Article], client: Client) -> None:
    client.force_login(somebody(REVIEWER))
    shown = from_list(client, "publish", taken).text
    assert page(Action.objects.get()) in shown and "查看或撤销对这 5 篇的更改" in shown
    assert Article.objects.published().count() == 5
