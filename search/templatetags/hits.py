"""What the article page shows of a search: its hits, and further articles like it. The articles know nothing of
search; their template asks these tags."""

from typing import Any, Literal

from django import template
from django.http import HttpRequest
from django.template.base import NodeList, Parser, Token

from search import figured, similar
from search.forms import Address
from search.inside import Marker
from search.query import read

register = template.Library()


class HitsNode(template.Node):
    def __init__(self, nodelist: NodeList, part: Literal["heads", "body"]) -> None:
        self.nodelist = nodelist
        self.part = part

    def render(self, context: template.Context) -> str:
        html = self.nodelist.render(context)
        marker = _marker(context)
        return getattr(marker, self.part)(html) if marker else html


@register.tag
def hits(parser: Parser, token: Token) -> HitsNode:
    """{% hits heads %}…{% endhits %} marks what the address's ?q= looks for in the headline that stands between,
    {% hits body %} in the text."""
    part = token.contents.removeprefix("hits").strip()
    if part != "heads" and part != "body":
        raise template.TemplateSyntaxError("hits takes heads or body")
    nodelist = parser.parse(("endhits",))
    parser.delete_first_token()
    return HitsNode(nodelist, part)


@register.inclusion_tag("search/_hits_bar.html", takes_context=True)
def hits_bar(context: template.Context) -> dict[str, Any]:
    """How many hits stand in this article, with the way to each; nothing where no search led here. Comes after
    the marked parts."""
    marker = _marker(context)
    if marker is None:
        return {}
    request: HttpRequest = context["request"]
    address = Address.read(request.GET)
    numbers = range(1, min(marker.total, 50) + 1)
    return {
        "total": marker.total,
        "numbers": numbers,
        "query": address.q,
        "back": address.string,
        "plain": request.path,
        "shown": True,
    }


@register.inclusion_tag("search/_similar.html")
def more_like(article: Any) -> dict[str, Any]:
    """Articles like this one; nothing while search is out of order."""
    return {"rows": similar.to(article)}


def _marker(context: template.Context) -> Marker | None:
    """The page's one marker, kept with its request: the parts of a page may stand in several templates."""
    request = context.get("request")
    if request is None or not request.GET.get("q"):
        return None
    if not hasattr(request, "hits"):
        address = Address.read(request.GET)
        key = context["article"].pk
        wanted = figured.wanted(read(address.q).node, address.verbatim, (key,))[key]
        request.hits = Marker(wanted) if wanted.body or wanted.heads else None
    marker: Marker | None = request.hits
    return marker
