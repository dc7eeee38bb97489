"""Sentences that were stored in one language, told in the reader's.

Warnings, lines of logs and the reasons of changes are kept as the sentences that were true then, in Chinese where the
parser said them and otherwise in the language of whoever was at work. Each came from one of a few templates, so a reader
of another language gets it by finding the template and its values again; what no template fits stays as it is.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, gettext_noop, override

from articles.ingest.said import SENTENCES
from articles.rule_words import rule_words
from articles.services.errors import PROBLEMS, REMEDIES

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%([sd])|%%")
_CHINESE_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(?: (\d\d):(\d\d))?")
Retell = Callable[[str], str]


@dataclass(frozen=True, slots=True, eq=False)  # hashed by itself: a key of what is remembered
class Told:
    """`english` is the msgid. `inner` retells values that are words themselves; `open` sentences have more after them."""

    english: str
    inner: Mapping[str, Retell] = field(default_factory=dict)
    open: bool = False


def retold(sentence: str) -> str:
    """A stored sentence in the reader's language, and as it is where that is unknown or the same."""
    language = get_language() or settings.LANGUAGE_CODE
    return _find(sentence, TOLD, language) or sentence


def _find(sentence: str, among: tuple[Told, ...], language: str) -> str | None:
    for pattern, told in _patterns(among, language):
        if found := pattern.fullmatch(sentence):
            rest = found["rest_"] if told.open else None
            return _said(told, found) + (f" {retold(rest)}" if rest else "")
    return None


def _said(told: Told, found: re.Match[str]) -> str:
    """The sentence of `told` in the present language; of a kind of sentences, … stands for what was left out."""

    def value(placeholder: re.Match[str]) -> str:
        if placeholder[0] == "%%":
            return "%"
        name = placeholder[1] or "only_"
        said = found[name]
        if said is None:
            return "…"
        return told.inner[name](said) if name in told.inner else said

    return PLACEHOLDER.sub(value, gettext(told.english))


@lru_cache(maxsize=32)
def _patterns(among: tuple[Told, ...], language: str) -> tuple[tuple[re.Pattern[str], Told], ...]:
    """What each template looks like in the languages other than the reader's."""
    found = []
    for code, _name in settings.LANGUAGES:
        if code != language:
            with override(code):
                found += [(_pattern(told), told) for told in among]
    return tuple(found)


def _pattern(told: Told) -> re.Pattern[str]:
    """The sentences made from a template, whole ones and kinds of them (`review_reading.VARIABLE`)."""
    template, parts, at = gettext(told.english), [], 0
    for placeholder in PLACEHOLDER.finditer(template):
        before, end = template[at : placeholder.start()], placeholder.end()
        if placeholder[0] == "%%":
            parts.append(re.escape(before) + "%")
        elif before.endswith("“") and template[end : end + 1] == "”":
            parts.append(re.escape(before[:-1]) + f"(?:“(?P<{placeholder[1] or 'only_'}>.*?)”|…)")
            end += 1
        else:
            name = placeholder[1] or "only_"
            words = told.inner.get(name)
            shape = words.pattern() if isinstance(words, OneOf) else ".*?"
            parts.append(re.escape(before) + f"(?P<{name}>{shape})")
        at = end
    parts.append(re.escape(template[at:]))
    return re.compile("".join(parts) + (r"(?: (?P<rest_>.*))?" if told.open else ""), re.DOTALL)


class OneOf:
    """For values that are one of these words or sentences themselves."""

    def __init__(self, *english: str | Told) -> None:
        self.among = tuple(Told(words) if isinstance(words, str) else words for words in english)

    def __call__(self, value: str) -> str:
        return _find(value, self.among, get_language() or settings.LANGUAGE_CODE) or value

    def pattern(self) -> str:
        """What the value looks like in the present language: rather one of these than anything else."""
        shapes = (PLACEHOLDER.split(gettext(told.english))[::3] for told in self.among)
        return "|".join([".*?".join(map(re.escape, parts)) for parts in shapes] + [".*?"])


def _moment(value: str) -> str:
    """A day, or a day and a time, as the Chinese formats have it."""
    found = _CHINESE_DAY.fullmatch(value)
    if not found or (get_language() or settings.LANGUAGE_CODE).startswith("zh"):
        return value
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    moment = datetime(year, month, day, hour, minute, tzinfo=timezone.get_current_timezone())
    return date_format(moment, "DATETIME_FORMAT" if found[4] else "DATE_FORMAT")


def _titles(value: str) -> str:
    """Quoted titles in a row."""
    return value if (get_language() or "").startswith("zh") else value.replace("”、“", "”, “")


def _issue(value: str) -> str:
    return " · ".join(map(OneOf(gettext_noop("no. %s")), value.split(" · ")))


_COLUMNS = OneOf(
    gettext_noop("title"), gettext_noop("kicker"), gettext_noop("subtitle"), gettext_noop("column"),
    gettext_noop("name"), gettext_noop("role"), gettext_noop("organisation"), gettext_noop("name as printed"),
    gettext_noop("unit"), gettext_noop("subject"), gettext_noop("value"), gettext_noop("page"),
    gettext_noop("number"),
)  # fmt: skip
_PLACE = OneOf(
    gettext_noop("page %s of the file"), gettext_noop("%(size)s, at most %(limit)s"),
    gettext_noop("%(length)s characters, at most %(limit)s"),
    gettext_noop("at its very beginning"), gettext_noop("line %(line)s, byte %(at)d"), gettext_noop("byte %d"),
    gettext_noop("character %d"),
)  # fmt: skip
_REASON = OneOf(
    gettext_noop("longer than %d MB."), gettext_noop("byte %d is not UTF-8."), gettext_noop("not JSON (%s)."),
    gettext_noop("not a JSON object."), gettext_noop("“id” is missing or is neither text nor a whole number."),
    gettext_noop("“id” is longer than 80 characters."),
    gettext_noop("“body” is neither text nor a list of paragraphs."), gettext_noop("“%s” is not text."),
    gettext_noop("“%(name)s” is longer than %(limit)d characters."), gettext_noop("neither title nor body."),
    gettext_noop("“date” is not YYYY-MM-DD, YYYY-MM or YYYY."), gettext_noop("“themes” is not a list of names."),
    gettext_noop("a text holds half of a surrogate pair."), gettext_noop("a text holds a NUL character."),
    gettext_noop("“%(name)s” is none of %(choices)s."),
)  # fmt: skip
_STAGE = OneOf(
    gettext_noop("check"), gettext_noop("read"), gettext_noop("layout"), gettext_noop("fields"),
    gettext_noop("record"), gettext_noop("parse"), gettext_noop("store"), gettext_noop("compare"),
    gettext_noop("issue"), gettext_noop("in work"),
)  # fmt: skip
_WHO = OneOf(gettext_noop("the command line"))
_WHAT = OneOf(gettext_noop("Publication"), gettext_noop("Date"), gettext_noop("Number"), gettext_noop("Page"))
_REFUSED = {
    "problem": OneOf(*PROBLEMS.values()),
    "place": OneOf(Told(gettext_noop(" (%s)"), {"only_": _PLACE})),
    "remedy": OneOf(*REMEDIES.values()),
}

TOLD = (
    *(Told(sentence.english, {"titles": _titles}) for sentence in SENTENCES.values()),
    # what did not fit when a record was stored
    Told(
        gettext_noop("%(field)s is longer than %(limit)d characters and was cut: %(value)s…"),
        {"field": _COLUMNS},
    ),
    Told(gettext_noop("“%(quote)s” does not stand where the parser says (%(start)d–%(end)d).")),
    Told(gettext_noop("Nothing said where this belongs, so it is kept as furniture: “%s”")),
    Told(gettext_noop("The archive knows no region with the code %s.")),
    Told(gettext_noop("The archive knows no theme called %s.")),
    Told(gettext_noop("“%s” is no date that the archive can keep.")),
    Told(gettext_noop("%s stands twice among the authors.")),
    Told(gettext_noop("People of one name, please check: “%s” was taken for the one without a note.")),
    Told(gettext_noop("People of one name, please check: “%(name)s” was taken for the one of “%(note)s”.")),
    Told(gettext_noop("“%s” holds a number that the archive cannot keep.")),
    Told(gettext_noop("A correction of the text lost its place when the page was split anew: “%s”")),
    # about a page and its issue
    Told(
        gettext_noop(
            "No article was found on this page; all of its text is kept. Check that it is the right file."
        )
    ),
    Told(gettext_noop("No publication is named, so the page belongs to no issue yet.")),
    Told(gettext_noop("%(issue)s already has a page %(page)s, from %(source)s."), {"issue": _issue}),
    Told(gettext_noop("Several issues of %(name)s fit; a further one was made.")),
    Told(
        gettext_noop("%(what)s: printed is “%(printed)s”, the upload or the file's name says “%(given)s”."),
        {"what": _WHAT},
    ),
    Told(gettext_noop("Goes on with “%(title)s” (%(why)s)."), {"why": rule_words}),
    Told(
        gettext_noop("This page and %(name)s of %(since)s have %(percent)d %% of their text in common."),
        {"since": _moment},
    ),
    Told(gettext_noop("Perhaps a reprint: %(percent)d %% of the text in common with “%(title)s”.")),
    # how a run went
    Told(gettext_noop("done")),
    Told(gettext_noop("published")),
    Told(gettext_noop("stored as drafts")),
    Told(
        gettext_noop("%(name)s is already here since %(since)s, from %(who)s. Nothing was changed."),
        {"since": _moment, "who": _WHO},
        open=True,
    ),
    Told(
        gettext_noop(
            "%(name)s is already here as %(known)s since %(since)s, from %(who)s. Nothing was changed."
        ),
        {"since": _moment, "who": _WHO},
        open=True,
    ),
    Told(gettext_noop("It is in the trash: take it out there, or have it deleted for good first.")),
    Told(
        gettext_noop(
            "%(name)s could not be taken in: a fault in the archive at “%(stage)s” (%(kind)s). "
            "Nothing of it was stored. Tell whoever runs the archive; the file itself may be fine."
        ),
        {"stage": _STAGE},
        open=True,
    ),
    Told(
        gettext_noop(
            "%(name)s: reading it ended the worker %(n)d times, so it is not tried again. Nothing of it was stored. "
            "Save its text as a .txt file and upload that."
        )
    ),
    Told(gettext_noop("“%(value)s…” is too long: give at most %(limit)d characters.")),
    Told(gettext_noop("The date “%s” cannot be used. Write YYYY-MM-DD, YYYY-MM or YYYY.")),
    Told(gettext_noop("%(file)s, line %(line)d: %(reason)s"), {"reason": _REASON}),
    Told(
        gettext_noop(
            "%(file)s cannot be read beyond line %(line)d: %(error)s. "
            "What came before is stored; mend the file and import it again."
        )
    ),
    Told(gettext_noop("%(name)s: %(problem)s%(place)s. What to do: %(remedy)s."), _REFUSED),
    # why an article changed
    Told(gettext_noop("as received")),
    Told(gettext_noop("page split anew")),
    Told(gettext_noop("new split undone")),
    Told(gettext_noop("its page moved to %s"), {"only_": _issue}),
    Told(gettext_noop("moved to the trash")),
    Told(gettext_noop("taken out of the trash")),
    Told(gettext_noop("restored as of %s"), {"only_": _moment}),
    Told(gettext_noop("joined by page numbers, headline and text")),
    Told(gettext_noop("joined by hand")),
    Told(gettext_noop("taken apart by hand")),
)
"""Every sentence that is stored; a test walks the code that stores for those that are missing here."""
