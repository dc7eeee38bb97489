"""What stands on a page dozens of times: a row's facts, the choices of a filter, a tally, the cells of the map.

Each is written by one tag, a string after another: the template's own tags take five to ten times as long, and
were half of what a list cost.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article
from articles.templatetags.browsing import short, token
from articles.templatetags.reading import amount, isodate, query, query_with
from articles.views.addresses import pages_of
from articles.views.filters import Facet
from articles.views.places import Place
from articles.views.tiles import Tile, TileMap

register = template.Library()

SIGNED = 3
"""Authors that a row names."""

OPENING = 96
"""Characters of an article's beginning that a row shows."""


@register.filter
def shortened(text: str) -> str:
    """The beginning of a text, cut with a mark where there is more."""
    return text if len(text) <= OPENING else f"{text[: OPENING - 1]}…"


@register.simple_tag(takes_context=True)
def row_facts(
    context: dict[str, Any], article: Article, brief: bool = False, in_issue: bool = False
) -> SafeString:
    """Where an article is from, what it is, who signed it, when and where it was printed, and its themes. The context's
    `also` names the further places of articles by their keys."""
    also = context.get("also", {}).get(article.pk, "")
    facts = [_("also %(places)s") % {"places": also}] if also else []
    facts += [str(article.get_genre_display()), "、".join(_signed(article)), isodate(article.day)]  # type: ignore[attr-defined]
    if article.page and article.page.issue and not in_issue:
        number = _("page %(number)s") % {"number": article.page.number} if article.page.number else ""
        facts.append(f"{article.page.issue.publication.name} {number}".rstrip())
    if not brief:
        facts += [theme.name for theme in article.themes.all()]
    said = format_html_join("", "<span>{}</span>", ((fact,) for fact in facts if fact))
    return format_html('<span class="place">{}</span>{}', _place(article), said) if article.region else said


def _signed(article: Article) -> list[str]:
    return [str(byline.author) for byline in list(article.bylines.all())[:SIGNED]]


def _place(article: Article) -> str:
    """The region below those that it lies in, as far as `rows_of` read them: 四川省 › 成都市 › 武侯区."""
    place = article.region
    assert place is not None
    names = [place.name]
    for _above in range(2):
        if (place := place.parent) is None:
            break
        names.append(place.name)
    return " › ".join(reversed(names))


@register.simple_tag
def choices_of(facet: Facet) -> SafeString:
    """A box to tick for each choice of a filter."""
    return format_html_join(
        "",
        '<li{}><label><input type="checkbox" name="{}" value="{}" id="{}-{}"{}>'
        ' <span>{}</span> <span class="count">{}</span></label></li>',
        (
            (
                format_html(' class="depth-{}"', choice.depth) if choice.depth else "",
                facet.name,
                choice.value,
                facet.name,
                token(choice.value),
                _CHECKED if choice.chosen else "",
                choice.label,
                amount(choice.count),
            )
            for choice in facet.choices
        ),
    )


_CHECKED = SafeString(" checked")


@register.simple_tag(takes_context=True)
def tallied(
    context: dict[str, Any], rows: Iterable[tuple[str, Any, int]], page: str, facet: str
) -> SafeString:
    """Lines of (value, label, articles): a link each to the page of the value, or to the list narrowed by it."""
    to = pages_of(page) if page else lambda value: query_with(context, facet, value)
    return format_html_join(
        "",
        '<li><a href="{}">{}</a><span class="count">{}</span></li>',
        ((to(value), label.name, amount(n)) for value, label, n in rows),
    )


@register.simple_tag
def places_inside(places: Iterable[Place], kept: str) -> SafeString:
    """Places one after another, each beside its count; `kept` is a query string that the links take along.

    For the page of all regions, which its links begin from: it has two hundred.
    """
    line = '<a href="{}/{}">{}</a>&nbsp;<span class="count">{}</span> '
    return format_html_join("", line, ((p.code, kept, p.region.name, amount(p.count)) for p in places))


@register.simple_tag(takes_context=True)
def tile_cells(context: dict[str, Any], tiles: TileMap, narrows: bool) -> SafeString:
    """The cells of the map: a link each to the region, or to the list narrowed by it. The context's `kept` is a query
    string that the links to regions take along."""
    to, kept = pages_of("articles:region"), context.get("kept", "")
    return format_html_join(
        "",
        '<li class="row-{} column-{}">{}</li>',
        (
            (
                tile.row,
                tile.column,
                _tile(tile, query(context, region=tile.code) if narrows else to(tile.code) + kept, narrows),
            )
            for tile in tiles.tiles
        ),
    )


def _tile(tile: Tile, address: str, narrows: bool) -> SafeString:
    inside = format_html(
        "<b>{}</b><span>{}</span>",
        tile.abbreviation,
        short(tile.count) if tile.count else "–",
    )
    if narrows and not tile.count:
        return format_html('<span class="shade-0" title="{}">{}</span>', tile.name, inside)
    said = ngettext("%(name)s: %(n)s article", "%(name)s: %(n)s articles", tile.count)
    return format_html(
        '<a class="shade-{}" href="{}" title="{}" aria-label="{}">{}</a>',
        *(tile.shade, address, tile.name, said % {"name": tile.name, "n": tile.count}, inside),
    )
