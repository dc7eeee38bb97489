"""People as bylines name them: the index by pinyin, and one person."""

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.gazetteer.pinyin import OTHER, initial, name_key
from articles.models import Author, Byline, Region
from articles.views import index_tables, serial, tables
from articles.views.answer import Answer
from articles.views.filters import Narrowed, clean
from articles.views.lists import article_listing, list_context, list_data
from articles.views.moved import follow
from articles.views.paging import paged

SIZE = 100
LETTERS = (*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", OTHER)
ORDER_NAMES = {"pinyin": _("by pinyin"), "count": _("most articles first")}


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in the index; `key` is what the name is sorted by, `note` tells people of one name and place apart."""

    value: str
    name: str
    note: str
    place: str
    count: int
    key: str


def author_list(request: HttpRequest) -> Answer:
    """`?initial=` and `?q=` (a part of a name) narrow the index beside the filters, `?order=` sorts."""
    letter, words = request.GET.get("initial", ""), clean(request.GET.get("q", ""))
    order = request.GET.get("order", "")
    order = order if order in ORDER_NAMES else "pinyin"
    narrowed = Narrowed.read(request.GET)
    selection = narrowed.but("author")
    everyone = narrowed.known.answers.get(("people", selection.clauses), lambda: _people(narrowed))
    letters = Counter(initial(person.key) for person in everyone)
    letter = letter if letter in letters else ""
    found = [p for p in everyone if (not letter or initial(p.key) == letter) and words in p.name]
    if order == "count":
        found.sort(key=lambda person: (-person.count, person.key))
    listing = paged(request, found, SIZE)

    def data() -> dict[str, Any]:
        page = listing.as_data(
            lambda p: {
                "id": p.value,
                "name": p.name,
                "note": p.note or None,
                "region": p.place or None,
                "initial": initial(p.key),
                "articles": p.count,
            }
        )
        filters = narrowed.chosen.as_data()
        asked = {name: value for name, value in (("initial", letter), ("q", words)) if value}
        return {"filters": {**filters, **asked}, "sort": order, **page}

    def context() -> dict[str, Any]:
        return {
            "listing": listing,
            "letters": [(a, letters.get(a, 0)) for a in LETTERS],
            "everyone": len(everyone),
            "letter": letter,
            "words": words,
            "kept": narrowed.chosen.pairs,
            "orders": [(name, label, name == order) for name, label in ORDER_NAMES.items()],
            "order": order,
            "sorted_by": ORDER_NAMES[order],
            **narrowed.rail(request.GET.get("more", ""), "author"),
        }

    return Answer("articles/author_list.html", context, data, partial(index_tables.people, request, found))


def _people(narrowed: Narrowed) -> list[Person]:
    """Everyone who signed one of the articles, in the order of names."""
    labels = narrowed.known.labels["author"]
    people = [
        Person(value, said.bare, said.note, said.also, n, name_key(said.bare))
        for value, n in narrowed.but("author").counts("author").items()
        if (said := labels[value])
    ]
    return sorted(people, key=lambda person: (person.key, person.place, person.note, person.value))


def author(request: HttpRequest, public_id: str) -> Answer:
    narrowed, listing = article_listing(request, ("author", (public_id,)))
    people = Author.objects.select_related("region__parent__parent")
    row = people.filter(public_id=public_id).first() if narrowed.here.total else None
    if row is None:
        follow(Author, public_id=public_id)
        raise Http404
    roles = _roles(row)
    everybody = narrowed.known.select().counts("author")
    labels = narrowed.known.labels["author"]

    def data() -> dict[str, Any]:
        return {
            "author": {
                "id": row.public_id,
                "name": row.name,
                "note": row.note or None,
                "region": serial.region(row.region),
                "roles": [
                    {
                        "role": r.role,
                        "body": r.body or None,
                        "region": serial.region(r.region),
                        "first": r.first or None,
                        "last": r.last or None,
                        "articles": r.count,
                    }
                    for r in roles
                ],
            },
            **list_data(request, narrowed, listing),
        }

    def context() -> dict[str, Any]:
        namesakes = [
            (value, label, everybody[value])
            for value, label in labels.items()
            if label.bare == row.name and value != public_id and value in everybody
        ]
        together = [entry for entry in narrowed.here.ranked("author", 9) if entry[0] != public_id]
        return {
            "author": row,
            "initial": initial(name_key(row.name)),
            "roles": roles,
            "namesakes": namesakes,
            "together": together,
            "mechanisms": narrowed.here.ranked("mechanism", 12),
            **list_context(request, narrowed, listing),
        }

    return Answer("articles/author.html", context, data, partial(tables.articles, request, listing.all))


@dataclass(frozen=True, slots=True)
class Role:
    """What bylines say a person is, between the dates of the first and the last that say so."""

    role: str
    body: str
    region: Region | None
    first: str
    last: str
    count: int


def _roles(person: Author) -> list[Role]:
    """Each role as printed, with the organisation and its place; the latest first. Two statements."""
    rows = Byline.objects.filter(author=person, article__state="published")
    # Columns alone: some sign thousands of articles.
    columns = rows.values_list(
        "role", "body", "region", "article", "article__date", "article__page__issue__date"
    )
    printed: dict[tuple[str, str], list[tuple[int | None, int, str]]] = {}
    for role, body, region, key, day, of_issue in columns:
        if role or body:
            printed.setdefault((role or body, body), []).append((region, key, day or of_issue or ""))
    first = {
        said: next((region for region, _a, _d in signed if region), None) for said, signed in printed.items()
    }
    places = Region.objects.select_related("parent__parent").in_bulk(set(filter(None, first.values())))
    roles = []
    for (role, body), signed in printed.items():
        days = sorted(day for _r, _a, day in signed if day)
        region = places.get(first[role, body] or 0)
        ends = (days[0], days[-1]) if days else ("", "")
        articles = len({key for _r, key, _d in signed})
        roles.append(Role(role, body if body not in role else "", region, *ends, articles))
    return sorted(roles, key=lambda role: (role.last, role.first), reverse=True)
