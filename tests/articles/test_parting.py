"""One author who is two people, parted in one form and joined again."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from articles import services
from articles.models import Article, Author, Decision, Region
from articles.roles import EDITOR, REVIEWER
from tests.support.records import page_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(parse: Any) -> Author:
    record = page_record(titles=("甲", "乙", "丙"))
    services.accept_upload(parse(record), record.name, publish=True)
    return Author.objects.get()


def logged_in(role: Any, client: Client) -> Client:
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=role.name))
    client.force_login(user)
    return client


def test_signatures_go_to_the_other_person_and_come_back(author: Author, client: Client) -> None:
    logged_in(REVIEWER, client)
    page = reverse("admin:articles_author_part", args=[author.pk])
    assert reverse("admin:articles_author_change", args=[author.pk]) in client.get(page).text
    keys = list(author.bylines.order_by("pk").values_list("pk", flat=True))
    elsewhere = Region.objects.get(code="370112", until=None)
    sent = {"name": author.name, "region": elsewhere.pk, "chosen": keys[:2]}
    looked = client.post(page, {**sent, "do": "look"})
    assert looked.context["plan"].articles == 2 and Author.objects.count() == 1
    # Another choice than the one that was shown is shown first, whatever the button says.
    seen = looked.context["mark"]
    again = client.post(page, {**sent, "chosen": keys, "do": "save", "seen": seen})
    assert "与预览不同" in again.text and again.context["plan"].articles == 3 and Author.objects.count() == 1
    client.post(page, {**sent, "do": "save", "seen": seen})
    other = Author.objects.get(region=elsewhere)
    decision = Decision.objects.get()
    assert (decision.name, decision.into_name) == tuple(
        f"张三 · {row.region.full_name}" for row in (author, other)
    )
    assert other.bylines.count() == 2 and author.bylines.count() == 1
    assert client.get(other.get_absolute_url()).status_code == 200
    assert other.bylines.order_by("pk")[0].history.first().history_user.username == "somebody"

    assert services.take_back(Decision.objects.get()) == 0
    assert author.bylines.count() == 3
    answer = client.get(other.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, author.get_absolute_url())


def test_what_the_other_signs_already_stays_and_what_was_changed_since_too(author: Author) -> None:
    first, second, _third = author.bylines.order_by("pk")
    other = Author.objects.create(name="李四")
    first.article.bylines.create(author=other, kind=first.kind, position=5)
    plan = services.foresee_part(author, [first.pk, second.pk], "李四", None)
    assert (plan.other, plan.moving, plan.stays) == (other, [second], [first])
    decision = services.part(author, [first.pk, second.pk], "李四", None)
    assert other.bylines.count() == 2
    other.bylines.filter(pk=second.pk).update(author=Author.objects.create(name="王五"))
    assert services.take_back(decision) == 1
    other.refresh_from_db()
    assert other.merged_into is None


def test_a_parting_needs_a_choice_another_person_and_the_right(author: Author, client: Client) -> None:
    keys = [author.bylines.all()[0].pk]
    for chosen, name, region in (([], "李四", None), (keys, author.name, author.region), (keys, "", None)):
        with pytest.raises(services.Refused):
            services.part(author, chosen, name, region)
    editor = logged_in(EDITOR, client)
    with pytest.raises(services.Refused):
        services.part(author, keys, "李四", None, User.objects.get(username="somebody"))
    assert editor.get(reverse("admin:articles_author_part", args=[author.pk])).status_code == 403
    assert Article.objects.filter(bylines__author=author).count() == 3
