"""Reading the vocabulary files; every fault names the file, the line and what to do."""

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
VOCABULARY = Path(__file__).resolve().parents[2] / "fixtures" / "vocabulary"


class VocabularyError(ValueError):
    """A vocabulary file that cannot be used as it stands: `path:line: what is wrong. What to do.`"""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path.name}:{line}: {message}")
        self.path, self.line = path, line


def read(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise VocabularyError(
            path, 0, f"the file is missing from {path.parent}. Restore it from git."
        ) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise VocabularyError(path, line, "not UTF-8 text. Save the file as UTF-8.") from None


def toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dictionary."""
    text = read(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # The library says "(at line N, column M)" or "(at end of document)".
        words = str(error).split("line ")
        line = int(words[1].split(",")[0]) if len(words) > 1 else text.count("\n") + 1
        raise VocabularyError(path, line, f"not TOML: {error}. Mend the line.") from None


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """The rows below the heading of a CSV file, each with its line number."""
    reader = csv.reader(read(path).splitlines())
    heading = next(reader, [])
    if tuple(heading) != columns:
        raise VocabularyError(path, 1, f"columns are {heading}. Expected {','.join(columns)}.")
    for row in reader:
        if not row:
            continue
        if len(row) != len(columns):
            raise VocabularyError(
                path, reader.line_num, f"{len(row)} fields. Give {len(columns)}: {','.join(columns)}."
            )
        yield reader.line_num, row


def words(path: Path) -> Iterator[tuple[int, str]]:
    """The words of a text file, separated by white space, each with its line; `#` starts a comment line."""
    for number, line in enumerate(read(path).splitlines(), 1):
        if not line.startswith("#"):
            for word in line.split():
                yield number, word


def line_of(path: Path, needle: str) -> int:
    """The first line that holds `needle`, for faults found after parsing; 1 where it is nowhere."""
    for number, line in enumerate(read(path).splitlines(), 1):
        if needle in line:
            return number
    return 1


def strings(path: Path, table: dict[str, Any], key: str) -> tuple[str, ...]:
    """`table[key]` as a tuple of distinct non-empty strings."""
    value = table.get(key)
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise VocabularyError(path, line_of(path, key), f'{key} is no list of words. Give {key} = ["…", …].')
    seen: set[str] = set()
    for word in value:
        if word in seen:
            raise VocabularyError(path, line_of(path, word), f"{word} stands twice in {key}. Remove one.")
        seen.add(word)
    return tuple(value)
