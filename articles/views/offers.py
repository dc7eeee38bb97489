"""What a page offers to take away."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from articles.basket import MOST as BRIEFED
from articles.csvfile import MOST, Table
from articles.exports import ATOM, FORMS, Form, without_page
from articles.views.briefing import BRIEFING


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
    most: int = MOST
    briefed: int = BRIEFED


def offers(request: HttpRequest, table: Table) -> Offers:
    """For the list at this address, narrowed as it is."""
    query = without_page(request.GET)
    forms = [form for form in (*FORMS, BRIEFING) if table.articles or not form.of_articles]
    return Offers(
        files=[_offer(request, form, query) for form in forms if form is not ATOM],
        json=twin(request, "json", request.GET),
        feed=_offer(request, ATOM, query) if table.articles and table.articles.grows else None,
    )


def _offer(request: HttpRequest, form: Form, query: QueryDict) -> Offer:
    return Offer(form.label, twin(request, form.ending, query), form.media_type)


def twin(request: HttpRequest, ending: str, query: QueryDict) -> str:
    """The address of the page at hand in another form."""
    path = f"{request.path.removesuffix('/')}.{ending}"
    return f"{path}?{query.urlencode()}" if query else path
