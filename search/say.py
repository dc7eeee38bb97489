"""Renders what the pure modules say in the reader's language."""

from django.utils.translation import gettext, gettext_noop

from search.query import Node, describe

# `search.query.describe` builds these sentences without Django; they are repeated here for the catalogue, and
# a test holds the two together.
MESSAGES = (
    gettext_noop("all articles"),
    gettext_noop("articles that %(clause)s"),
    gettext_noop("contain %(text)s"),
    gettext_noop("contain the exact words “%(text)s”"),
    gettext_noop("do not contain %(text)s"),
    gettext_noop("do not contain the exact words “%(text)s”"),
    gettext_noop("have %(text)s in the title"),
    gettext_noop("have the exact words “%(text)s” in the title"),
    gettext_noop("do not have %(text)s in the title"),
    gettext_noop("do not have the exact words “%(text)s” in the title"),
    gettext_noop("are by %(text)s"),
    gettext_noop("are by “%(text)s”"),
    gettext_noop("are not by %(text)s"),
    gettext_noop("are not by “%(text)s”"),
    gettext_noop("are about the region %(text)s"),
    gettext_noop("are about the region “%(text)s”"),
    gettext_noop("are not about the region %(text)s"),
    gettext_noop("are not about the region “%(text)s”"),
    gettext_noop("are on the theme %(text)s"),
    gettext_noop("are on the theme “%(text)s”"),
    gettext_noop("are not on the theme %(text)s"),
    gettext_noop("are not on the theme “%(text)s”"),
    gettext_noop("name the mechanism %(text)s"),
    gettext_noop("name the mechanism “%(text)s”"),
    gettext_noop("do not name the mechanism %(text)s"),
    gettext_noop("do not name the mechanism “%(text)s”"),
    gettext_noop("are of the genre %(text)s"),
    gettext_noop("are of the genre “%(text)s”"),
    gettext_noop("are not of the genre %(text)s"),
    gettext_noop("are not of the genre “%(text)s”"),
    gettext_noop("are of the level %(text)s"),
    gettext_noop("are of the level “%(text)s”"),
    gettext_noop("are not of the level %(text)s"),
    gettext_noop("are not of the level “%(text)s”"),
    gettext_noop("appeared in %(text)s"),
    gettext_noop("appeared in “%(text)s”"),
    gettext_noop("did not appear in %(text)s"),
    gettext_noop("did not appear in “%(text)s”"),
    gettext_noop("are in the archive"),
    gettext_noop("are from %(year)s"),
    gettext_noop("are from %(year)s or later"),
    gettext_noop("are from %(first)s to %(last)s"),
    gettext_noop("are not such that they (%(clause)s)"),
    gettext_noop(" and "),
    gettext_noop(" or "),
    gettext_noop("(%(clause)s)"),
)


def read_as(query: Node) -> str:
    """The query as one sentence in the active language."""
    return describe(query).render(gettext)
