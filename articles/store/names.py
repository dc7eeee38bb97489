"""The rows that records point at: found by name or code, made where new. Callers hold the store's lock."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.gazetteer import Gazetteer
from articles.ingest import record as read
from articles.models import Author, Issue, Mechanism, MechanismKind, Publication, Region, Theme
from articles.store.guards import Warn, fit
from articles.store.namesakes import Bearers, bearers

_QUOTES = re.compile(r"^[\s“”‘’\"'「」『』《》]+|[\s“”‘’\"'「」『』《》]+$")


def clean_name(name: str) -> str:
    """A mechanism's name without white space and the quotation marks around the whole of it."""
    bare = _QUOTES.sub("", name)
    return bare if bare and bare.count("“") == bare.count("”") else name.strip()


def find_regions(codes: Iterable[str]) -> dict[str, Region]:
    """The latest row of each code that exists, or the place that it is treated as."""
    rows = Region.objects.filter(code__in=set(codes)).select_related("merged_into__merged_into")
    return {r.code: survivor(r) for r in rows.order_by("since")}


def find_themes(names: Iterable[str]) -> dict[str, Theme]:
    rows = Theme.objects.filter(name__in=set(names)).select_related("merged_into__merged_into")
    return {t.name: survivor(t) for t in rows}


def survivor(row: Any) -> Any:
    """Who or what a row was merged into in the end; itself where it was not."""
    while row.merged_into_id:
        row = row.merged_into
    return row


def find_authors(wanted: Iterable[tuple[str, int | None]]) -> dict[tuple[str, int | None], Bearers]:
    """People by name, or another name of theirs, and region id; those not met before are made.

    Who was merged into somebody else is that person.
    """
    wanted_keys = set(wanted)
    keys = sorted(wanted_keys, key=lambda k: (k[0], k[1] or 0))

    def known() -> dict[tuple[str, int | None], Bearers]:
        names = {name for name, _region in keys}
        rows = Author.objects.filter(Q(name__in=names) | Q(aliases__overlap=list(names)))
        rows = rows.select_related("region", "merged_into__merged_into").order_by("id")
        by_alias: dict[tuple[str, int | None], list[tuple[Author, Author]]] = defaultdict(list)
        by_name: dict[tuple[str, int | None], list[tuple[Author, Author]]] = defaultdict(list)
        for row in rows:
            pair = (row, survivor(row))
            by_name[row.name, row.region_id].append(pair)
            for alias in row.aliases:
                by_alias[alias, row.region_id].append(pair)
        return {key: bearers(pairs) for key, pairs in (by_alias | by_name).items() if key in wanted_keys}

    found = known()
    if new := [Author(name=name, region_id=region) for name, region in keys if (name, region) not in found]:
        Author.objects.bulk_create(new, ignore_conflicts=True)
        found = known()
    return found


def find_mechanisms(wanted: Iterable[read.Mechanism], warn: Warn) -> dict[str, Mechanism]:
    """Mechanisms by each name that the record uses, matched by name first and by other names second.

    A mechanism not met before is made; a known one learns the further names, unless they are another's.
    """
    fitted = partial(fit, Mechanism, "name", warn=warn)
    entries = [(m, fitted(clean_name(m.name)), [fitted(clean_name(a)) for a in m.aliases]) for m in wanted]
    names = {n for _m, name, aliases in entries for n in (name, *aliases) if n}
    if not names:
        return {}
    rows = Mechanism.objects.filter(name__in=names) | Mechanism.objects.filter(aliases__overlap=list(names))
    by_name: dict[str, Mechanism] = {}
    by_alias: dict[str, Mechanism] = {}
    for row in rows.select_related("merged_into__merged_into").order_by("id"):
        by_name[row.name] = survivor(row)
        for alias in row.aliases:
            by_alias.setdefault(alias, survivor(row))

    found: dict[str, Mechanism] = {}
    made: list[Mechanism] = []
    changed: dict[int, Mechanism] = {}
    for entry, name, aliases in entries:
        further = [by_name[a] for a in aliases if a in by_name]
        mechanism = by_name.get(name) or by_alias.get(name) or (further[0] if further else None)
        if mechanism is None:
            kind = entry.kind if entry.kind in MechanismKind.values else MechanismKind.MECHANISM
            family = fit(Mechanism, "family", entry.family, warn)
            mechanism = Mechanism(name=name, kind=kind, family=family)
            made.append(mechanism)
            by_name[name] = mechanism
        for alias in (name, *aliases):
            taken = by_name.get(alias) or by_alias.get(alias)
            if alias and taken is None:
                mechanism.aliases = [*mechanism.aliases, alias]
                by_alias[alias] = mechanism
                if mechanism.pk:
                    changed[mechanism.pk] = mechanism
        found[entry.name] = mechanism
    Mechanism.objects.bulk_create(made)
    Mechanism.objects.bulk_update([changed[pk] for pk in sorted(changed)], ["aliases"])
    return found


def find_issue(info: read.IssueInfo, gazetteer: Gazetteer, warn: Warn) -> Issue | None:
    """The issue of a page, made where new; None where no publication is known.

    A page that names only the date, or only the number, joins the one issue that has it.
    """
    if not info.publication:
        return None
    entry = gazetteer.publication(info.publication)
    name = fit(Publication, "name", entry.name if entry else info.publication.strip().strip("《》"), warn)
    publication = Publication.objects.filter(name=name).first()
    if publication is None:
        region = find_regions([entry.region]).get(entry.region) if entry and entry.region else None
        publication = Publication.objects.create(name=name, region=region)
    date, number = info.date or "", fit(Issue, "number", info.number, warn)
    issues = Issue.objects.filter(publication=publication)
    if exact := issues.filter(date=date, number=number).first():
        return exact
    if bool(date) != bool(number):
        candidates = issues.filter(date=date) if date else issues.filter(number=number)
        if len(alike := list(candidates[:2])) == 1:
            return alike[0]
        if alike:
            warn(_("Several issues of %(name)s fit; a further one was made.") % {"name": name})
    return Issue.objects.create(publication=publication, date=date, number=number)
