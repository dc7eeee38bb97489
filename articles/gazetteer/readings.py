"""How characters and words are read aloud: pypinyin's tables, piece by piece.

Importing the package would hold all of them, sixty megabytes, for as long as the process lives; whoever needs a
part keeps that part. Pure.
"""

import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from sys import intern
from typing import Any

_BETWEEN = re.compile(r"[\s{},:]*")
_decoder = json.JSONDecoder()


def characters() -> Iterator[tuple[str, str]]:
    """(character, its first reading), the tone over the letters: 重, zhòng."""
    for code, readings in _pairs("pinyin_dict.json"):
        yield chr(int(code)), intern(readings.partition(",")[0])


def words(longest: int) -> Iterator[tuple[str, list[str]]]:
    """(word, the first reading of each of its characters) of the words of at most so many characters: 重庆,
    [chóng, qìng]."""
    for word, readings in _pairs("phrases_dict.json"):
        if len(word) <= longest:
            yield word, [intern(some[0]) for some in readings]


def _pairs(name: str) -> Iterator[tuple[str, Any]]:
    """The pairs of a JSON object one after another, without ever making the object."""
    text = (_folder() / name).read_text("utf-8")
    at = _after(text, 0)
    while at < len(text):
        key, at = _decoder.raw_decode(text, at)
        value, at = _decoder.raw_decode(text, _after(text, at))
        yield key, value
        at = _after(text, at)


def _after(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    assert found
    return found.end()


def _folder() -> Path:
    found = find_spec("pypinyin")  # finds it without running it
    if found is None or found.origin is None:
        raise ModuleNotFoundError("pypinyin is not installed")
    return Path(found.origin).parent
