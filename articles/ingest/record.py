"""What parsing one page text yields: frozen records, the shape of page-record.schema.json."""

from dataclasses import dataclass, field

from articles.ingest.passage import Passage

LEVELS = ("全国", "省级", "地市级", "区县级", "乡镇街道")
GENRES = ("署名文章", "理论文章", "消息", "通讯", "记者观察", "图片新闻", "名录评选")
AUTHOR_KINDS = ("作者", "记者", "通讯员", "摄影")
METRIC_KINDS = ("result", "norm", "plan")
QUALIFIERS = ("余", "多", "近", "约", "超", "以上", "至少")
LEDGER_ROLES = (
    "title", "kicker", "subtitle", "column", "byline", "author_note",
    "heading", "body", "caption", "masthead", "furniture",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value. `page[start:end]` is `quote` once line breaks are removed; confidence 0..1."""

    field: str
    start: int
    end: int
    quote: str
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Author:
    """One name of a byline. `role` as printed in the author note without 作者系; the rest is read out of it."""

    name: str
    kind: str
    role: str | None = None
    offices: tuple[str, ...] = ()
    body: str | None = None
    region: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Metric:
    """A counted result, norm or plan. 万/亿 are multiplied out; `of` is the total in 'N of TOTAL'.

    `link` names a metric of the same article (its index) that this one belongs with, and `link_kind` how:
    "before" (this is the value before the linked one) or "after".
    """

    quote: str
    start: int
    end: int
    value: float
    unit: str
    subject: str
    value_max: float | None = None
    qualifier: str | None = None
    kind: str = "result"
    of: float | None = None
    rule: str = ""
    confidence: float = 1.0
    link: int | None = None
    link_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A named local practice, once an article; `aliases` are its other names there, `family` a shared brand stem."""

    name: str
    kind: str
    quote: str
    start: int
    end: int
    aliases: tuple[str, ...] = ()
    family: str | None = None
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Theme:
    name: str
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """The regions and level of an article. `candidates` are the codes left open when `primary` is None."""

    primary: str | None = None
    also: tuple[str, ...] = ()
    level: str | None = None
    candidates: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """`clues` are exact substrings; `date` is the most exact ISO date (YYYY, YYYY-MM or YYYY-MM-DD) they support."""

    clues: tuple[str, ...] = ()
    date: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article taken out of its page, before its fields are read.

    `body` holds paragraph and heading passages in reading order. `pieces` holds the others that belong to it
    (title, kicker, subtitle, column, byline, author_note, caption). `continues_on` and `continued_from` are the
    other pages where the rest of it stands, as （下转第2版） and （上接第1版） name them: "2", "1".
    """

    body: tuple[Passage, ...]
    pieces: tuple[Passage, ...] = ()
    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    column: str | None = None
    authors: tuple[Author, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()
    continues_on: str | None = None
    continued_from: str | None = None

    @property
    def paragraphs(self) -> tuple[Passage, ...]:
        return tuple(p for p in self.body if p.kind == "paragraph")

    @property
    def headings(self) -> tuple[Passage, ...]:
        return tuple(p for p in self.body if p.kind == "heading")

    def named(self, kind: str) -> tuple[Passage, ...]:
        """The pieces of one kind, e.g. "title" or "author_note"."""
        return tuple(p for p in self.pieces if p.kind == kind)


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article with every field read."""

    text: ArticleText
    genre: str
    place: Place
    themes: tuple[Theme, ...]
    mechanisms: tuple[Mechanism, ...]
    metrics: tuple[Metric, ...]
    dates: Dates
    warnings: tuple[str, ...] = ()
    genre_evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """Where a stretch of the page went; `article` indexes the record's articles, None for masthead and furniture."""

    start: int
    end: int
    role: str
    article: int | None


@dataclass(frozen=True, slots=True)
class IssueInfo:
    """What the page or the caller says of its issue; date is ISO, possibly only YYYY or YYYY-MM."""

    publication: str | None = None
    date: str | None = None
    number: str | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class PageRecord:
    name: str
    sha256: str
    text: str
    issue: IssueInfo
    articles: tuple[ArticleRecord, ...]
    ledger: tuple[LedgerEntry, ...]
    warnings: tuple[str, ...] = field(default=())
