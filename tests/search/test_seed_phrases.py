"""Quoted strings find on the stored seed pages what a plain reading of the page texts finds, nothing else."""

import io
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command

from archive.preparation import SEEDS
from articles.models import Article
from articles.services import load_vocabulary
from search import index

pytestmark = pytest.mark.django_db

QUOTES = "“”„‟「」『』＂"
NAMED = (
    "有事好商量", "办复率95.4%", "“1158”工作法", "“会场+现场”“线上+线下”", "全过程人民民主。",
    "基层协商平台", "走访3300余次", "政协委员、", "三级政协", "《中国共产党", "无论如何也没有这一句",
)  # fmt: skip
SAMPLES = 60


def plain(text: str) -> str:
    """Without white space, quotation marks alike, full and half width alike; no more than that."""
    text = unicodedata.normalize("NFKC", "".join('"' if c in QUOTES else c for c in text))
    return "".join(text.split()).lower()


def passages(article: Article) -> Iterator[str]:
    """The headline's lines, and each paragraph as it stands on the page, line breaks and all."""
    yield from (article.kicker, article.title, article.subtitle)
    for part in article.body:
        yield "\n".join(article.page.text[start : start + length] for _at, start, length in part["runs"])


def samples(read: dict[str, list[str]]) -> Iterator[str]:
    """Strings out of the pages: over line breaks, with marks, with a quotation inside, and any."""
    chance = random.Random(20240716)
    found = [text for texts in read.values() for text in texts if len(text) > 30]
    kinds: tuple[Callable[[str], bool], ...] = (
        lambda s: "\n" in s.strip(),
        lambda s: bool(re.search("[，。、；：]", s)),
        lambda s: "“" in s and "”" in s,
        lambda s: bool(re.search(r"\d", s)),
        lambda s: True,
    )
    for number in range(SAMPLES):
        for _ in range(5_000):
            text = chance.choice(found)
            start, length = chance.randrange(len(text)), chance.randint(2, 24)
            piece = text[start : start + length]
            if plain(piece).strip('"') and '"' not in piece and kinds[number % len(kinds)](piece):
                yield piece
                break


def hits(phrase: str) -> tuple[set[str], int]:
    out = io.StringIO()
    call_command("search", f'"{phrase}"', json=True, limit=100, stdout=out)
    answer = json.loads(out.getvalue())
    return {hit["id"] for hit in answer["hits"]}, answer["total"]


def test_quoted_strings_of_the_seeds(whoosh: object, root: object) -> None:
    load_vocabulary()
    call_command("ingest", f"{root}/{SEEDS}", publish=True, stdout=io.StringIO())
    index.rebuild()
    read = {a.public_id: list(passages(a)) for a in Article.objects.select_related("page")}
    assert len(read) > 10
    wrong, counts = [], []
    for phrase in (*NAMED, *samples(read)):
        expected = {key for key, texts in read.items() if any(plain(phrase) in plain(t) for t in texts)}
        counts.append(len(expected))
        if hits(phrase) != (expected, len(expected)):
            wrong.append((phrase, expected, hits(phrase)))
    assert wrong == []
    assert 0 in counts and 1 in counts and max(counts) > 5, "the phrases are of one kind only"
    assert len(counts) == len(NAMED) + SAMPLES
