"""The account of a page: what every line was taken for, and why."""

import pytest

from articles.ingest.config import Config
from articles.ingest.explain import Account, explain
from articles.ingest.pipeline import parse_timed
from articles.ingest.record import LEDGER_ROLES
from articles.management.explanation import ROLES, as_html, as_lines, printable
from tests.articles.ingest.pages import FISH, SAND, TEA

CUT = SAND.body.replace("建议改造", "建议\n\n改造")
PAGE = "\n\n".join(
    [
        "某某<b>周刊</b>",
        TEA.body,
        TEA.note,
        SAND.title,
        SAND.byline,
        CUT,
        SAND.note,
        FISH.whole,
        TEA.title,
        TEA.byline,
    ]
)


@pytest.fixture(scope="module")
def account(config: Config) -> Account:
    return explain(parse_timed(PAGE.encode(), "a<script>.txt", config))


def test_every_line_has_label_reasons_score_and_place(account: Account) -> None:
    assert all(line.label and line.reasons and line.role for line in account.lines)
    assert all(0 < line.score <= 1 for line in account.lines)
    assert "".join(PAGE[x.start : x.end] for x in account.lines).replace("\n", "") == PAGE.replace("\n", "")
    assert {line.article for line in account.lines} <= {None, 1, 2, 3}


def test_every_join_says_why(account: Account) -> None:
    joins = [(line.joined, line.join_why) for line in account.lines if line.joined is not None]
    assert (True, "cut in mid-sentence") in joins and (False, "a new paragraph") in joins


def test_every_attachment_has_its_rivals(account: Account) -> None:
    (attached,) = account.attachments
    assert attached.article == 1 and attached.text == f"{TEA.title} {TEA.byline}"
    assert attached.score is not None and "likeness" in attached.why
    assert all(r.article != 1 and r.score < attached.score and r.why for r in attached.rivals)


def test_every_field_has_rule_and_evidence(account: Account) -> None:
    for article in account.articles:
        assert {"title", "author", "author_role", "primary_region", "level"} <= {
            p.field for p in article.proofs
        }
        for p in article.proofs:
            assert p.value and p.rule and PAGE[p.start : p.end].replace("\n", "") == p.quote


def test_the_pieces_are_the_page(account: Account) -> None:
    assert "".join(p.text for p in account.pieces) == PAGE
    assert {p.role for p in account.pieces} <= {"", *LEDGER_ROLES}


def test_the_html_page_holds_everything_and_needs_nothing(account: Account) -> None:
    html = as_html(account)
    for outside in ("src=", 'href="http', "@import", "url(", "<script", "<link"):
        assert outside not in html
    assert "某某&lt;b&gt;周刊&lt;/b&gt;" in html and "<b>" not in html
    assert "prefers-color-scheme: dark" in html
    for line in account.lines:
        assert line.reasons[0] in html
    for role, name in ROLES:
        assert f"{role} {name}" in html


def test_every_role_of_the_ledger_has_its_name() -> None:
    assert {role for role, _ in ROLES} == set(LEDGER_ROLES)


def test_the_terminal_is_told_the_same(account: Account) -> None:
    told = "\n".join(as_lines(account))
    for line in account.lines:
        assert line.reasons[0] in told
    assert "cut in mid-sentence" in told and account.attachments[0].why in told
    assert all(w in told for a in account.articles for w in a.warnings)


def test_nothing_in_the_text_steers_the_terminal() -> None:
    assert printable("甲\x1b[31m乙\r\x07\u202e丙") == "甲 [31m乙   丙"


def test_a_page_without_articles(config: Config) -> None:
    account = explain(parse_timed("第3版".encode(), "x.txt", config))
    assert account.articles == () and account.attachments == ()
    assert as_html(account) and list(as_lines(account))
