"""What a page prints of its own issue, beside the issue that it was put into.

What somebody said wins: choosing an issue says its publication, date and number, also where one of them is empty; typing
says the parts that were typed. The masthead fills in only what was not said. Where it prints something else, the page is
marked (`Page.issue_doubted`) until somebody moves it or says that it is right.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.gazetteer import Gazetteer
from articles.ingest.issueinfo import read_issue
from articles.ingest.label import Labelled
from articles.ingest.passage import fold, squash
from articles.ingest.pipeline import Timed
from articles.ingest.record import IssueInfo
from articles.models import Issue, Page, Publication

PARTS = ("publication", "date", "number")
_PAPER = re.compile(r"[一-鿿]{2,14}(?:报|刊|杂志)")
_SECTION = re.compile(r"(?:副|专|特|月|增)刊$")
_DATED = re.compile(r"\d{4}年\d{1,2}月")
_NUMBERS = re.compile(r"第(\d{1,6})期")
_NAME_ENDS = re.compile(r"\d|第|星期|\s")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a masthead says. `numbers` are all that it counts itself by: 第43期（总第2318期） has two."""

    info: IssueInfo
    numbers: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For `Page.printed`: the parts that are printed, by name."""
        said = {name: value for name in PARTS if (value := getattr(self.info, name))}
        return {**said, "numbers": list(self.numbers)} if said else {}


def read_masthead(items: Sequence[Labelled], known: Gazetteer) -> Printed:
    """What the masthead of a page says, whatever anybody else does.

    The publication is one of the vocabularies', or one that the archive has, or else a lone name of a newspaper beside
    the date line.
    """
    mastheads = [item for item in items if item.label == "masthead"]
    numbers = dict.fromkeys(n for item in mastheads for n in _NUMBERS.findall(squash(fold(item.text))))
    info = read_issue(items, IssueInfo(), known)
    if not info.publication:
        info = replace(info, publication=_publication(mastheads))
    return Printed(info, tuple(numbers))


def _publication(mastheads: Sequence[Labelled]) -> str | None:
    names = [_name(item.text) for item in mastheads]
    if here := set(Publication.objects.filter(name__in=names).values_list("name", flat=True)):
        return next(name for name in names if name in here)
    for at, name in enumerate(names):
        beside = "".join(squash(fold(item.text)) for item in mastheads[max(at - 1, 0) : at + 2])
        if _PAPER.fullmatch(name) and not _SECTION.search(name) and _DATED.search(beside):
            return name
    return None


def _name(text: str) -> str:
    """The name that a line of a masthead begins with, set wide (黔 山 政 协 报) or not."""
    folded = fold(text).strip()
    wide = squash(folded)
    first = wide if _PAPER.fullmatch(wide) else _NAME_ENDS.split(folded, maxsplit=1)[0]
    return first.strip("《》 ")


def is_known(name: str, known: Gazetteer) -> bool:
    """Whether a publication of that name may be taken from a masthead without anybody saying so."""
    return known.publication(name) is not None or Publication.objects.filter(name=name).exists()


def differences(printed: Mapping[str, Any], issue: Issue | None) -> list[str]:
    """The names of PARTS in which an issue contradicts what is printed; what either leaves open contradicts nothing."""
    if issue is None:
        return []
    given = {"publication": issue.publication.name, "date": issue.date, "number": issue.number}
    return [
        name for name in PARTS
        if (says := printed.get(name)) and given[name] and not _agree(name, says, given[name], printed)
    ]  # fmt: skip


def _agree(name: str, says: str, given: str, printed: Mapping[str, Any]) -> bool:
    if name == "date":  # one of the two may be only a month or a year
        return says.startswith(given) or given.startswith(says)
    if name == "number":
        numbers = {n.lstrip("0") for n in (says, *printed.get("numbers", ()))}
        return says == given or any(n.lstrip("0") in numbers for n in re.findall(r"\d+", given))
    return says == given


def doubtful(page: Page) -> bool:
    """Whether a page needs somebody's word on the issue that it belongs to."""
    return page.issue is None or bool(differences(page.printed, page.issue))


def printed_info(page: Page) -> IssueInfo | None:
    """The issue that a page's masthead names, its publication that of the page's present issue where none is printed; None
    where that leaves it without one."""
    publication = page.printed.get("publication") or (page.issue.publication.name if page.issue else "")
    if not publication or not any(page.printed.get(name) for name in PARTS):
        return None
    return IssueInfo(publication, page.printed.get("date"), page.printed.get("number"))


def issue_words(info: IssueInfo) -> str:
    """An issue as people write it: 《黔山政协报》2026年11月18日 第2318期."""
    day = parse_date(info.date) if info.date and len(info.date) == 10 else None
    parts = [
        _("《%s》") % info.publication if info.publication else "",
        date_format(day, "DATE_FORMAT") if day else info.date or "",
        _("no. %s") % info.number if info.number else "",
    ]
    return " ".join(part for part in parts if part).replace("》 ", "》")


def info_of(issue: Issue) -> IssueInfo:
    return IssueInfo(issue.publication.name, issue.date or None, issue.number or None)


def issue_doubt(page: Page) -> str:
    """Why somebody should say which issue a page belongs to: it stands in none, or its masthead names another. Empty where
    there is no doubt, or no more."""
    if page.issue is None:
        if printed := printed_info(page):
            return _(
                "The masthead prints %s, which the archive does not have yet, so the page belongs to no issue."
            ) % issue_words(printed)
        return _("No publication is named, so the page belongs to no issue yet.")
    if not page.issue_doubted or not differences(page.printed, page.issue):
        return ""
    said = IssueInfo(**{name: page.printed.get(name) for name in PARTS})
    return _("The masthead prints %(printed)s, but the page was put into %(given)s. Check which is right.") % {
        "printed": issue_words(said), "given": issue_words(info_of(page.issue))
    }  # fmt: skip


def about_issue(page: Page) -> list[str]:
    """For the log: that a page belongs to no issue, or where its masthead names another one than it was put into."""
    if page.issue is None:
        return [_("No publication is named, so the page belongs to no issue yet.")]
    given = info_of(page.issue)
    what = {"publication": _("Publication"), "date": _("Date"), "number": _("Number")}
    return [
        _contradiction(what[name], page.printed[name], getattr(given, name))
        for name in differences(page.printed, page.issue)
    ]


def other_page(parsed: Timed, vocabularies: Gazetteer) -> list[str]:
    """Where the page itself has another number than its uploader, or the name of its file, said."""
    given = parsed.record.issue.page
    says = read_issue(parsed.layout.items, IssueInfo(), vocabularies).page if parsed.layout else None
    return [_contradiction(_("Page"), says, given)] if says and given and says != given else []


def _contradiction(what: str, printed: str, given: str) -> str:
    words = {"what": what, "printed": printed, "given": given}
    return _("%(what)s: printed is “%(printed)s”, the upload or the file's name says “%(given)s”.") % words
