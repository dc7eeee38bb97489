"""Numbered pages of a list."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.core.paginator import Page as DjangoPage
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from articles.catalogue import Selection
from articles.reading import rows_of
from articles.views import cursors
from articles.views.cursors import InHand, Place, Walk

SIZE, SIZE_MAX = 20, 100

Ask = Callable[[Hashable, Callable[[], Any]], Any]


def at_once(question: Hashable, count: Callable[[], Any]) -> Any:
    """Remembers nothing."""
    return count()


@dataclass(frozen=True, slots=True)
class InOrder:
    """The keys of some articles in an order of the catalogue, read page by page."""

    selection: Selection
    sort: str

    def __len__(self) -> int:
        return self.selection.total

    def __getitem__(self, part: slice) -> list[int]:
        return self.selection.keys(self.sort, part.start or 0, part.stop)

    def __iter__(self) -> Iterator[int]:
        return iter(self.keys())

    def keys(self, most: int | None = None) -> list[int]:
        return self[:most]

    @property
    def order(self) -> str:
        return self.sort

    def after(self, place: Place, most: int) -> list[int]:
        return self.selection.after(self.sort, _frozen(place), most)

    def place(self, entry: int) -> Place:
        return self.selection.place(self.sort, entry)

    def latest(self, most: int) -> list[int]:
        """Of the same articles those added last."""
        return self.selection.keys("added", 0, most)


def _frozen(place: Any) -> Any:
    """Lists, which JSON makes of tuples, as tuples."""
    return tuple(map(_frozen, place)) if isinstance(place, list | tuple) else place


class AskingPaginator(Paginator):
    """Asks how many rows there are as it is told to."""

    def __init__(self, rows: QuerySet | list[Any] | InOrder, size: int, ask: Ask) -> None:
        super().__init__(rows, size)
        self._ask = ask

    @cached_property
    def count(self) -> int:
        return self._ask("total", lambda: super(AskingPaginator, self).count)


@dataclass(frozen=True)
class Listing:
    """One page of a list, or what follows a `?cursor=`. `numbers` are the page numbers to link, None where some
    are left out.

    `all` is the whole list, a queryset, a list or an InOrder, and `walk` the same for cursors; `ask` may remember
    how many it holds.
    """

    request: HttpRequest
    page: DjangoPage
    all: Any
    walk: Walk
    ask: Ask = at_once

    @cached_property
    def entries(self) -> list[Any]:
        """What stands here, as the list holds it: rows, or keys of rows."""
        return self._following[: self.size] if self.cursor else self.numbered

    @property
    def numbered(self) -> list[Any]:
        """What stands on the page of this number."""
        return list(self.page.object_list)

    @cached_property
    def rows(self) -> list[Any]:
        """What stands here; articles as `for_list` gives them."""
        return rows_of(self.entries) if isinstance(self.all, InOrder) else self.entries

    @property
    def cursor(self) -> str:
        return self.request.GET.get("cursor", "")

    @property
    def size(self) -> int:
        return self.page.paginator.per_page

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def pages(self) -> int:
        return self.page.paginator.num_pages

    @property
    def numbers(self) -> list[int | None]:
        number, last = self.page.number, self.pages
        near = [n for n in range(1, last + 1) if n in (1, last) or abs(n - number) <= 2]
        gapped: list[int | None] = []
        for n in near:
            if gapped and gapped[-1] is not None and n > gapped[-1] + 1:
                gapped.append(None)
            gapped.append(n)
        return gapped

    @cached_property
    def _following(self) -> list[Any]:
        """What comes after the cursor, one entry more than is shown."""
        place = cursors.read(self.cursor, self.request.path, self.walk)
        return self.walk.after(place, self.size + 1)

    @property
    def next(self) -> str | None:
        """The full address of what comes after the last entry here, None at the end."""
        more = len(self._following) > self.size if self.cursor else self.page.has_next()
        if not more:
            return None
        query = self.request.GET.copy()
        query.pop("page", None)
        query["cursor"] = cursors.written(self.request.path, self.walk, self.entries[-1])
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def as_data(self, row: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        return {
            "total": self.total,
            "page": None if self.cursor else self.page.number,
            "pages": self.pages,
            "page_size": self.size,
            "next": self.next,
            "results": [row(item) for item in self.rows],
        }


def paged(
    request: HttpRequest,
    rows: QuerySet | list[Any] | InOrder,
    size: int = SIZE,
    ask: Ask = at_once,
    walk: Walk | None = None,
) -> Listing:
    """The page that `?page=` asks for, of `?page_size=` rows; raises Http404 for one that does not exist.

    `walk` goes through the same rows; of a list whose entries have a `value` it need not be given.
    """
    wanted = request.GET.get("page_size", "")
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:4]) <= SIZE_MAX:
        size = int(wanted)
    number = request.GET.get("page") or "1"
    if walk is None:
        assert not isinstance(rows, QuerySet)
        walk = rows if isinstance(rows, InOrder) else InHand(rows)
    try:
        return Listing(request, AskingPaginator(rows, size, ask).page(number), rows, walk, ask)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404(_("This list has no page %s.") % number[:20]) from error
