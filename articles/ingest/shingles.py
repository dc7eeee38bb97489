"""Whether two texts are one text with changes: MinHash over runs of three characters. Pure.

A signature is a small sample of a text's runs, drawn so that two texts agree in it about as often as they share runs.
Bands of it are keys that a database can look up: texts alike share one of them, texts on the same subject do not.
Measured in articles/README.md.
"""

import zlib
from dataclasses import dataclass
from itertools import pairwise
from struct import pack

from articles.ingest.passage import fold
from articles.ingest.script import plain

RUN = 3
SAMPLES = 256
ROWS = 3
"""Samples in a band: 85 bands of three find 97 of 100 pairs that share a third of their runs."""

FEWEST = 200
"""Runs below which a text is too short to be told from another: captions, and short news made of stock phrases."""

ALIKE = 0.25
"""The share of runs in common from which two texts are alike; one character in five changed leaves a third."""

PARTS, IN_EACH = 6, 0.25
"""Of each of so many parts of the shorter text, so much stands in the other. A common preamble fills a part or two."""

NEAR = ALIKE - 0.1
"""The likeness of signatures from which the texts themselves are worth comparing."""

_EMPTY = 1 << 32
_MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`signature`: SAMPLES bytes. `bands`: signed 32-bit keys; a text that shares none is hardly alike."""

    signature: bytes
    bands: tuple[int, ...]


def shingles(text: str) -> frozenset[str]:
    """The runs of RUN letters and digits of a text, whatever stands between them."""
    bare = _bare(text)
    return frozenset(map("".join, zip(bare, *(bare[at:] for at in range(1, RUN)), strict=False)))


def fingerprint(text: str) -> Fingerprint | None:
    """None for a text too short to be recognised."""
    runs = shingles(text)
    if len(runs) < FEWEST:
        return None
    # One hash for each run: a part of it says which sample it may become, the rest which run wins there.
    least = [_EMPTY] * SAMPLES
    for run in runs:
        mixed = zlib.crc32(run.encode()) * 0x9E3779B97F4A7C15 & _MASK
        sample, rank = mixed >> 56, mixed >> 24 & 0xFFFFFFFF
        if rank < least[sample]:
            least[sample] = rank
    filled = [rank if rank != _EMPTY else _borrowed(least, sample) for sample, rank in enumerate(least)]
    cuts = pairwise(range(0, SAMPLES + 1, ROWS))
    bands = tuple(_signed(zlib.crc32(pack(f"<{ROWS}I", *filled[a:b]), a)) for a, b in cuts)
    return Fingerprint(bytes(rank & 0xFF for rank in filled), bands)


def likeness(one: bytes, other: bytes) -> float:
    """About which share of their runs two texts have in common, from their signatures: 0..1, give or take 0.06."""
    same = sum(a == b for a, b in zip(one, other, strict=True)) / SAMPLES
    return max(0.0, (same - 1 / 256) / (1 - 1 / 256))  # one byte in 256 agrees by chance


def shared(one: str, other: str) -> float:
    """Which share of their runs two texts have in common, 0..1; 0.0 for texts that are not alike."""
    left, right = shingles(one), shingles(other)
    share = len(left & right) / len(left | right) if left or right else 0.0
    shorter, longer = (one, right) if len(left) <= len(right) else (other, left)
    return share if share >= ALIKE and _throughout(_bare(shorter), longer) >= IN_EACH else 0.0


def _throughout(bare: str, runs: frozenset[str]) -> float:
    """The least share of a text's part, of PARTS, whose runs are among `runs`."""
    found = [bare[at : at + RUN] in runs for at in range(len(bare) - RUN + 1)]
    cuts = [len(found) * part // PARTS for part in range(PARTS + 1)]
    return min(sum(found[a:b]) / max(1, b - a) for a, b in pairwise(cuts))


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, fold(plain(text)).casefold()))


def _borrowed(least: list[int], sample: int) -> int:
    """What an empty sample takes from another: the same one in every text where that one is filled."""
    for turn in range(1, 1 << 16):
        other = zlib.crc32(pack("<HI", sample, turn)) % SAMPLES
        if least[other] != _EMPTY:
            return least[other]
    raise AssertionError("a text without runs")


def _signed(number: int) -> int:
    return number - (1 << 32) if number >= 1 << 31 else number
