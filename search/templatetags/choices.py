"""The choices of the panels beside the hits, hundreds on a page: written as the lists write what stands there dozens
of times (`articles.templatetags.repeated`)."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from search.page.panels import ChoiceLink

register = template.Library()

_LINE = (
    '<li class="facet-choice {}"><a id="{}" href="{}"{}><span class="tick" aria-hidden="true"></span>{}</a>'
    ' <span class="num count">{}</span></li>'
)
_CURRENT = SafeString(' aria-current="true"')


@register.simple_tag
def choice_links(links: Iterable[ChoiceLink]) -> SafeString:
    """A line for each choice: a link that makes it or gives it up, and how many articles have it."""
    return format_html_join("\n", _LINE, map(_parts, links))


def _parts(link: ChoiceLink) -> tuple[str, ...]:
    choice = link.choice
    return (
        " ".join(_classes(link)),
        f"{choice.facet.name}-{quote(choice.value, safe='')}",
        link.href,
        _CURRENT if choice.chosen else "",
        choice.label,
        f"{choice.count:,}",
    )


def _classes(link: ChoiceLink) -> Iterator[str]:
    yield f"depth-{link.choice.depth}"
    if link.choice.chosen:
        yield "chosen"
    if link.choice.around:
        yield "around"
