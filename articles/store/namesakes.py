"""Which of several people of one name in one place a signature is given to: by what each of them signed as before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.ingest import record as read
from articles.models import Article, Author, Byline, Region

LIKE = 0.6
"""The share of their pairs of characters from which on two roles are one person's."""

Pairs = frozenset[str]
Signature = tuple[str, str] | tuple[str, str, str, int | None]
"""Name and kind, and maybe role and key of the place: what makes a byline the one that was here before."""
Given = Mapping[tuple[int | None, Signature], Author]


@dataclass(frozen=True, slots=True)
class Bearers:
    """People of one name in one place, `people[0]` the one who gets what nobody can tell. `said`: by key of the person,
    the roles and notes that they are known by; `place` is passed over in them."""

    people: tuple[Author, ...]
    place: Region | None = None
    said: Mapping[int, tuple[Pairs, ...]] = field(default_factory=dict)

    def choose(self, signed: read.Author) -> tuple[Author, bool]:
        """Whose signature this is, and whether that is sure."""
        if len(self.people) == 1:
            return self.people[0], True
        words = _pairs(_role(signed.role or "", signed.body or "", signed.kind), self.place)
        worth = {
            one: max((_likeness(words, known) for known in self.said.get(one.pk, ())), default=0.0)
            for one in self.people
        }
        best = max(worth.values())
        likely = [one for one in self.people if worth[one] == best]
        return (likely[0], True) if best >= LIKE and len(likely) == 1 else (self.people[0], False)


def bearers(rows: Sequence[tuple[Author, Author]]) -> Bearers:
    """From (row, the person it stands for now) of all rows of one name and place, more than one maybe the same person."""
    # Who has no note and was not merged was here first.
    ordered = sorted(rows, key=lambda pair: (bool(pair[0].note), bool(pair[0].merged_into_id), pair[0].pk))
    people = tuple(dict.fromkeys(person for _row, person in ordered))
    place = ordered[0][0].region
    if len(people) == 1:
        return Bearers(people, place)
    said: dict[int, set[Pairs]] = defaultdict(set)
    for row, person in rows:
        said[person.pk] |= {_pairs(row.note, place), _pairs(person.note, place)}
    # A guess that nobody has looked at proves nothing.
    guessed = Q()
    for person in people:
        names = {name for row, _person in rows for name in (row.name, *row.aliases)}
        guessed |= Q(author=person, article__warnings__overlap=_doubts(names, person))
    signed = Byline.objects.filter(author__in=people).exclude(guessed, article__review__checked_at=None)
    signed = signed.order_by().distinct()
    for key, *words in signed.values_list("author", "role", "body", "kind"):
        said[key].add(_pairs(_role(*words), place))
    return Bearers(people, place, {key: tuple(known) for key, known in said.items()})


def doubt(name: str, person: Author) -> str:
    """What an article says of a signature that nobody can tell whose it is."""
    if not person.note:
        return _("People of one name, please check: “%s” was taken for the one without a note.") % name
    return _("People of one name, please check: “%(name)s” was taken for the one of “%(note)s”.") % {
        "name": name, "note": person.note
    }  # fmt: skip


def _doubts(names: Iterable[str], person: Author) -> list[str]:
    """`doubt` in each language that somebody may have uploaded in."""
    said = []
    for language, _label in settings.LANGUAGES:
        with override(language):
            said += [doubt(name, person) for name in names]
    return said


def given(articles: Iterable[Article]) -> Given:
    """Who has the signatures of these articles now, by article; under None, what one person has in all of them.

    What a person gave to somebody is known by name and kind alone: a role may go when a page is split anew.
    """
    bylines = list(
        Byline.objects.filter(article__in=[a.pk for a in articles if a.pk]).select_related("author")
    )
    first = Byline.history.filter(id__in=[b.pk for b in bylines]).order_by("id", "history_date", "history_id")
    received = dict(first.distinct("id").values_list("id", "author_id"))
    found: dict[tuple[int | None, Signature], Author] = {}
    anywhere: dict[Signature, set[Author]] = defaultdict(set)
    decided: set[Signature] = set()
    for byline in bylines:
        for name in (byline.author.name, *byline.author.aliases):
            alone = (name, str(byline.kind))
            keys: list[Signature] = [(*alone, byline.role, byline.region_id)]
            if received.get(byline.pk, byline.author_id) != byline.author_id:
                decided.add(alone)
                keys.append(alone)
            found |= dict.fromkeys(((byline.article_id, key) for key in keys), byline.author)
            for key in (alone, keys[0]):
                anywhere[key].add(byline.author)
    for key, who in anywhere.items():
        if len(who) == 1 and (len(key) > 2 or key in decided):
            found[None, key] = next(iter(who))
    return found


def whose(signature: Signature, article: Article, found: Given) -> tuple[Author | None, bool]:
    """Who of `given` has a signature in an article, and whether it was theirs there already."""
    keys = (signature, signature[:2])
    here = next((found[article.pk, key] for key in keys if (article.pk, key) in found), None)
    return here or next((found[None, key] for key in keys if (None, key) in found), None), here is not None


def _role(role: str, body: str, kind: str) -> str:
    """What somebody is, in the printed words; a reporter who is nothing else is that."""
    return role or body or (kind if kind != "作者" else "")


def _pairs(words: str, place: Region | None) -> Pairs:
    """Each two characters that stand side by side. The place, which all of these people have, tells nobody apart."""
    for name in _names(place):
        words = words.replace(name, "")
    return frozenset(a + b for a, b in pairwise("".join(words.split())))


def _names(place: Region | None) -> Iterator[str]:
    if place is not None:
        yield from sorted({place.full_name, place.name, *place.short_names} - {""}, key=len, reverse=True)


def _likeness(one: Pairs, other: Pairs) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
