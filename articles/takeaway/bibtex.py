"""BibTeX in UTF-8, with the fields that biblatex-gb7714 and gbt7714 ask for."""

import re
from collections.abc import Iterator

from articles.takeaway.reference import JOURNAL, NEWSPAPER, Reference, page_range, plain

MEDIA_TYPE = "application/x-bibtex"

_TYPES = {NEWSPAPER: "article", JOURNAL: "article"}
# A brace counts for BibTeX even behind a backslash, so that single ones are spelt out.
_SPELT = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_SPECIAL = re.compile("[" + re.escape("".join(_SPELT)) + "]")


def entry(ref: Reference) -> str:
    """One entry and an empty line. Its key is the article's public id: it never changes and is nobody else's."""
    fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in _fields(ref))
    return f"@{_TYPES.get(ref.kind, 'misc')}{{cppcc-{ref.id},\n{fields}\n}}\n\n"


def escaped(text: str) -> str:
    """`text` as BibTeX and LaTeX print it."""
    return _SPECIAL.sub(lambda sign: _SPELT[sign[0]], plain(text))


def _fields(ref: Reference) -> Iterator[tuple[str, str]]:
    if ref.authors:
        yield "author", " and ".join(map(_name, ref.authors))
    yield (
        "title",
        f"{{{escaped(ref.full_name)}}}",
    )  # a second pair of braces keeps capital letters as they are
    if ref.kind == NEWSPAPER:
        yield "entrysubtype", "newspaper"
    given = {
        "journal" if ref.kind in _TYPES else "howpublished": escaped(ref.publication),
        "year": ref.date[:4],
        "month": str(ref.day[1]) if len(ref.day) > 1 else "",
        "date": ref.date,
        "number": escaped(ref.number),
        "pages": escaped(page_range(ref.pages)).replace("-", "--"),
        "keywords": escaped(", ".join(ref.keywords)),
    }
    yield from ((name, value) for name, value in given.items() if value)
    yield "url", ref.url
    yield "langid", "chinese"
    yield "language", "chinese"


def _name(name: str) -> str:
    """A name as one whole: BibTeX would take blanks, commas and “and” apart."""
    text = escaped(name)
    return f"{{{text}}}" if re.search(r"[\s,]", text) else text
