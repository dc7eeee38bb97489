"""Names settled by people: merged and parted again, accepted and rejected, with addresses that lead on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from articles import services
from articles.bodytext import sentence_with
from articles.ingest.record import PageRecord
from articles.models import (
    Article,
    Author,
    Decision,
    Mechanism,
    MechanismMention,
    Origin,
    Region,
    Standing,
    Theme,
)
from articles.roles import EDITOR, REVIEWER
from tests.support.records import page_record

pytestmark = pytest.mark.django_db
Parse = Callable[[PageRecord], bytes]


def take(parse: Parse, salt: str = "", **options: Any) -> list[Article]:
    record = page_record(titles=("甲", "乙"), salt=salt, name=f"{salt or 'page'}.txt")
    return services.accept_upload(parse(record), record.name, **options).articles


def somebody(role: Any) -> User:
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=role.name))
    return user


@pytest.fixture
def people(parse: Parse) -> tuple[Author, Author]:
    """张三 of two articles, and 张 三 of the second of them and of none else, as a misprint."""
    articles = take(parse, publish=True)
    right = Author.objects.get()
    wrong = Author.objects.create(name="张叁", region=right.region, aliases=["张老三"])
    articles[1].bylines.create(author=wrong, kind="作者", position=1, role="委员", region=right.region)
    articles[0].bylines.create(author=wrong, kind="记者", position=1)
    return wrong, right


def test_a_merge_is_foreseen_done_and_parted_again(people: tuple[Author, Author]) -> None:
    wrong, right = people
    user = somebody(REVIEWER)
    said = services.preview(wrong, right)
    assert (said.articles, said.rows, said.doubled, said.metrics) == (2, 2, 1, 2)
    assert said.aliases == ["张叁", "张老三"]
    before = sorted(wrong.bylines.values_list("article", "kind", "role", "position", "region"))
    decision = services.merge(wrong, right, user)
    assert not wrong.bylines.exists() and right.bylines.count() == 3
    right.refresh_from_db()
    assert right.aliases == ["张叁", "张老三"]
    moved = right.bylines.get(kind="记者")
    assert moved.history.first().history_user == user and moved.history.last().author_id == wrong.pk
    assert services.take_back(decision, user) == 0
    assert sorted(wrong.bylines.values_list("article", "kind", "role", "position", "region")) == before
    right.refresh_from_db()
    assert right.aliases == [] and right.bylines.count() == 2
    with pytest.raises(services.Refused):
        services.take_back(decision, user)


def test_what_somebody_changed_since_stays_as_it_is(people: tuple[Author, Author]) -> None:
    wrong, right = people
    other = Author.objects.create(name="李四")
    decision = services.merge(wrong, right)
    right.bylines.filter(kind="记者").update(author=other)
    assert services.take_back(decision) == 1
    assert other.bylines.count() == 1 and wrong.bylines.count() == 1


def test_merges_one_upon_another_are_parted_from_the_last(people: tuple[Author, Author]) -> None:
    wrong, right = people
    last = Author.objects.create(name="张三丰")
    first = services.merge(wrong, right)
    second = services.merge(right, last)
    with pytest.raises(services.Refused):
        services.take_back(first)
    with pytest.raises(services.Refused):
        services.merge(right, last)
    services.take_back(second)
    assert services.take_back(first) == 0


def test_old_addresses_lead_on_for_good(people: tuple[Author, Author], client: Client) -> None:
    wrong, right = people
    last = Author.objects.create(name="张三丰", region=right.region)
    old, page = wrong.get_absolute_url(), last.get_absolute_url()
    services.merge(wrong, right)
    services.merge(right, last)
    answer = client.get(old)
    assert (answer.status_code, answer.url) == (301, page)
    answer = client.get(f"{old.removesuffix('/')}.json")
    assert (answer.status_code, answer.url) == (301, f"{page.removesuffix('/')}.json")
    assert client.get(page).status_code == 200
    assert client.get("/authors/zzzzzzzzzz/").status_code == 404


def test_pages_to_come_find_the_survivor(people: tuple[Author, Author], parse: Parse) -> None:
    _wrong, right = people
    last = Author.objects.create(name="张三丰", region=right.region)
    services.merge(right, last)
    mechanism = Mechanism.objects.get()
    platform = Mechanism.objects.create(name="有事来协商平台", kind="平台")
    services.merge(mechanism, platform)
    article = take(parse, salt="新")[0]
    assert article.bylines.get().author == last and article.mentions.get().mechanism == platform
    assert Author.objects.filter(name="张三").count() == 1


def test_a_merged_mechanism_leads_on_and_brings_its_names(parse: Parse, client: Client) -> None:
    take(parse, publish=True)
    mechanism = Mechanism.objects.get()
    platform = Mechanism.objects.create(name="有事来协商平台", kind="平台")
    old = mechanism.get_absolute_url()
    services.merge(mechanism, platform)
    platform.refresh_from_db()
    assert platform.aliases == ["有事来协商"] and platform.mentions.count() == 2
    assert client.get(old).url == platform.get_absolute_url()


def test_a_new_mechanism_found_twice_is_proposed_accepted_or_rejected(parse: Parse) -> None:
    take(parse)
    row = Mechanism.objects.create(name="一次性机制", kind="机制")
    found = Mechanism.objects.get(name="有事来协商")
    assert list(services.proposed()) == [found] and row.standing == Standing.FOUND
    accepted = services.accept(found)
    assert not services.proposed().exists()
    with pytest.raises(services.Refused):
        services.reject(found)
    services.take_back(accepted)
    rejected = services.reject(found)
    assert set(MechanismMention.objects.values_list("origin", flat=True)) == {Origin.REJECTED}
    article = take(parse, salt="新")[0]
    assert article.mentions.get().origin == Origin.REJECTED  # and on pages to come
    services.take_back(rejected)
    assert MechanismMention.objects.filter(origin=Origin.MACHINE).count() == 2


def test_editors_may_not_merge(people: tuple[Author, Author], client: Client) -> None:
    wrong, right = people
    editor = somebody(EDITOR)
    with pytest.raises(services.Refused):
        services.merge(wrong, right, editor)
    with pytest.raises(services.Refused):
        services.accept(Mechanism.objects.get(), editor)
    client.force_login(editor)
    assert client.get(reverse("admin:articles_author_merge")).status_code == 403
    proposals = reverse("admin:articles_mechanism_proposed")
    client.post(proposals, {"accept": Mechanism.objects.get().pk})
    assert not Decision.objects.exists() and "有事来协商" in client.get(proposals).text


def merge_as_shown(client: Client, page: str, wrong: Any, right: Any) -> Any:
    """The page looked at with one chosen to stay, and the button pressed that stands under what it shows."""
    sent = {"id": [wrong.pk, right.pk], "into": right.pk}
    shown = client.post(page, {**sent, "do": "look"}, follow=True)
    assert shown.context["into"] == right
    return client.post(page, {**sent, "do": "save", "seen": shown.context["mark"]}, follow=True)


@pytest.mark.parametrize("model", [Author, Mechanism, Theme, Region])
def test_only_the_merge_that_was_shown_is_done(model: Any, client: Client) -> None:
    more: Any = {
        Author: [{"region": r} for r in Region.objects.filter(name="鼓楼区", until=None)],
        Mechanism: [{"kind": "平台"}] * 2, Theme: [{"slug": "one"}, {"slug": "two"}],
    }  # fmt: skip
    if model is Region:
        one, two = Region.objects.filter(name="鼓楼区", until=None)[:2]
    else:
        names = ("张三", "张三") if model is Author else ("甲", "乙")
        one, two = (model.objects.create(name=n, **m) for n, m in zip(names, more[model][:2], strict=True))
    client.force_login(somebody(REVIEWER))
    page = reverse(f"admin:articles_{model._meta.model_name}_merge")
    both = {"id": [one.pk, two.pk]}
    first = client.get(page, {**both, "into": one.pk}).context
    assert first["into"] == one
    # The other one is chosen, and the button pressed that stands under the former preview.
    sent = {**both, "into": two.pk, "do": "save", "seen": first["mark"]}
    answer = client.post(page, sent, follow=True)
    assert not Decision.objects.exists() and "与预览不同" in answer.text
    assert answer.context["into"] == two and f'value="{two.pk}" checked' in answer.text
    done = client.post(page, {**sent, "seen": answer.context["mark"]}, follow=True)
    decision = Decision.objects.get()
    assert (decision.key, decision.into) == (one.pk, two.pk)
    assert decision.name != decision.into_name and f"“{decision.into_name}”" in done.text


def test_a_preview_that_came_true_otherwise_is_shown_anew(
    people: tuple[Author, Author], client: Client
) -> None:
    wrong, right = people
    client.force_login(somebody(REVIEWER))
    page = reverse("admin:articles_author_merge")
    sent = {"id": [wrong.pk, right.pk], "into": right.pk}
    seen = client.get(page, sent).context["mark"]
    wrong.bylines.filter(kind="记者").delete()
    assert "与预览不同" in client.post(page, {**sent, "do": "save", "seen": seen}, follow=True).text
    assert not Decision.objects.exists()


def test_merging_and_parting_at_the_desk(people: tuple[Author, Author], client: Client) -> None:
    wrong, right = people
    client.force_login(somebody(REVIEWER))
    chosen = {"action": "merge_chosen", "_selected_action": [wrong.pk, right.pk]}
    page = client.post(reverse("admin:articles_author_changelist"), chosen)
    shown = client.get(f"{page.url}&into={right.pk}").text
    assert "张老三" in shown and Author.objects.get(pk=wrong.pk).merged_into is None
    merge_as_shown(client, page.url, wrong, right)
    assert Author.objects.get(pk=wrong.pk).merged_into == right
    assert "张叁" not in client.get(reverse("admin:articles_author_changelist")).text.split("result_list")[0]
    back = {"action": "take_back", "_selected_action": [Decision.objects.get().pk]}
    client.post(reverse("admin:articles_decision_changelist"), back)
    assert Author.objects.get(pk=wrong.pk).merged_into is None


def test_proposals_are_decided_beside_their_sentences(parse: Parse, client: Client) -> None:
    take(parse)
    client.force_login(somebody(REVIEWER))
    proposals = reverse("admin:articles_mechanism_proposed")
    page = client.get(proposals).text
    assert "第0篇：用好“有事来协商”平台。" in page
    client.post(proposals, {"accept": Mechanism.objects.get().pk})
    assert Mechanism.objects.get().standing == Standing.ACCEPTED


def test_a_sentence_begins_behind_the_mark_that_closes_the_one_before() -> None:
    text = "他说：“茶好，人更好。”县政协推行“茶山夜谈”机制！（记者在场。）散会。"
    assert sentence_with(text, "茶山夜谈") == "县政协推行“茶山夜谈”机制！"
    assert sentence_with(text, "茶好") == "他说：“茶好，人更好。”"


def test_a_sentence_with_words() -> None:
    text = "第一句。推行“委员大讲堂”机制！第三句"
    assert sentence_with(text, "没有", "委员大讲堂") == "推行“委员大讲堂”机制！"
    assert sentence_with(text, "第三") == "第三句" and sentence_with(text, "", "无") == ""


@pytest.mark.parametrize("about", ["author", "mechanism", "theme"])
def test_the_page_of_a_name_leads_to_parting_it_again(about: str, client: Client, parse: Parse) -> None:
    take(parse, publish=True)
    model: Any = {"author": Author, "mechanism": Mechanism, "theme": Theme}[about]
    right = model.objects.first()
    fields = {"slug": "gone"} if about == "theme" else {"kind": "平台"} if about == "mechanism" else {}
    wrong = model.objects.create(name="将并之名", **fields)
    client.force_login(somebody(REVIEWER))
    merging = reverse(f"admin:articles_{about}_merge")
    shown = merge_as_shown(client, merging, wrong, right)
    back = reverse("admin:articles_decision_page", args=[Decision.objects.get().pk])
    assert shown.redirect_chain[0][0] == reverse(f"admin:articles_{about}_change", args=[right.pk])
    assert shown.text.count(f'href="{back}"') == 2  # in the message, and beside the name
    client.get(reverse(f"admin:articles_{about}_change", args=[right.pk]))
    assert f'href="{back}"' in client.get(reverse("admin:articles_decision_changelist")).text
    client.post(back)
    assert model.objects.get(pk=wrong.pk).merged_into is None
    assert "已撤销" in client.get(back).text
    assert f'href="{back}"' not in client.get(reverse(f"admin:articles_{about}_change", args=[right.pk])).text


def test_only_who_may_merge_is_offered_to_part_again(people: tuple[Author, Author], client: Client) -> None:
    wrong, right = people
    back = reverse("admin:articles_decision_page", args=[services.merge(wrong, right).pk])
    client.force_login(somebody(EDITOR))
    assert 'class="desk-submit"' not in client.get(back).text
    client.post(back)
    assert Author.objects.get(pk=wrong.pk).merged_into == right
