"""The choices beside the hits, the chips above them, the links to further pages: each with its address."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote_plus

from django.utils.translation import gettext

from search import beside, services
from search.engines.base import FacetCount
from search.facets import FILTERS, Choice, Facet, choices
from search.forms import DEEPEST, Address

LISTED = 12
"""Choices that a facet shows at first; the others stand behind "more"."""

LISTED_AT_ALL = 120
"""Choices of one facet on a page; the suggestions under the box know the others."""

NAMED = 6


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go from here: `here` where one already is."""

    label: str
    href: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceLink:
    """A choice, and what writes its address (`toggling`)."""

    choice: Choice
    toggled: Callable[[str], str]

    @property
    def href(self) -> str:
        """Written when it is shown: most choices of a long facet never are."""
        return self.toggled(self.choice.value)


def toggling(address: Address, name: str) -> Callable[[str], str]:
    """value → the address with this choice of a facet made or given up. Where none is made yet, all of them differ
    in the value alone."""
    if not address.filters.get(name):
        before, _, after = address.toggled(name, "\0").string.partition("%00")
        if "%00" not in after:  # as it would be were the letter in another choice
            return lambda value: f"{before}{quote_plus(value)}{after}"
    return lambda value: address.toggled(name, value).string


@dataclass(frozen=True)
class Panel:
    """One facet on the page. `cleared`: the address without any choice of it."""

    facet: Facet
    links: list[ChoiceLink]
    cleared: str

    @property
    def first(self) -> list[ChoiceLink]:
        return self.links[:LISTED]

    @property
    def more(self) -> list[ChoiceLink]:
        return self.links[LISTED:LISTED_AT_ALL]

    @property
    def left_out(self) -> int:
        return max(0, len(self.links) - LISTED_AT_ALL)

    @property
    def open(self) -> bool:
        """Whether "more" must not hide what is chosen."""
        return any(link.choice.chosen for link in self.more)

    @cached_property
    def chosen(self) -> list[ChoiceLink]:
        return [link for link in self.links if link.choice.chosen]

    @property
    def flat(self) -> bool:
        """Whether all bars are nothing: there is nothing to look at."""
        return self.facet.bars and not any(link.choice.count for link in self.links)

    @property
    def each_named(self) -> bool:
        """Whether there is room for a name under every bar."""
        return len(self.links) <= NAMED

    @property
    def names(self) -> list[str]:
        """What stands under the bars: each value, or the first and the last."""
        links = self.links if self.each_named else [self.links[0], self.links[-1]]
        return [link.choice.label for link in links]


def panels(found: services.Found, address: Address) -> list[Panel]:
    """The filters that have something to choose, the bars first: they are the one that is looked at, not read."""
    rows = []
    counted = {
        **(beside.counts(found.reading.node, address.limits) if not address.long else {}),
        **found.result.facets,
    }
    for facet in sorted(FILTERS, key=lambda facet: not facet.bars):
        chosen = address.filters.get(facet.name, ())
        counts = counted.get(facet.name, ())
        absent = set(chosen) - {count.value for count in counts}
        names = services.labels(facet.name, absent) if absent else {}
        counts += tuple(FacetCount(value, names[value], 0) for value in chosen if value in absent)
        toggled = toggling(address, facet.name)
        links = [ChoiceLink(row, toggled) for row in choices(facet, counts, chosen)]
        if links:
            rows.append(Panel(facet, links, address.without_facet(facet.name).string))
    return rows


def chips(panels: list[Panel], address: Address) -> list[Link]:
    """The choices made, each with the address without it."""
    rows = [
        Link(
            gettext("%(label)s: %(value)s") % {"label": panel.facet.title, "value": link.choice.label},
            link.href,
        )
        for panel in panels
        for link in panel.chosen
    ]
    if address.first or address.last:
        rows.append(Link(days_said(address.first, address.last), address.without_days().string))
    return rows


def days_said(first: str, last: str) -> str:
    """The days chosen, ISO, in words; one of them may be ""."""
    if not last:
        return gettext("date: %(first)s or later") % {"first": first}
    if not first:
        return gettext("date: %(last)s or earlier") % {"last": last}
    return gettext("date: %(first)s to %(last)s") % {"first": first, "last": last}


def page_count(total: int, size: int) -> int:
    return max(1, -(-min(total, DEEPEST) // size))


def pages(total: int, address: Address) -> list[Link | None]:
    """Links to the pages around this one, the first and the last; None stands for a gap."""
    last = page_count(total, address.size)
    if last == 1:
        return []
    numbers = sorted({1, last, *range(max(1, address.page - 2), min(last, address.page + 2) + 1)})
    links: list[Link | None] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number > before + 1:
            links.append(None)
        links.append(Link(str(number), address.on_page(number).string, number == address.page))
    return links
