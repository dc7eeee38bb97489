"""The last errors, kept in a file of bounded size for the page that shows them: it works when the database does not."""

import fcntl
import json
import logging
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

LARGEST = 256 * 1024
KEPT = 100
"""Errors that stay when the file has grown to LARGEST."""

LONGEST = 1000
_SECRETS = (
    (re.compile(r"(://)[^/\s@]*@"), r"\1…@"),
    (
        re.compile(r"(?i)\b(pass(?:word|wd)?|secret(?:_key)?|token|sessionid|api_?key)(['\"]?\s*[=:]\s*)\S+"),
        r"\1\2…",
    ),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """`at` is ISO with the offset; `process` is the program, `where` the request or the place in the code; `who` an account."""

    at: str
    process: str
    where: str
    who: str
    what: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


class FaultHandler(logging.Handler):
    """Appends each error as a line of JSON to `path`. A disk that is full or read-only costs the line, nothing else."""

    def __init__(self, path: Path, level: int = logging.ERROR) -> None:
        super().__init__(level)
        self._path = Path(path)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = json.dumps(asdict(read(record)), ensure_ascii=False) + "\n"
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if file.tell() > LARGEST:
                    file.seek(0)
                    tail = file.read().splitlines(keepends=True)[-KEPT:]
                    file.truncate(0)
                    file.write(b"".join(tail))
                file.write(line.encode("utf-8", "replace"))
        except OSError:
            pass  # the terminal's handler has said it
        except Exception:
            self.handleError(record)


def read(record: logging.LogRecord) -> Fault:
    """An error as it is kept: without secrets, in one line, and with the last place of ours that it came from."""
    request = getattr(record, "request", None)
    user = getattr(request, "user", None)
    what = record.getMessage()
    if record.exc_info and record.exc_info[1]:
        error = record.exc_info[1]
        what = f"{what} · {type(error).__name__}: {error}"
    return Fault(
        at=datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="seconds"),
        process=" ".join(
            part for part in (Path(sys.argv[0]).name, *sys.argv[1:2]) if not part.startswith("-")
        ),
        # Django's development server logs the connection as the request.
        where=f"{request.method} {request.path}"
        if request is not None and hasattr(request, "path")
        else f"{record.name}:{record.lineno}",
        # The account that the request already asked for: looking it up may be what failed.
        who=str(user) if user is not None and getattr(user, "is_authenticated", False) else "",
        what=without_secrets(" ".join(what.split()))[:LONGEST],
    )


def without_secrets(text: str) -> str:
    """Passwords in addresses, and whatever follows the name of a secret, replaced by an ellipsis."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def latest(path: Path, most: int = 50) -> Sequence[Fault]:
    """The newest errors first; lines that a crash cut off are left out."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return ()
    found: list[Fault] = []
    for line in reversed(lines):
        try:
            found.append(Fault(**json.loads(line)))
        except (ValueError, TypeError):
            continue
        if len(found) == most:
            break
    return found
