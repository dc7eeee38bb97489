"""Articles to index: those of a file as they are, or as many as wanted recombined from their sentences."""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from search.engines.base import Document, FacetValue
from search.text import sentences

LEVELS = ("全国", "省级", "地市级", "区县级", "乡镇街道")
GENRES = ("消息", "通讯", "署名文章", "记者观察", "理论文章", "图片新闻", "名录评选")
THEMES, PUBLICATIONS, MECHANISMS, PROVINCES, CITIES = 16, 40, 3_000, 31, 12

Draw = random.Random


@dataclass(frozen=True)
class Material:
    """`path`: articles as import_articles takes them, .jsonl or .jsonl.gz, the first `limit` or all (0).
    `recombined`: so many articles of their sentences instead; the same seed gives the same articles."""

    path: Path
    limit: int = 0
    recombined: int = 0
    seed: int = 1

    def documents(self) -> Iterator[Document]:
        """The articles with ids from 1 on, a year of their own, and the other facets drawn by lot."""
        draw = Draw(self.seed)
        rows = self._recombined(draw) if self.recombined else self._read()
        for number, (date, title, paragraphs) in enumerate(rows, 1):
            yield Document(
                str(number),
                title,
                paragraphs,
                date=date,
                public_id=f"b{number:07}",
                facets=_facets(date, draw),
            )

    def _read(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        opened = gzip.open if self.path.suffix == ".gz" else open
        with opened(self.path, "rt", encoding="utf-8") as file:
            for line in islice(file, self.limit or None):
                row = json.loads(line)
                body = (paragraph for paragraph in row["body"].split("\n") if paragraph.strip())
                yield row.get("date") or "", row["title"], tuple(body)

    def _recombined(self, draw: Draw) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Articles of the lengths of real ones, of sentences that stood elsewhere."""
        dates: list[str] = []
        titles: list[str] = []
        shapes: list[list[int]] = []
        pool: list[str] = []
        for date, title, paragraphs in self._read():
            cut = [list(sentences(paragraph)) for paragraph in paragraphs]
            dates.append(date)
            titles.append(title)
            shapes.append([len(part) for part in cut])
            pool.extend(sentence for part in cut for sentence in part)
        for number in range(1, self.recombined + 1):
            shape = draw.choice(shapes)
            drawn = iter(draw.choices(pool, k=sum(shape)))
            paragraphs = tuple("".join(islice(drawn, length)) for length in shape)
            yield draw.choice(dates), f"{draw.choice(titles)[:180]} {number}", paragraphs


def _facets(date: str, draw: Draw) -> dict[str, tuple[FacetValue, ...]]:
    province = _seldom(draw, PROVINCES)
    city = province * 100 + _seldom(draw, CITIES)
    themes = sorted({_seldom(draw, THEMES) for _ in range(2)})
    found = {
        "region": (_value("r", province, "省"), _value("r", city, "市")),
        "level": (_plain(LEVELS[_seldom(draw, len(LEVELS))]),),
        "theme": tuple(_value("t", theme, "主题") for theme in themes),
        "mechanism": (_value("m", _seldom(draw, MECHANISMS), "机制"),) if draw.random() < 0.5 else (),
        "genre": (_plain(GENRES[_seldom(draw, len(GENRES))]),),
        "publication": (_value("p", _seldom(draw, PUBLICATIONS), "报"),),
    }
    return {**found, "year": (_plain(date[:4]),)} if date else found


def _seldom(draw: Draw, number: int) -> int:
    """A number below `number`, small ones more often than large ones."""
    return int(number * draw.random() ** 2)


def _value(kind: str, number: int, label: str) -> FacetValue:
    return FacetValue(f"{kind}{number}", f"{label}{number}")


def _plain(value: str) -> FacetValue:
    return FacetValue(value, value)
