"""`manage.py benchmark search`: our engine beside the common recipe, on the same articles in the same run.

The recipe is what people build from haystack's manual: its stock Whoosh backend with jieba's ChineseAnalyzer
in place of the stemmer. Neither needs the database; both indexes go to a temporary folder.
"""

import gzip
import json
import random
import re
import statistics
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from search import text
from search.engines.base import Document, FacetValue, Request
from search.engines.whoosh import Whoosh
from search.query import parse

HELP = "index and query times of the search engine, beside the common recipe"
COMMON = ("经济", "发展", "中国", "工作", "人民", "建设", "服务", "社会")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--docs", required=True, type=Path, help="articles as import_articles takes them, .jsonl or .jsonl.gz"
    )
    parser.add_argument("--limit", type=int, default=2000, help="how many of them, default 2000; 0 for all")
    parser.add_argument("--no-recipe", action="store_true", help="only our engine: the recipe indexes slowly")


def read(path: Path, limit: int) -> Iterator[Document]:
    """The articles of a JSONL file as documents."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in islice(file, limit or None):
            row = json.loads(line)
            date = row.get("date") or ""
            year = (FacetValue(date[:4], date[:4]),) if date else ()
            body = tuple(row["body"].split("\n"))
            yield Document(str(row["id"]), row["title"], body, date=date, facets={"year": year})


def queries(documents: list[Document], number: int = 30) -> dict[str, list[str]]:
    """Queries of each kind, drawn from the articles; the same articles give the same queries."""
    rng = random.Random(1)
    runs = [run for d in documents for p in d.paragraphs for run in re.findall("[\u4e00-\u9fff]{8,}", p)]
    rng.shuffle(runs)
    cut = [[w for w in text.segmenter().cut(run, HMM=False) if len(w) > 1] for run in runs[: number * 20]]
    pairs = [f"{words[0]} {words[-1]}" for words in cut if len(words) > 1][:number]
    rare = sorted({w for words in cut for w in words if len(w) > 2}, key=lambda w: (-len(w), w))[:number]
    phrases = [f'"{run[1:7]}"' for run in runs[:number]]
    return {"common word": list(COMMON), "rare word": rare, "two words": pairs, "phrase": phrases}


def p50(search: Callable[[str], int], asked: list[str]) -> tuple[float, int]:
    """(median milliseconds of a query asked for the first time, hits of all together)."""
    took, hits = [], 0
    for query in asked:
        started = time.perf_counter()
        hits += search(query)
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took), hits


def run(options: dict[str, Any], write: Callable[[str], Any]) -> None:
    documents = list(read(options["docs"], options["limit"]))
    text.segmenter()
    asked = queries(documents)
    with tempfile.TemporaryDirectory() as folder:
        ours = Whoosh(Path(folder, "ours"))
        started = time.perf_counter()
        ours.rebuild(documents)
        our_rate = len(documents) / (time.perf_counter() - started)
        write(f"{len(documents)} articles; index: {our_rate:.0f} articles/s, {_size(ours.folder):.0f} MB")

        def ask(query: str) -> int:
            return ours.search(Request(parse(query), facets=("year",))).total

        ask("")
        measured = {kind: p50(ask, some) for kind, some in asked.items()}
        if options["no_recipe"]:
            for kind, (took, hits) in measured.items():
                write(f"{kind:12} {took:8.2f} ms p50, {hits} hits")
            return
        recipe_index, recipe_ask = _recipe(Path(folder, "recipe"))
        started = time.perf_counter()
        recipe_index(documents)
        rate = len(documents) / (time.perf_counter() - started)
        write(f"common recipe: {rate:.0f} articles/s; ours indexes {our_rate / rate:.1f} times as fast")
        for kind, (took, hits) in measured.items():
            theirs, their_hits = p50(recipe_ask, asked[kind])
            write(
                f"{kind:12} {took:8.2f} ms p50, {hits:6} hits; recipe {theirs:8.2f} ms, {their_hits:6} hits;"
                f" {theirs / took:6.1f} times as fast"
            )


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _recipe(folder: Path) -> tuple[Callable[[list[Document]], None], Callable[[str], int]]:
    """(index, ask) of haystack's Whoosh backend with jieba's analyser."""
    from haystack.backends.whoosh_backend import WhooshSearchBackend
    from jieba.analyse import ChineseAnalyzer
    from whoosh.fields import TEXT

    from articles.models import Article
    from search.search_indexes import ArticleIndex

    class Recipe(WhooshSearchBackend):  # type: ignore[misc]
        def build_schema(self, fields: Any) -> Any:
            name, schema = super().build_schema(fields)
            for _, field in schema.items():
                if isinstance(field, TEXT):
                    field.analyzer = ChineseAnalyzer()
            return name, schema

    backend = Recipe("default", PATH=str(folder))

    def fill(documents: list[Document]) -> None:
        backend.update(
            ArticleIndex(),
            [
                Article(pk=int(d.id), title=d.title, text="\n".join(d.paragraphs), date=d.date)
                for d in documents
            ],
        )

    def ask(query: str) -> int:
        found: dict[str, Any] = backend.search(query, end_offset=20, models={Article})
        return int(found["hits"])

    return fill, ask
