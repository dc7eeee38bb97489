"""Filters by the articles that something stands in, as menus of a form: where a rail of boxes would be too much."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from articles.catalogue import Catalogue, counted
from articles.catalogue.cards import FACETS
from articles.catalogue.selection import Clause
from articles.views.filters import FILTERS, Filter

MOST = 40
"""Values that a menu offers, those of most articles."""


@dataclass(frozen=True, slots=True)
class Menu:
    """A filter with `choices`, (value, in words) each, and the value in use, if any."""

    name: str
    label: str | Promise
    choices: list[tuple[str, str]]
    chosen: str


def clauses(used: Mapping[str, str], but: str = "") -> tuple[Clause, ...]:
    """What `used` asks of articles, except by one facet."""
    return tuple((name, (used[name],)) for name in FACETS if used.get(name) and name != but)


def menus(articles: Catalogue, used: Mapping[str, str], names: Iterable[str]) -> list[Menu]:
    """Of all articles that the other filters in use leave."""
    return _menus(articles, used, names, lambda name: articles.select(*clauses(used, but=name)).ordered(name))


def menus_among(
    articles: Catalogue, keys: Iterable[int], used: Mapping[str, str], names: Iterable[str]
) -> list[Menu]:
    """Of the articles of these keys."""
    cards = [card for key in keys if (card := articles.card(key))]

    def ordered(name: str) -> list[str]:
        counts = counted(cards, name)
        return sorted(counts, key=lambda value: (-counts[value], value))

    return _menus(articles, used, names, ordered)


def _menus(
    articles: Catalogue,
    used: Mapping[str, str],
    names: Iterable[str],
    ordered: Callable[[str], Iterable[str]],
) -> list[Menu]:
    wanted = set(names)
    found = [
        Menu(
            entry.name,
            entry.label,
            _choices(entry, ordered(entry.name), used, articles),
            used.get(entry.name, ""),
        )
        for entry in FILTERS
        if entry.name in wanted
    ]
    return [menu for menu in found if menu.choices]


def _choices(
    entry: Filter, ordered: Iterable[str], used: Mapping[str, str], articles: Catalogue
) -> list[tuple[str, str]]:
    values = list(ordered)
    if entry.labels:
        values = [value for value in entry.labels if value in values]
    elif entry.latest:
        values.sort(reverse=True)
    shown = values[:MOST]
    chosen = used.get(entry.name, "")
    if chosen and chosen not in shown:
        shown.insert(0, chosen)
    return [(value, entry.say(value, articles)) for value in shown]
