"""Rows of `statements` become cards and labels. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from articles.catalogue.cards import Card, Label, path

Row = tuple[str, int, int | None, list[str | None] | None]


class Gathered:
    """What the statement answered, in the order of its rows. `texts` and `numbers` are by kind and key."""

    def __init__(self) -> None:
        self.texts: dict[str, dict[int, Any]] = defaultdict(dict)
        self._places: dict[int, int | None] = {}
        self._numbers: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._same: dict[tuple[str | None, ...], tuple[str, ...]] = {}

    def take(self, rows: Iterable[Row]) -> None:
        for kind, key, number, texts in rows:
            if texts is not None:
                self.texts[kind][key] = texts
                if kind == "card":
                    self._places[key] = number
            elif number is not None:
                self._numbers[kind][key].append(number)
            else:
                self.texts[kind][key] = ()

    def gone(self) -> set[int]:
        """Articles that may have changed and are no cards any more."""
        return self.texts["touched"].keys() - self.texts["card"].keys()

    def labels(self) -> Iterator[tuple[str, str, Label]]:
        """(facet, value, label) for everything that has a name."""
        for code, name, full, pinyin in self._latest_regions():
            yield "region", code, Label(name, full, pinyin)
        for slug, name in self.texts["theme name"].values():
            yield "theme", slug, Label(name)
        for facet in ("mechanism", "author"):
            for value, *said in self.texts[f"{facet} name"].values():
                yield facet, value, Label(*said)
        for value, publication, date, number, publication_id, region in self.texts["issue name"].values():
            yield "issue", value, Label(publication, date, number)
            yield "publication", publication, Label(publication, publication_id, region)

    def _latest_regions(self) -> list[list[str]]:
        """One name a code: of the rows that share one, the last in the order of the vocabulary is today's."""
        return list({texts[0]: texts for _key, texts in sorted(self.texts["region name"].items())}.values())

    def cards(self) -> Iterator[Card]:
        issues = self.texts["issue name"]
        codes = {key: texts[0] for key, texts in self.texts["region name"].items()}
        also, metrics = self._numbers["also"], self._numbers["metrics"]
        themes, mechanisms, authors = (self._named(facet) for facet in ("theme", "mechanism", "author"))
        once, places, unprinted = self._once, self._places, (None, None, "")
        within: dict[tuple[int, ...], tuple[str, ...]] = {(): ()}
        for key, texts in self.texts["card"].items():
            day, page, issue, position, added, title, genre, level, column = texts
            issue_id, publication, printed = issues[int(issue)][:3] if issue else unprinted
            day = day or printed
            place = places[key]
            own = (*((place,) if place else ()), *also.get(key, ()))
            if own not in within:
                within[own] = once(*sorted({code for region in own for code in path(codes[region])}))
            values = (
                *(within[own], once(level), themes.get(key, ()), mechanisms.get(key, ()), once(genre)),
                *(once(column), once(publication), once(day[:4]), once(issue_id), authors.get(key, ())),
            )
            yield Card(
                *(key, day, int(issue or 0), int(page or 0), int(position), int(added or 0), title),
                *(codes[place] if place else "", metrics[key][0] if key in metrics else 0, values),
            )

    def _named(self, facet: str) -> dict[int, tuple[str, ...]]:
        """The public values of each article that has any in a facet, in order."""
        names = self.texts[f"{facet} name"]
        return {
            key: self._once(
                *(sorted({names[n][0] for n in numbers}) if numbers[1:] else (names[numbers[0]][0],))
            )
            for key, numbers in self._numbers[facet].items()
        }

    def _once(self, *values: str | None) -> tuple[str, ...]:
        """The values there are; a tuple that many articles share takes room once."""
        known = self._same.get(values)
        if known is None:
            known = self._same[values] = tuple(value for value in values if value)
        return known
