"""The fields of one article as rows, and the few inserts that write those of a whole page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from articles.ingest import record as read
from articles.ingest.passage import Passage
from articles.models import (
    Article,
    Author,
    Byline,
    Evidence,
    Mechanism,
    MechanismMention,
    Metric,
    Origin,
    Region,
    Standing,
    Theme,
)
from articles.models.source import is_date
from articles.store.guards import decimal, fit, placed
from articles.store.namesakes import Bearers, Given, doubt, whose

AlsoRegion = Article.also_regions.through
ArticleTheme = Article.themes.through
Authors = Mapping[tuple[str, int | None], Bearers]


@dataclass(slots=True)
class Rows:
    """What hangs on one article. `links` pairs a metric's index with that of the one it belongs with."""

    bylines: list[Byline] = field(default_factory=list)
    mentions: list[MechanismMention] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    links: list[tuple[Metric, Metric]] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    also_regions: list[Any] = field(default_factory=list)
    themes: list[Any] = field(default_factory=list)


def body_json(passages: tuple[Passage, ...]) -> list[dict[str, Any]]:
    """`Article.body` for the passages of an article."""
    return [
        {"kind": p.kind, "text": p.text, "runs": [[r.at, r.start, r.length] for r in p.runs]}
        for p in passages
    ]


class ArticleFields:
    """Turns one article record into rows; `warnings` grows with whatever did not fit."""

    def __init__(
        self,
        article: read.ArticleRecord,
        page: str,
        regions: dict[str, Region],
        themes: dict[str, Theme],
        mechanisms: dict[str, Mechanism],
    ) -> None:
        self.read, self.page = article, page
        self.regions, self.themes, self.mechanisms = regions, themes, mechanisms
        self.warnings = [*article.text.warnings, *article.place.warnings, *article.warnings]
        for code in {article.place.primary, *article.place.also} - {None, *regions}:
            self.warn(_("The archive knows no region with the code %s.") % code)
        for theme in article.themes:
            if theme.name not in themes:
                self.warn(_("The archive knows no theme called %s.") % theme.name)

    def warn(self, message: str) -> None:
        self.warnings.append(message)

    def columns(self) -> dict[str, Any]:
        """Values for the columns of `Article`."""
        text, place, dates = self.read.text, self.read.place, self.read.dates
        date = dates.date or ""
        if date and not is_date(date):
            self.warn(_("“%s” is no date that the archive can keep.") % date)
            date = ""
        return {
            "title": fit(Article, "title", text.title, self.warn),
            "kicker": fit(Article, "kicker", text.kicker, self.warn),
            "subtitle": fit(Article, "subtitle", text.subtitle, self.warn),
            "column": fit(Article, "column", text.column, self.warn),
            "genre": self.read.genre,
            "level": place.level or "",
            "region": self.regions.get(place.primary or ""),
            "region_candidates": [code[:6] for code in place.candidates],
            "date": date,
            "date_clues": list(dates.clues),
            "body": body_json(text.body),
            "text": "\n".join(p.text for p in text.body),
            "machine": self.machine(),
        }

    def machine(self) -> dict[str, Any]:
        """What the parser read, kept beside what people make of it. Regions by code, themes by name."""
        text, place = self.read.text, self.read.place
        return {
            "title": text.title or "",
            "kicker": text.kicker or "",
            "subtitle": text.subtitle or "",
            "column": text.column or "",
            "genre": self.read.genre,
            "level": place.level or "",
            "region": place.primary or "",
            "also_regions": list(place.also),
            "themes": [t.name for t in self.read.themes],
            "date": self.read.dates.date or "",
            "continues_on": text.continues_on or "",
            "continued_from": text.continued_from or "",
            "authors": [{"name": a.name, "kind": a.kind, "role": a.role or ""} for a in text.authors],
        }

    def author_keys(self) -> Iterator[tuple[str, int | None]]:
        for author in self.read.text.authors:
            yield self._author_key(author)

    def _author_key(self, author: read.Author) -> tuple[str, int | None]:
        region = self.regions.get(author.region or "")
        return fit(Author, "name", author.name, self.warn), region.pk if region else None

    def _person(self, article: Article, author: read.Author, authors: Authors, given: Given) -> Author:
        """Whose signature it is: of who has it already, of whom it suits, or of the first of the name, with a doubt."""
        key = self._author_key(author)
        signature = (key[0], author.kind, fit(Byline, "role", author.role, self.warn), key[1])
        chosen, sure = authors[key].choose(author)
        kept, here = whose(signature, article, given)
        person = kept or chosen
        said = doubt(author.name, person)
        if not sure and (not here or said in article.warnings):
            self.warn(said)
        return person

    def rows(self, article: Article, authors: Authors, given: Given = MappingProxyType({})) -> Rows:
        """Everything that hangs on `article`, unsaved; signatures that were `given` to somebody stay theirs."""
        rows = Rows()
        met: set[tuple[int, str]] = set()
        for author in self.read.text.authors:
            person = self._person(article, author, authors, given)
            if (person.pk, author.kind) in met:
                self.warn(_("%s stands twice among the authors.") % author.name)
                continue
            met.add((person.pk, author.kind))
            rows.bylines.append(
                Byline(
                    article=article,
                    author=person,
                    position=len(rows.bylines),
                    kind=author.kind,
                    role=fit(Byline, "role", author.role, self.warn),
                    offices=[office[:60] for office in author.offices],
                    body=fit(Byline, "body", author.body, self.warn),
                    region=self.regions.get(author.region or ""),
                )
            )
        for mechanism in self.read.mechanisms:
            row = self.mechanisms[mechanism.name]
            rows.mentions.append(
                MechanismMention(
                    article=article,
                    mechanism=row,
                    name=fit(MechanismMention, "name", mechanism.name, self.warn),
                    kind=mechanism.kind
                    if mechanism.kind in dict(row._meta.get_field("kind").choices)
                    else row.kind,
                    origin=Origin.REJECTED if row.standing == Standing.REJECTED else Origin.MACHINE,
                    **placed(self.page, mechanism, self.warn),
                )
            )
        self._metrics(article, rows)
        rows.evidence = [
            Evidence(
                article=article,
                field=item.field[:30],
                value=fit(Evidence, "value", value, self.warn),
                **placed(self.page, item, self.warn),
            )
            for item, value in self._evidence()
        ]
        codes = dict.fromkeys(c for c in self.read.place.also if c in self.regions)
        rows.also_regions = [AlsoRegion(article=article, region=self.regions[c]) for c in codes]
        names = dict.fromkeys(t.name for t in self.read.themes if t.name in self.themes)
        rows.themes = [ArticleTheme(article=article, theme=self.themes[n]) for n in names]
        return rows

    def _metrics(self, article: Article, rows: Rows) -> None:
        kept: dict[int, Metric] = {}
        for index, metric in enumerate(self.read.metrics):
            try:
                value, value_max, of = decimal(metric.value), decimal(metric.value_max), decimal(metric.of)
            except ValueError:
                self.warn(_("“%s” holds a number that the archive cannot keep.") % metric.quote)
                continue
            if value_max is not None and value is not None and value_max < value:
                value, value_max = value_max, value
            kept[index] = Metric(
                article=article,
                value=value,
                value_max=value_max,
                of=of,
                qualifier=metric.qualifier or "",
                unit=fit(Metric, "unit", metric.unit, self.warn),
                subject=fit(Metric, "subject", metric.subject, self.warn),
                kind=metric.kind,
                link_kind=metric.link_kind or "",
                **placed(self.page, metric, self.warn),
            )
        rows.metrics = list(kept.values())
        for index, metric in enumerate(self.read.metrics):
            if metric.link is not None and index in kept and metric.link in kept:
                rows.links.append((kept[index], kept[metric.link]))

    def _evidence(self) -> Iterator[tuple[read.Evidence, str]]:
        """Each piece of evidence with the value it stands for."""
        machine = self.machine()
        for item in self.read.text.evidence:
            value = machine.get(item.field, "")
            yield item, value if isinstance(value, str) else ""
        for author in self.read.text.authors:
            for item in author.evidence:
                yield item, (author.role or "") if item.field == "author_role" else author.name
        if self.read.genre_evidence:
            yield self.read.genre_evidence, self.read.genre
        for theme in self.read.themes:
            yield from ((item, theme.name) for item in theme.evidence)
        for item in self.read.place.evidence:
            value = machine.get("region" if item.field == "primary_region" else item.field, "")
            yield item, value if isinstance(value, str) else ""
        for item in self.read.dates.evidence:
            yield item, machine["date"]


def store_fields(pages: list[Rows]) -> dict[str, int]:
    """Writes the rows of all articles of a page, one insert a table. Returns how many of each."""
    Byline.objects.bulk_create(byline for rows in pages for byline in rows.bylines)
    mentions = MechanismMention.objects.bulk_create(mention for rows in pages for mention in rows.mentions)
    metrics = Metric.objects.bulk_create(metric for rows in pages for metric in rows.metrics)
    linked = [pair for rows in pages for pair in rows.links]
    for metric, other in linked:
        metric.link = other
    Metric.objects.bulk_update([metric for metric, _other in linked], ["link"])
    Evidence.objects.bulk_create(item for rows in pages for item in rows.evidence)
    AlsoRegion.objects.bulk_create(row for rows in pages for row in rows.also_regions)
    ArticleTheme.objects.bulk_create(row for rows in pages for row in rows.themes)
    return {"mechanisms": len(mentions), "metrics": len(metrics)}
