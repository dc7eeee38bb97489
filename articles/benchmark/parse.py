"""Pages a second, memory, the time of a megabyte and of hostile texts; all in seconds of one core's time.

A page is put beside `jieba.cut` over the same text in the same run: what segmenting alone costs on
this machine, before anybody reads anything out of the words.
"""

import resource
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.conf import settings

from articles import gazetteer
from articles.benchmark.hostile import TEXTS
from articles.ingest.config import Config
from articles.ingest.pipeline import parse_timed

HELP = "pages a second, memory, linearity and hostile texts of the parser, beside jieba alone"

Write = Callable[[str], Any]
PAGES_A_SECOND, TIMES_JIEBA, MEGABYTES, HOSTILE_SECONDS = 25.0, 3.0, 350.0, 2.0
LENGTHS = (64, 128, 256, 512, 1024)  # KB


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--pages", type=Path, help="a folder of page texts; the repository's annotated ones")
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is parsed, default 5")
    parser.add_argument("--quick", action="store_true", help="pages only: no long and no hostile texts")


def run(options: dict[str, Any], write: Write) -> None:
    folder = options["pages"] or Path(settings.BASE_DIR, "fixtures", "pages")
    pages = [path.read_bytes() for path in sorted(folder.rglob("*.txt"))]
    if not pages:
        write(f"No page texts (*.txt) in {folder}")
        return
    config = Config(gazetteer.load())
    warm_up = sum(_seconds(_parse, page, config) for page in pages)
    write(f"{len(pages)} pages, {sum(map(len, pages)) / 1024:.0f} KB; first time {warm_up:.2f} s")
    if not options["quick"]:
        _lengths(pages, config, write)
    # Before jieba is loaded, which the parser does without.
    write(f"memory: {_peak():.0f} MB at most (aim: under {MEGABYTES:.0f})")
    _beside_jieba(pages, config, options["rounds"], write)
    if not options["quick"]:
        _hostile(config, write)


def _beside_jieba(pages: Sequence[bytes], config: Config, rounds: int, write: Write) -> None:
    import jieba

    jieba.setLogLevel("WARNING")
    texts = [page.decode("utf-8-sig") for page in pages]
    for text in texts:
        jieba.lcut(text)
    parsing, cutting = [], []
    stages: dict[str, float] = {}
    for _ in range(rounds):  # one after the other, so that whatever else the machine does weighs on both
        for page, text in zip(pages, texts, strict=True):
            parsing.append(_seconds(_parse, page, config, stages))
            cutting.append(_seconds(jieba.lcut, text))
    rate, ratio = len(parsing) / sum(parsing), sum(parsing) / sum(cutting)
    write(f"parse: {rate:.1f} pages/s, {1000 / rate:.1f} ms a page (aim: {PAGES_A_SECOND:.0f} pages/s)")
    slowest = max(min(parsing[i :: len(pages)]) for i in range(len(pages)))
    write(f"       slowest page {1000 * slowest:.1f} ms")
    write(f"jieba: {1000 * sum(cutting) / len(cutting):.1f} ms a page")
    write(f"ratio: {ratio:.2f} (aim: at most {TIMES_JIEBA:.0f})")
    whole = sum(stages.values())
    write("stages: " + ", ".join(f"{stage} {100 * took / whole:.0f} %" for stage, took in stages.items()))


def _lengths(pages: Sequence[bytes], config: Config, write: Write) -> None:
    write("long texts, pages put one after another:")
    for size in LENGTHS:
        text = b"\n\n".join(islice(cycle(pages), 1 + size * 1024 // min(map(len, pages))))[: size * 1024]
        text = text.decode("utf-8", "ignore").encode()
        took = _seconds(_parse, text, config)
        write(f"  {size:5} KB {took:6.2f} s {took / size * 1024:6.2f} s/MB")


def _hostile(config: Config, write: Write) -> None:
    write(f"hostile texts (aim: within {HOSTILE_SECONDS:.0f} s each):")
    took = {}
    for name, text in TEXTS.items():
        took[name] = _seconds(_parse, text().encode(), config)
    for name, seconds in sorted(took.items(), key=lambda x: -x[1]):
        write(f"  {seconds:6.2f} s  {name}{'  SLOW' if seconds > HOSTILE_SECONDS else ''}")
    write(f"memory after them: {_peak():.0f} MB at most")


def _parse(data: bytes, config: Config, stages: dict[str, float] | None = None) -> None:
    timed = parse_timed(data, "page.txt", config)
    if stages is not None:
        for stage, seconds in timed.seconds.items():
            stages[stage] = stages.get(stage, 0.0) + seconds


def _seconds(work: Callable[..., Any], *args: Any) -> float:
    started = time.process_time()
    work(*args)
    return time.process_time() - started


def _peak() -> float:
    """Megabytes that this process has held at most."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 1024
