"""A search as text to copy into a note or a paper: enough to repeat it and to see whether anything has changed."""

from django.utils import timezone
from django.utils.translation import gettext as _

from search import services
from search.facets import BY_NAME
from search.forms import Address
from search.page.panels import Panel


def quotation(found: services.Found, address: Address, panels: list[Panel], place: str) -> str:
    """Lines of "label: value". `place`: the address of the page, absolute."""
    corpus = services.corpus()
    rows = [
        (_("Query"), found.query or "*"),
        (_("Read as"), found.read_as),
        *(
            (str(BY_NAME[p.facet.name].title), "、".join(c.choice.label for c in p.chosen))
            for p in panels
            if p.chosen
        ),
        (
            _("Dates"),
            f"{address.first or '…'} – {address.last or '…'}" if address.first or address.last else "",
        ),
        (_("Comparison"), _("letter for letter") if address.verbatim else ""),
        (_("Found"), _("%(total)s articles") % {"total": found.result.total}),
        (_("Searched on"), timezone.localdate().isoformat()),
        (_("Corpus"), _said(corpus)),
        (_("Address"), place),
    ]
    return "\n".join(
        _("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in rows if value
    )


def _said(corpus: services.Corpus) -> str:
    """The corpus' version: how many articles, and the last change to any of them."""
    if not corpus.changed:
        return _("%(articles)s articles") % {"articles": corpus.articles}
    return _("%(articles)s published articles, change no. %(change)s of %(day)s") % {
        "articles": corpus.articles,
        "change": corpus.change,
        "day": corpus.changed,
    }
