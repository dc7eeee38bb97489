"""Measures one rival: indexing and answering, each called in a process of its own."""

import gc
import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path

from django.core.management.base import OutputWrapper

from search.benchmark.material import Material
from search.benchmark.questions import Known, Question, Questions
from search.benchmark.rivals.base import Rival
from search.benchmark.weight import own, peak, resident
from search.engines.base import Document
from search.progress import Progress

BATCH, BATCHES = 1_000, 5
LOADED = 50_000
"""Up to so many articles are read before the clock starts; more would take the memory that is measured."""


@dataclass(frozen=True)
class Built:
    """`rate`: articles a second; `thrift`: articles a second of processor time; `size`, `peak`: bytes;
    `batches`: articles a second of processor time of each of some batches."""

    articles: int
    rate: float
    thrift: float
    size: int
    peak: int
    batches: tuple[float, ...]

    def write(self, note: Path) -> None:
        note.write_text(json.dumps(asdict(self)), encoding="ascii")

    @classmethod
    def read(cls, note: Path) -> "Built":
        kept = json.loads(note.read_text(encoding="ascii"))
        return cls(**{**kept, "batches": tuple(kept["batches"])})


@dataclass(frozen=True)
class Asked:
    """`cold`: seconds until the first answer; `took`: kind → seconds of each question, `spent`: of processor
    time; `memory`: bytes when all were answered, `own`: those of them that are no mapped files; `counts`: hits of
    each substring; `found`: for each known item its place from 1, or 0."""

    cold: float
    took: Mapping[str, tuple[float, ...]]
    spent: Mapping[str, tuple[float, ...]]
    memory: int
    own: int
    counts: tuple[int, ...]
    found: tuple[int, ...]


def build(path: str, folder: Path, material: Material) -> Built:
    """Indexes the articles into `folder`, and some of them again in batches beside it."""
    rival = _made(path, folder)
    documents = material.documents()
    if (material.recombined or LOADED) <= LOADED:
        documents = iter(list(documents))
    number = 0

    def counted() -> Iterator[Document]:
        nonlocal number
        progress = Progress(OutputWrapper(sys.stderr))
        for document in documents:
            number += 1
            yield document
            progress(number, max(number, material.recombined or material.limit))
        progress.end()

    started, before = time.perf_counter(), rival.spent()
    rival.build(counted())
    took, spent = time.perf_counter() - started, rival.spent() - before
    size, most = rival.size(), peak()
    batches: tuple[float, ...] = ()
    if rival.batches:
        rival.close()
        batches = _batches(_made(path, folder.with_name(f"{folder.name}-batches")), material)
    return Built(number, number / took, number / spent, size, most, batches)


def _batches(rival: Rival, material: Material) -> tuple[float, ...]:
    rates, documents = [], material.documents()
    rival.build([])
    for _ in range(BATCHES):
        batch = list(islice(documents, BATCH))
        if batch:
            before = rival.spent()
            rival.add(batch)
            rates.append(len(batch) / (rival.spent() - before))
    rival.close()
    return tuple(rates)


def ask(path: str, folder: Path, questions: Questions, checked: bool) -> Asked:
    """Asks everything, each question once. `checked`: the substrings and known items too."""
    started = time.perf_counter()
    rival = _made(path, folder)
    rival.ask(questions.warming[0])
    cold = time.perf_counter() - started
    for question in questions.warming[1:]:
        if rival.pages or not question.page:
            rival.ask(question)
    gc.collect()
    gc.freeze()  # as the site does once it is warm: a full collection is no part of a search
    took: dict[str, tuple[float, ...]] = {}
    spent: dict[str, tuple[float, ...]] = {}
    for kind, asked in questions.timed.items():
        if rival.pages or not asked[0].page:
            took[kind], spent[kind] = zip(*(_timed(rival, question) for question in asked), strict=True)
    memory, mine = resident() + rival.elsewhere(), own()
    counts = [rival.ask(question).total for question in questions.substrings] if checked else []
    found = [_place(rival, known) for known in questions.known] if checked else []
    rival.close()
    return Asked(cold, took, spent, memory, mine, tuple(counts), tuple(found))


def _made(path: str, folder: Path) -> Rival:
    made: Rival = import_module(path).make(folder)
    return made


def _timed(rival: Rival, question: Question) -> tuple[float, float]:
    """Seconds on the clock and of processor time."""
    before, started = rival.spent(), time.perf_counter()
    rival.ask(question)
    return time.perf_counter() - started, rival.spent() - before


def _place(rival: Rival, known: Known) -> int:
    """The place of the first of the ten hits that has the title, from 1; 0 where none has."""
    ids = rival.ask(known.question).ids[:10]
    return next((place for place, id in enumerate(ids, 1) if id in known.ids), 0)
