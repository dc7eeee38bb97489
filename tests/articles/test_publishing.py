"""What becomes public from the list of articles, and what is withdrawn: looked at first where it is much or doubtful."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import services
from articles.admin import selected
from articles.ingest.record import PageRecord
from articles.models import Action, Article, Theme
from articles.roles import EDITOR, REVIEWER
from articles.services import Changes
from tests.articles.test_actions import carry_out, from_list, keys, page, somebody
from tests.support.records import page_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(parse: Callable[[PageRecord], bytes]) -> list[Article]:
    """Five drafts, of 地市级."""
    return services.accept_upload(parse(record := page_record(titles="甲乙丙丁戊")), record.name).articles


def test_publishing_many_is_shown_before_it_is_done(taken: list[Article], client: Client) -> None:
    assert len(taken) == selected.FEW
    extra = Article.objects.create(title="己", external_id="6", genre="通讯")
    client.force_login(somebody(REVIEWER))
    services.publish(taken[:1])
    assert (
        "5 篇文章：已发布" in from_list(client, "publish", [*taken, extra]).text
    )  # what is public is not counted
    services.undo(Action.objects.latest("pk"))
    services.withdraw(taken[:1])
    shown = from_list(client, "publish", [*taken, extra])
    assert "6 篇文章将公开" in shown.text and "所选文章中现已公开：0 篇" in shown.text
    assert "草稿 → 已发布" in shown.text and Article.objects.published().count() == 0
    action = Action.objects.latest("pk")
    assert "已更改 6 篇" in carry_out(client, action, shown, state="published").text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": ""}, "没有标题：1"),
        ({"warnings": ["“走访”数字不符，请核对。"]}, "有待核对：1"),
        ({"region": None, "region_candidates": ["320106"]}, "有待核对：1"),
    ],
)
def test_publishing_what_is_doubtful_is_shown_with_the_doubts(
    values: dict[str, Any], said: str, taken: list[Article], client: Client
) -> None:
    reviewer = somebody(REVIEWER)
    client.force_login(reviewer)
    Article.objects.filter(pk=taken[1].pk).update(**values)
    shown = from_list(client, "publish", taken[:2])
    assert said in shown.text and Article.objects.published().count() == 0
    assert "走访" in shown.text or "warnings" not in values
    services.find_right(taken[1], reviewer)
    from_list(client, "publish", taken[:2])
    assert Article.objects.published().count() == (0 if "title" in values else 2)


def test_withdrawing_is_about_what_is_public(taken: list[Article], client: Client) -> None:
    services.publish(taken[:2])
    client.force_login(somebody(REVIEWER))
    said = from_list(client, "withdraw", taken).text
    assert "2 篇文章：已撤回" in said and "3 篇文章保持原状：读者本来就看不到，无须撤回。" in said
    assert [a.state for a in Article.objects.order_by("pk")] == ["withdrawn"] * 2 + ["draft"] * 3
    assert services.withdraw(taken) == []


def test_only_what_was_shown_is_carried_out(taken: list[Article], client: Client) -> None:
    client.force_login(somebody(REVIEWER))
    services.publish(taken[:2])
    action = services.propose(keys(taken), User.objects.get())
    shown = client.post(page(action), {"do": "look", "level": "省级"}, follow=True)
    assert "其中 2 篇已公开" in shown.text and "层级：地市级 → 省级" in shown.text
    # the form was changed after the look
    other = carry_out(client, action, shown, level="全国")
    assert "与预览不同" in other.text and "层级：地市级 → 全国" in other.text
    # somebody else changed an article meanwhile
    services.correct(taken[0], {"level": "全国"})
    late = carry_out(client, action, other, level="全国")
    assert "因此尚未执行" in late.text and "本来如此：1" in late.text
    # the button without the page
    assert client.post(page(action), {"do": "carry_out", "level": "全国"}).status_code == 302
    assert {a.level for a in Article.objects.exclude(pk=taken[0].pk)} == {"地市级"}
    assert "已更改 4 篇" in carry_out(client, action, late, level="全国").text


def test_an_undoing_counts_each_article_once_and_says_who_was_there_since(
    taken: list[Article], client: Client
) -> None:
    reviewer, theme = somebody(REVIEWER), Theme.objects.get(name="民主监督")
    done = services.act(keys(taken), Changes(state="published", level="省级", themes=(theme.pk,)), reviewer)
    editor = somebody(EDITOR, "小陈")
    services.correct(taken[1], {"level": "全国", "themes": []}, editor)
    client.force_login(reviewer)
    undone = client.post(page(done), {"do": "undo"}, follow=True).text
    assert "已更改 5 篇" in undone and "其中 1 篇只改了一部分" in undone and "保持原样：" not in undone
    assert re.search(r"层级：小陈 于 [^，]+ 改为“全国”，予以保留；主题：小陈 于 [^，]+ 改为“–”", undone)
    listed = client.get(reverse("admin:articles_action_changelist")).text
    assert re.search(r"field-left_as_they_were[^>]*>\s*0\s*<", listed)


def test_the_history_leads_to_the_change_over_a_selection(taken: list[Article], client: Client) -> None:
    reviewer = somebody(REVIEWER)
    done = services.act(keys(taken), Changes(level="省级"), reviewer)
    services.correct(taken[0], {"level": "全国"}, reviewer)  # at the same moment, by the same person
    undone = services.undo(services.act(keys(taken[:1]), Changes(state="published"), reviewer), reviewer)
    client.force_login(reviewer)
    told = client.get(reverse("admin:articles_article_history", args=[taken[0].pk])).text
    assert told.count("批量操作（共 5 篇）：") == 1
    assert f'{page(done)}">层级：省级</a>' in told and f'{page(undone)}">撤销：发布</a>' in told
    assert told.count("<del>") == 4 and "最近的改动在前" in told
