"""Articles that count things, made without parsing: sentences with their metrics, where and when one wants them."""

from dataclasses import dataclass, replace
from hashlib import sha256

from articles.ingest.record import Dates, IssueInfo, Metric, Place
from articles.models import Article
from tests.support.records import PageBuilder, article, page_record
from tests.support.shelf import store


@dataclass(frozen=True)
class Said:
    """A paragraph, and what is counted in it: (quote, value, unit, subject) each."""

    text: str
    counts: tuple[tuple[str, float, str, str], ...]
    qualifier: str | None = None
    kind: str = "result"
    most: float | None = None


def tell(
    title: str, *said: Said, region: str = "230300", day: str = "2024-05-10", level: str = "地市级"
) -> Article:
    """Stores and publishes an article of its own issue that says this."""
    page = PageBuilder()
    page.line(f"{title}报 第1版", "masthead", None)
    made = article(page, 0, title, [s.text for s in said])
    metrics = [
        Metric(
            quote, at, at + len(quote), value, unit, subject,
            qualifier=s.qualifier, kind=s.kind, value_max=s.most, rule="by-hand",
        )
        for s in said
        for quote, value, unit, subject in s.counts
        for at in (page.text.index(quote, page.text.index(s.text)),)
    ]  # fmt: skip
    made = replace(
        made,
        metrics=tuple(metrics),
        place=Place(region, (), level),
        dates=Dates((), day or None),
        mechanisms=(),
    )
    record = page_record(title, issue=IssueInfo(f"{title}报", day or None, None, "1"))
    record = replace(
        record,
        text=page.text,
        sha256=sha256(page.text.encode()).hexdigest(),
        articles=(made,),
        ledger=tuple(page.ledger),
    )
    return store(record)[0]


def count(text: str, quote: str, value: float, unit: str, subject: str, **more: object) -> Said:
    """A paragraph with one metric."""
    return Said(text, ((quote, value, unit, subject),), **more)  # type: ignore[arg-type]
