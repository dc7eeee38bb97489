"""What a reader may be about to type: names that the archive knows, by letters or by how they sound."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from search.query import Field, Phrase, Word, render
from search.query.ast import WHOLE_NAMES
from search.query.vocabulary import FIELDS, half
from search.suggest import pinyin
from search.suggest.table import Kind, Match, Name, Shelf, forget, table
from search.text import fold

__all__ = ["Group", "Kind", "Suggestion", "forget", "suggest", "warm"]

LONGEST = 60
"""Characters of what is typed that are looked at; no name is longer."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`query` is what the box would hold after it, `url` where it leads: a title to its article, everything
    else to a search."""

    name: Name
    query: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    kind: Kind
    title: str | Promise
    suggestions: list[Suggestion]


@dataclass(frozen=True, slots=True)
class _Offer:
    """How names of a kind are offered: under which heading, how many, from how many letters of pinyin on, and in which
    field of a query they are looked for."""

    kind: Kind
    title: str | Promise
    most: int
    letters: int
    field: Field


_OFFERS = (
    _Offer(Kind.REGION, gettext_lazy("Regions"), 4, 1, Field.REGION),
    _Offer(Kind.MECHANISM, gettext_lazy("Mechanisms"), 4, 2, Field.MECHANISM),
    _Offer(Kind.AUTHOR, gettext_lazy("Authors"), 3, 2, Field.AUTHOR),
    _Offer(Kind.TITLE, gettext_lazy("Titles"), 5, 4, Field.TITLE),
)
_FIELD = re.compile(r"(?P<name>[^\s:：()（）\"“”「」!！－-]{1,12})[:：]\s*$")
_LAST = re.compile(r"[^\s()（）|｜&＆+＋*:：\"“”„「」『』]*$")
_QUOTES = str.maketrans("", "", '"“”„「」『』')


def suggest(typed: str) -> list[Group]:
    """Names that fit what stands in the box so far, by kind. A title is compared with all of it, anything else
    with its last word, which it would take the place of. Raises SearchUnavailable."""
    typed = typed.replace("\x00", "").strip()[:LONGEST]
    spelt = pinyin.letters(typed)
    last = typed if spelt else _LAST.search(typed).group()  # type: ignore[union-attr]
    last = last.lstrip("-－!！")
    before = typed.removesuffix(last).rstrip('"“„「『')
    field = _FIELD.search(before)
    groups = []
    names = table() if fold(typed) else {}
    for offer in _OFFERS if names else ():
        if field and FIELDS.get(half(field["name"]).lower()) != offer.field:
            continue
        wanted = typed.translate(_QUOTES) if offer.kind is Kind.TITLE and not field else last
        matches = _matches(names[offer.kind], wanted, offer)
        head = before[: field.start()] if field else before
        if found := [_suggestion(match.name, offer, head) for match in matches[: offer.most]]:
            groups.append(Group(offer.kind, offer.title, found))
    return groups


def warm() -> None:
    """Makes the table and sounds out its names, so that the first reader does not wait for them."""
    for shelf in table().values():
        assert shelf.sounds


def _matches(shelf: Shelf, wanted: str, offer: _Offer) -> list[Match]:
    folded, spelt = fold(wanted), pinyin.letters(wanted)
    if not folded:
        return []
    found = shelf.holding(folded)
    if len(spelt) >= offer.letters:
        known = {match.name for match in found}
        found += [match for match in shelf.sounding(spelt) if match.name not in known]
    return found


def _suggestion(name: Name, offer: _Offer, head: str) -> Suggestion:
    if offer.kind is Kind.TITLE:
        return Suggestion(name, name.label, reverse("articles:article", args=[name.key]))
    whole = Word if offer.field in WHOLE_NAMES else Phrase
    query = head + render(whole(name.label, offer.field))
    asked = {"q": query, **({"author": name.key} if offer.kind is Kind.AUTHOR and name.key else {})}
    return Suggestion(name, query, f"{reverse('search:search')}?{urlencode(asked)}")
