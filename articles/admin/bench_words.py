"""The words of the split workbench: roles and their keys, fields, and what the parser gives as reasons."""

from django.utils.translation import gettext as _

from articles.ingest.arrange import NOBODYS, OWNED, UNASSIGNED
from articles.models import Article, Region

# The key of each role on the keyboard.
ROLE_KEYS = {
    "title": "t", "kicker": "k", "subtitle": "u", "column": "c", "byline": "b", "author_note": "a",
    "heading": "h", "body": "p", "caption": "i", "furniture": "f", "masthead": "o", UNASSIGNED: "w",
}  # fmt: skip


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


def evidence_words(field: str) -> str:
    """The field that a piece of evidence is for, as people call it."""
    more = {
        "author_role": _("Author's office"),
        "continued_from": _("Continued from page"),
        "continues_on": _("Continues on page"),
    }
    if field in more:
        return more[field]
    return next((label for label, evidence in fields().values() if evidence == field), field)


def as_parsed(article: Article) -> list[tuple[str, str]]:
    """(field, value) of whatever a person has corrected, as the machine had read it."""
    labels = {name: label for name, (label, _evidence) in fields().items()}
    read = {k: v if isinstance(v, list) else [v] for k, v in article.corrections().items()}
    codes = [code for name in ("region", "also_regions") for code in read.get(name, ())]
    names = dict(Region.objects.filter(code__in=codes).values_list("code", "full_name")) if codes else {}
    return [
        (labels[name], "、".join(names.get(v) or str(v) for v in values if v) or _("(empty)"))
        for name, values in read.items()
    ]
