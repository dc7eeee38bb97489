"""What lists and their filters need in templates."""

from typing import Any

from django import template
from django.utils.translation import get_language

from articles.templatetags.reading import amount

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
NOT_CARRIED = (*FILTERED, "page", "more")


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
