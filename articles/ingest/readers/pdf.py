"""PDF files. They are taken apart in a process of their own, which may be slow, greedy or end: the file is untrusted."""

import json
import os
import subprocess
import sys
from pathlib import Path

from articles.ingest.readers.base import Limits, Reading, UnreadableSource

ROOT = Path(__file__).resolve().parents[3]
MAGIC = b"%PDF-"
_HEAD = 1024  # a PDF may begin a little later than its first byte


class Pdf:
    def accepts(self, data: bytes) -> bool:
        return MAGIC in data[:_HEAD]

    def read(self, data: bytes, name: str, limits: Limits) -> tuple[Reading, ...]:
        command = [
            sys.executable, "-m", "articles.ingest.readers.pdf_worker", str(limits.pages), str(limits.seconds),
        ]  # fmt: skip
        try:
            done = subprocess.run(
                command,
                input=data,
                capture_output=True,
                cwd=ROOT,
                timeout=limits.seconds,
                check=False,
                env={**os.environ, "PYTHONUTF8": "1"},
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableSource(name, "", "too_slow", "split") from error
        try:
            said = json.loads(done.stdout)
        except ValueError:  # it ran out of memory or processor time, or the file led it astray
            raise UnreadableSource(name, "", "broken", "save_as_text") from None
        if problem := said.get("problem"):
            raise UnreadableSource(name, said["where"], problem, said["remedy"])
        return tuple(Reading(text, said["kind"]) for text in said["pages"])
