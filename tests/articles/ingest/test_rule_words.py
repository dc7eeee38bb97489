"""What the parser gives as its reasons reaches an editor in Chinese, on every page that the desk shows it on."""

import re
from pathlib import Path

from django.utils.translation import override

from articles.ingest.config import Config
from articles.ingest.fields.genre import signs
from articles.ingest.patterns import load
from articles.ingest.pipeline import parse_timed
from articles.ingest.serialize import as_json
from articles.rule_words import rule_words

LATIN = re.compile(r"[A-Za-z]{2,}")
PAGES = sorted((Path(__file__).parents[3] / "fixtures/pages").glob("*/*.txt"))


def in_chinese(rule: str) -> str:
    with override("zh-hans"):
        return rule_words(rule)


def test_every_rule_of_the_tables_is_named_in_chinese() -> None:
    tables = [entry.name for name in ("dates", "genre", "metrics") for entry in load(name).entries]
    tables += [f"furniture: {entry.name}" for entry in load("furniture")["line"]]
    rules = dict.fromkeys([*tables, *(sign.name for sign in signs())])
    assert [rule for rule in rules if LATIN.search(in_chinese(rule))] == []


def test_every_reason_on_real_pages_is_said_in_chinese(config: Config) -> None:
    given: set[str] = set()
    for path in PAGES:
        read = parse_timed(path.read_bytes(), path.name, config)
        given |= {reason for item in read.layout.items for reason in item.reasons}
        given |= {join.why for article in read.layout.articles for _at, join in article.joins}
        for article in as_json(read.record)["articles"]:
            rows = (*article["evidence"], *article["mechanisms"], *article["metrics"])
            given |= {row["rule"] for row in rows}
    assert len(given) > 60
    assert {rule for rule in given if LATIN.search(in_chinese(rule).replace("PDF", ""))} == set()


def test_why_two_parts_were_joined_is_said_without_its_weights() -> None:
    why = "the page that it goes on on +1.0; likeness 0.412 +1.5; headline 0.50 +1.0"
    assert in_chinese(why) == "转至该版 · 相似度 0.412 · 标题相似度 0.50"
