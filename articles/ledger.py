"""The ledger of issues: for each publication, month by month, what was received, what is missing, what waits for a person."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from articles import rhythm
from articles.models import Article, Issue, Page, Publication, Resemblance, Rhythm, State

WAITING = (State.DRAFT, State.IN_REVIEW)


class Standing(StrEnum):
    """Of an issue; what a person has to do something about comes first."""

    MISSING = "missing"
    DUPLICATED = "duplicated"
    UNREVIEWED = "unreviewed"
    EMPTY = "empty"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Entry:
    """One issue, here or missing. `key` is 0 for one that is missing; `day` is 0 where only the month is known."""

    key: int
    day: int
    number: str
    standing: Standing
    pages: int = 0
    waiting_pages: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """`name` is YYYY-MM, or YYYY for issues of a year without a month, or empty for those without a date."""

    name: str
    entries: tuple[Entry, ...]


COLLECTED = timedelta(days=366)
"""So long after its last issue a publication is taken to be collected still; of an old one nobody waits for the next."""
TWICE = 0.8
"""The share of text in common from which a page is the same one again, and no reprint or series."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A publication. `rhythm` is as it was set, or as inferred; `due` issues came out since the last that is here, of one
    that is still collected. In `counts` an issue that came twice and waits for a person is in both."""

    publication: Publication
    rhythm: str
    inferred: bool
    months: tuple[Month, ...]
    counts: dict[Standing, int] = field(default_factory=dict)
    due: int = 0
    last: str = ""

    @property
    def rhythm_name(self) -> str:
        return str(Rhythm(self.rhythm).label)


@dataclass(slots=True)
class _Counted:
    pages: int = 0
    waiting: int = 0
    waiting_pages: set[int] = field(default_factory=set)
    twins: bool = False


def shelves(today: date, most_months: int = 24) -> list[Shelf]:
    """Every publication by name, its latest months first. Five statements whatever the archive holds."""
    counted = _counted()
    by_publication: dict[int, list[Issue]] = defaultdict(list)
    for issue in Issue.objects.order_by("date", "number"):
        by_publication[issue.publication_id].append(issue)
    return [
        _shelf(publication, by_publication[publication.pk], counted, today, most_months)
        for publication in Publication.objects.order_by("name")
    ]


def _counted() -> dict[int, _Counted]:
    """By issue: its pages, those with articles that wait for a person, and whether a page came twice."""
    found: dict[int, _Counted] = defaultdict(_Counted)
    numbers: Counter[tuple[int, str]] = Counter()
    for issue, number in (
        Page.objects.filter(issue__isnull=False, source__trashed_at__isnull=True)
        .order_by()
        .values_list("issue", "number")
    ):
        found[issue].pages += 1
        if number:
            numbers[issue, number] += 1
    for (issue, _number), times in numbers.items():
        found[issue].twins |= times > 1
    alike = Resemblance.objects.filter(page__issue__isnull=False, share__gte=TWICE, kept_at=None).order_by()
    for issue in alike.values_list("page__issue", flat=True):
        found[issue].twins = True
    waiting = Article.objects.filter(state__in=WAITING, page__issue__isnull=False).order_by()
    for issue, page in waiting.values_list("page__issue", "page"):
        found[issue].waiting += 1
        found[issue].waiting_pages.add(page)
    return found


def _shelf(
    publication: Publication, issues: list[Issue], counted: dict[int, _Counted], today: date, most_months: int
) -> Shelf:
    # What has no page, or none outside the trash, has not come: it doubles nothing, and its day is one that is missing.
    here = [issue for issue in issues if counted[issue.pk].pages]
    dated = [known for issue in here if (known := rhythm.known(issue.date, issue.number))]
    chosen = publication.rhythm or rhythm.infer(dated)
    doubled = _doubled(here)
    gaps = rhythm.missing(dated, chosen)
    wanted = {gap.day.isoformat() for gap in gaps} | {str(gap.number) for gap in gaps if gap.number}
    months: dict[str, list[Entry]] = defaultdict(list)
    for issue in issues:
        if not counted[issue.pk].pages and {issue.date, issue.number} & wanted:
            continue
        day = int(issue.date[8:10]) if len(issue.date) == 10 else 0
        months[issue.date[:7]].append(_entry(issue, day, counted[issue.pk], issue.pk in doubled))
    for gap in gaps:
        number = "" if gap.number is None else str(gap.number)
        months[gap.day.isoformat()[:7]].append(Entry(0, gap.day.day, number, Standing.MISSING))
    latest = sorted(months, reverse=True)
    shown = tuple(
        Month(name, tuple(sorted(months[name], key=lambda e: (e.day, e.number))))
        for name in latest[:most_months]
    )
    everything = [entry for entries in months.values() for entry in entries]
    standings = Counter(entry.standing for entry in everything)
    standings[Standing.UNREVIEWED] = sum(bool(entry.waiting) for entry in everything)
    last = max((known.day for known in dated), default=None)
    return Shelf(
        publication, chosen, not publication.rhythm, shown,
        {standing: n for standing in Standing if (n := standings[standing])},
        rhythm.due(last, today, chosen) if last and timedelta(0) <= today - last <= COLLECTED else 0,
        last.isoformat() if last else "",
    )  # fmt: skip


def _entry(issue: Issue, day: int, of: _Counted, doubled: bool) -> Entry:
    if doubled or of.twins:
        standing = Standing.DUPLICATED
    elif of.waiting:
        standing = Standing.UNREVIEWED
    else:
        standing = Standing.RECEIVED if of.pages else Standing.EMPTY
    return Entry(issue.pk, day, issue.number, standing, of.pages, len(of.waiting_pages), of.waiting)


def _doubled(issues: Iterable[Issue]) -> set[int]:
    """Issues of one publication that say they are the same: one day with two numbers, or one number on two days of a year."""
    by_day: dict[str, list[int]] = defaultdict(list)
    by_number: dict[tuple[str, str], list[int]] = defaultdict(list)
    for issue in issues:
        if len(issue.date) == 10:
            by_day[issue.date].append(issue.pk)
        if issue.number:
            by_number[issue.date[:4], issue.number].append(issue.pk)
    groups = [*by_day.values(), *by_number.values()]
    return {key for keys in groups if len(keys) > 1 for key in keys}


def without_issue() -> int:
    """How many pages belong to no issue yet."""
    return Page.objects.filter(issue__isnull=True).count()
