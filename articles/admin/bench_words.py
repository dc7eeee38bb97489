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
}


def rule_words(rule: str) -> str:
    """A reason or the name of a rule in the reader's language; unknown ones as they are."""
    if rule.startswith("likeness "):
        return _("likeness %s") % rule.removeprefix("likeness ")
    if rule.startswith("theme-cue:"):
        return _("words of the theme “%s”") % rule.removeprefix("theme-cue:")
    return _(REASONS[rule]) if rule in REASONS else rule


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
