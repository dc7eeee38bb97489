"""The account of a parsed page, for a terminal and as one HTML page that needs nothing beside itself."""

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.ingest.explain import Account, ArticleAccount, Attachment, Line
from articles.retelling import retold

# Role in the ledger, and what a newspaper calls it.
ROLES = (
    ("title", "主题"), ("kicker", "引题"), ("subtitle", "副题"), ("column", "栏目"), ("byline", "署名行"),
    ("author_note", "作者注"), ("heading", "小标题"), ("body", "正文"), ("caption", "图片说明"),
    ("masthead", "报头"), ("furniture", "版面杂项"),
)  # fmt: skip
WIDTH = 60  # characters of a line's text


def as_html(account: Account) -> str:
    return render_to_string("articles/explain.html", {"account": account, "roles": ROLES})


def as_lines(account: Account) -> Iterator[str]:
    """The account in lines for a terminal, nothing in them that a terminal would obey."""
    took = ", ".join(f"{stage} {1000 * s:.0f} ms" for stage, s in account.seconds.items())
    about = _("%(name)s: %(n)d characters, %(encoding)s; %(took)s") % {
        "name": account.name,
        "n": account.characters,
        "encoding": account.encoding,
        "took": took,
    }
    yield printable(about)
    yield from _headed(_("Lines"), (text for line in account.lines for text in _line(line)))
    steps = (f"{s.at:>6} {s.score:+6.1f}  {s.what}{f': {s.why}' if s.why else ''}" for s in account.steps)
    yield from _headed(_("Decisions"), steps)
    if account.runner_up is None:
        yield "  " + _("sum %(score).1f") % {"score": account.score}
    else:
        sums = {"score": account.score, "next": account.runner_up}
        yield "  " + _("sum %(score).1f, of the next best arrangement %(next).1f") % sums
    attached = (text for a in account.attachments for text in _attachment(a))
    yield from _headed(_("Headlines that stood apart"), attached)
    yield from _headed(_("Articles"), (text for a in account.articles for text in _article(a)))
    yield from _headed(_("Warnings"), map(retold, account.warnings))


def _headed(heading: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"\n{heading}"
    for line in lines:
        yield "  " + printable(line)


def _line(line: Line) -> Iterator[str]:
    where = f"{line.article or '–'}"
    text = line.text.strip()
    shown = text if len(text) <= WIDTH else f"{text[: WIDTH - 8]}…{text[-7:]}"
    yield f"{line.start:>6} {line.label:<9} → {where:>2} {line.role:<11} {shown}"
    yield f"{'':6} {line.score:.2f} {'; '.join(line.reasons)}"
    if line.joined is not None:
        yield f"{'':6} {'⤷' if line.joined else '¶'} {line.join_why}"


def _attachment(a: Attachment) -> Iterator[str]:
    score = "" if a.score is None else f"{a.score:+.1f} "
    yield f"{a.start:>6} “{a.text}” → {a.article}: {score}{a.why}"
    for rival in a.rivals[:3]:
        yield f"{'':6} {_('not')} → {rival.article}: {rival.score:+.1f} {rival.why}"


def _article(article: ArticleAccount) -> Iterator[str]:
    yield f"{article.number}. {article.title or '—'}"
    for p in article.proofs:
        yield f"   {p.field:<14} {p.value} ← “{p.quote}” {p.start}–{p.end} [{p.rule} {p.confidence:.2f}]"
    for warning in article.warnings:
        yield f"   ! {retold(warning)}"


def printable(text: str) -> str:
    """`text` with everything replaced that moves the cursor, rings or reorders."""
    return "".join(c if c.isprintable() else " " for c in text)
