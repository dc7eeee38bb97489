"""The split of a page under work: each operation saved, undone, redone; nothing shows before `resplit.apply_split`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.ingest import arrange
from articles.ingest.arrange import Arrangement, CannotArrange, Change, Operation
from articles.ingest.config import Config
from articles.ingest.operations import carry_out
from articles.ingest.pipeline import Layout, lay_out
from articles.ingest.recompose import Recomposed, record_of
from articles.ingest.record import IssueInfo, LedgerEntry
from articles.models import Article, Page, SplitDraft
from articles.services import choices, lexicon
from articles.services.errors import Refused
from articles.services.runs import logger

MOST_STEPS = 500  # that can be undone

PROBLEMS = {
    "empty": gettext_noop(
        "No line is chosen: click one on the left, or tick its box, then press the button."
    ),
    "no_article": gettext_noop("There is no such article: choose one that is on the page, or a new one."),
    "no_role": gettext_noop(
        "This text cannot have that role: articles have no mastheads, nobody has a title."
    ),
    "itself": gettext_noop("An article cannot be merged with itself."),
    "nothing_before": gettext_noop("Nothing of the article stands before it."),
    "not_body": gettext_noop("Only running text has paragraphs to join or part."),
    "begins_here": gettext_noop("A paragraph begins here already."),
}


class Stale(Refused):
    """Somebody, or another window, changed the page since it was looked at."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A page on the workbench: the draft where one is under way, and the arrangement as the archive has it."""

    page: Page
    draft: SplitDraft | None
    base: Arrangement
    now: Arrangement
    articles: dict[int, Article]

    @property
    def version(self) -> int:
        return self.draft.version if self.draft else 0

    @property
    def is_changed(self) -> bool:
        return self.now != self.base

    @property
    def overtaken(self) -> bool:
        """Whether the archive has the page otherwise now than when work on it began."""
        return self.draft is not None and self.draft.base != arrange.pieces_json(self.base.pieces)

    @property
    def choices(self) -> choices.Choices:
        """What people said, the last word where they said it twice."""
        return choices.choices_of(self.steps)

    @property
    def steps(self) -> list[dict[str, Any]]:
        """What was done and is in effect, since the work was last thrown away."""
        return choices.kept(self.draft.steps[: self.draft.done]) if self.draft else []

    @property
    def can_undo(self) -> bool:
        return self.draft is not None and self.draft.done > 0

    @property
    def can_redo(self) -> bool:
        return self.draft is not None and self.draft.done < len(self.draft.steps)


def standing(page: Page) -> Standing:
    """How a page stands on the workbench. `articles` has those of the archive by their number in `base`."""
    articles = list(page.articles.filter(blocks__isnull=False).distinct().order_by("position"))
    numbers = {article.pk: k for k, article in enumerate(articles)}
    ledger = [
        LedgerEntry(start, end, role, None if key is None else numbers[key])
        for start, end, role, key in page.blocks.order_by("start").values_list(
            "start", "end", "role", "article"
        )
    ]
    begins = [entry["runs"][0][1] for a in articles for entry in printed_body(a) if entry["runs"]]
    draft = page.splits.select_related("user").filter(applied_at__isnull=True).first()
    layout = layout_of(page.text)
    blocks = [item.block for item in layout.items]
    base = arrange.arranged(page.text, ledger, begins, blocks, _stray(page, layout))
    now = Arrangement(page.text, arrange.pieces_from(draft.pieces)) if draft else base
    return Standing(page, draft, base, now, {k + 1: a for k, a in enumerate(articles)})


def printed_body(article: Article) -> list[dict[str, Any]]:
    """The body as the page has it, before anybody corrected its words."""
    return list(article.machine.get("body") or article.body)


@lru_cache(maxsize=8)
def layout_of(text: str) -> Layout:
    """What the parser makes of a page text, which never changes."""
    return lay_out(text, Config(lexicon.vocabularies()))


def _stray(page: Page, layout: Layout) -> Iterable[int]:
    """Where the lines begin that fit nowhere: as people left them, else as the parser says."""
    last = last_applied(page)
    if last is None:
        return [x.block.start for x in layout.segmentation.stray]
    return [p.start for p in arrange.pieces_from(last.pieces) if p.role == arrange.UNASSIGNED]


def read_again(standing: Standing) -> Recomposed:
    """The records of the arrangement under work."""
    page, issue = standing.page, standing.page.issue
    info = IssueInfo(page=page.number or None)
    if issue:
        info = IssueInfo(
            issue.publication.name, issue.date or None, issue.number or None, page.number or None
        )
    config = Config(lexicon.vocabularies(), info, timezone.localdate())
    items = layout_of(page.text).items
    return record_of(standing.now, page.source.name, page.source.sha256, config, items)


def operate(page: Page, version: int, operation: Operation, user: AbstractBaseUser | None) -> SplitDraft:
    """Does one thing to the arrangement of a page and saves it.

    `version` is what the person saw. Raises Stale where that is not the newest any more, Refused for what cannot be.
    """
    with transaction.atomic():
        draft, now = _begin(page, version)
        try:
            after = carry_out(now, operation)
        except CannotArrange as error:
            raise Refused(_(PROBLEMS[error.args[0]])) from error
        _add(draft, operation.kind, now, after, user)
    return draft


def say(
    page: Page,
    version: int,
    kind: str,
    number: int | None,
    article: int | None,
    user: AbstractBaseUser | None,
) -> SplitDraft:
    """Says, as one step, what becomes of an article given by key; `kind` is one of `choices`. Raises Stale, Refused."""
    with transaction.atomic():
        draft, now = _begin(page, version)
        if number is not None and number not in now.articles:
            raise Refused(_(PROBLEMS["no_article"]))
        if article is not None and not page.articles.filter(pk=article).exists():
            raise Refused(_("The article is no longer here."))
        _add(draft, kind, now, now, user, number=number, article=article)
    return draft


def _add(
    draft: SplitDraft,
    kind: str,
    now: Arrangement,
    after: Arrangement,
    user: AbstractBaseUser | None,
    **said: Any,
) -> None:
    """One more step, after those in effect; nothing where nothing changes and nothing is said."""
    change = arrange.difference(now, after)
    if not change.removed and not change.added and not said:
        return
    step = {
        "kind": kind,
        "by": user.get_username() if user else "",
        "at": timezone.now().isoformat(),
        "removed": arrange.pieces_json(change.removed),
        "added": arrange.pieces_json(change.added),
        **said,
    }
    draft.steps = [*draft.steps[: draft.done], step][-MOST_STEPS:]
    draft.done = len(draft.steps)
    _save(draft, after, user)


def put_back(page: Page, version: int, user: AbstractBaseUser | None) -> SplitDraft:
    """Arranges a page as it was before it was last split anew, as one step under work. Raises Stale, Refused."""
    with transaction.atomic():
        draft, now = _begin(page, version)
        last = last_applied(page)
        if last is None:
            raise Refused(_("This page was never split anew."))
        before = Arrangement(page.text, arrange.pieces_from(last.base))
        _add(draft, "put_back", now, before, user)
    return draft


def last_applied(page: Page) -> SplitDraft | None:
    """The work on a page that was applied last."""
    applied = page.splits.filter(applied_at__isnull=False).select_related("action", "user")
    return applied.order_by("-applied_at").first()


def undo_step(page: Page, version: int, user: AbstractBaseUser | None) -> SplitDraft:
    """Takes the last step back; nothing where there is none. Raises Stale."""
    return _step(page, version, user, back=True)


def redo_step(page: Page, version: int, user: AbstractBaseUser | None) -> SplitDraft:
    """Does the last step taken back once more; nothing where there is none. Raises Stale."""
    return _step(page, version, user, back=False)


def _step(page: Page, version: int, user: AbstractBaseUser | None, back: bool) -> SplitDraft:
    with transaction.atomic():
        draft, now = _begin(page, version)
        at = draft.done - 1 if back else draft.done
        if not 0 <= at < len(draft.steps):
            return draft
        step = draft.steps[at]
        change = Change(arrange.pieces_from(step["removed"]), arrange.pieces_from(step["added"]))
        draft.done += -1 if back else 1
        _save(draft, arrange.changed(now, change.undone if back else change), user)
    return draft


def discard(page: Page, version: int, user: AbstractBaseUser | None) -> bool:
    """Throws the work on a page away in one step; whether that can be undone: what was overtaken cannot. Raises Stale."""
    with transaction.atomic():
        draft, now = _begin(page, version, overtaken=True)
        found = standing(page)
        if found.overtaken:
            draft.delete()
        elif found.is_changed:
            _add(draft, choices.DISCARD, now, found.base, user)
    logger.info("split of page %s thrown away by %s", page.pk, user or "-")
    return not found.overtaken


def _begin(page: Page, version: int, overtaken: bool = False) -> tuple[SplitDraft, Arrangement]:
    """The draft of a page, locked, if nobody changed it since `version`; a new one, unsaved, where there is none."""
    held(page)
    found = standing(page)
    check_version(found, version)
    if found.overtaken and not overtaken:
        raise Refused(_("The articles of this page were changed elsewhere since the work began. Begin anew."))
    if found.draft:
        return found.draft, found.now
    pieces = arrange.pieces_json(found.base.pieces)
    return SplitDraft(page=page, base=pieces, pieces=pieces), found.base


def held(page: Page) -> None:
    """Waits for everybody else who changes the split of a page; until the transaction ends, they wait."""
    Page.objects.select_for_update(no_key=True).only("pk").get(pk=page.pk)


def check_version(found: Standing, version: int) -> None:
    """Raises Stale where `version` is not the newest."""
    if found.version == version:
        return
    draft = found.draft
    if draft is None:
        raise Stale(
            _(
                "The work on this page was finished or thrown away meanwhile. Nothing of yours was done; look again."
            )
        )
    who = draft.user.get_username() if draft.user else "–"
    when = date_format(timezone.localtime(draft.updated_at), "TIME_FORMAT")
    raise Stale(
        _(
            "%(who)s changed this page at %(when)s, after you looked at it. "
            "Nothing of yours was done; here is how it stands now."
        )
        % {"who": who, "when": when}
    )


def _save(draft: SplitDraft, now: Arrangement, user: AbstractBaseUser | None) -> None:
    draft.pieces = arrange.pieces_json(now.pieces)
    draft.version += 1
    draft.user = user  # type: ignore[assignment]
    draft.save()
