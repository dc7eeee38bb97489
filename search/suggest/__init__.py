"""What a reader may be about to type: names that the archive knows, by letters or by how they sound."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

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
    """How names of a kind are offered: under which heading, how many, from how many letters of pinyin on, and as
    which field of a query (in Chinese, in English); a kind without one leads to the article itself."""

    kind: Kind
    title: str | Promise
    most: int
    letters: int
    fields: tuple[str, str] | None


_OFFERS = (
    _Offer(Kind.REGION, gettext_lazy("Regions"), 4, 1, ("地区", "region")),
    _Offer(Kind.MECHANISM, gettext_lazy("Mechanisms"), 4, 2, ("机制", "mechanism")),
    _Offer(Kind.AUTHOR, gettext_lazy("Authors"), 3, 2, ("作者", "author")),
    _Offer(Kind.TITLE, gettext_lazy("Titles"), 5, 4, None),
)
_FIELD = re.compile(r"(?P<name>[^\s:：()（）\"“”「」]{1,12})[:：]\s*$")
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
        if field and not (offer.fields and field["name"].lower() in offer.fields):
            continue
        wanted = last if offer.fields else typed.translate(_QUOTES)
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
    if offer.fields is None:
        return Suggestion(name, name.label, reverse("articles:article", args=[name.key]))
    field = offer.fields[get_language() == "en"]
    query = f"{head}{field}:{quoted(name.label)}"
    return Suggestion(name, query, f"{reverse('search:search')}?{urlencode({'q': query})}")


def quoted(words: str) -> str:
    """Some words as one operand of a query: in quotation marks that do not occur in them, unless they need none."""
    if words.isalnum():
        return words
    for opening, closing in ('""', "「」", "“”", "『』"):
        if opening not in words and closing not in words:
            return f"{opening}{words}{closing}"
    return '"' + words.translate(_QUOTES) + '"'
