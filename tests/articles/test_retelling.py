"""Stored sentences reach readers of both languages in their own: each one that the archive can store, and the pages."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from articles import services
from articles.ingest.record import PageRecord
from articles.ingest.said import SENTENCES, say
from articles.models import Article, EventLevel, IngestEvent, IngestRun
from articles.retelling import PLACEHOLDER, TOLD, retold
from tests.support.records import page_record
from tests.test_translations import in_python

ROOT = Path(__file__).parents[2]
CHINESE_SENTENCE = re.compile(r"[\u4e00-\u9fff，、；“”]{4,}。")
VALUE = re.compile(r"""value="[^"]*\"""")  # what the programs tell one choice from another by
Parse = Callable[[PageRecord], bytes]


def names(template: str) -> list[str]:
    return sorted(found[0] for found in PLACEHOLDER.finditer(template))


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_of_the_parser_is_said_in_both_languages_with_all_its_values(code: str) -> None:
    sentence = SENTENCES[code]
    with override("zh-hans"):
        assert gettext(sentence.english) == sentence.text
        assert retold(say(code, **sentence.example)) == say(code, **sentence.example)
    with override("en"):
        told = retold(say(code, **sentence.example))
    values = {name: str(value).replace("”、“", "”, “") for name, value in sentence.example.items()}
    assert told == sentence.english % values
    assert names(sentence.english) == names(sentence.text)
    assert set(sentence.example) == {name[2:-2] for name in names(sentence.text)}


def literals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_the_parser_says_nothing_but_these_sentences() -> None:
    table = ROOT / "articles/ingest/said.py"
    elsewhere = [path for path in (ROOT / "articles/ingest").rglob("*.py") if path != table]
    assert [
        (path.name, text)
        for path in elsewhere
        for text in literals(path)
        if CHINESE_SENTENCE.search(text) and not set(text) & set("|\\^$[")
    ] == []
    said = {text for path in elsewhere for text in literals(path)}
    made = {f"{start}{end}" for start in ("goes_on", "comes_from") for end in ("_nowhere",)}
    made |= {"perhaps_goes_on", "perhaps_comes_from"}
    made |= {f"namesake_by_{how}" for how in ("beside", "publication", "page")}
    assert set(SENTENCES) - made - said == set()


NOT_STORED = {
    # said to whoever is at work, at once and in their language
    "Your account may not do this.",
    "%(name)s: %(articles)d articles, %(warnings)d things to check.",
}
STORING = ["articles/store", "articles/services/intake.py", "articles/services/bulk.py"]
STORING += [
    "articles/services/errors.py",
    "articles/services/uploads.py",
    "articles/services/resemblances.py",
]
STORING += ["articles/services/history.py", "articles/services/runs.py"]
STATED = re.compile(r"reason = _|reason or _|_set\(|_save\(|_write\(")


def stored() -> Iterator[str]:
    """Every text that may be stored: all that these modules translate, and the reasons of changes anywhere."""
    for name in STORING:
        path = ROOT / name
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            yield from (msgid for msgid, _where in in_python(file))
    for file in sorted((ROOT / "articles/services").glob("*.py")):
        lines = file.read_text("utf-8").splitlines()
        for msgid, where in in_python(file):
            if STATED.search(lines[int(where.rsplit(":", 1)[1]) - 1]):
                yield msgid


def test_everything_that_is_stored_can_be_told_again() -> None:
    source = (ROOT / "articles/retelling.py").read_text("utf-8")
    known = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    known |= {sentence.english for sentence in SENTENCES.values()}
    known |= {*services.errors.PROBLEMS.values(), *services.errors.REMEDIES.values()}
    assert {*stored()} - known - NOT_STORED == set()


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.english[:30])
def test_every_stored_sentence_is_found_again_from_either_language(told: object) -> None:
    english = told.english  # type: ignore[attr-defined]
    made: dict[str, str] = {}
    for language in ("zh-hans", "en"):
        with override(language):
            made[language] = PLACEHOLDER.sub(lambda m: "%" if m[0] == "%%" else "7", gettext(english))
    for reader, writer in (("en", "zh-hans"), ("zh-hans", "en")):
        with override(reader):
            assert retold(made[writer]) == made[reader]


def test_values_that_are_words_are_told_too() -> None:
    with override("zh-hans"):
        gone = services.errors.too_large("甲.txt", 9_000_000, 8 << 20)
        fit = gettext("%(field)s is longer than %(limit)d characters and was cut: %(value)s…")
        cut = fit % {"field": gettext("kicker"), "limit": 200, "value": "长"}
    with override("en"):
        assert retold(str(gone)) == (
            "甲.txt: the file is larger than a page text can be (8.6 MB, at most 8 MB). "
            "What to do: split it, one file a page."
        )
        assert retold(cut) == "kicker is longer than 200 characters and was cut: 长…"


def test_kinds_of_sentences_are_told_and_what_nobody_knows_stays() -> None:
    with override("en"):
        assert retold("未能归入任何文章：…，请核对。") == "This belongs to no article: “…”. Please check."
        assert retold("一句没有人写过的话。") == "一句没有人写过的话。"


def warned(parse: Parse) -> Article:
    """An article with every warning that the parser can give, taken in by somebody who reads Chinese."""
    with override("zh-hans"):
        services.accept_upload(parse(page_record(titles=("加强协商平台建设",))), "1.txt")
    article = Article.objects.get()
    article.warnings = [say(code, **{**s.example, **LATIN}) for code, s in SENTENCES.items()]
    article.save()
    run = IngestRun.objects.get()
    IngestEvent.objects.bulk_create(
        IngestEvent(run=run, level=EventLevel.WARNING, stage="parse", message=message)
        for message in article.warnings
    )
    return article


LATIN = {"name": "Here", "place": "There", "places": "There", "titles": "“A”、“B”", "text": "Stray", "n": 3}


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["change", "queue", "run", "past", "read"])
def test_no_page_in_english_holds_a_chinese_sentence(page: str, parse: Parse, admin_user: User) -> None:
    article = warned(parse)
    client = Client(headers={"accept-language": "en"})
    client.force_login(admin_user)
    services.publish([article], admin_user)
    address = {
        "change": reverse("admin:articles_article_change", args=[article.pk]),
        "queue": reverse("admin:articles_queue"),
        "run": reverse("admin:articles_ingestrun_change", args=[IngestRun.objects.get().pk]),
        "past": reverse("admin:articles_article_history", args=[article.pk]),
        "read": article.get_absolute_url(),
    }[page]
    client.cookies["django_language"] = "en"
    said = VALUE.sub("", client.get(address, follow=True).content.decode())
    assert 'lang="en' in said
    own = article.page.text if article.page else ""
    assert [found for found in CHINESE_SENTENCE.findall(said) if found not in own] == []
    if page != "past":
        assert "The page holds no headline for this article." in said
