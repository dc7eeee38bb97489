"""The tables of the data package, from what others point at to what points at it."""

from articles.datapackage.fields import CODE, DAY, ID, Field, Key, Sheet
from articles.ingest.record import QUALIFIERS
from articles.models import AuthorKind, Genre, Level, MechanismKind, MetricKind, Origin
from articles.models.article import Joined

_ARTICLE = Field("article", "id of the article", required=True, pattern=ID)
_ROW = Field("row", "number of the row within its article, from 1", "integer", required=True)
_PART = Field(
    "part", "part of the article, 1 for its first; the others stand on other pages", "integer", required=True
)
_OF_ARTICLE = Key(("article",), "articles", ("id",))
_OF_PART = Key(("article", "part"), "parts", ("article", "part"))
_REGION = Field("region", "code of the region", pattern=CODE)
_OF_REGION = Key(("region",), "regions", ("code",))
_SPAN = (
    Field("quote", "words of the page that the value was read from"),
    Field("start", "where the words begin on the page text, in code points", "integer"),
    Field("end", "where they end", "integer"),
    Field("rule", "rule that read them"),
    Field("confidence", "from 0 to 1", "number", required=True),
    Field("origin", "who says so", required=True, choices=tuple(Origin.values)),
)
_NUMBERED = ("article", "row")

REGIONS = Sheet(
    "regions",
    "Places after GB/T 2260, each under the name that it has or had last",
    (
        Field("code", "GB/T 2260 code", required=True, pattern=CODE),
        Field("name", "name", required=True),
        Field("full_name", "name with the places that it is part of, largest first", required=True),
        Field("level", "level", required=True, choices=tuple(Level.values)),
        Field("parent", "code of the place that it is part of", pattern=CODE),
        Field("pinyin", "name in pinyin"),
        Field("since", "year since which code and name are valid", "year", required=True),
        Field("until", "year until which they were", "year"),
    ),
    ("code",),
    (Key(("parent",), "", ("code",)),),
)
THEMES = Sheet(
    "themes",
    "Themes of CPPCC work",
    (
        Field("slug", "short name in addresses", required=True),
        Field("name", "name", required=True),
        Field("description", "what it means"),
        Field("order", "place in the usual order", "integer", required=True),
    ),
    ("slug",),
)
PUBLICATIONS = Sheet(
    "publications",
    "Newspapers and magazines",
    (Field("id", "id", required=True, pattern=ID), Field("name", "name", required=True), _REGION),
    ("id",),
    (_OF_REGION,),
)
ISSUES = Sheet(
    "issues",
    "Issues that hold a published article",
    (
        Field("id", "id", required=True, pattern=ID),
        Field("publication", "id of the publication", required=True, pattern=ID),
        Field("date", "date, maybe only a month or a year", pattern=DAY),
        Field("number", "number as printed"),
    ),
    ("id",),
    (Key(("publication",), "publications", ("id",)),),
)
AUTHORS = Sheet(
    "authors",
    "People who signed a published article; of one name in different places, or under different notes, they are different people",
    (
        Field("id", "id", required=True, pattern=ID),
        Field("name", "name", required=True),
        _REGION,
        Field("note", "what tells people of one name in one place apart"),
    ),
    ("id",),
    (_OF_REGION,),
)
MECHANISMS = Sheet(
    "mechanisms",
    "Named local practices that a published article names",
    (
        Field("id", "id", required=True, pattern=ID),
        Field("name", "name", required=True),
        Field("kind", "kind", required=True, choices=tuple(MechanismKind.values)),
        Field("aliases", "other names, a JSON list", "array", required=True),
        Field("family", "brand stem that several share"),
    ),
    ("id",),
)
ARTICLES = Sheet(
    "articles",
    "Published articles; one that goes on on other pages is one row",
    (
        Field("id", "permanent id", required=True, pattern=ID),
        Field("address", "permanent address on the site", required=True),
        Field("external_id", "id in the collection that it was imported from"),
        Field("title", "title, empty where the page holds none"),
        Field("kicker", "line before the title"),
        Field("subtitle", "line after the title"),
        Field("column", "standing column"),
        Field("genre", "kind of piece", required=True, choices=tuple(Genre.values)),
        Field("level", "level of the CPPCC", choices=tuple(Level.values)),
        _REGION,
        Field("date", "date of the article, else of its issue; maybe only a month or a year", pattern=DAY),
        Field("citation", "reference after GB/T 7714", required=True),
        Field("published_at", "when it was published here, in UTC", "datetime", required=True),
        Field("text", "text of all parts, a paragraph a line"),
    ),
    ("id",),
    (_OF_REGION,),
)
PARTS = Sheet(
    "parts",
    "Where the parts of articles were printed; most articles have one part",
    (
        _ARTICLE,
        _PART,
        Field("issue", "id of the issue", pattern=ID),
        Field("page", "page as printed"),
        Field("joined_by", "who joined a later part to the first", choices=tuple(Joined.values)),
    ),
    ("article", "part"),
    (_OF_ARTICLE, Key(("issue",), "issues", ("id",))),
)
ARTICLE_THEMES = Sheet(
    "article_themes",
    "What an article is about",
    (_ARTICLE, Field("theme", "slug of the theme", required=True)),
    ("article", "theme"),
    (_OF_ARTICLE, Key(("theme",), "themes", ("slug",))),
)
ARTICLE_REGIONS = Sheet(
    "article_regions",
    "Further regions that an article concerns",
    (_ARTICLE, Field("region", "code of the region", required=True, pattern=CODE)),
    ("article", "region"),
    (_OF_ARTICLE, _OF_REGION),
)
BYLINES = Sheet(
    "bylines",
    "Who signed an article, and as what",
    (
        _ARTICLE,
        _ROW,
        _PART,
        Field("author", "id of the author", required=True, pattern=ID),
        Field("kind", "kind", required=True, choices=tuple(AuthorKind.values)),
        Field("role", "role as printed"),
        Field("body", "organisation"),
        _REGION,
    ),
    _NUMBERED,
    (_OF_PART, Key(("author",), "authors", ("id",)), _OF_REGION),
)
MENTIONS = Sheet(
    "mentions",
    "Mechanisms named in an article",
    (
        _ARTICLE,
        _ROW,
        _PART,
        Field("mechanism", "id of the mechanism", required=True, pattern=ID),
        Field("printed", "name as printed", required=True),
        Field("kind", "kind as read there", required=True, choices=tuple(MechanismKind.values)),
        *_SPAN,
    ),
    _NUMBERED,
    (_OF_PART, Key(("mechanism",), "mechanisms", ("id",))),
)
METRICS = Sheet(
    "metrics",
    "Counted results, norms and plans; never to be added up across definitions",
    (
        _ARTICLE,
        _ROW,
        _PART,
        Field("subject", "what is counted, as printed", required=True),
        Field("value", "value", "number", required=True),
        Field("value_max", "other end of a range", "number"),
        Field("qualifier", "word beside the number", choices=QUALIFIERS),
        Field("unit", "unit as printed"),
        Field("kind", "result, norm or plan", required=True, choices=tuple(MetricKind.values)),
        Field("of", "of how many", "number"),
        *_SPAN,
    ),
    _NUMBERED,
    (_OF_PART,),
)
EVIDENCE = Sheet(
    "evidence",
    "The words that a field of an article was read from",
    (
        _ARTICLE,
        _ROW,
        _PART,
        Field("field", "field of the article", required=True),
        Field("value", "value read"),
        *_SPAN,
    ),
    _NUMBERED,
    (_OF_PART,),
)

NAMES = (REGIONS, THEMES, PUBLICATIONS, ISSUES, AUTHORS, MECHANISMS)
"""What articles point at."""

OF_ARTICLES = (ARTICLES, PARTS, ARTICLE_THEMES, ARTICLE_REGIONS, BYLINES, MENTIONS, METRICS, EVIDENCE)
SHEETS = (*NAMES, *OF_ARTICLES)
