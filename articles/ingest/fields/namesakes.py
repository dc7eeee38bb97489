"""Choosing among places of one name (鼓楼区, 新华区) by what else article, paper or page name."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from articles.gazetteer import RegionIndex
from articles.ingest.config import Context


class Surroundings:
    """What is known around an article. `codes` are the places named in it, its authors' among them."""

    def __init__(self, codes: Iterable[str], context: Context) -> None:
        self._context = context
        self._regions: RegionIndex = context.gazetteer.regions
        self._here: Counter[str] = Counter()
        for code in codes:
            self._here.update(r.code for r in self._regions.path(code))

    def choose(self, codes: tuple[str, ...]) -> tuple[str | None, str, float]:
        """One of several bearers of a name, the rule that chose it, its confidence; None (open) if none does.

        Rules: named (there was one only), beside (the article names its city or province), publication (the
        paper is of that province), page (nearly all committees on the page are), open.
        """
        if len(codes) == 1:
            return codes[0], "named", 0.95
        ranked = sorted(codes, key=self._nearness, reverse=True)
        if self._nearness(ranked[0]) > self._nearness(ranked[1]):
            return ranked[0], "beside", 0.9
        for province, rule, confidence in (
            (self._published_in, "publication", 0.75),
            (self._page_of, "page", 0.6),
        ):
            inside = [c for c in codes if province and self._regions.contains(province, c)]
            if len(inside) == 1:
                return inside[0], rule, confidence
        return None, "open", 0.3

    def _nearness(self, code: str) -> tuple[int, int]:
        """How often the place or its prefecture is named, then how often its province."""
        above = [r.code for r in self._regions.path(code)][:-1]
        city = self._here[above[1]] if len(above) > 1 else 0
        return 2 * self._here[code] + city, self._here[above[0]] if above else 0

    @cached_property
    def _published_in(self) -> str | None:
        name = self._context.config.issue.publication or ""
        publication = self._context.gazetteer.publication(name)
        if publication:
            return publication.region
        named = [m.code for m in self._regions.find(name) if m.code]
        return self._regions.province(named[0]) if named else None

    @cached_property
    def _page_of(self) -> str | None:
        page = self._context.page
        committees: dict[str, set[str]] = defaultdict(set)
        for found in re.finditer("政协", page):
            # A place ends where 政协 begins; twenty characters hold the longest path.
            before = page[max(0, found.start() - 20) : found.start()]
            mentions = self._regions.find(before)
            if mentions and mentions[-1].end == len(before) and mentions[-1].code and not mentions[-1].letter:
                committees[self._regions.province(mentions[-1].code)].add(mentions[-1].code)
        if not committees:
            return None
        best = max(committees, key=lambda p: len(committees[p]))
        total = sum(map(len, committees.values()))
        return best if len(committees[best]) >= 3 and len(committees[best]) >= 0.75 * total else None
