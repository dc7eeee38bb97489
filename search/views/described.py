"""What a search answers to programs, and what can be asked: for the document on all addresses."""

from django.utils.translation import gettext_lazy as _

from articles.exports import CSL
from articles.openapi import (
    DAY,
    NUMBER,
    TEXT,
    WHOLE,
    Operation,
    Parameter,
    Schema,
    about,
    many,
    maybe,
    one_of,
    record,
    shape,
)
from search.engines.base import SORTS
from search.facets import FACETS, FILTERS
from search.forms import SIZES
from search.suggest import Kind

_HIT = record(
    {
        "id": TEXT,
        "title": TEXT,
        "score": NUMBER,
        "snippet": about(TEXT, _("HTML in which <mark> stands around what was found.")),
        "date": maybe(TEXT),
        "url": TEXT,
        "external_id": maybe(TEXT),
    }
)
_COUNTED = many(record({"value": TEXT, "label": TEXT, "count": WHOLE}))
_FACETS = record({facet.name: _COUNTED for facet in FACETS})
_READ: dict[str, Schema] = {"query": TEXT, "read_as": about(TEXT, _("The query said back in words."))}

_TYPED = Parameter("q", _("What is looked for; /search/help/ says all that can be typed."))
ASKED = (
    _TYPED,
    *(Parameter(f.name, f.title, TEXT, repeated=True) for f in FILTERS),
    Parameter("from", _("First day, or a month or a year."), DAY),
    Parameter("to", _("Last day, or a month or a year."), DAY),
    Parameter("verbatim", _("Letters count as they are, nothing is folded."), one_of("1")),
)
SHOWN = (
    Parameter("sort", _("Order of the hits."), {**one_of(SORTS), "default": "relevance"}),
    Parameter("size", _("Hits of an answer."), {"type": "integer", "enum": list(SIZES), "default": SIZES[0]}),
    Parameter("page", _("Number of a page, from 1."), {"type": "integer", "minimum": 1, "default": 1}),
)

SEARCH = Operation(
    _("What a search finds, best first"),
    record(
        {
            **_READ,
            "total": WHOLE,
            "took_ms": NUMBER,
            "hits": many(_HIT),
            "facets": _FACETS,
            "page": WHOLE,
            "pages": WHOLE,
            "sort": one_of(SORTS),
            "filters": record({}, {f.name: many(TEXT) for f in FILTERS}),
        },
        {
            "notices": about(many(TEXT), _("What could not be read.")),
            "repaired": TEXT,
            "from": DAY,
            "to": DAY,
        },
    ),
    (*ASKED, *SHOWN),
    "search",
    (503,),
)
SUGGESTIONS = Operation(
    _("What a reader may be about to type"),
    record(
        {
            "query": TEXT,
            "groups": many(
                record(
                    {
                        "kind": one_of(map(str, Kind)),
                        "title": TEXT,
                        "suggestions": many(
                            record(
                                {"label": TEXT, "detail": TEXT, "articles": WHOLE, "query": TEXT, "url": TEXT}
                            )
                        ),
                    }
                )
            ),
        }
    ),
    (_TYPED,),
    "search",
    (),
)
ROWS = Operation(
    _("All that a search finds, as a table"),
    many({"type": "object", "additionalProperties": True}),
    (*ASKED, SHOWN[0]),
    "taken",
    (503,),
)
REFERENCES = Operation(
    _("All that a search finds, as references, CSL-JSON"),
    many(shape("CslItem")),
    (*ASKED, SHOWN[0]),
    "taken",
    (503,),
    CSL.media_type,
)
