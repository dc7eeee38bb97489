"""The words of the split workbench: roles and their keys, fields, and what the parser gives as reasons."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.ingest.arrange import NOBODYS, OWNED, UNASSIGNED

# The key of each role on the keyboard.
ROLE_KEYS = {
    "title": "t", "kicker": "k", "subtitle": "u", "column": "c", "byline": "b", "author_note": "a",
    "heading": "h", "body": "p", "caption": "i", "furniture": "f", "masthead": "o", UNASSIGNED: "w",
}  # fmt: skip

REASONS = {
    "a few words alone between articles": gettext_noop("a few words alone between articles"),
    "a known column": gettext_noop("a known column"),
    "a wire bracket": gettext_noop("a wire bracket"),
    "begins as a caption": gettext_noop("begins as a caption"),
    "begins as an author note": gettext_noop("begins as an author note"),
    "begins with a dash": gettext_noop("begins with a dash"),
    "beside the date line at the top": gettext_noop("beside the date line at the top"),
    "goes on with the author note before it": gettext_noop("goes on with the author note before it"),
    "goes on in the next text": gettext_noop("goes on in the next text"),
    "names in brackets after the text": gettext_noop("names in brackets after the text"),
    "names in brackets at the end": gettext_noop("names in brackets at the end"),
    "running text": gettext_noop("running text"),
    "short, and no sentence": gettext_noop("short, and no sentence"),
    "marked as a heading": gettext_noop("marked as a heading"),
    "numbered heading": gettext_noop("numbered heading"),
    "stands in a contents list": gettext_noop("stands in a contents list"),
    "the name of a newspaper or magazine": gettext_noop("the name of a newspaper or magazine"),
    "the same line stands on the page again: a running head": gettext_noop(
        "the same line stands on the page again: a running head"
    ),
    "a new paragraph": gettext_noop("a new paragraph"),
    "cut in mid-sentence": gettext_noop("cut in mid-sentence"),
    "begins with a closing mark": gettext_noop("begins with a closing mark"),
    "closes a quotation opened before": gettext_noop("closes a quotation opened before"),
    "not indented, where paragraphs are": gettext_noop("not indented, where paragraphs are"),
    "byline_bullet": gettext_noop("marked as a byline"),
    "byline_word": gettext_noop("announced as a byline"),
    "byline_bare": gettext_noop("looks like names"),
    "byline_wire": gettext_noop("names in a wire bracket"),
    "byline_tail": gettext_noop("names in brackets at the end"),
    "headline_before_text": gettext_noop("headline right before the text"),
    "headline_elsewhere": gettext_noop("headline that stood apart from the text"),
    "author_note": gettext_noop("read from the author note"),
    "note_names": gettext_noop("named in the author note"),
    "jump_line": gettext_noop("read from a jump line"),
    "quote": gettext_noop("quoted as a name"),
    "bare": gettext_noop("named without quotation marks"),
    "number and unit": gettext_noop("number and unit"),
    "percent": gettext_noop("percentage"),
    "done": gettext_noop("said to be done"),
    "each one": gettext_noop("for each"),
    "each period": gettext_noop("in each period"),
    "duty of each period": gettext_noop("a duty of each period"),
    "plan": gettext_noop("a plan"),
    "planned": gettext_noop("a plan"),
    "author with office": gettext_noop("signed by somebody with an office"),
    "wire head": gettext_noop("begins with a wire bracket"),
    "reporter signs": gettext_noop("signed by a reporter"),
    "photographers only": gettext_noop("only photographers sign"),
    "no essay": gettext_noop("reads like a report"),
    "nobody signs": gettext_noop("nobody signs"),
    "the next point of a series begun within the paragraph": gettext_noop(
        "the next point of a series begun within the paragraph"
    ),
}


# Where in the article a place was named, as the rules for regions are called.
_PLACES = {
    "region.role": gettext_noop("named in the author's office"),
    "region.title": gettext_noop("named in the headline"),
    "region.lead": gettext_noop("named in the opening"),
    "region.body": gettext_noop("named in the text"),
}


def rule_words(rule: str) -> str:
    """A reason or the name of a rule in the reader's language; what is not known as it is."""
    if rule.startswith("likeness "):
        return _("likeness %s") % rule.removeprefix("likeness ")
    if rule.startswith("theme-cue:"):
        return _("words of the theme “%s”") % rule.removeprefix("theme-cue:")
    place = rule.partition("-")[0]
    if place in _PLACES:
        return _(_PLACES[place])
    if rule in REASONS:
        return _(REASONS[rule])
    head, _colon, weights = rule.partition(": ")
    if head == "furniture":
        return f"{_('furniture')} · {weights}"
    return " · ".join(_(REASONS[part]) if part in REASONS else part for part in head.split("; "))


def role_words() -> dict[str, str]:
    """Every role as people call it."""
    return {
        "title": _("title"), "kicker": _("kicker"), "subtitle": _("subtitle"), "column": _("column"),
        "byline": _("byline"), "author_note": _("author_note"), "heading": _("heading"), "body": _("body"),
        "caption": _("caption"), "masthead": _("masthead"), "furniture": _("furniture"),
        UNASSIGNED: _("to be placed"),
    }  # fmt: skip


def roles() -> list[tuple[str, str, str]]:
    """(role, words, key) in the order of the menu."""
    words = role_words()
    return [(role, words[role], ROLE_KEYS[role]) for role in ROLE_KEYS if role in (*OWNED, *NOBODYS)]


def fields() -> dict[str, tuple[str, str]]:
    """By field: what it is called, and the field of its evidence."""
    return {
        "column": (_("column"), "column"),
        "kicker": (_("kicker"), "kicker"),
        "title": (_("title"), "title"),
        "subtitle": (_("subtitle"), "subtitle"),
        "authors": (_("byline"), "author"),
        "genre": (_("genre"), "genre"),
        "region": (_("region"), "primary_region"),
        "also_regions": (_("further regions"), "also_regions"),
        "level": (_("level"), "level"),
        "themes": (_("themes"), "themes"),
        "date": (_("date"), "dates"),
    }
