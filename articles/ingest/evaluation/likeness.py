"""When two texts, metrics, mechanisms or subjects count as the same."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any

Found = Mapping[str, Any]

_WHITE = re.compile(r"\s+")
_NUMBER = re.compile(r"[\d.]+|[零一二三四五六七八九十百千万亿半两]+")
_SAME_UNIT = {"余件": "件", "人(次)": "人次", "％": "%"}
LONG_NAME = 4
SHARED_CHARACTERS = 0.6


def squash(text: str | None) -> str:
    """Without white space and with full-width forms as half-width ones."""
    return _WHITE.sub("", unicodedata.normalize("NFKC", text or ""))


def bare(text: str | None) -> str:
    """Squashed, without punctuation and symbols: what is left of a headline when its setting is ignored."""
    return "".join(c for c in squash(text) if unicodedata.category(c)[0] not in "PSZ")


def overlap(a: str, b: str) -> float:
    """F1 of the two texts' character trigrams, 0..1."""
    x, y = _trigrams(a), _trigrams(b)
    size = x.total() + y.total()
    return 2 * (x & y).total() / size if size else 0.0


def _trigrams(text: str) -> Counter[str]:
    return Counter(map("".join, zip(text, text[1:], text[2:], strict=False)))


def quotes_overlap(a: Found, b: Found) -> float:
    return overlap(squash(a["quote"]), squash(b["quote"]))


def same_metric(gold: Found, found: Found) -> bool:
    """The same value and unit, read at the same number."""
    if abs(gold["value"] - found["value"]) > 1e-6 * max(1, abs(gold["value"])):
        return False
    a, b = _unit(gold), _unit(found)
    if a not in b and b not in a:
        return False
    x, y = squash(gold["quote"]), squash(found["quote"])
    return x in y or y in x or any(number in y for number in _NUMBER.findall(x))


def _unit(metric: Found) -> str:
    unit = squash(metric["unit"])
    return _SAME_UNIT.get(unit, unit)


def same_mechanism(gold: Found, found: Found) -> bool:
    """One of the annotated names, or a long name that holds one or is held by one."""
    name = bare(found["name"])
    names = {bare(n) for n in (gold["name"], *gold.get("aliases", ()))}
    return name in names or (len(name) >= LONG_NAME and any(name in n or n in name for n in names))


def same_subject(gold: str | None, found: str | None) -> bool:
    """Equal, one inside the other, or most of the annotated subject's characters."""
    a, b = bare(gold), bare(found)
    if a == b:
        return True
    if len(b) < 2:
        return False
    return a in b or b in a or len(set(a) & set(b)) >= SHARED_CHARACTERS * len(set(a))
