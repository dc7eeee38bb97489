"""What lists and their filters need in templates."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.templatetags.reading import amount, isodate
from articles.views.calendar import Day, Month

register = template.Library()

FILTERED = (
    "region",
    "level",
    "theme",
    "mechanism",
    "genre",
    "column",
    "publication",
    "year",
    "issue",
    "author",
)
NOT_CARRIED = (*FILTERED, "page", "more", "open")


@register.simple_tag(takes_context=True)
def query_less(context: dict[str, Any], name: str, value: str) -> str:
    """The current query string without one value of a parameter; paging starts anew."""
    kept = context["request"].GET.copy()
    kept.setlist(name, [v for v in kept.getlist(name) if v.strip() != value])
    kept.pop("page", None)
    return "?" + kept.urlencode()


@register.simple_tag(takes_context=True)
def carried(context: dict[str, Any]) -> list[tuple[str, str]]:
    """(name, value) of the parameters that a form of filters sends along: order and words, not the page."""
    query = context["request"].GET
    return [(name, query[name]) for name in query if name not in NOT_CARRIED and query[name]]


@register.filter
def token(value: str) -> str:
    """A value as a part of an element's id, which has no spaces."""
    return "_".join(value.split())


@register.filter
def short(n: int) -> str:
    """A count where there is little room: 12,345 is 1.2万, in English 12k."""
    if n < 10_000:
        return amount(n)
    if (get_language() or "").startswith("zh"):
        return f"{n / 10_000:.1f}".removesuffix(".0") + "万"
    return f"{n / 1000:.0f}k"


@register.simple_tag
def weekdays() -> SafeString:
    """What stands above the columns of a month, Monday first."""
    return format_html_join("", "<span>{}</span>", ((day,) for day in _("Mo Tu We Th Fr Sa Su").split()))


@register.simple_tag
def day_cells(month: Month, on: str) -> SafeString:
    """The cells of a month, a link each where there are issues; `on` is the address of a day but for its date. Links to
    issues begin from the page of all issues.

    A year of a large archive has hundreds, which the template's own tags take ten times as long for.
    """
    said = _("%(when)s: %(issues)s issues, %(pages)s pages, %(articles)s articles")
    return format_html_join("", "{}", ((_cell(day, on, said),) for week in month.weeks for day in week))


def _cell(day: Day, on: str, said: str) -> SafeString:
    if not day.issues:
        return format_html("<li>{}</li>", day.number or "")
    only = day.issues[0].value if len(day.issues) == 1 else ""
    counts = {"issues": len(day.issues), "pages": day.pages, "articles": day.articles}
    return format_html(
        '<li><a href="{}" aria-label="{}" title="{}">{}<b>{}</b></a></li>',
        f"{only}/" if only else f"{on}{day.date}",
        said % {"when": isodate(day.date), **counts},
        "、".join(issue.publication for issue in day.issues),
        day.number,
        day.articles,
    )
