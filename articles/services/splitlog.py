"""What a new split did to a page and its articles, kept in an Action so that it can be undone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from articles.ingest.arrange import Arrangement, Piece
from articles.ingest.passage import Span
from articles.models import Action, ActionItem, ActionStatus, Article, Page
from articles.services import history
from articles.services.split import Standing, standing

Picture = list[list[Any]]
"""A page as JSON: [[[start, end], …], role, key of the article or None, joined] for each piece."""

Parts = list[list[Any]]
"""Articles that went on from another, as JSON: [key, key of the first, part, by whom] each."""


@dataclass(frozen=True, slots=True)
class Before:
    """A page before it is split anew, and how those of its articles stand that will change."""

    page: Page
    picture: Picture
    stands: Mapping[int, dict[str, Any]]
    parts: Parts


def remember(found: Standing, changing: Iterable[Article]) -> Before:
    """How the page stands in the archive. Begins the history of what is changing."""
    rows = list(changing)
    history.remember(rows)
    shown = picture(found)
    joined = Article.objects.filter(continued_from__in=rows) | Article.objects.filter(
        pk__in=[row.pk for row in rows]
    ).exclude(joined_by="")
    parts = joined.order_by("pk").values_list("pk", "continued_from", "part", "joined_by")
    return Before(found.page, shown, _stands(shown, rows), [list(row) for row in parts])


def record(action: Action, before: Before, changed: Iterable[Article]) -> Action:
    """Completes the action with what became of the page: `changed` are the articles that a new split wrote or made."""
    after = picture(standing(before.page))
    keys = list(dict.fromkeys([*(a.pk for a in changed), *before.stands]))
    rows = Article.objects.filter(pk__in=keys)
    stands = _stands(after, rows)
    issue = before.page.issue
    action.changes = {
        "page": before.page.pk,
        "said": " · ".join(str(one) for one in (issue, before.page) if one),
        "before": before.picture,
        "after": after,
        "parts": before.parts,
    }
    action.keys, action.done = keys, len(keys)
    action.status, action.finished_at = ActionStatus.DONE, timezone.now()
    action.save()
    nothing = {"state": "", "characters": 0}
    ActionItem.objects.bulk_create(
        ActionItem(action=action, key=key, before=before.stands.get(key, nothing), after=stands[key])
        for key in keys
        if key in stands
    )
    return action


def picture(found: Standing) -> Picture:
    """The page as the archive has it, its articles by key."""
    keys = {number: article.pk for number, article in found.articles.items()}
    return [
        [[[s.start, s.end] for s in p.parts], p.role, keys[p.article] if p.article else None, p.joined]
        for p in found.base.pieces
    ]


def arrangement(text: str, shown: Picture) -> tuple[Arrangement, dict[int, int]]:
    """The arrangement of a picture, and the key of each of its numbers."""
    keys = dict.fromkeys(key for _parts, _role, key, _joined in shown if key is not None)
    numbers = {key: n for n, key in enumerate(keys, 1)}
    pieces = (
        Piece(tuple(Span(*part) for part in parts), role, numbers.get(key), joined)
        for parts, role, key, joined in shown
    )
    return Arrangement(text, tuple(pieces)), {n: key for key, n in numbers.items()}


def _stands(shown: Picture, rows: Iterable[Article]) -> dict[int, dict[str, Any]]:
    """Of each article its state, how many characters of the page it has, and its last history row."""
    rows = list(rows)
    latest = Article.history.filter(id__in=[row.pk for row in rows]).order_by(
        "id", "-history_date", "-history_id"
    )
    versions = dict(latest.distinct("id").values_list("id", "history_id"))
    length = dict.fromkeys((row.pk for row in rows), 0)
    for parts, _role, key, _joined in shown:
        if key in length:
            length[key] += sum(end - start for start, end in parts)
    return {
        row.pk: {"state": row.state, "characters": length[row.pk], "version": versions.get(row.pk)}
        for row in rows
    }
