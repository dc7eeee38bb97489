"""Themes and places merged and parted again, further names of places, names of mechanisms: what they affect follows."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from articles import services
from articles.ingest.record import IssueInfo
from articles.models import (
    Action,
    ActionKind,
    ActionStatus,
    Article,
    Author,
    Decision,
    Mechanism,
    PlaceName,
    Region,
    Theme,
    ThemeWord,
)
from articles.roles import EDITOR, REVIEWER
from articles.services import lexicon
from tests.support.tasks import work_off

pytestmark = pytest.mark.django_db

PAGE = """人民政协报　2024年7月16日　第3版

望潮港区政协把协商办到码头

本报记者　张利

望潮港区政协围绕港口服务开展协商，组织委员到码头调研，与船员一起谈服务，提出建议32条。大家说起圆桌夜话，都说管用。

福建省福州市鼓楼区政协也派委员到场，介绍小巷协商的做法，两地委员一起走访企业12家，听取意见。
"""


@pytest.fixture
def article() -> Article:
    issue = IssueInfo("人民政协报", "2024-07-16", "9137", "3")
    (found,) = services.accept_upload(PAGE.encode(), "page.txt", issue, publish=True).articles
    return found


def somebody(role: Any) -> User:
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=role.name))
    return user


def place(code: str) -> Region:
    return Region.objects.filter(code=code).order_by("-since")[0]


def names(article: Article) -> set[str]:
    return {theme.name for theme in article.themes.all()}


def codes(article: Article) -> set[str]:
    fresh = Article.objects.get(pk=article.pk)
    found = {region.code for region in fresh.also_regions.all()}
    return found | ({fresh.region.code} if fresh.region else set())


def test_a_theme_is_merged_read_by_the_other_and_parted_again(article: Article, client: Client) -> None:
    old = Theme.objects.get(name=sorted(names(article))[0])
    into = Theme.objects.exclude(pk__in=article.themes.all()).order_by("pk")[0]
    before, user = names(article), somebody(REVIEWER)
    said = services.preview(old, into)
    assert (said.articles, said.doubled) == (1, 0)
    decision = services.merge(old, into, user)
    article.refresh_from_db()
    assert names(article) == before - {old.name} | {into.name} and article.corrections() == {}
    assert not article.evidence.filter(field="themes", value=old.name).exists()
    answer = client.get(old.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, into.get_absolute_url())
    again = services.accept_upload(PAGE.replace("32条", "33条").encode(), "other.txt").articles[0]
    assert into.name in names(again) and old.name not in names(again) and again.corrections() == {}

    action = Action.objects.get(kind=ActionKind.MERGE)
    with pytest.raises(services.Refused):
        services.undo(action, user)
    assert services.take_back(decision, user) == 0
    article.refresh_from_db()
    assert names(article) == before and article.corrections() == {}
    assert client.get(old.get_absolute_url()).status_code == 200


def test_a_large_theme_is_moved_by_the_worker(article: Article, settings: Any) -> None:
    settings.BULK_AT_ONCE, settings.TASKS = 0, {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    old, into = article.themes.all()[0], Theme.objects.exclude(pk__in=article.themes.all())[0]
    decision = services.merge(old, into)
    assert old.name in names(article)
    with pytest.raises(services.Refused):
        services.take_back(decision)
    work_off()
    assert into.name in names(article) and old.name not in names(article)


def test_a_place_is_treated_as_another_with_all_that_lies_in_it(article: Article, client: Client) -> None:
    wrong, right = place("350102"), place("350105")
    author = Author.objects.create(name="李四", region=wrong)
    services.correct(article, {"region": wrong})
    decision = services.merge(wrong, right, somebody(REVIEWER))
    author.refresh_from_db()
    assert author.region == right and codes(article) == {"350105"}
    assert client.get(wrong.get_absolute_url())["Location"] == right.get_absolute_url()
    again = services.accept_upload(PAGE.replace("32条", "33条").encode(), "other.txt").articles[0]
    assert "350102" not in codes(again) | {again.machine["region"], *again.machine["also_regions"]}
    assert services.take_back(decision) == 0
    author.refresh_from_db()
    assert author.region == wrong and codes(article) == {"350102"}
    with pytest.raises(services.Refused):
        services.merge(place("350100"), right)


def test_a_further_name_of_a_place_is_read_and_taken_away(article: Article, client: Client) -> None:
    client.force_login(somebody(REVIEWER))
    page, target = reverse("admin:articles_place_names"), place("350105")
    assert "350105" not in codes(article)
    sent = {"name": "望潮港区", "region": target.pk}
    looked = client.post(page, {**sent, "do": "look"})
    assert "1 篇" in looked.text
    seen = {**sent, "do": "save", "seen": looked.context["mark"]}
    for other in ({"name": "望潮港"}, {"region": place("350102").pk}, {"seen": ""}):
        assert "与预览不同" in client.post(page, {**seen, **other}).text and not PlaceName.objects.exists()
    answer = client.post(page, seen)
    assert "望潮港区" in client.get(answer["Location"]).text and "350105" in codes(article)
    article.refresh_from_db()
    assert article.corrections() == {} and article.region == target
    evidence = article.evidence.get(field="primary_region", value="350105", rule__gt="")
    assert PAGE[evidence.start : evidence.end] == evidence.quote
    assert client.post(page, seen).status_code == 422
    known = {**sent, "name": "鼓楼区"}
    seen = {**known, "do": "save", "seen": client.post(page, {**known, "do": "look"}).context["mark"]}
    assert client.post(page, seen).status_code == 422
    services.undo(Action.objects.latest("pk"))
    assert "350105" not in codes(article)
    client.post(page, {"do": "forget", "name": PlaceName.objects.get().pk})
    assert not PlaceName.objects.exists() and lexicon.vocabularies().regions.find("望潮港区") == []


def test_a_region_that_somebody_corrected_stays(article: Article) -> None:
    services.correct(article, {"region": place("110101")})
    reading = services.name_place(place("350105"), "望潮港区")
    article.refresh_from_db()
    assert article.region == place("110101") and article.machine["region"] == "350105"
    assert [(i.why, i.left) for i in reading.items.all()] == [("corrected", ["region"])]


def test_a_name_of_a_mechanism_is_found_wherever_it_stands(article: Article, client: Client) -> None:
    client.force_login(somebody(REVIEWER))
    add = reverse("admin:articles_mechanism_add")
    client.post(add, {"name": "海边圆桌", "kind": "活动", "family": "", "aliases": "圆桌夜话"})
    row = Mechanism.objects.get(name="海边圆桌")
    mention = article.mentions.get(mechanism=row)
    assert (mention.quote, PAGE[mention.start : mention.end]) == ("圆桌夜话", "圆桌夜话")
    again = services.accept_upload(PAGE.replace("32条", "33条").encode(), "other.txt").articles[0]
    assert again.mentions.filter(mechanism=row).exists()
    reading = Action.objects.get(kind=ActionKind.REREAD)
    assert reading.status == ActionStatus.DONE and reading.keys == [article.pk]
    assert "海边圆桌" in client.get(reverse("admin:articles_action_page", args=[reading.public_id])).text

    undone = services.undo(reading)
    assert not article.mentions.filter(mechanism=row).exists()
    services.undo(undone)
    assert article.mentions.filter(mechanism=row).exists()
    change = reverse("admin:articles_mechanism_change", args=[row.pk])
    client.post(change, {"name": "海边圆桌", "kind": "活动", "family": "", "aliases": ""})
    assert not Article.objects.filter(mentions__mechanism=row).exists()


def test_an_accepted_mechanism_is_found_where_patterns_missed_it(article: Article) -> None:
    row = Mechanism.objects.create(name="圆桌夜话", kind="活动")
    decision = services.accept(row)
    assert article.mentions.get(mechanism=row).quote == "圆桌夜话"
    services.take_back(decision)
    assert not article.mentions.filter(mechanism=row).exists()


def test_editors_settle_none_of_it(article: Article, client: Client) -> None:
    editor = somebody(EDITOR)
    old, into = Theme.objects.all()[:2]
    for work in (
        lambda: services.merge(old, into, editor),
        lambda: services.merge(place("350102"), place("350105"), editor),
        lambda: services.name_place(place("350105"), "望潮港区", editor),
    ):
        with pytest.raises(services.Refused):
            work()
    client.force_login(editor)
    for name in ("theme_merge", "region_merge", "place_names"):
        assert client.get(reverse(f"admin:articles_{name}")).status_code == 403
    assert not Decision.objects.exists() and not ThemeWord.objects.exists()


def test_themes_and_places_are_merged_at_the_desk(article: Article, client: Client) -> None:
    client.force_login(somebody(REVIEWER))
    old, into = article.themes.all()[0], Theme.objects.exclude(pk__in=article.themes.all())[0]
    for model, rows in (("theme", (old, into)), ("region", (place("350102"), place("350105")))):
        chosen = {"action": "merge_chosen", "_selected_action": [row.pk for row in rows]}
        page = client.post(reverse(f"admin:articles_{model}_changelist"), chosen)
        shown = client.get(f"{page.url}&into={rows[1].pk}")
        assert shown.status_code == 200 and rows[0].name in shown.text
        seen = {"id": [row.pk for row in rows], "into": rows[1].pk, "seen": shown.context["mark"]}
        client.post(page.url, {**seen, "do": "save"})
    assert Decision.objects.count() == 2
    back = {"action": "take_back", "_selected_action": list(Decision.objects.values_list("pk", flat=True))}
    client.post(reverse("admin:articles_decision_changelist"), back)
    assert not Theme.objects.filter(merged_into__isnull=False).exists()
    parent = client.get(f"{reverse('admin:articles_region_merge')}?id={place('350100').pk}&id={place('350105').pk}"
                        f"&into={place('350105').pk}")  # fmt: skip
    assert parent.status_code == 302


def test_merging_places_of_another_level_or_parent_is_warned_of(admin_client: Client) -> None:
    county, city, neighbour = place("511181"), place("511400"), place("511102")
    assert [len(services.preview(county, into).doubts) for into in (city, neighbour)] == [2, 0]
    asked = f"{reverse('admin:articles_region_merge')}?id={county.pk}&id={city.pk}&into={city.pk}"
    page = admin_client.get(asked).text
    assert "层级不同：“四川省乐山市峨眉山市”为区县级，“四川省眉山市”为地市级。" in page and "上级不同" in page


def test_a_decision_on_a_proposed_name_is_said_with_the_way_back(admin_client: Client) -> None:
    row = Mechanism.objects.create(name="圆桌夜话", kind="活动")
    answer = admin_client.post(reverse("admin:articles_mechanism_proposed"), {"reject": row.pk}, follow=True)
    decision = Decision.objects.get()
    assert "“圆桌夜话”已否定。" in answer.text
    assert reverse("admin:articles_decision_page", args=[decision.pk]) in answer.text


def test_a_theme_made_at_the_desk_goes_once_nothing_stands_under_it(
    article: Article, admin_client: Client
) -> None:
    page, asked = reverse("admin:articles_theme_words"), {"name": "夜谈", "words": "圆桌夜话", "weight": "5"}
    answer = admin_client.post(page, {**asked, "do": "look", "slug": "夜 谈"})
    assert "只能用小写字母、数字和连字符" in answer.text and answer.status_code == 422
    refused = admin_client.post(page, {"do": "look", "words": "", "weight": "5"})
    assert {"theme", "words"} <= refused.context["form"].errors.keys()
    asked["slug"] = "night-talks"
    seen = admin_client.post(page, {**asked, "do": "look"}).context["mark"]
    admin_client.post(page, {**asked, "do": "save", "seen": seen})
    work_off()
    theme, reading = Theme.objects.get(slug="night-talks"), Action.objects.latest("pk")
    assert theme in article.themes.all() and "夜谈 · 圆桌夜话 · 强" in admin_client.get(page).text
    with pytest.raises(services.Refused):
        services.drop_theme(theme)
    services.undo(reading, User.objects.get(username="admin"))
    work_off()
    said = admin_client.get(reverse("admin:articles_action_page", args=[reading.public_id])).text
    assert "主题及其用词仍然有效" in said
    admin_client.post(page, {"do": "forget", "word": theme.words.get().pk})
    work_off()
    assert "没有用词也没有文章的主题" in admin_client.get(page).text
    admin_client.post(page, {"do": "drop", "theme": theme.pk})
    assert not Theme.objects.filter(slug="night-talks").exists()
    assert admin_client.get(reverse("admin:articles_article_history", args=[article.pk])).status_code == 200
    with pytest.raises(services.Refused):
        services.drop_theme(Theme.objects.order_by("pk")[0])
