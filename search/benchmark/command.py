"""The command line, and one run from articles to table."""

import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # loading them needs Django to be set up
    from search.benchmark.material import Material
    from search.benchmark.questions import Questions
    from search.benchmark.rivals import Entry
    from search.benchmark.table import Measured

HELP = "our search engines beside the common recipe, bare Tantivy and PostgreSQL"

Write = Callable[[str], Any]


def add_arguments(parser: ArgumentParser) -> None:
    from search.benchmark.rivals import RIVALS

    names = ", ".join(entry.name for entry in RIVALS)
    parser.add_argument("file", type=Path, help="articles as import_articles takes them, .jsonl or .jsonl.gz")
    parser.add_argument("--limit", type=int, default=0, help="how many of them, default all")
    parser.add_argument(
        "--articles", type=int, default=0, help="so many recombined of their sentences instead"
    )
    parser.add_argument("--seed", type=int, default=1, help="of whatever is drawn by lot, default 1")
    parser.add_argument("--only", default="", help=f"some rivals, with commas between: {names}")
    parser.add_argument("--queries", type=int, default=40, help="questions of each kind, default 40")
    parser.add_argument("--substrings", type=int, default=1_000, help="to count, default 1000")
    parser.add_argument("--titles", type=int, default=200, help="to find again, default 200")
    parser.add_argument(
        "--rounds", type=int, default=1, help="ask so often, each time a new process, and keep the fastest"
    )
    parser.add_argument(
        "--cpu", action="store_true", help="processor time of queries, where others use the machine too"
    )
    parser.add_argument(
        "--keep",
        type=Path,
        help="a folder for the indexes; what an earlier run has built there is not built again",
    )
    parser.add_argument(
        "--no-articles",
        action="store_true",
        help="none in the database: no whole pages and no substrings, and PostgreSQL does not take part",
    )
    parser.add_argument("--in-process", action="store_true", help="quick to start, but memory says nothing")


def run(options: dict[str, Any], write: Write) -> None:
    from articles.benchmark.scratch import CannotFill, connect
    from search.benchmark import database

    try:
        connect(database.NAME)
    except CannotFill as error:
        write(str(error))
        return
    measure(options, write)


def measure(options: dict[str, Any], write: Write) -> None:
    """Measures in the database at hand, whose articles are replaced and then removed."""
    from search.benchmark import database, table
    from search.benchmark.material import Material
    from search.benchmark.questions import drawn
    from search.benchmark.rivals import RIVALS

    material = Material(options["file"], options["limit"], options["articles"], options["seed"])
    titles = 0 if material.recombined else options["titles"]
    stored = not options["no_articles"]
    number, substrings = options["queries"], options["substrings"] if stored else 0
    questions = drawn(material.documents(), options["seed"], number, substrings, titles)
    if not stored:
        questions = questions.without_pages()
    wanted = [name for name in options["only"].split(",") if name]
    results: dict[str, Measured] = {}
    try:
        if stored:
            database.fill(material.documents())
        counts = list(database.counted(questions.substrings))
        for entry in RIVALS:
            if (not wanted or entry.name in wanted) and (stored or not entry.in_database):
                found = results[entry.name] = _measured(entry, material, questions, counts, options)
                write(f"{entry.title}: {found.built.rate:,.0f} articles/s, mean {found.mean:.2f} ms")
    finally:
        if stored:
            database.clear()
    articles = max((found.built.articles for found in results.values()), default=0)
    clock = "processor time" if options["cpu"] else "time on the clock"
    write(f"\n{articles:,} articles, {number} questions of each kind, p50 / p95 of {clock}\n")
    for line in table.lines(results):
        write(line)
    write("")
    for line in table.aims(results, articles):
        write(line)


def _measured(
    entry: "Entry",
    material: "Material",
    questions: "Questions",
    counts: Sequence[int],
    options: dict[str, Any],
) -> "Measured":
    from search.benchmark.apart import apart, here
    from search.benchmark.measure import Built, ask, build
    from search.benchmark.table import Measured

    work: Callable[..., Any] = here if options["in_process"] else apart
    path = entry.path
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(options["keep"] or parent, entry.name)
        note = folder.with_suffix(".json")
        if note.exists():
            built = Built.read(note)
        else:
            folder.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(folder, ignore_errors=True)  # half-built
            built = work(build, path, folder, material)
            built.write(note)
        asked = work(ask, path, folder, questions, True)
        for _ in range(options["rounds"] - 1):
            again = work(ask, path, folder, questions, False)
            asked = replace(
                asked,
                cold=min(asked.cold, again.cold),
                took=_fastest(asked.took, again.took),
                spent=_fastest(asked.spent, again.spent),
            )
    if options["cpu"]:
        asked = replace(asked, took=asked.spent)
    exact = sum(ours == like for ours, like in zip(asked.counts, counts, strict=True))
    return Measured(built, asked, exact)


def _fastest(once: Mapping[str, Sequence[float]], again: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    return {kind: tuple(map(min, seconds, again[kind])) for kind, seconds in once.items()}
