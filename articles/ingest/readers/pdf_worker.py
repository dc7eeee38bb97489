"""python -m articles.ingest.readers.pdf_worker PAGES SECONDS < FILE.pdf > JSON

`{"kind": "pdf" | "pdf ocr", "pages": [text, …]}`, or `{"problem", "where", "remedy"}` as in `readers.base`.
"""

import io
import json
import resource
import shutil
import subprocess
import sys
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from articles.ingest.readers.pdf_layout import Letter, page_text

MEMORY = 2 * 1024**3
LEAST_LETTERS = 20
"""A page with fewer letters beside a picture is a scan with a stamp on it."""
DOTS_PER_INCH = 300


class Unreadable(Exception):
    """(problem, where, remedy)"""


def main() -> None:
    most, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sys.setrecursionlimit(2000)
    answer: dict[str, Any]
    try:
        answer = read(sys.stdin.buffer.read(), most)
    except Unreadable as error:
        answer = dict(zip(("problem", "where", "remedy"), error.args, strict=True))
    print(json.dumps(answer))


def read(data: bytes, most: int) -> dict[str, Any]:
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > most:
                raise Unreadable("too_many_pages", f"{len(document.pages)} > {most}", "split")
            texts, scans = [], []
            for number, page in enumerate(document.pages):
                letters = [
                    Letter(c["text"], c["x0"], c["x1"], c["top"], c["bottom"], c["size"]) for c in page.chars
                ]
                texts.append(page_text(letters))
                if len(letters) < LEAST_LETTERS and page.images:
                    scans.append(number)
                page.close()
    except (PDFException, PdfminerException) as error:
        if _is_locked(error):
            raise Unreadable("encrypted", "", "unlock") from error
        raise Unreadable("broken", "", "check_upload") from error
    except RecursionError as error:
        raise Unreadable("broken", "", "save_as_text") from error
    if scans:
        for number, text in zip(scans, _recognised(data, scans), strict=True):
            texts[number] = text
    if not any(text.strip() for text in texts):
        raise Unreadable("no_text", "", "check_upload")
    return {"kind": "pdf ocr" if scans else "pdf", "pages": [text for text in texts if text.strip()]}


def _is_locked(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, PDFPasswordIncorrect) or any(
            isinstance(argument, PDFPasswordIncorrect) for argument in error.args
        ):
            return True
        error = error.__cause__ or error.__context__
    return False


def _recognised(data: bytes, numbers: list[int]) -> list[str]:
    """The texts of scanned pages by Tesseract, which must know Simplified Chinese."""
    program = shutil.which("tesseract")
    where = f"page {numbers[0] + 1}"
    if program is None or "chi_sim" not in _languages(program):
        raise Unreadable("scanned", where, "recognise")
    import pypdfium2

    texts = []
    for number in numbers:
        page = pypdfium2.PdfDocument(data)[number]
        picture = io.BytesIO()
        page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil().save(picture, "PNG")
        done = subprocess.run(
            [program, "stdin", "stdout", "-l", "chi_sim", "--dpi", str(DOTS_PER_INCH)],
            input=picture.getvalue(),
            capture_output=True,
            check=False,
        )
        texts.append(done.stdout.decode("utf-8", "replace").replace("\f", ""))
    return texts


def _languages(program: str) -> list[str]:
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    return done.stdout.split()


if __name__ == "__main__":
    main()
