"""What the reading templates need beyond Django's own tags: preferences, query strings, numbers and dates."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest, QueryDict
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles.preferences import Preferences
from articles.retelling import retold

register = template.Library()
register.filter("retold", retold)


@register.simple_tag(takes_context=True)
def preferences(context: dict[str, Any]) -> Preferences:
    """How this reader wants the page to look; the standard look where there is no request (error pages)."""
    request = context.get("request")
    return Preferences.read(request.COOKIES if request else {})


LONGEST_ADDRESS = 4_000
"""Characters of an address that forms repeat to come back to it."""


@register.simple_tag(takes_context=True)
def this_page(context: dict[str, Any]) -> str:
    """The address of the page at hand, for coming back to it; without its query where that is monstrous."""
    request = context["request"]
    address: str = request.get_full_path()
    return address if len(address) <= LONGEST_ADDRESS else request.path


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The current query string with `changes`; an empty value drops a parameter. Paging starts anew.

    Begins with ?, also where nothing is left, so that it can stand as a link by itself.
    """
    kept = context["request"].GET.copy()
    for name, value in {"page": "", **changes}.items():
        if value in ("", None):
            kept.pop(name, None)
        else:
            kept[name] = str(value)
    return "?" + kept.urlencode()


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], name: str, value: Any) -> str:
    """As `query`, for a parameter whose name is not known to the template."""
    return query(context, **{name: value})


@register.simple_tag(takes_context=True)
def json_address(context: dict[str, Any]) -> str:
    """Where the page at hand lies as JSON, with the same query string."""
    return _twin(context["request"], "json", context["request"].GET)


def _twin(request: HttpRequest, form: str, query: QueryDict) -> str:
    path = f"{request.path.removesuffix('/')}.{form}"
    return f"{path}?{query.urlencode()}" if query else path


@register.filter
def isodate(value: str | None) -> str:
    """2024-07-16, 2024-07 or 2024 as people write it: 2024年7月16日, July 16, 2024. As it is if no such day is."""
    parts = [part for part in (value or "").split("-") if part]
    if not parts:
        return ""
    try:
        day = date(*map(int, [*parts, "1", "1"][:3]))
    except ValueError:
        return value or ""
    if len(parts) == 1:
        return pgettext("a year alone", "%s") % day.year
    return date_format(day, "DATE_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT")


@register.filter
def amount(value: Decimal | float | None) -> str:
    """A number with thousands separated and no idle zeros: 120000000.000000 → 120,000,000."""
    if value is None:
        return ""
    text = f"{Decimal(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def headline(article: Any) -> str:
    """An article's title, or its first words where the page holds none."""
    if article.title:
        return article.title
    opening = getattr(article, "opening", None)
    return or_opening("", article.text if opening is None else opening)


@register.filter
def or_opening(title: str, text: str) -> str:
    """A title, or the first words of a text in its place."""
    return title or _("“%s…”") % re.split(r"[。！？\n]", text, maxsplit=1)[0][:24]


@register.filter
def share(part: int, whole: int) -> int:
    """`part` of `whole` in whole percent, at least 1 for anything above 0; for the width of bars."""
    return max(1, round(100 * part / whole)) if whole and part else 0


@register.filter
def marked(pieces: tuple[Any, ...]) -> SafeString:
    """A paragraph's pieces (views.marks.Piece) as text with <span class="ev"> around its marks.

    A mark's title says what was read there, its data-entries which entries of the record say so; a later piece
    of a mark has data-of instead of an id.
    """
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


def _piece(piece: Any) -> SafeString:
    if piece.join:
        return _join(piece.join)
    if not piece.inside:
        return conditional_escape(piece.text)
    name = "data-of" if piece.again else "id"
    entries = format_html(' data-entries="{}"', piece.entries) if piece.entries else ""
    return format_html(
        '<span class="ev" {}="{}" title="{}"{}>{}</span>',
        name, piece.anchor, piece.label, entries, marked(piece.inside),
    )  # fmt: skip


def _join(join: Any) -> SafeString:
    """A place where text was joined, as a link to what goes on there on the page as received."""
    n = join.apart
    said = ngettext("%d character apart", "%d characters apart", n) % n if n else _("joined here")
    return format_html('<a class="join" href="?view=page#{}">{}</a>', join.anchor, said)


@register.simple_tag
def runs(entry: Any, part: int) -> str:
    """Where the text of an entry stands on the page of this part, for scripts: at,start,length;…"""
    if not entry.runs:
        return ""
    places = ";".join(",".join(map(str, run)) for run in entry.runs)
    return format_html(' data-part="{}" data-runs="{}"', part, places)
