"""Pages put into the issue that they belong to: by what their masthead prints, by what an upload said, or as they are.

Each is one Action: `changes` has `said` in words and `moved`, for every page [key, before, after] with the key of its
issue (None: none) and whether that is doubted. Articles whose date follows the issue's are read anew.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import gazetteer
from articles.ingest.config import Config, Context
from articles.ingest.fields import dates
from articles.ingest.record import ArticleText, Author, IssueInfo
from articles.models import Action, ActionItem, ActionKind, ActionStatus, Article, Issue, Page, Upload
from articles.services import history, lexicon, mastheads
from articles.services.continuation import page_moved
from articles.services.errors import Refused, check_permission
from articles.services.locks import STORE, hold
from articles.services.runs import logger
from articles.store import find_issue

Stand = dict[str, Any]
"""Where a page stands, as JSON: the key of its `issue` or None, whether that is `doubted`."""


def move_as_printed(pages: Iterable[int], user: AbstractBaseUser | None) -> Action:
    """Puts pages into the issues that their mastheads print, made where new. Raises Refused where none prints one."""
    with transaction.atomic():
        rows = _locked(pages, user)
        wanted = {page.pk: mastheads.printed_info(page) for page in rows}
        if not any(wanted.values()):
            raise Refused(_("No masthead of these pages names a publication; choose the issue yourself."))
        issues = _issues({key: info for key, info in wanted.items() if info}, user)
        return _move([page for page in rows if page.pk in issues], issues, user)


def move_as_asked(pages: Iterable[int], upload: Upload, user: AbstractBaseUser | None) -> Action:
    """Puts pages that were here already into the issue that an upload of the same bytes names."""
    with transaction.atomic():
        rows = _locked(pages, user)
        asked = {page.pk: info for page in rows if (info := asked_elsewhere(upload, page))}
        if not asked:
            raise Refused(_("The pages are in that issue already."))
        issues = dict.fromkeys(asked, upload.issue) if upload.issue else _issues(asked, user)
        return _move([page for page in rows if page.pk in issues], issues, user)


def asked_elsewhere(upload: Upload, page: Page) -> IssueInfo | None:
    """The issue that an upload named, where a page of its files stands in another one; the masthead adds what was not said."""
    if upload.issue:
        return None if page.issue_id == upload.issue_id else mastheads.info_of(upload.issue)
    if not upload.publication:
        return None
    entry = gazetteer.load().publication(upload.publication)
    name = entry.name if entry else upload.publication
    own = page.printed if page.printed.get("publication", name) == name else {}
    date, number = upload.date or own.get("date"), upload.number or own.get("number")
    said = {"publication": name, "date": date, "number": number}
    if page.issue and not mastheads.differences(said, page.issue):
        return None
    return IssueInfo(name, date, number)


def twins(pages: Iterable[int]) -> list[str]:
    """Sentences about pages whose issue has another page of the same number."""
    said = list[str]()
    for page in Page.objects.filter(pk__in=list(pages), issue__isnull=False).exclude(number="").for_desk():
        others = Page.objects.filter(issue=page.issue_id, number=page.number).exclude(pk=page.pk)
        if other := others.select_related("source").defer("source__content", "text").first():
            said.append(_("%(issue)s already has a page %(page)s, from %(source)s.") % {
                "issue": page.issue, "page": page.number, "source": other.source.name
            })  # fmt: skip
    return said


def keep_issue(pages: Iterable[int], user: AbstractBaseUser | None) -> Action:
    """Says that pages are in the right issue whatever their mastheads print."""
    with transaction.atomic():
        rows = [page for page in _locked(pages, user) if page.issue]
        return _move(rows, {page.pk: page.issue for page in rows if page.issue}, user)


def move_back(undoing: Action, user: AbstractBaseUser | None) -> Action:
    """Puts pages where they stood before the action that `undoing` undoes; callers open the transaction.

    What somebody moved since stays. Raises Refused where all of it was.
    """
    assert undoing.undoes is not None
    moved = {key: (before, after) for key, before, after in undoing.undoes.changes["moved"]}
    rows = [page for page in _locked(moved, user) if _stand(page) == moved[page.pk][1]]
    if not rows:
        raise Refused(_("The pages were moved again since, so this cannot be undone."))
    issues = Issue.objects.in_bulk({moved[page.pk][0]["issue"] for page in rows} - {None})
    to = {page.pk: issues.get(moved[page.pk][0]["issue"]) for page in rows}
    return _move(rows, to, user, undoing, {page.pk: moved[page.pk][0]["doubted"] for page in rows})


def settle_page(page: Page, former_issue: int | None) -> None:
    """After a person edited where a page belongs: its articles are joined anew, and its issue is beyond doubt if it has one."""
    Page.objects.filter(pk=page.pk).update(issue_doubted=page.issue is None)
    page_moved(page, former_issue)


def settle_issue(issue: Issue) -> None:
    """After a person edited an issue: its pages are beyond doubt if it is now the one that they print."""
    for page in issue.pages.filter(issue_doubted=True).select_related("issue__publication").defer("text"):
        Page.objects.filter(pk=page.pk).update(issue_doubted=mastheads.doubtful(page))


def _locked(keys: Iterable[int], user: AbstractBaseUser | None) -> list[Page]:
    check_permission(user, "articles.change_page")
    hold(STORE)
    rows = Page.objects.select_for_update(of=("self",)).filter(pk__in=list(keys), source__trashed_at=None)
    rows = rows.select_related("issue__publication", "source").defer("source__content").order_by("pk")
    if not (found := list(rows)):
        raise Refused(_("The page is no longer here."))
    return found


def _issues(wanted: Mapping[int, IssueInfo], user: AbstractBaseUser | None) -> dict[int, Issue]:
    latest = Issue.objects.aggregate(last=Max("pk"))["last"] or 0
    known, said = lexicon.vocabularies(), list[str]()
    found = {key: find_issue(info, known, said.append) for key, info in wanted.items()}
    issues = {key: issue for key, issue in found.items() if issue}
    if any(issue.pk > latest for issue in issues.values()):
        check_permission(user, "articles.add_issue")
    return issues


def _move(
    pages: list[Page],
    to: Mapping[int, Issue | None],
    user: AbstractBaseUser | None,
    undoing: Action | None = None,
    doubted: Mapping[int, bool] | None = None,
) -> Action:
    articles = list(Article.objects.filter(page__in=pages).select_for_update(of=("self",)).order_by("pk"))
    history.remember(articles)
    action = undoing or Action(user=user, kind=ActionKind.MOVE)
    moved, items = list[Any](), list[ActionItem]()
    for page in pages:
        own = [article for article in articles if article.page_id == page.pk]
        before, former, issue = _stand(page), page.issue, to[page.pk]
        page.issue, page.issue_doubted = issue, (doubted or {}).get(page.pk, issue is None)
        moved.append([page.pk, before, _stand(page)])
        page.save(update_fields=["issue", "issue_doubted"])
        if former != issue:
            stands = {
                article.pk: {"issue": former.pk if former else 0, "date": article.date} for article in own
            }
            _date_anew(page, own, former)
            now = {"issue": issue.pk if issue else 0}
            items += [_item(article, stands[article.pk], {**now, "date": article.date}) for article in own]
            reason = _("its page moved to %s") % (issue or "–")
            history.record(own, user, reason)
            page_moved(page, former.pk if former else None)
    action.changes = {"said": _said(pages, to), "moved": moved}
    action.keys = [article.pk for article in articles]
    action.done, action.status, action.finished_at = len(articles), ActionStatus.DONE, timezone.now()
    action.save()
    for item in items:
        item.action = action
    ActionItem.objects.bulk_create(items)
    logger.info("%d pages put into an issue by %s", len(pages), user or "-")
    return action


def _item(article: Article, before: Stand, after: Stand) -> ActionItem:
    changed = [name for name in after if before[name] != after[name]]
    return ActionItem(
        key=article.pk, before={n: before[n] for n in changed}, after={n: after[n] for n in changed}
    )


def _stand(page: Page) -> Stand:
    return {"issue": page.issue_id, "doubted": page.issue_doubted}


def _said(pages: list[Page], to: Mapping[int, Issue | None]) -> str:
    names = "、".join(dict.fromkeys(page.source.name for page in pages))
    return f"{names} → {'、'.join(dict.fromkeys(str(to[page.pk] or '–') for page in pages))}"


def _date_anew(page: Page, articles: list[Article], former: Issue | None) -> None:
    """The dates of articles that followed the issue's follow the new one, or what the page prints where it has none, as when
    they were taken in; what people corrected stays."""
    printed = page.printed.get("date", "")
    was, now = ((issue.date if issue else "") or printed for issue in (former, page.issue))
    if was == now:
        return
    context = Context(page.text, Config(lexicon.vocabularies(), IssueInfo(date=now or None)))
    for article in articles:
        authors = [
            Author(a["name"], a["kind"], a["role"] or None) for a in article.machine.get("authors", ())
        ]
        body = tuple(lexicon.passage(e["kind"], e["text"], e.get("runs")) for e in article.body)
        read = dates.read(ArticleText(body=body, authors=tuple(authors)), context).date or ""
        if article.date == article.machine.get("date"):
            article.date = read
        article.machine = {**article.machine, "date": read}
    Article.objects.bulk_update(articles, ["date", "machine"])
