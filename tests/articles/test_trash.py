"""The trash: nobody reads what is in it, it comes back as it was, and only managers delete it for good."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from articles import services
from articles.ingest.record import PageRecord
from articles.models import Article, IngestRun, Joined, Page, RunStatus, Source, State, Tombstone
from search.index import compare
from tests.support.jumps import ISSUE, TITLE, first_page, second_page
from tests.support.records import page_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(parse: Callable[[PageRecord], bytes]) -> Article:
    record = page_record()
    return services.accept_upload(parse(record), record.name, publish=True).articles[0]


@pytest.fixture
def person() -> Callable[[str], tuple[Client, User]]:
    def log_in(role: str) -> tuple[Client, User]:
        user = User.objects.create_user(role, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        return client, user

    return log_in


def act(client: Client, model: str, action: str, *rows: Any, trash: bool = False, **more: str) -> Any:
    address = reverse(f"admin:articles_{model}_changelist") + ("?trash=yes" if trash else "")
    chosen = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return client.post(address, chosen, follow=True)


def listed(client: Client, model: str, trash: bool = False) -> set[int]:
    address = reverse(f"admin:articles_{model}_changelist") + ("?trash=yes" if trash else "")
    return {row.pk for row in client.get(address).context["cl"].result_list}


def test_what_is_in_the_trash_is_gone_for_readers_and_the_index_and_comes_back(
    client: Client, article: Article, person: Any
) -> None:
    call_command("reindex")
    desk, reviewer = person("审核")
    address = article.get_absolute_url()
    act(desk, "article", "to_trash", article)
    article.refresh_from_db()
    assert article.state == State.TRASHED and article.history.first().history_user == reviewer
    assert client.get(address).status_code == 410
    assert client.get(f"{address.removesuffix('/')}.json").status_code == 410
    assert article.pk not in listed(desk, "article") and article.pk in listed(desk, "article", trash=True)
    assert not compare() and article.title not in client.get("/articles/").text
    act(desk, "article", "from_trash", article, trash=True)
    article.refresh_from_db()
    assert article.state == State.PUBLISHED and client.get(address).status_code == 200
    assert not compare()


def test_the_desk_names_what_went_who_put_it_there_and_takes_it_back(article: Article, person: Any) -> None:
    desk, _ = person("审核")
    page = act(desk, "article", "to_trash", article).text
    assert f"已放入回收站 1 项：{article.headline}。" in page
    form = page[page.index('class="desk-undo"') :]
    assert 'value="from_trash"' in form and f'name="_selected_action" value="{article.pk}"' in form
    trash = desk.get(reverse("admin:articles_article_changelist") + "?trash=yes").text
    assert "审核 · " in trash and "原为已发布" in trash
    assert "已移出回收站" in act(desk, "article", "from_trash", article, trash=True).text
    source = article.page.source if article.page else None
    act(desk, "source", "to_trash", source)
    assert "审核 · " in desk.get(reverse("admin:articles_source_changelist") + "?trash=yes").text


def test_each_comes_back_as_it_was_and_published_only_by_who_may_publish(
    article: Article, person: Any
) -> None:
    draft = Article.objects.create(title="草稿", text="文", genre="消息")
    assert services.trash([draft, article]) == 2 and services.trash([draft]) == 0
    _, editor = person("编辑")
    assert services.untrash([draft, article], editor) == 2
    for row, state in ((draft, State.DRAFT), (article, State.WITHDRAWN)):
        row.refresh_from_db()
        assert row.state == state


def test_what_a_person_joined_hangs_together_again_whichever_part_was_in_the_trash(
    parse: Callable[[PageRecord], bytes],
) -> None:
    record = page_record(titles=("甲", "乙"))
    one, two = services.accept_upload(parse(record), record.name, publish=True).articles
    services.join(two, one)
    for gone in ([two], [one, two]):
        services.trash(gone)
        services.untrash(gone)
        two.refresh_from_db()
        assert (two.continued_from, two.part, two.joined_by) == (one, 2, Joined.PERSON)
    services.trash([two])
    services.trash([one])
    services.untrash([two])
    two.refresh_from_db()
    assert two.continued_from is None
    services.untrash([one])
    two.refresh_from_db()
    assert two.continued_from == one
    services.take_apart(two)
    services.trash([two])
    services.untrash([two])
    two.refresh_from_db()
    assert two.continued_from is None and two.joined_by == Joined.APART


def test_parts_go_and_come_together() -> None:
    services.accept_upload(first_page().encode(), "a.txt", ISSUE, publish=True)
    services.accept_upload(second_page().encode(), "b.txt", ISSUE, publish=True)
    first = Article.objects.get(title=TITLE, part=1)
    assert first.later_parts.count() == 1
    services.trash([first])
    assert Article.objects.filter(state=State.TRASHED).count() == 2
    services.untrash([first])
    assert first.later_parts.get().state == State.PUBLISHED


def test_a_part_in_the_trash_makes_room_for_a_better_copy_of_its_page() -> None:
    services.accept_upload(first_page().encode(), "a.txt", ISSUE)
    poor = services.accept_upload(second_page().encode(), "b.txt", ISSUE).source
    first = Article.objects.get(title=TITLE)
    assert first.later_parts.count() == 1
    services.trash_sources([poor])
    assert not first.later_parts.exists()
    better = services.accept_upload(second_page().replace("87件", "88件").encode(), "c.txt", ISSUE).source
    assert first.later_parts.get().page.source == better
    services.trash_sources([better])
    services.untrash_sources([poor])
    assert first.later_parts.get().page.source == poor


def test_an_article_is_deleted_for_good_only_after_a_question_by_a_manager(
    client: Client, article: Article, person: Any
) -> None:
    address, page = article.get_absolute_url(), article.page
    before = sorted(page.blocks.values_list("start", "end"))
    reviewer, _ = person("审核")
    manager, user = person("管理员")
    services.trash([article])
    act(reviewer, "article", "erase", article, trash=True, confirmed="yes")
    act(manager, "article", "erase", article, confirmed="yes")  # not in the list of what is in the trash
    asked = act(manager, "article", "erase", article, trash=True)
    assert (
        article.title in asked.text
        and "confirmed" in asked.text
        and Article.objects.filter(pk=article.pk).exists()
    )
    act(manager, "article", "erase", article, trash=True, confirmed="yes")
    assert not Article.objects.filter(pk=article.pk).exists()
    stone = Tombstone.objects.get()
    assert (stone.public_id, stone.deleted_by) == (article.public_id, user)
    assert client.get(address).status_code == 410
    assert sorted(page.blocks.values_list("start", "end")) == before  # every character is still somewhere
    assert services.erase(Article.objects.all()) == 0  # the others are not in the trash


def test_a_file_goes_with_its_articles_and_its_log_stays(
    parse: Callable[[PageRecord], bytes], article: Article, person: Any
) -> None:
    source, record = article.page.source, page_record()
    desk, _ = person("审核")
    manager, _ = person("管理员")
    act(desk, "source", "to_trash", source)
    assert set(Article.objects.values_list("state", flat=True)) == {"trashed"}
    assert listed(desk, "source") == set() and listed(desk, "source", trash=True) == {source.pk}
    again = services.accept_upload(parse(record), record.name)
    assert again.status == RunStatus.UNCHANGED and "回收站" in again.message
    act(desk, "source", "from_trash", source, trash=True)
    assert set(Article.objects.values_list("state", flat=True)) == {"published"}
    assert services.erase_sources([source]) == 0
    act(desk, "source", "to_trash", source)
    act(manager, "source", "erase", source, trash=True, confirmed="yes")
    assert not (Source.objects.exists() or Page.objects.exists() or Article.objects.exists())
    assert IngestRun.objects.filter(source=None, source_name=record.name).count() == 2
    assert Tombstone.objects.count() == 2
    assert services.accept_upload(parse(record), record.name).status == RunStatus.STORED


def test_editors_throw_nothing_away(article: Article, person: Any) -> None:
    desk, _ = person("编辑")
    act(desk, "article", "to_trash", article)
    act(desk, "source", "to_trash", article.page.source)
    article.refresh_from_db()
    assert article.state == State.PUBLISHED
