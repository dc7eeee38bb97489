"""What one document becomes in a Whoosh index, and the way back.

Fields: `words` (term → how often, weighted), `grams` (letters and their pairs → where at all), `names` (a field and
the key of a name, or of a whole title → where), `figures` (each different figure → where), and three columns:
`text` (the folded passages, for exact checks), `card` (what facets, sorting and scoring need), `original` (the
passages as they were, for verbatim checks and for those who show them, and what else a document consists of).
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import columns, fields, formats

from search import text
from search.engines.base import Document, FacetValue
from search.query.ast import Field
from search.query.figures import Figure

SCHEMA_VERSION = "5"
TITLE_WEIGHT = 6
HEAD_WEIGHT = 3
"""How much an occurrence in the title, or in kicker and subtitle, counts beside one in the body."""

HEADS_END = "\x1e"
"""Between the heads and the body in the `text` column; passages end with a line feed. Folding leaves
neither."""

AFTER_PASSAGE, AFTER_HEADS, AFTER_BODY = b"\xff", b"\xfe", b"\xfd"
"""Stand in the `original` column, where any character may occur but in UTF-8 never these bytes."""


def encoded(text: str) -> bytes:
    """UTF-8; half a surrogate pair, which only a query can bring, is encoded too and found nowhere."""
    return text.encode("utf-8", "surrogatepass")


class Terms(fields.FieldType):  # type: ignore[misc]
    """Takes [(term, weight), …] instead of text: the analyser has done its work before."""

    def __init__(self) -> None:
        super().__init__(formats.Frequency(), None, scorable=False)

    def index(
        self, value: Iterable[tuple[str, int]], **kwargs: Any
    ) -> Iterator[tuple[bytes, int, int, bytes]]:
        for term, weight in value:
            yield encoded(term), weight, weight, b""


class Bytes(fields.FieldType):  # type: ignore[misc]
    """A column of byte strings."""

    indexed = False

    def __init__(self) -> None:
        super().__init__(None, None)
        self.column_type = columns.VarBytesColumn()

    def to_column_value(self, value: bytes) -> bytes:
        return value


def schema() -> fields.Schema:
    return fields.Schema(
        words=Terms(),
        grams=Terms(),
        names=Terms(),
        figures=Terms(),
        text=Bytes(),
        card=Bytes(),
        original=Bytes(),
    )


def fields_of(document: Document) -> dict[str, Any]:
    """What the writer takes for one document."""
    words: Counter[str] = Counter()
    grams: set[str] = set()
    heads, body = document.folded_heads, document.folded_paragraphs
    weights = (TITLE_WEIGHT, HEAD_WEIGHT, HEAD_WEIGHT)
    for passage, weight in [*zip(heads, weights, strict=True), *((p, 1) for p in body)]:
        grams.update(text.grams(passage))
        for word in text.words(passage):
            words[word] += weight
    grams |= text.alphabet("".join((*heads, *body)))
    length = sum(len(h) * w for h, w in zip(heads, weights, strict=True)) + sum(map(len, body))
    card = [
        document.id, document.public_id, document.date, length, document.digest, document.authors,
        document.external_id, {name: values for name, values in document.facets.items() if values},
        all(unicodedata.is_normalized("NFC", p) for p in (*document.heads, *document.paragraphs)),
    ]  # fmt: skip
    named = [name_term(field, key) for field, keys in document.keys.items() for key in keys]
    if title := text.name_key(document.title):
        named.append(name_term(Field.TITLE, title))
    passages = "\n".join(heads) + HEADS_END + "\n".join(body)
    return {
        "words": [(word, min(count, 255)) for word, count in words.items()],
        "grams": [(gram, 1) for gram in grams],
        "names": [(term, 1) for term in named],
        "figures": [(figure_term(figure), 1) for figure in dict.fromkeys(document.figures)],
        "text": encoded(passages),
        "card": json.dumps(card, ensure_ascii=True).encode(),
        "original": _original(document),
    }


def name_term(field: Field, key: str) -> str:
    return f"{field}\x1f{key}"


def figure_term(figure: Figure) -> str:
    return json.dumps(figure, ensure_ascii=False)


def _original(document: Document) -> bytes:
    rest = [{name: values for name, values in document.names.items() if values}, document.figures]
    return b"".join(
        [
            *(encoded(head) + AFTER_PASSAGE for head in document.heads),
            AFTER_HEADS,
            *(encoded(paragraph) + AFTER_PASSAGE for paragraph in document.paragraphs),
            AFTER_BODY,
            json.dumps(rest).encode(),
        ]
    )


def document_of(card: list[Any], original: bytes) -> Document:
    """The document that `fields_of` took apart."""
    heads, _, rest = original.partition(AFTER_HEADS)
    body, _, more = rest.partition(AFTER_BODY)
    title, kicker, subtitle = _passages(heads)
    names, figures = json.loads(more)
    return Document(
        id=card[0],
        title=title,
        paragraphs=tuple(_passages(body)),
        kicker=kicker,
        subtitle=subtitle,
        authors=tuple(card[5]),
        date=card[2],
        public_id=card[1],
        external_id=card[6],
        facets={name: tuple(FacetValue(*value) for value in values) for name, values in card[7].items()},
        names={name: tuple(values) for name, values in names.items()},
        figures=tuple(Figure(*figure) for figure in figures),
    )


def _passages(stored: bytes) -> list[str]:
    return [part.decode("utf-8", "surrogatepass") for part in stored.split(AFTER_PASSAGE)[:-1]]
