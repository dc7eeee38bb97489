"""Says an AST back in words. A pure module has no translations, so it yields English message ids with their
parameters; `search.say` renders them in the reader's language, `Saying.english` in English."""

from collections.abc import Callable
from dataclasses import dataclass, field

from search.query.ast import And, Dates, Everything, Field, Node, Not, Or, Phrase, Word


@dataclass(frozen=True, slots=True)
class Saying:
    """A message id and what stands in its places: strings, numbers, further sayings, or lists of them to
    join."""

    msgid: str
    params: dict[str, "str | int | Saying"] = field(default_factory=dict)
    parts: tuple["Saying", ...] = ()

    def render(self, translate: Callable[[str], str]) -> str:
        """The sentence; `translate` maps a message id to the reader's language."""
        if self.parts:
            return translate(self.msgid).join(part.render(translate) for part in self.parts)
        shown = {
            name: value.render(translate) if isinstance(value, Saying) else value
            for name, value in self.params.items()
        }
        return translate(self.msgid) % shown

    @property
    def english(self) -> str:
        return self.render(lambda msgid: msgid)


# What is said of a word, of a phrase, and of each when it must not be. The msgids are listed for translators
# in `search.say`.
CLAUSES: dict[Field, tuple[str, str, str, str]] = {
    Field.ANY: (
        "contain %(text)s",
        "contain the exact words “%(text)s”",
        "do not contain %(text)s",
        "do not contain the exact words “%(text)s”",
    ),
    Field.TITLE: (
        "have %(text)s in the title",
        "have the exact words “%(text)s” in the title",
        "do not have %(text)s in the title",
        "do not have the exact words “%(text)s” in the title",
    ),
    Field.AUTHOR: ("are by %(text)s", "are by “%(text)s”", "are not by %(text)s", "are not by “%(text)s”"),
    Field.REGION: (
        "are about the region %(text)s",
        "are about the region “%(text)s”",
        "are not about the region %(text)s",
        "are not about the region “%(text)s”",
    ),
    Field.THEME: (
        "are on the theme %(text)s",
        "are on the theme “%(text)s”",
        "are not on the theme %(text)s",
        "are not on the theme “%(text)s”",
    ),
    Field.MECHANISM: (
        "name the mechanism %(text)s",
        "name the mechanism “%(text)s”",
        "do not name the mechanism %(text)s",
        "do not name the mechanism “%(text)s”",
    ),
    Field.GENRE: (
        "are of the genre %(text)s",
        "are of the genre “%(text)s”",
        "are not of the genre %(text)s",
        "are not of the genre “%(text)s”",
    ),
    Field.LEVEL: (
        "are of the level %(text)s",
        "are of the level “%(text)s”",
        "are not of the level %(text)s",
        "are not of the level “%(text)s”",
    ),
    Field.PUBLICATION: (
        "appeared in %(text)s",
        "appeared in “%(text)s”",
        "did not appear in %(text)s",
        "did not appear in “%(text)s”",
    ),
}


def describe(node: Node) -> Saying:
    """The whole query as one sentence."""
    if isinstance(node, Everything):
        return Saying("all articles")
    return Saying("articles that %(clause)s", {"clause": _clause(node)})


def _clause(node: Node, inside: bool = False) -> Saying:
    match node:
        case Everything():
            return Saying("are in the archive")
        case Word(text, field):
            return Saying(CLAUSES[field][0], {"text": text})
        case Phrase(text, field):
            return Saying(CLAUSES[field][1], {"text": text})
        case Not(Word(text, field)):
            return Saying(CLAUSES[field][2], {"text": text})
        case Not(Phrase(text, field)):
            return Saying(CLAUSES[field][3], {"text": text})
        case Dates(first, last) if first[:4] == last[:4]:
            return Saying("are from %(year)s", {"year": first[:4]})
        case Dates(first, ""):
            return Saying("are from %(year)s or later", {"year": first[:4]})
        case Dates(first, last):
            return Saying("are from %(first)s to %(last)s", {"first": first[:4], "last": last[:4]})
        case Not(part):
            return Saying("are not such that they (%(clause)s)", {"clause": _clause(part)})
        case And(parts):
            joined = Saying(" and ", parts=tuple(_clause(part, True) for part in parts))
        case Or(parts):
            joined = Saying(" or ", parts=tuple(_clause(part, True) for part in parts))
        case _:
            return Saying("are in the archive")
    return Saying("(%(clause)s)", {"clause": joined}) if inside else joined
