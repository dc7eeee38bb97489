"""What the records in answers look like: the counterpart of `views.serial`, field by field."""

from django.utils.translation import gettext_lazy as _

from articles.ingest.record import LEDGER_ROLES, QUALIFIERS
from articles.models import (
    AuthorKind,
    Genre,
    Level,
    MechanismKind,
    MetricKind,
    Origin,
)
from articles.models.article import Joined
from articles.openapi import (
    ADDRESS,
    DAY,
    FLAG,
    NUMBER,
    TEXT,
    WHOLE,
    Schema,
    about,
    by_name,
    many,
    maybe,
    one_of,
    record,
    shape,
    told,
)

LEVEL, GENRE = one_of(Level.values), one_of(Genre.values)
COUNT = about(WHOLE, _("Published articles."))
YEAR = {"type": "string", "pattern": "^[0-9]{4}$"}
CODE = {"type": "string", "pattern": "^[0-9]{6}$"}
PLACE = maybe(shape("Region"))

_SPAN: dict[str, Schema] = {
    "quote": about(TEXT, _("The words that it was read from.")),
    "start": about(maybe(WHOLE), _("Where the words stand on the page text, counted in code points.")),
    "end": maybe(WHOLE),
    "rule": TEXT,
    "confidence": NUMBER,
    "origin": one_of(Origin.values),
}
_PART = {"part": about(WHOLE, _("Of an article that goes on on other pages, which part."))}
_ISSUE: dict[str, Schema] = {
    "id": TEXT,
    "url": ADDRESS,
    "publication": TEXT,
    "date": maybe(DAY),
    "number": maybe(TEXT),
}
_ARTICLE: dict[str, Schema] = {
    "id": about(TEXT, _("Permanent.")),
    "url": ADDRESS,
    "title": about(maybe(TEXT), _("Null where the page holds none; `headline` then says how it begins.")),
    "headline": TEXT,
    "kicker": maybe(TEXT),
    "subtitle": maybe(TEXT),
    "column": maybe(TEXT),
    "genre": GENRE,
    "level": maybe(LEVEL),
    "date": maybe(DAY),
    "region": PLACE,
    "themes": many(TEXT),
    "authors": many(
        record(
            {
                "id": TEXT,
                "name": TEXT,
                "note": maybe(TEXT),
                "kind": one_of(AuthorKind.values),
                "role": maybe(TEXT),
            }
        )
    ),
    "source": maybe(record({**_ISSUE, "page": maybe(TEXT)})),
}
_METRIC: dict[str, Schema] = {
    "subject": TEXT,
    "value": NUMBER,
    "value_max": about(maybe(NUMBER), _("The other end of a range.")),
    "qualifier": maybe(one_of(QUALIFIERS)),
    "unit": TEXT,
    "kind": one_of(MetricKind.values),
    "of": maybe(NUMBER),
    **_SPAN,
}
_MECHANISM: dict[str, Schema] = {
    "id": TEXT,
    "url": ADDRESS,
    "name": TEXT,
    "kind": one_of(MechanismKind.values),
    "aliases": many(TEXT),
    "family": maybe(TEXT),
}
_YEARS: dict[str, Schema] = {"articles": COUNT, "first": maybe(YEAR), "last": maybe(YEAR)}
_STRETCH = record(
    {
        "start": WHOLE,
        "end": WHOLE,
        "role": one_of(LEDGER_ROLES),
        "own": FLAG,
        "article": maybe(TEXT),
        "text": maybe(TEXT),
    }
)
_FULL_ARTICLE = record(
    {
        **_ARTICLE,
        "pages": many(maybe(TEXT)),
        "joined_by": many(maybe(one_of(Joined.values))),
        "also_regions": many(shape("Region")),
        "region_candidates": many(CODE),
        "date_clues": many(TEXT),
        "body": many(
            record(
                {"kind": one_of(("paragraph", "heading")), "text": TEXT, **_PART, "runs": many(many(WHOLE))}
            )
        ),
        "mechanisms": many(
            record(
                {
                    "id": TEXT,
                    "name": TEXT,
                    "printed": TEXT,
                    "kind": one_of(MechanismKind.values),
                    **_PART,
                    **_SPAN,
                }
            )
        ),
        "metrics": many(record({**_METRIC, **_PART})),
        "evidence": many(record({"field": TEXT, "value": maybe(TEXT), **_PART, **_SPAN})),
        "warnings": many(TEXT),
        "corrections": about(
            by_name({"type": ["string", "array"], "items": TEXT}),
            _("What the parser read, by field, wherever a person said otherwise."),
        ),
        "citation": about(TEXT, "GB/T 7714"),
    },
    {
        "received": about(
            many(record({"page": maybe(TEXT), **_PART, "stretches": many(_STRETCH)})),
            _("With view=page: the pages as they were received, stretch by stretch."),
        )
    },
)
_QUOTE = record({"article": TEXT, "sentence": TEXT, **_SPAN})
_WITH_ARTICLES = record({"code": CODE, "name": TEXT, "articles": COUNT})
_FORMER: dict[str, Schema] = {
    "code": CODE,
    "name": TEXT,
    "since": WHOLE,
    "until": maybe(WHOLE),
    "became": many(record({"code": CODE, "name": TEXT})),
}
_REGION: dict[str, Schema] = {"code": CODE, "name": TEXT, "full_name": TEXT, "level": LEVEL}
_NUMBERS: dict[str, Schema] = {
    **dict.fromkeys(("values", "articles", "places"), WHOLE),
    **{name: maybe(NUMBER) for name in ("smallest", "median", "largest")},
}
_FIGURE: dict[str, Schema] = {
    "subject": TEXT,
    "printed": many(TEXT),
    "unit": TEXT,
    "kind": one_of(MetricKind.values),
    **_NUMBERS,
}

SHAPES: dict[str, Schema] = {
    "Error": record({"error": TEXT}, {"query": TEXT, "remedy": TEXT}),
    "Region": record(_REGION),
    "RegionTree": record(
        {"code": CODE, "name": TEXT, "articles": COUNT, "inside": many(shape("RegionTree"))}
    ),
    "RegionFound": record({**_FORMER, "articles": COUNT}),
    "RegionDetail": record(
        {
            **_REGION,
            "since": WHOLE,
            "until": maybe(WHOLE),
            "parent": PLACE,
            "former": many(record(_FORMER)),
            "inside": many(_WITH_ARTICLES),
            "mechanisms": many(record({"id": TEXT, "name": TEXT, "articles": COUNT})),
            "metrics": WHOLE,
        }
    ),
    "Issue": record(_ISSUE),
    "IssueListed": record({**_ISSUE, "articles": COUNT}),
    "Publication": record({"id": TEXT, "name": TEXT, "region": PLACE, "issues": WHOLE}),
    "PublicationListed": record({"id": TEXT, "name": TEXT, "region": maybe(CODE), "issues": WHOLE, **_YEARS}),
    "Theme": record({"slug": TEXT, "name": TEXT}),
    "IndexEntry": record({"value": TEXT, "name": TEXT, **_YEARS}),
    "AuthorListed": record(
        {
            "id": TEXT,
            "name": TEXT,
            "note": maybe(TEXT),
            "region": maybe(TEXT),
            "initial": TEXT,
            "articles": COUNT,
        }
    ),
    "Author": record(
        {
            "id": TEXT,
            "name": TEXT,
            "note": maybe(TEXT),
            "region": PLACE,
            "roles": many(
                record(
                    {
                        "role": TEXT,
                        "body": maybe(TEXT),
                        "region": PLACE,
                        "first": maybe(DAY),
                        "last": maybe(DAY),
                        "articles": COUNT,
                    }
                )
            ),
        }
    ),
    "MechanismListed": record({**_MECHANISM, **_YEARS}),
    "Mechanism": record(
        {
            **_MECHANISM,
            "regions": many(record({"code": CODE, "name": TEXT, "full_name": TEXT, "articles": COUNT})),
            "years": by_name(COUNT),
            "quotes": many(_QUOTE),
        }
    ),
    "Article": record(_ARTICLE),
    "FullArticle": _FULL_ARTICLE,
    "Metric": record(
        {
            **_METRIC,
            "sentence": TEXT,
            "article": TEXT,
            "evidence": about(TEXT, _("Where the sentence stands in the article.")),
            "region": PLACE,
            "level": maybe(LEVEL),
            "date": maybe(DAY),
            "figure": about(TEXT, _("Where all values of the same are compared.")),
        }
    ),
    "FigureListed": record({**_FIGURE, "url": TEXT}),
    "Figure": record({**_FIGURE, "kinds": by_name(WHOLE)}),
    "Contradiction": record(
        {
            "kind": TEXT,
            "certainty": NUMBER,
            "reasons": many(TEXT),
            "doubts": many(TEXT),
            "region": PLACE,
            "subjects": many(TEXT),
            "figures": many(record({**_METRIC, "sentence": TEXT, "article": TEXT, "evidence": TEXT})),
        }
    ),
    "CslItem": about(
        {"type": "object", "required": ["id", "type"], "properties": {"id": TEXT, "type": TEXT}},
        "CSL-JSON 1.0",
    ),
}


def record_shape() -> Schema:
    """The JSON Schema of an article's full record, in the language at hand."""
    needed = {name: SHAPES[name] for name in ("FullArticle", "Region")}
    found: Schema = told(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **shape("FullArticle"),
            "components": {"schemas": needed},
        }
    )
    return found
