"""Articles that go on on another page of their issue: joined, taken apart, and joined anew."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from articles.ingest.continuation import MARK, Matching, Part, match
from articles.ingest.jumps import plain_number
from articles.models import Article, Evidence, Joined, Origin, Page, State
from articles.services import history
from articles.services.errors import Refused
from articles.services.locks import STORE, hold
from articles.services.runs import logger

ENDS = ("continues_on", "continued_from")
FIELDS = ["continued_from", "part", "joined_by", "machine", "warnings"]


@dataclass(frozen=True, slots=True)
class Place:
    """What an article should say of its parts: its first part's key or None, its number, and who says so."""

    first: int | None = None
    part: int = 1
    by: str = ""
    why: str = ""


def join_issue(page: Page) -> list[Article]:
    """Joins what belongs together among the articles of a page's issue; returns those that changed.

    Starts from what the pages say, so that it may run at any time and in any order of uploads. What people
    joined or kept apart stays. Callers hold the store's lock within a transaction. A page without an issue is
    looked at alone.
    """
    rows = Article.objects.filter(page__issue=page.issue_id) if page.issue_id else page.articles.all()
    rows = rows.filter(moved_to__isnull=True).exclude(state=State.TRASHED)
    said = _said(rows)
    if not said and not rows.filter(continued_from__isnull=False).exists():
        return []
    articles = list(rows.select_related("page").defer("page__text").order_by("pk"))
    by_hand = [a for a in articles if a.joined_by == Joined.PERSON and a.continued_from_id]
    settled = {a.pk for a in by_hand} | {a.pk for a in articles if a.joined_by == Joined.APART}
    firsts = {a.continued_from_id for a in by_hand}
    # Where a person put a part, nothing else goes on; nor does anything after the parts that a person put.
    followed = {(a.continued_from_id, a.part - 1) for a in by_hand}
    ended = {a.pk for a in articles if (a.continued_from_id or a.pk, a.part) in followed}
    ended |= {a.pk for a in by_hand}
    matching = match(
        [_part(a, said.get(a.pk, {}), a.pk not in ended, a.pk not in settled | firsts) for a in articles]
    )
    changed = _write(articles, settled, matching)
    if changed:
        logger.info("continuations of %s: %d articles changed", page.issue or page, len(changed))
    return changed


def said_of(articles: Iterable[Article]) -> Iterator[tuple[bool, str, Article]]:
    """For the log of a run, of everything that joining changed: whether in doubt, the words, the article."""
    for article in articles:
        if first := article.continued_from:
            words = {"title": first.headline, "why": article.machine.get("joined", "")}
            yield False, _("Goes on with “%(title)s” (%(why)s).") % words, article
        for warning in article.warnings:
            if warning.startswith(MARK):
                yield True, warning, article


def _said(articles: QuerySet[Article]) -> dict[int, dict[str, str]]:
    """What the jump lines say: by article, the page numbers by field."""
    rows = Evidence.objects.filter(article__in=articles.values("pk"), field__in=ENDS)
    said: dict[int, dict[str, str]] = {}
    for key, name, value in rows.exclude(origin=Origin.REJECTED).values_list("article", "field", "value"):
        said.setdefault(key, {})[name] = value
    return said


def _part(article: Article, said: dict[str, str], may_go_on: bool, may_come: bool) -> Part:
    headline = "\n".join(filter(None, (article.kicker, article.title, article.subtitle)))
    return Part(
        key=article.pk,
        sheet=article.page_id or 0,
        page=plain_number(article.page.number) if article.page else "",
        to=said.get("continues_on") if may_go_on else None,
        source=said.get("continued_from") if may_come else None,
        title=article.title,
        headline=headline,
        text=article.text,
    )


def _write(articles: Sequence[Article], settled: set[int], matching: Matching) -> list[Article]:
    before = {j.later: j for j in matching.joins}
    places: dict[int, Place] = {}
    for article in articles:
        first, part = article.pk, 1
        while join := before.get(first):
            first, part = join.earlier, part + 1
        if part > 1:
            join = before[article.pk]
            places[article.pk] = Place(first, part, Joined.MACHINE, f"{join.score:.1f}: {join.why}")
    changed = []
    for article in articles:
        place = places.get(article.pk, Place())
        kept = [w for w in article.warnings if not w.startswith(MARK)]
        warnings = [*kept, *matching.warnings.get(article.pk, ())]
        now = (article.continued_from_id, article.part, article.joined_by)
        moved = article.pk not in settled and now != (place.first, place.part, place.by)
        if moved:
            article.continued_from_id, article.part, article.joined_by = place.first, place.part, place.by
            article.machine = {**article.machine, "joined": place.why}
        if moved or warnings != article.warnings:
            article.warnings = warnings
            changed.append(article)
    _save(changed, None, _("joined by page numbers, headline and text"))
    return changed


def _save(articles: Sequence[Article], user: AbstractBaseUser | None, reason: str) -> None:
    """Writes the places of articles; those that have a history get a row in it."""
    keys = [a.pk for a in articles]
    # Cleared first: part 2 of an article may become another one's while the former still is.
    Article.objects.filter(pk__in=keys, continued_from__isnull=False).update(continued_from=None)
    Article.objects.bulk_update(articles, FIELDS, batch_size=500)
    told = set(Article.history.filter(id__in=keys).values_list("id", flat=True))
    history.record([a for a in articles if a.pk in told], user, reason)


def join(later: Article, earlier: Article, user: AbstractBaseUser | None = None) -> None:
    """Makes `later` the next part of `earlier`, on a person's word. Raises Refused where that cannot be."""
    with transaction.atomic():
        hold(STORE)
        later, earlier = Article.objects.get(pk=later.pk), Article.objects.get(pk=earlier.pk)
        first = earlier.continued_from or earlier
        if first.pk == later.pk:
            raise Refused(_("An article cannot go on with itself."))
        if later.later_parts.exists():
            raise Refused(_("“%s” has later parts of its own; take those off first.") % later.headline)
        history.remember([later])
        last = first.later_parts.exclude(pk=later.pk).aggregate(last=Max("part"))["last"]
        later.continued_from, later.part, later.joined_by = first, (last or 1) + 1, Joined.PERSON
        later.warnings = [w for w in later.warnings if not w.startswith(MARK)]
        _save([later], user, _("joined by hand"))
        _again([later, first])


def take_apart(later: Article, user: AbstractBaseUser | None = None) -> None:
    """Makes a later part an article of its own, and keeps the machine from joining it again."""
    with transaction.atomic():
        hold(STORE)
        later = Article.objects.get(pk=later.pk)
        if later.continued_from_id is None:
            return
        first = later.continued_from
        history.remember([later])
        later.continued_from, later.part, later.joined_by = None, 1, Joined.APART
        _save([later], user, _("taken apart by hand"))
        _again([later, first])


def page_moved(page: Page, former_issue: int | None) -> None:
    """Joins anew after a person said that a page belongs to another issue, or has another number."""
    with transaction.atomic():
        hold(STORE)
        join_issue(page)
        left = Page.objects.filter(issue=former_issue).defer("text").first() if former_issue else None
        if left and former_issue != page.issue_id:
            join_issue(left)


def _again(articles: Iterable[Article | None]) -> None:
    """Has the issues of articles joined anew, each once."""
    pages = {a.page.issue_id or -a.page_id: a.page for a in articles if a is not None and a.page}
    for page in pages.values():
        join_issue(page)
