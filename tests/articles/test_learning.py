"""Themes and words added at the desk: what they concern is read again, and what people corrected stays."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from articles import services
from articles.models import ActionStatus, Article, Theme, ThemeWord
from articles.roles import EDITOR, REVIEWER
from articles.services import lexicon
from tests.support.tasks import work_off

pytestmark = pytest.mark.django_db

PAGE = """人民政协报　2024年7月16日　第3版

屋顶光伏走进千家万户

本报记者　张利

屋顶光伏项目建成以后，屋顶光伏为村民增收。委员们到现场调研，了解屋顶光伏的运行情况，与村民一起算增收账。

村民说，屋顶光伏是好东西，希望政协委员常来看看，帮助村里把屋顶光伏的维护工作做好。
"""


@pytest.fixture
def article() -> Article:
    outcome = services.accept_upload(PAGE.encode(), "page.txt")
    return next(a for a in outcome.articles if "屋顶光伏" in a.title)


def somebody(role: Any) -> User:
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=role.name))
    return user


def names(article: Article) -> set[str]:
    return {theme.name for theme in article.themes.all()}


def energy() -> Theme:
    return Theme(name="能源转型", slug="energy")


def test_a_new_theme_reads_what_it_concerns_again_and_can_be_undone(article: Article) -> None:
    user, before = somebody(REVIEWER), names(article)
    reading = services.learn(energy(), ["屋顶光伏"], 5, user)
    assert reading.status == ActionStatus.DONE and reading.keys == [article.pk]
    article.refresh_from_db()
    assert "能源转型" in names(article) and "能源转型" in article.machine["themes"]
    evidence = article.evidence.filter(field="themes", value="能源转型").first()
    assert evidence.quote == "屋顶光伏" and article.page.text[evidence.start : evidence.end] == "屋顶光伏"
    assert article.corrections() == {} and article.history.first().history_user == user
    services.undo(reading, user)
    assert names(article) == before


def test_pages_to_come_are_read_by_the_new_words(article: Article) -> None:
    services.learn(energy(), ["屋顶光伏"], 5)
    outcome = services.accept_upload(PAGE.replace("16日", "17日").encode(), "next.txt")
    assert any("能源转型" in names(a) for a in outcome.articles)


def test_what_somebody_corrected_stays_beside_the_new_reading(article: Article) -> None:
    chosen = Theme.objects.get(name="学习培训")
    services.correct(article, {"themes": [chosen]})
    reading = services.learn(energy(), ["屋顶光伏"], 5)
    article.refresh_from_db()
    assert names(article) == {"学习培训"} and "能源转型" in article.machine["themes"]
    assert [(i.why, i.left) for i in reading.items.all()] == [("corrected", ["themes"])]
    assert article.corrections()["themes"] == sorted(article.machine["themes"])


def test_a_word_taken_away_is_read_without(article: Article) -> None:
    before = names(article)
    services.learn(energy(), ["屋顶光伏"], 5)
    services.forget(ThemeWord.objects.get())
    assert names(article) == before and not ThemeWord.objects.exists()


def test_many_are_the_workers(article: Article, settings: Any) -> None:
    settings.BULK_AT_ONCE, settings.TASKS = 0, {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    reading = services.learn(energy(), ["屋顶光伏"], 5)
    assert reading.status == ActionStatus.RUNNING and "能源转型" not in names(article)
    work_off()
    reading.refresh_from_db()
    assert reading.status == ActionStatus.DONE and "能源转型" in names(article)


def test_a_paragraph_that_somebody_wrote_anew_gives_no_evidence(article: Article) -> None:
    services.correct(article, {"body": "全新的一段讲的是屋顶光伏，别处没有。"})
    Article.objects.filter(pk=article.pk).update(title="")
    services.learn(energy(), ["屋顶光伏"], 5)
    article.refresh_from_db()
    assert "能源转型" in names(article)
    assert not article.evidence.filter(field="themes", value="能源转型").exists()


def test_words_that_cannot_be_added_are_refused(article: Article) -> None:
    theme = Theme.objects.get(slug="consultation")
    for words in ([], ["协"], ["协商平台"], ["长" * 21]):
        with pytest.raises(services.Refused):
            services.learn(theme, words, 5)
    with pytest.raises(services.Refused):
        services.learn(Theme(name="协商议政", slug="other"), ["屋顶光伏"], 5)
    with pytest.raises(services.Refused):
        services.learn(energy(), ["屋顶光伏"], 5, somebody(EDITOR))
    assert not ThemeWord.objects.exists() and not Theme.objects.filter(slug="energy").exists()


def test_the_vocabularies_are_those_of_the_files_until_a_word_is_added(article: Article) -> None:
    assert lexicon.vocabularies() is lexicon.vocabularies()
    services.learn(Theme.objects.get(slug="consultation"), ["屋顶光伏"], 2)
    entry = next(e for e in services.vocabularies().themes if e.slug == "consultation")
    assert entry.cues["屋顶光伏"] == 2 and entry.cues["协商平台"] > 2


def test_words_are_added_at_the_desk_after_a_look(article: Article, client: Client) -> None:
    client.force_login(somebody(REVIEWER))
    url = reverse("admin:articles_theme_words")
    said = {"name": "能源转型", "slug": "energy", "words": "屋顶光伏、光伏", "weight": "5"}
    assert client.post(url, {"do": "look", "words": "光伏", "weight": "5"}).status_code == 422
    looked = client.post(url, {"do": "look", **said})
    assert "有 1 篇" in looked.text
    seen = {"do": "save", **said, "seen": looked.context["mark"]}
    for other in ({"words": "别的词"}, {"weight": "1"}, {"seen": ""}):
        assert "与预览不同" in client.post(url, {**seen, **other}).text and not ThemeWord.objects.exists()
    page = client.post(url, seen, follow=True).text
    assert "能源转型" in page and ThemeWord.objects.count() == 2
    again = client.post(url, seen)
    assert again.status_code == 422
    word = ThemeWord.objects.first()
    assert word is not None
    client.post(url, {"do": "forget", "word": word.pk})
    assert ThemeWord.objects.count() == 1
    assert client.get(reverse("articles:theme", args=["energy"])).status_code in (200, 404)


def test_editors_do_not_teach(client: Client) -> None:
    client.force_login(somebody(EDITOR))
    assert client.get(reverse("admin:articles_theme_words")).status_code == 403


def test_what_words_would_bring_is_told_before_they_are_added(article: Article, client: Client) -> None:
    services.accept_upload(PAGE.replace("16日", "17日").replace("屋顶光伏", "屋顶绿化").encode(), "other.txt")
    theme, before = Theme.objects.get(name="文史宣传"), names(article)
    strong = services.foresee_words(theme, ["屋顶光伏", "增收"], 5)
    assert (strong.held, strong.looked, strong.gaining, strong.corrected) == (2, 2, 2, 0)
    weak = services.foresee_words(theme, ["增收"], 0.01)
    assert (weak.held, weak.gaining, weak.losing) == (2, 0, 0)  # they hold the word, and it decides nothing
    services.correct(article, {"themes": []})
    kept = services.foresee_words(theme, ["屋顶光伏", "增收"], 5)
    assert (kept.gaining, kept.corrected) == (1, 1)
    services.correct(article, {"themes": Theme.objects.filter(name__in=before)})
    assert not ThemeWord.objects.exists() and names(article) == before
    client.force_login(somebody(REVIEWER))
    said = {"do": "look", "theme": theme.pk, "words": "屋顶光伏 增收", "weight": "5"}
    assert "将归入这一主题：2 篇" in client.post(reverse("admin:articles_theme_words"), said).text
    services.learn(theme, ["屋顶光伏", "增收"], 5)
    assert Article.objects.filter(themes=theme).count() == strong.gaining
