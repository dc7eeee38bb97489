"""How articles lie in a Tantivy index.

Everything a query can ask of a text is a matter of neighbouring letters, so `heads`, `body` and `signed` hold
the pairs of letters at their places, made here and joined by spaces: Tantivy only splits. A string stands in a
text where its pairs stand side by side, which postings prove without a look at the text. Passages end with a
mark of their own, which no string can reach over.

Beside the pairs, after the last of them, stand the Latin words with a mark before them. Every letter begins a
pair, the last one of a passage that with the mark, so one letter is a beginning of terms.

Facets are counted from columns in which every document has one number: Tantivy counts those seven times as fast
as columns with gaps or with several numbers a document.
"""

import hashlib
import json
from array import array
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Any

import tantivy

from search import text
from search.engines.base import FACETS, Document, FacetValue
from search.query.ast import Field
from search.query.figures import Figure

SCHEMA_VERSION = "4"
TITLE_WEIGHT = 6
HEAD_WEIGHT = 3
"""How often a word of the title, or of kicker and subtitle, is counted beside one of the body."""

MARK = "\x1f"
"""Between a value and its label, a field and its key; before a whole Latin word. Folding leaves none."""
_PASSAGE_ENDS, SPACE = "\x1e", "\x1d"
_UNDATED = 99_999_999
_IDS = 2**32
"""Sorting by date and then by key is sorting by one number."""


WIDTHS = {"region": 4, "theme": 3, "mechanism": 2}
"""How many of a document's values of a facet have a column each; 1 where nothing is said. Further ones share
one more column."""
NONE = 0
"""What stands in a column where a document has no value for it; number of no value."""


def columns(facet: str) -> tuple[str, ...]:
    """The fields that hold the numbers of a facet's values: for the first, the second …, for all further ones."""
    return tuple(f"{facet}_{place}" for place in range(1, WIDTHS.get(facet, 1) + 2))


_COLUMNS = {facet: columns(facet) for facet in FACETS}


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_bytes_field("doc", stored=True)  # the document, as `packed` leaves it
    for number in ("key", "first_day", "last_day"):
        builder.add_integer_field(number, indexed=True, fast=True)
    for number in ("newest", "oldest", "digest_1", "digest_2"):
        builder.add_integer_field(number, fast=True)
    for pairs in ("heads", "body", "signed"):
        builder.add_text_field(pairs, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    for terms in ("names", "figures"):
        builder.add_text_field(terms, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("filled", tokenizer_name="raw", index_option="basic")  # columns beyond the first
    for facet in FACETS:  # value, mark, label; counted by their numbers
        builder.add_text_field(facet, tokenizer_name="raw", index_option="basic")
        for column in columns(facet):
            builder.add_integer_field(column, fast=True)
    return builder.build()


SCHEMA = schema()


def row(document: Document) -> tantivy.Document:
    """What the writer takes for one document."""
    return row_of(_fields(document, packed(document)))


def row_of(fields: dict[str, Any]) -> tantivy.Document:
    """The same from what `prepared` made of it."""
    return tantivy.Document.from_dict(fields, SCHEMA)


def prepared(contents: list[bytes]) -> list[dict[str, Any]]:
    """The fields of some packed documents: most of the work, and what processes can pass on."""
    return [_fields(unpacked(content), content) for content in contents]


def _fields(document: Document, content: bytes) -> dict[str, Any]:
    key = int(document.id)
    dated = int(document.date.replace("-", "").ljust(8, "0")) if document.date else 0
    first, second = halves(document.digest)
    heads, body = document.folded_heads, document.folded_paragraphs
    names = [
        valid(f"{name}{MARK}{key_of_name}") for name, keys in document.keys.items() for key_of_name in keys
    ]
    if title := text.name_key(document.title):
        names.append(title_term(title))
    made = {
        "doc": content,
        "key": key,
        "newest": dated * _IDS + _IDS - 1 - key,
        "oldest": (dated or _UNDATED) * _IDS + key,
        "digest_1": first,
        "digest_2": second,
        "heads": tokens(heads),
        "body": tokens(body),
        "signed": tokens([text.fold(name) for name in document.authors]),
        "words": _words(heads, body),
        "names": names,
        "figures": [figure_term(figure) for figure in dict.fromkeys(document.figures)],
        "filled": [],
    }
    if document.days:
        made |= {"first_day": day(document.days.first), "last_day": day(document.days.last)}
    for facet in FACETS:
        terms = list(
            dict.fromkeys(
                [valid(f"{value.value}{MARK}{value.label}") for value in document.facets.get(facet, ())]
            )
        )
        made[facet] = terms
        _count(made, facet, [number_of(term) for term in terms])
    return made


def _count(made: dict[str, Any], facet: str, numbers: list[int]) -> None:
    *own, shared = _COLUMNS[facet]
    made.update(zip(own, numbers + [NONE] * len(own), strict=False))
    made[shared] = numbers[len(own) :]
    made["filled"].extend(_COLUMNS[facet][1 : len(numbers)])


def tokens(passages: Iterable[str]) -> str:
    """The pairs of letters of some folded passages in order, then their Latin words, joined by spaces."""
    passages = [valid(passage) for passage in passages if passage]
    if not passages:
        return ""
    whole = _PASSAGE_ENDS.join(passages).replace(" ", SPACE) + _PASSAGE_ENDS
    words = (MARK + word for word in text.spaced_words("\n".join(passages)))
    return " ".join(chain((_pairs(whole),), words))


def _pairs(letters: str) -> str:
    """`abc` → `ab bc `. By slices of code points: a loop over letters takes ten times as long."""
    codes = array("I", letters.encode("utf-32-le"))
    spaced = array("I", [0x20]) * (3 * (len(codes) - 1))
    spaced[0::3], spaced[1::3] = codes[:-1], codes[1:]
    return spaced.tobytes().decode("utf-32-le")


def pairs_of(string: str) -> list[tuple[int, str]]:
    """(place, pair) of as many pairs as cover a folded string of two letters or more."""
    string = string.replace(" ", SPACE)
    places = [*range(0, len(string) - 1, 2)]
    if len(string) % 2:
        places.append(len(string) - 2)
    return [(place, string[place : place + 2]) for place in places]


def _words(heads: tuple[str, ...], body: tuple[str, ...]) -> str:
    title, *others = (text.words(valid(head)) for head in heads)
    return " ".join(
        chain(
            title * TITLE_WEIGHT,
            *(words * HEAD_WEIGHT for words in others),
            text.words(valid("\n".join(body))),
        )
    )


def day(iso: str) -> int:
    """2024-07-16 → 20240716."""
    return int(iso.replace("-", ""))


def halves(digest: str) -> tuple[int, int]:
    """A digest as two numbers, which can be read for many documents at once."""
    return int(digest[:10], 16), int(digest[10:], 16)


def whole(first: int, second: int) -> str:
    """The digest that `halves` took apart."""
    return f"{first:010x}{second:010x}"


def figure_term(figure: Figure) -> str:
    return json.dumps(figure, ensure_ascii=True)


def figure_of(term: str) -> Figure:
    """The figure that `figure_term` wrote down."""
    return Figure(*json.loads(term))


def title_term(key: str) -> str:
    """The term in `names` of a whole title, by its key (`search.text.name_key`)."""
    return valid(f"{Field.TITLE}{MARK}{key}")


@lru_cache(maxsize=200_000)
def number_of(term: str) -> int:
    """What a facet's value is counted by: 52 bits, because Tantivy gives counted numbers back as floats. Of
    60,000 values two would share one once in two million archives."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=7).digest()) >> 4 or 1


def facet_value(term: str) -> FacetValue:
    value, _, label = term.partition(MARK)
    return FacetValue(value, label)


def valid(string: str) -> str:
    """The string without halves of surrogate pairs, which no UTF-8 can hold."""
    if is_valid(string):
        return string
    return string.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def is_valid(string: str) -> bool:
    try:
        string.encode()
    except UnicodeEncodeError:
        return False
    return True


def packed(document: Document) -> bytes:
    content = [
        document.id, *document.heads, document.paragraphs, document.authors, document.date, document.public_id,
        document.external_id, dict(document.facets), dict(document.names), document.figures,
    ]  # fmt: skip
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpacked(content: bytes) -> Document:
    """The document that `packed` wrote down."""
    id, title, kicker, subtitle, paragraphs, authors, date, public_id, external_id, facets, names, figures = (
        json.loads(content.decode("utf-8", "surrogatepass"))
    )
    made = tuple.__new__  # as the class itself does, without a call in Python for each
    return Document(
        id, title, tuple(paragraphs), kicker, subtitle, tuple(authors), date, public_id, external_id,
        {name: tuple([made(FacetValue, value) for value in values]) for name, values in facets.items()},
        {name: tuple(values) for name, values in names.items()},
        tuple(Figure(*figure) for figure in figures),
    )  # fmt: skip
