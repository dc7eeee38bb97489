"""Renders what the pure modules say in the reader's language."""

from django.utils.translation import gettext, gettext_noop

from search.naming import called
from search.query import Node, Saying, describe

# `search.query` builds its sentences without Django; they are repeated here for the catalogue, and a test holds
# the two together. First what describes a query, then what is noted about one that could not be read.
MESSAGES = (
    gettext_noop("contain %(what)s"),
    gettext_noop("do not contain %(what)s"),
    gettext_noop("have %(what)s in the title"),
    gettext_noop("do not have %(what)s in the title"),
    gettext_noop("have %(what)s in the body"),
    gettext_noop("do not have %(what)s in the body"),
    gettext_noop("are by %(what)s"),
    gettext_noop("are not by %(what)s"),
    gettext_noop("have %(what)s as first author"),
    gettext_noop("do not have %(what)s as first author"),
    gettext_noop("are by somebody of %(what)s"),
    gettext_noop("are not by anybody of %(what)s"),
    gettext_noop("are about the region %(what)s"),
    gettext_noop("are not about the region %(what)s"),
    gettext_noop("are of the level %(what)s"),
    gettext_noop("are not of the level %(what)s"),
    gettext_noop("are on the theme %(what)s"),
    gettext_noop("are not on the theme %(what)s"),
    gettext_noop("name the mechanism %(what)s"),
    gettext_noop("do not name the mechanism %(what)s"),
    gettext_noop("are of the genre %(what)s"),
    gettext_noop("are not of the genre %(what)s"),
    gettext_noop("are in the column %(what)s"),
    gettext_noop("are not in the column %(what)s"),
    gettext_noop("appeared in %(what)s"),
    gettext_noop("did not appear in %(what)s"),
    gettext_noop("are on page %(what)s"),
    gettext_noop("are not on page %(what)s"),
    gettext_noop("all articles"),
    gettext_noop("no articles"),
    gettext_noop("articles that %(clause)s"),
    gettext_noop("are in the archive"),
    gettext_noop("are among the articles chosen beside it"),
    gettext_noop("%(text)s"),
    gettext_noop("“%(text)s”"),
    gettext_noop("words beginning with %(text)s"),
    gettext_noop("names beginning with %(text)s"),
    gettext_noop(" and "),
    gettext_noop(" or "),
    gettext_noop(", and "),
    gettext_noop(", or "),
    gettext_noop("(%(clause)s)"),
    gettext_noop("are not such that they %(clause)s"),
    gettext_noop("are from %(date)s"),
    gettext_noop("are not from %(date)s"),
    gettext_noop("%(year)s"),
    gettext_noop("%(year)s/%(month)s"),
    gettext_noop("%(year)s/%(month)s/%(day)s"),
    gettext_noop("%(first)s to %(last)s"),
    gettext_noop("%(first)s or later"),
    gettext_noop("%(last)s or earlier"),
    gettext_noop("anything"),
    gettext_noop("have a figure for %(subject)s"),
    gettext_noop("have no figure for %(subject)s"),
    gettext_noop("have a figure for %(subject)s %(amount)s"),
    gettext_noop("have no figure for %(subject)s %(amount)s"),
    gettext_noop("of at least %(amount)s"),
    gettext_noop("of at most %(amount)s"),
    gettext_noop("of more than %(amount)s"),
    gettext_noop("of less than %(amount)s"),
    gettext_noop("of %(amount)s"),
    gettext_noop("in one sentence"),
    gettext_noop("in one sentence of the title"),
    gettext_noop("in one sentence of the body"),
    gettext_noop("in one paragraph"),
    gettext_noop("in one line of the title"),
    gettext_noop("in one paragraph of the body"),
    gettext_noop("have %(parts)s %(where)s"),
    gettext_noop("have %(parts)s in this order %(where)s"),
    gettext_noop("have %(parts)s %(where)s, at most %(gap)s characters apart"),
    gettext_noop("have %(parts)s in this order %(where)s, at most %(gap)s characters apart"),
    gettext_noop("%(sentence)s, letter by letter as typed"),
)
NOTICES = (
    gettext_noop("Only the first %(number)s characters were read."),
    gettext_noop("Only the first %(number)s conditions were used."),
    gettext_noop("Parentheses more than %(number)s deep were not read."),
    gettext_noop("A quotation mark is not closed; the phrase was read to the end."),
    gettext_noop("Parentheses do not pair; they were completed or passed over."),
    gettext_noop("“%(operator)s” has nothing to join and was passed over."),
    gettext_noop("Nothing is asked of the field “%(field)s”; it was passed over."),
    gettext_noop(
        "“%(text)s” is no date (2024, 2024-07, 2023..2024, >=2023-05); it was searched for as words."
    ),
    gettext_noop("“%(text)s” is no condition on a figure (办复率>=90%%); it was searched for as words."),
    gettext_noop("A star can only end a word; “%(text)s” was read without the others."),
    gettext_noop(
        "Only words and phrases of one text can be near each other; the others must simply all hold."
    ),
    gettext_noop("“%(operator)s” was read as: %(where)s."),
    gettext_noop("The archive has no field %(code)s (%(name)s); what was asked of it was passed over."),
    gettext_noop("The archive has no field %(code)s (%(name)s); the %(other)s was searched instead."),
    gettext_noop("The archive has no field “%(field)s”; the %(other)s was searched instead."),
    gettext_noop("There is no field %(code)s; what was asked of it was passed over."),
    gettext_noop("Nothing else was asked; so “%(text)s” was searched for as words."),
    gettext_noop("“%(text)s”: how often a word stands cannot be asked; that it stands is."),
    gettext_noop("“%(text)s” could not be read; it was searched for as words."),
    gettext_noop("anywhere in the article"),
    gettext_noop("keywords"),
    gettext_noop("abstract"),
    gettext_noop("subheadings"),
    gettext_noop("first affiliation"),
    gettext_noop("organisation of every author"),
    gettext_noop("whole text"),
    gettext_noop("body"),
    gettext_noop("corresponding author"),
    gettext_noop("funding"),
    gettext_noop("classification number"),
    gettext_noop("times cited"),
    gettext_noop("references"),
    gettext_noop("time of update"),
    gettext_noop("DOI"),
    gettext_noop("domestic serial number"),
    gettext_noop("ISSN"),
    gettext_noop("ISBN"),
    gettext_noop("core journals"),
    gettext_noop("registered DOI"),
)


def read_as(query: Node, verbatim: bool = False) -> str:
    """The query as one sentence in the active language."""
    sentence = describe(called(query))
    if verbatim:
        sentence = Saying("%(sentence)s, letter by letter as typed", {"sentence": sentence})
    return said(sentence)


def said(saying: Saying) -> str:
    """What a pure module says, in the active language."""
    return saying.render(gettext)
