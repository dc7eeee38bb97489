"""What every reader offers, and how it says no."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reading:
    """A page text and the encoding it was read in."""

    text: str
    encoding: str


# What is wrong and what to do about it, in words; callers translate them by code.
PROBLEMS = {
    "empty": "the file is empty",
    "too_large": "the file is larger than a page text can be",
    "pdf": "this is a PDF, whatever its name says",
    "archive": "this is a packed file (zip, docx, …), whatever its name says",
    "image": "this is an image, whatever its name says",
    "binary": "the file holds bytes that are no text",
    "encoding": "the bytes are neither UTF-8 nor GB 18030 nor UTF-16",
    "cut": "the file ends in the middle of a character",
    "no_reader": "files of this kind cannot be read",
}
REMEDIES = {
    "check_upload": "check that the right file was chosen and that it was saved completely",
    "split": "split it, one file a page",
    "save_as_text": "save its text as a .txt file in UTF-8 and upload that",
    "recode": "open it in an editor, save it in UTF-8 and upload it again",
}


class UnreadableSource(ValueError):
    """A file that cannot be read: `name` of the file, `where` in it, `problem` and `remedy` as codes of this module."""

    def __init__(self, name: str, where: str, problem: str, remedy: str) -> None:
        self.name, self.where, self.problem, self.remedy = name, where, problem, remedy
        place = f" ({where})" if where else ""
        super().__init__(f"{name}: {PROBLEMS[problem]}{place}; {REMEDIES[remedy]}.")


class Reader(Protocol):
    def accepts(self, data: bytes, name: str) -> bool:
        """Whether this reader is the one for the file."""

    def read(self, data: bytes, name: str) -> Reading:
        """The text. Raises UnreadableSource."""
