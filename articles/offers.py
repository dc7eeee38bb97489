"""What a page offers to take away."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from articles.basket import MOST as BRIEFED
from articles.csvfile import MOST
from articles.exports import ATOM, Form, without_page


@dataclass(frozen=True, slots=True)
class Offer:
    """A form that a list can be had in, and where."""

    label: str | Promise
    href: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Offers:
    """`json` is the page at hand for programs. `feed` is None where no articles may join. Files end after
    `most` rows, briefings after `briefed` articles."""

    files: list[Offer]
    json: str
    feed: Offer | None
    most: int
    briefed: int


def offers(request: HttpRequest, forms: Iterable[Form], grows: bool) -> Offers:
    """The list at this address, narrowed as it is, in each of `forms`; with a feed if it `grows`."""
    query = without_page(request.GET)
    return Offers(
        files=[_offer(request, form, query) for form in forms if form is not ATOM],
        json=twin(request, "json", request.GET),
        feed=_offer(request, ATOM, query) if grows else None,
        most=MOST,
        briefed=BRIEFED,
    )


def _offer(request: HttpRequest, form: Form, query: QueryDict) -> Offer:
    return Offer(form.label, twin(request, form.ending, query), form.media_type)


def twin(request: HttpRequest, ending: str, query: QueryDict) -> str:
    """The address of the page at hand in another form."""
    path = f"{request.path.removesuffix('/')}.{ending}"
    return f"{path}?{query.urlencode()}" if query else path
