"""Places in a list, written so that a program can go on from there: what is added meanwhile repeats and skips nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Protocol

from django.core import signing
from django.core.exceptions import BadRequest
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _

Place = Sequence[Any]
"""Where an entry stands, in values that JSON holds."""


class Walk(Protocol):
    """A list that can be gone on with from any place. `order` names how it is sorted."""

    @property
    def order(self) -> str: ...

    def after(self, place: Place, most: int) -> list[Any]:
        """At most so many entries that come after the place."""

    def place(self, entry: Any) -> Place:
        """Where an entry that `after` or a page gave stands."""


@dataclass(frozen=True, slots=True)
class InHand:
    """A list that was counted as a whole; `by` tells one entry from the others in values that JSON holds.

    A place is the entry itself, and its number for when it is no longer there.
    """

    rows: Sequence[Any]
    by: Callable[[Any], Any] = attrgetter("value")
    order: str = ""

    def after(self, place: Place, most: int) -> list[Any]:
        known, number = place
        at = next((n for n, row in enumerate(self.rows, 1) if self.by(row) == known), number - 1)
        return list(self.rows[at : at + most])

    def place(self, entry: Any) -> Place:
        known = self.by(entry)
        return [known, next(n for n, row in enumerate(self.rows, 1) if self.by(row) == known)]


@dataclass(frozen=True, slots=True)
class InDatabase:
    """The keys of a queryset, ordered by `fields` as order_by takes them; what may be NULL must ascend."""

    rows: QuerySet
    order: str
    fields: tuple[Any, ...]

    def after(self, place: Place, most: int) -> list[Any]:
        return list(self.rows.filter(self._beyond(place)).values_list("pk", flat=True)[:most])

    def place(self, entry: Any) -> Place:
        names = [name for name, _falling in map(_column, self.fields)]
        values = self.rows.filter(pk=entry).values_list(*names).first() or [None] * len(names)
        return [v if v is None or isinstance(v, int | str) else str(v) for v in values]

    def _beyond(self, place: Place) -> Q:
        """Same in the first fields, further in the next one, for each field."""
        beyond, same = Q(), Q()
        for (name, falling), value in zip(map(_column, self.fields), place, strict=True):
            if falling:
                beyond |= same & Q(**{f"{name}__lt": value})
            elif value is not None:  # NULL stands last, nothing is beyond it
                beyond |= same & (Q(**{f"{name}__gt": value}) | Q(**{f"{name}__isnull": True}))
            same &= Q(**({f"{name}__isnull": True} if value is None else {name: value}))
        return beyond


def _column(field: Any) -> tuple[str, bool]:
    """The name of what order_by is given, and whether it falls."""
    if isinstance(field, OrderBy):
        assert isinstance(field.expression, F)
        return field.expression.name, field.descending
    return field.removeprefix("-"), field.startswith("-")


def written(path: str, walk: Walk, entry: Any) -> str:
    """The place after an entry of the list at this path, signed: nobody can make one up."""
    return _signer().sign_object([path, walk.order, walk.place(entry)])


def read(cursor: str, path: str, walk: Walk) -> Place:
    """The place that `written` wrote. Raises BadRequest for what it did not write, or for another list or order."""
    try:
        of, order, place = _signer().unsign_object(cursor)
    except (signing.BadSignature, ValueError) as error:
        raise BadRequest(_("This cursor was not given out here; begin without one.")) from error
    if (of, order) != (path, walk.order):
        raise BadRequest(_("This cursor is of another list or another order; begin without one."))
    return tuple(place)


def _signer() -> signing.Signer:
    return signing.Signer(salt="articles.views.cursors")
