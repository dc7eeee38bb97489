"""Every example of every reading rule, and the rules about rules."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from articles.ingest import patterns
from articles.ingest.config import Config, Context
from articles.ingest.fields.metrics.amounts import amounts
from articles.ingest.fields.metrics.reader import read_passage
from articles.ingest.passage import Passage, Run, fold, squash
from articles.ingest.patterns import Entry, Example, PatternError, either, load, parse

FILES = tuple(sorted(path.stem for path in Path(patterns.__file__).parent.glob("*.toml")))
CASES = [
    pytest.param(file, entry, example, good, id=f"{file}-{entry.table}-{entry.name}-{example.text[:16]}")
    for file in FILES
    for entry in load(file).entries
    for good, examples in ((True, entry.match), (False, [Example(text) for text in entry.no_match]))
    for example in examples
]


def metric_findings(entry: Entry, text: str) -> list[Mapping[str, Any]]:
    """What the metrics reader makes of the text with the help of this entry."""
    passage = Passage("paragraph", text, (Run(0, 0, len(text)),))
    read = {m.start: m for m in read_passage(passage, text)}
    if entry.table in ("total", "link"):
        related = [m for m in read.values() if (m.of if entry.table == "total" else m.link) is not None]
        return [{field: getattr(m, field) for field in m.__slots__} for m in related]
    found: list[Mapping[str, Any]] = []
    for amount in amounts(passage.folded):
        part_of_rule = entry.name in amount.rules
        if entry.table == "unit":
            part_of_rule = amount.metric and bool(entry.compile().fullmatch(amount.unit))
        if part_of_rule:
            found.append({field: getattr(amount, field) for field in amount.__slots__})
    return found


def line_findings(entry: Entry, text: str) -> list[Mapping[str, Any]]:
    return [entry.yields] if entry.compile().fullmatch(squash(fold(text))) else []


def plain_findings(entry: Entry, text: str) -> list[Mapping[str, Any]]:
    """‹ and › stand for the marks round a name, which the pattern does not see."""
    return [entry.yields] if entry.compile().search(fold(text.strip("‹›"))) else []


CHECKERS: Mapping[str, Callable[[Entry, str], list[Mapping[str, Any]]]] = {
    "metrics": metric_findings,
    "furniture": line_findings,
}


@pytest.mark.parametrize(("file", "entry", "example", "good"), CASES)
def test_example(file: str, entry: Entry, example: Example, good: bool) -> None:
    findings = CHECKERS.get(file, plain_findings)(entry, example.text)
    if not good:
        assert not findings
        return
    assert findings
    assert any(all(f[key] == value for key, value in example.expect.items()) for f in findings), findings


@pytest.mark.parametrize(
    "entry", [e for f in FILES for e in load(f).entries if "has" in e.when], ids=lambda e: e.name
)
def test_what_is_said_to_stand_in_every_phrase_does(entry: Entry) -> None:
    for example in entry.match:
        found = entry.compile().search(fold(example.text))
        assert found and entry.when["has"] in found[0]


def test_either_matches_where_one_of_the_patterns_does() -> None:
    joined = either([r"(?P<n>\d)次", r"(?P<n>\d)场|论坛"])
    assert joined.fullmatch("3次") and joined.fullmatch("论坛") and not joined.search("三次")
    assert joined.groups == 0
    assert not either([]).search("")


def test_a_rejecting_context_leaves_no_metric() -> None:
    for entry in load("metrics")["context"]:
        if entry.yields.get("metric") is False:
            for example in entry.match:
                assert not any(entry.name in a.rules and a.metric for a in amounts(fold(example.text))), (
                    example.text
                )


def test_a_new_unit_needs_no_python() -> None:
    # The README's promise: a table entry is all it takes.
    from articles.ingest.fields.metrics.amounts import compile_tables

    text = (Path(patterns.__file__).parent / "metrics.toml").read_text("utf-8")
    entry = '[[unit]]\nname = "lanterns"\nwords = ["灯"]\nmatch = ["点亮300灯"]\n'
    grammar = compile_tables(parse("metrics", text + entry))
    assert any(pattern.match("300余灯") for _, pattern in grammar.forms)
    assert not any(pattern.match("300余灯") for _, pattern in compile_tables(load("metrics")).forms)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[a]]\nname = "x"\npattern = "("\nmatch = ["y"]', "x"),
        ('[[a]]\nname = "x"\npattern = "y"\n', "no example"),
        ('[[a]]\nname = "x"\npattern = "y"\nwords = ["z"]\nmatch = ["y"]', "either"),
        ('[[a]]\nname = "x"\npattern = "y"\nmatch = ["y"]\ncolour = 1', "colour"),
        ('[[a]]\npattern = "y"\nmatch = ["y"]', "no name"),
        (
            '[[a]]\nname = "x"\npattern = "y"\nmatch = ["y"]\n[[a]]\nname = "x"\npattern = "y"\nmatch = ["y"]',
            "two",
        ),
        ('[words]\nb = "{c}"', "nobody knows"),
        ("a = 1", "list of entries"),
        ("[[", "sample"),
    ],
)
def test_a_bad_file_says_what_is_wrong(text: str, complaint: str) -> None:
    with pytest.raises(PatternError, match=complaint):
        parse("sample", text)


def test_an_unknown_place_is_named() -> None:
    entry = parse("sample", '[[a]]\nname = "x"\npattern = "{moon}"\nmatch = ["y"]')["a"][0]
    with pytest.raises(PatternError, match="moon"):
        entry.compile()


def test_words_fill_patterns_longest_first() -> None:
    file = parse(
        "sample",
        '[words]\nday = ["周", "周一"]\n[[a]]\nname = "x"\npattern = "每{day}见"\nmatch = ["每周一见"]',
    )
    assert file["a"][0].compile().fullmatch("每周一见")
    assert file["nothing"] == ()


def test_context_is_only_what_the_reader_needs() -> None:
    # A metric can be read without vocabularies: a reader in a shell needs nothing but the text.
    assert Context("", Config(None)).page == ""  # type: ignore[arg-type]
