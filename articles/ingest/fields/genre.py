"""What sort of piece an article is, by a list of signs that each add to one genre."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from articles.ingest.config import Context
from articles.ingest.fields.locate import evidence
from articles.ingest.passage import Passage, fold
from articles.ingest.patterns import Entry, load
from articles.ingest.record import ArticleText, Evidence

DEFAULT = "署名文章"


@dataclass(frozen=True, slots=True)
class _View:
    """What the signs look at, taken from the article once; texts are width-folded."""

    parts: Mapping[str, str]
    kinds: frozenset[str]
    has_role: bool
    has_note: bool
    has_subtitle: bool
    paragraphs: tuple[Passage, ...]

    def density(self, pattern: re.Pattern[str]) -> float:
        """Matches a thousand characters of body; a short piece counts as 300."""
        text = self.parts["text"]
        return len(pattern.findall(text)) / max(len(text), 300) * 1000


@dataclass(frozen=True, slots=True)
class Sign:
    """`weight` goes to `genre` where it `holds`; `seen_in` names the kinds of piece that show it."""

    name: str
    genre: str
    weight: float
    holds: Callable[[_View], bool]
    seen_in: tuple[str, ...] = ()


_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、:)]|\s*\(\d{1,2}\)|[①-⑳]")
_SHOWN = {
    "column": ("column",),
    "head": ("byline",),
    "headline": ("title", "subtitle", "kicker"),
    "headings": ("heading",),
}


def _numbered(view: _View) -> bool:
    if view.has_role:
        return False
    paragraphs = view.paragraphs
    return sum(bool(_NUMBERED.match(p.folded)) for p in paragraphs) >= max(5, len(paragraphs) // 2)


def _theory_only(view: _View) -> bool:
    """Signed, and nowhere a figure or a committee at work."""
    if not view.parts["text"] or not view.kinds <= {"作者"}:
        return False
    return view.density(_counter("practice")) < 0.8 and view.density(_counter("local")) < 0.8


def _brief_picture(view: _View) -> bool:
    return len(view.parts["text"]) < 260 and len(view.paragraphs) == 1 and "摄影" in view.kinds


_ROLL_LINE = re.compile(r"\s*[\d.、]{0,3}[^,。]{2,10}政协[^,。]{0,4}[“:]")


def _unsigned(view: _View) -> bool:
    """Nobody signs, and it is no list either: a report of the committee's own office."""
    committees = sum(bool(_ROLL_LINE.match(p.folded)) for p in view.paragraphs)
    return not view.kinds and not _numbered(view) and committees < 3


FORMS: tuple[Sign, ...] = (
    Sign("photographers only", "图片新闻", 5.0, lambda v: v.kinds == {"摄影"}, ("byline", "caption")),
    Sign("brief picture", "图片新闻", 1.5, _brief_picture),
    Sign("numbered list", "名录评选", 3.0, _numbered),
    Sign("nobody signs", "名录评选", 1.0, lambda v: not v.kinds),
    Sign("short and unsigned", "消息", 1.4, lambda v: _unsigned(v) and len(v.parts["text"]) < 600),
    Sign("long and unsigned", "通讯", 1.4, lambda v: _unsigned(v) and len(v.parts["text"]) >= 600),
    Sign("unsigned, with a subtitle", "通讯", 2.0, lambda v: _unsigned(v) and v.has_subtitle, ("subtitle",)),
    Sign(
        "reporter signs",
        "通讯",
        3.0,
        lambda v: bool(v.kinds & {"记者", "通讯员"}) and not v.has_role,
        ("byline",),
    ),
    Sign("author with office", "署名文章", 4.0, lambda v: v.has_role, ("author_note",)),
    Sign("author note", "署名文章", 1.0, lambda v: v.has_note, ("author_note",)),
    Sign("author signs", "署名文章", 1.2, lambda v: v.kinds == {"作者"} and not v.has_role, ("byline",)),
    Sign("theory without practice", "理论文章", 5.5, _theory_only),
)
"""Signs of form; those of wording are in patterns/genre.toml."""


SHOWN = 40
"""Characters of a passage that its evidence quotes at most."""


@lru_cache(maxsize=1)
def signs() -> tuple[Sign, ...]:
    """All signs, of form and of wording."""
    return (*FORMS, *(_worded(entry) for entry in load("genre")["sign"]))


@lru_cache(maxsize=4)
def _counter(table: str) -> re.Pattern[str]:
    return load("genre")[table][0].compile()


def _worded(entry: Entry) -> Sign:
    y = entry.yields
    part, pattern = y["in"], entry.compile()

    def holds(view: _View) -> bool:
        if not _signed_as(view, y):
            return False
        if "shorter" in y and len(view.parts["text"]) >= y["shorter"]:
            return False
        if y.get("column") is False and view.parts["column"]:
            return False
        if "least" in y or "most" in y:
            return bool(y.get("least", 0) <= view.density(pattern) < y.get("most", 1000))
        if sum(1 for _ in pattern.finditer(view.parts[part])) < y.get("count", 1):
            return False
        return "most_practice" not in y or view.density(_counter("practice")) < y["most_practice"]

    return Sign(entry.name, y["genre"], float(y["weight"]), holds, _SHOWN.get(part, ()))


def _signed_as(view: _View, y: Mapping[str, object]) -> bool:
    authors, office = y.get("authors"), y.get("office")
    if office is not None and office != view.has_role:
        return False
    return not (
        (authors == "all" and not view.kinds <= {"作者"})
        or (authors == "some" and "作者" not in view.kinds)
        or (authors == "none" and "作者" in view.kinds)
        or (authors == "any" and not view.kinds)
    )


def read(article: ArticleText, context: Context) -> tuple[str, Evidence | None]:
    """The genre with the greatest sum of signs, and what spoke loudest; 署名文章 where nothing speaks."""
    view = _view(article)
    sums: dict[str, float] = {}
    best: dict[str, Sign] = {}
    for sign in signs():
        if sign.holds(view):
            sums[sign.genre] = sums.get(sign.genre, 0.0) + sign.weight
            if sign.genre not in best or sign.weight > best[sign.genre].weight:
                best[sign.genre] = sign
    if not sums:
        return DEFAULT, None
    ranked = sorted(sums, key=lambda g: -sums[g])
    genre = ranked[0]
    second = sums[ranked[1]] if len(ranked) > 1 else 0.0
    confidence = round(0.5 + 0.5 * (sums[genre] - second) / sums[genre], 2)
    where = _where(article, best[genre])
    if where is None:
        return genre, None
    return genre, evidence(
        "genre", where, 0, _first_words(where.text), context.page, best[genre].name, confidence
    )


_CLAUSE_END = re.compile("[，。；：、！？,;:!?]")


def _first_words(text: str) -> int:
    """How much of a text is shown as its beginning: whole clauses, as a figure that is cut reads as another one."""
    if len(text) <= SHOWN:
        return len(text)
    return max((m.start() for m in _CLAUSE_END.finditer(text, 1, SHOWN)), default=SHOWN)


def _view(article: ArticleText) -> _View:
    paragraphs = article.paragraphs
    byline = "\n".join(p.folded for p in article.named("byline"))
    lead = paragraphs[0].folded[:160] if paragraphs else ""
    headline = "\n".join(t for t in (article.kicker, article.title, article.subtitle) if t)
    parts = {
        "headline": fold(headline),
        "column": fold(article.column or ""),
        "head": byline + "\n" + lead[:40],
        "lead": lead[:120],
        "text": "\n".join(p.folded for p in paragraphs),
        "headings": "\n".join(p.folded for p in article.headings),
    }
    return _View(
        parts,
        kinds=frozenset(a.kind for a in article.authors),
        has_role=any(a.role for a in article.authors if a.kind == "作者"),
        has_note=bool(article.named("author_note")),
        has_subtitle=article.subtitle is not None,
        paragraphs=paragraphs,
    )


def _where(article: ArticleText, sign: Sign) -> Passage | None:
    """The passage in which the sign can be seen, else the first of the body or of the pieces."""
    passages = (*article.pieces, *article.body)
    for kind in sign.seen_in:
        for p in passages:
            if p.kind == kind and p.text:
                return p
    return next((p for p in (*article.body, *article.pieces) if p.text), None)
