"""Near duplicates and reprints at the desk: warned of where they are uploaded, shown side by side."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import services
from articles.models import Article, Fingerprint, Page, Resemblance, State
from articles.services.resemblances import catch_up
from tests.articles.ingest.test_shingles import altered
from tests.articles.test_upload import PAGE, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return min((p.read_text("utf-8") for p in (root / "fixtures/pages/seeds").glob("*.txt")), key=len)


def test_a_page_that_comes_again_changed_is_warned_of_and_shown_beside_the_first(
    admin_client: Client, text: str
) -> None:
    first = upload(admin_client, ("first.txt", text.encode()))
    assert "并排对照" not in first.text
    changed = altered(text, 0.05, 1) + "\n<script>alert(1)</script>\n"
    second = upload(admin_client, ("second.txt", changed.encode()))
    pair = Resemblance.objects.get(page__isnull=False)
    assert (pair.page.source.name, pair.other_page.source.name) == ("second.txt", "first.txt")
    address = reverse("admin:articles_resemblance_change", args=[pair.pk])
    assert address in second.text and "first.txt" in second.text and "并排对照" in second.text
    shown = admin_client.get(address).text
    assert "<del>" in shown and "<ins>" in shown and "&lt;script&gt;alert(1)" in shown
    assert "<script>alert(1)" not in shown
    for page in (pair.page, pair.other_page):
        assert address in admin_client.get(reverse("admin:articles_page_change", args=[page.pk])).text
    assert address in admin_client.get(reverse("admin:articles_resemblance_changelist")).text


def test_a_reprint_is_named_in_the_article_on_both_sides(admin_client: Client, text: str) -> None:
    services.accept_upload(text.encode(), "first.txt")
    longest = max(Article.objects.all(), key=lambda article: len(article.text))
    reprint = Article.objects.create(title="转载", text=longest.text, genre=longest.genre)
    assert catch_up(60) == 1 and catch_up(60) == 0
    pair = Resemblance.objects.get()
    assert (pair.article, pair.other_article) == (reprint, longest) and pair.share == 1
    for article in (reprint, longest):
        shown = admin_client.get(reverse("admin:articles_article_change", args=[article.pk])).text
        assert reverse("admin:articles_resemblance_change", args=[pair.pk]) in shown


def test_a_changed_text_is_compared_anew(text: str) -> None:
    one, other = (Article.objects.create(title=t, text=text[:4000], genre="消息") for t in ("甲", "乙"))
    catch_up(60)
    assert Resemblance.objects.count() == 1
    Article.objects.filter(pk=other.pk).update(text=text[6000:], updated_at=timezone.now())
    assert catch_up(60) == 1 and not Resemblance.objects.exists()
    assert Fingerprint.objects.count() == 2
    one.delete()
    assert Fingerprint.objects.count() == 1


def test_of_two_alike_one_is_withdrawn_or_both_are_kept(client: Client, text: str) -> None:
    people = {name: User.objects.create_user(name, is_staff=True) for name in ("编辑", "审核")}
    for name, user in people.items():
        user.groups.add(Group.objects.get(name=name))
    one, other = (Article.objects.create(title=t, text=text[:4000], genre="消息") for t in ("甲", "乙"))
    catch_up(60)
    address = reverse("admin:articles_resemblance_change", args=[Resemblance.objects.get().pk])
    client.force_login(people["编辑"])
    page = client.get(address).text
    assert 'value="keep"' in page and 'name="withdraw"' not in page and "须由审核或管理员" in page
    assert client.post(address, {"withdraw": "0"}).status_code == 403
    assert "编辑" in client.post(address, {"do": "keep"}, follow=True).text
    assert Resemblance.objects.get().kept_by == people["编辑"]
    Article.objects.filter(pk=other.pk).update(updated_at=timezone.now())
    assert catch_up(60) == 1
    pair = Resemblance.objects.get()
    assert pair.kept_by == people["编辑"] and pair.kept_at  # compared anew
    listed = reverse("admin:articles_resemblance_changelist")
    assert client.get(f"{listed}?kept=no").context["cl"].result_count == 0
    client.force_login(people["审核"])
    address = reverse("admin:articles_resemblance_change", args=[pair.pk])
    client.post(address, {"do": "doubt"})
    assert client.get(f"{listed}?kept=no").context["cl"].result_count == 1
    services.publish([one])
    assert "已放入回收站：乙" in client.post(address, {"withdraw": "0"}, follow=True).text
    assert "已撤回：甲" in client.post(address, {"withdraw": "1"}, follow=True).text
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == (State.WITHDRAWN, State.TRASHED)


def test_different_pages_and_short_ones_raise_no_alarm(root: Path) -> None:
    for path in sorted((root / "fixtures/pages/seeds").glob("*.txt"))[:3]:
        services.accept_upload(path.read_bytes(), path.name)
    for n in range(2):
        services.accept_upload(PAGE.replace("36次", f"{n + 40}次").encode(), f"{n}.txt")
    assert not Resemblance.objects.exists()
    assert Fingerprint.objects.filter(page__isnull=False).count() == Page.objects.count() == 5


def test_only_the_desk_sees_near_copies(client: Client, text: str) -> None:
    for title in ("甲", "乙"):
        Article.objects.create(title=title, text=text[:4000], genre="消息")
    catch_up(60)
    pair = Resemblance.objects.get()
    address = reverse("admin:articles_resemblance_change", args=[pair.pk])
    assert client.get(address).status_code == 302
