"""What the split workbench shows: the page piece by piece, and the records with what they were read from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from articles.admin.bench_words import fields, role_words
from articles.ingest import arrange
from articles.ingest.arrange import Balance, Piece
from articles.ingest.serialize import as_json
from articles.models import Article, Origin, Region
from articles.rule_words import rule_words
from articles.services import heirs, split
from articles.services.split import Standing
from articles.templatetags.figures import measured

HUES = 8
MOST_VALUES = 300  # shown of one article
MACHINE, PERSON, REJECTED = Origin.values


@dataclass(frozen=True, slots=True)
class Line:
    """A piece on the page. `hue` 1..8 colours its article, 0 what is nobody's. `above`: what it would be merged into."""

    piece: Piece
    text: str
    label: str
    hue: int
    why: str
    above: int | None

    @property
    def span(self) -> str:
        return f"{self.piece.start}-{self.piece.end}"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a record. `what` and `key` name it for `services.judge`, empty where it cannot be judged."""

    label: str
    value: str
    machine: str = ""
    proofs: tuple[tuple[str, str, int], ...] = ()  # quote, rule, confidence in percent
    what: str = ""
    key: str = ""
    origin: str = ""


@dataclass(slots=True)
class Card:
    """One article of the arrangement. `row` is what it is in the archive, None for a new one, `moved` if another before."""

    number: int
    hue: int
    title: str
    row: Article | None
    untouched: bool
    moved: bool = False
    values: list[Value] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    opening: str = ""
    more: bool = False  # values than are shown


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything on the workbench. `waiting` are the pieces that fit nowhere, `gone` (article, number of its heir).

    `open` are the articles of the archive that any changed card may continue.
    """

    found: Standing
    balance: Balance
    lines: list[Line]
    cards: list[Card]
    gone: list[tuple[Article, int | None]]
    open: list[Article]

    @property
    def waiting(self) -> list[Line]:
        return [line for line in self.lines if line.piece.role == arrange.UNASSIGNED]

    @property
    def shows_published(self) -> bool:
        return any(a.state == "published" for a in self.found.articles.values())


def bench(found: Standing) -> Bench:
    planned = heirs.plan(found)
    return Bench(
        found,
        arrange.balance(found.now),
        list(_lines(found)),
        list(_cards(found, planned)),
        list(planned.gone),
        list(planned.open),
    )


def _lines(found: Standing) -> Iterator[Line]:
    layout, text = split.layout_of(found.page.text), found.page.text
    items = {x.block.start: x for x in layout.items}
    joins = {at: j.why for a in layout.articles for at, j in a.joins}
    words, over = role_words(), arrange.above(found.now)
    for piece in found.now.pieces:
        item = items.get(piece.start)
        why = [rule_words(reason) for reason in item.reasons] if item else []
        if piece.start in joins and piece.role == "body":
            why.append(rule_words(joins[piece.start]))
        if piece.by_hand:
            why = [_("set by hand")]
        shown, told = text[piece.start : piece.end], " · ".join(dict.fromkeys(why))
        yield Line(piece, shown, words[piece.role], hue(piece.article), told, over[piece.start])


def hue(number: int | None) -> int:
    return 0 if number is None else (number - 1) % HUES + 1


def _cards(found: Standing, planned: heirs.Plan) -> Iterator[Card]:
    """The page is read anew only where something on it is arranged anew."""
    numbers = found.now.articles
    anew = not planned.untouched.issuperset(numbers)
    read = as_json(split.read_again(found).record)["articles"] if anew else []
    fresh = dict(zip(numbers, read, strict=anew))
    names = dict(Region.objects.filter(code__in=_codes(read, found)).values_list("code", "full_name"))
    for number in numbers:
        row, untouched = planned.rows[number], number in planned.untouched
        moved = row is not None and found.articles.get(number) != row
        card = Card(number, hue(number), "", row, untouched, moved)
        if row and untouched:
            card.title, card.opening, card.warnings = row.title, row.text[:24], list(row.warnings)
            values = _stored(row, names)
        else:
            article = fresh[number]
            card.title, card.opening = article["title"] or "", (article["paragraphs"] or [""])[0][:24]
            card.warnings = list(dict.fromkeys(article["warnings"]))
            values = _fresh(article, names)
        card.values = list(islice(values, MOST_VALUES + 1))
        card.more = len(card.values) > MOST_VALUES
        del card.values[MOST_VALUES:]
        yield card


def _codes(read: Iterable[Mapping[str, Any]], found: Standing) -> set[str]:
    codes = {c for a in read for c in (a["primary_region"], *a["also_regions"]) if c}
    return codes | {a.machine.get("region", "") for a in found.articles.values()}


def _fresh(article: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Value]:
    """The values of a record that is not stored yet."""
    proofs: dict[str, list[tuple[str, str, int]]] = {}
    for e in article["evidence"]:
        proofs.setdefault(e["field"], []).append(_proof(e["quote"], e["rule"], e["confidence"]))
    for name, (label, evidence) in fields().items():
        if name == "authors":
            value = "、".join(a["name"] + (f"（{a['role']}）" if a["role"] else "") for a in article[name])
        elif name in ("region", "also_regions"):
            codes = [article["primary_region"]] if name == "region" else article[name]
            value = "、".join(names.get(code) or code for code in codes if code)
        else:
            given = article[name]
            value = "、".join(given) if isinstance(given, list) else given or ""
        if value or name == "title":
            yield Value(label, value, proofs=tuple(proofs.get(evidence, ())[:3]))
    for m in article["mechanisms"]:
        yield Value(_("mechanism"), m["name"], proofs=(_proof(m["quote"], m["rule"], m["confidence"]),))
    for m in article["metrics"]:
        value = f"{m['subject']} {m['quote']}"
        yield Value(_("metric"), value, proofs=(_proof("", m["rule"], m["confidence"]),))


def _stored(row: Article, names: Mapping[str, str]) -> Iterator[Value]:
    """The values of an article of the archive, each to be accepted or rejected."""
    proofs: dict[str, list[Any]] = {}
    for e in row.evidence.all():
        proofs.setdefault(e.field, []).append(e)
    corrected = row.corrections()
    for name, (label, evidence) in fields().items():
        found = proofs.get(evidence, [])
        if name == "authors":
            signed = [str(b) for b in row.bylines.select_related("author")]
            if signed:
                yield Value(label, "、".join(signed), proofs=_proofs(found))
        elif name in ("themes", "also_regions"):
            yield from _set(row, name, label, found)
        else:
            machine = str(corrected.get(name) or "")
            if name == "region":
                value = row.region.full_name or row.region.name if row.region else ""
                machine = names.get(machine) or machine
            else:
                value = str(getattr(row, name))
            if value or machine:
                origin = _origin(found, name in corrected)
                yield Value(label, value, machine, _proofs(found), name, "-", origin)
    for mention in row.mentions.all():
        yield _row(_("mechanism"), mention.name, "mention", mention)
    for metric in row.metrics.all()[: MOST_VALUES + 1]:
        first = (
            metric.history.order_by("history_date", "history_id").first() if metric.origin == PERSON else None
        )
        read = _figure(first) if first else ""
        shown = _figure(metric)
        yield replace(_row(_("metric"), shown, "metric", metric), machine=read if read != shown else "")


def _set(row: Article, name: str, label: str, found: list[Any]) -> Iterator[Value]:
    column = "name" if name == "themes" else "code"
    now = {getattr(one, column): str(one) for one in getattr(row, name).all()}
    machine = {key: key for key in row.machine.get(name, []) if key not in now}
    for key, shown in {**now, **machine}.items():
        own = [e for e in found if e.value == key]
        origin = REJECTED if key in machine else _origin(own, key not in row.machine.get(name, []))
        yield Value(label, shown, proofs=_proofs(own), what=name, key=key, origin=origin)


def _row(label: str, shown: str, what: str, row: Any) -> Value:
    proof = _proof(row.quote, row.rule, row.confidence)
    return Value(label, shown, proofs=(proof,), what=what, key=str(row.pk), origin=row.origin)


def _figure(metric: Any) -> str:
    """What is counted and how much: of a metric, or of a row of its history."""
    return f"{metric.subject} {strip_tags(measured(metric))}"


def _origin(found: Iterable[Any], corrected: bool) -> str:
    return PERSON if corrected or any(e.origin == PERSON for e in found) else MACHINE


def _proofs(found: Iterable[Any]) -> tuple[tuple[str, str, int], ...]:
    return tuple(_proof(e.quote, e.rule, e.confidence) for e in list(found)[:3])


def _proof(quote: str, rule: str, confidence: float) -> tuple[str, str, int]:
    return quote, rule_words(rule), round(100 * confidence)
