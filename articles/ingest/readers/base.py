"""What every reader offers, and how it says no."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reading:
    """One page text and how it was read: an encoding for plain text, else the kind of file."""

    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: bytes as it comes and unpacked, `ratio` of the two, pages, `characters` of the text of one
    (the fullest newspaper page has some 15,000; the desk takes less than is parsed here), files in a package, packages
    within packages, seconds that a separate process may take."""

    file_bytes: int = 10 * 1024 * 1024
    unpacked_bytes: int = 200 * 1024 * 1024
    ratio: int = 200
    pages: int = 64
    characters: int = 10 * 1024 * 1024
    members: int = 500
    depth: int = 2
    seconds: int = 120


# What is wrong and what to do about it, in words; callers translate them by code.
PROBLEMS = {
    "empty": "the file is empty",
    "too_large": "the file is larger than a page text can be",
    "too_long": "the text is longer than that of a page can be",
    "image": "this is an image",
    "program": "this is a program and no text",
    "no_package": "it is named as a packed file and is none, or is broken",
    "other_office": "this is a spreadsheet, a presentation or an OpenDocument file, which cannot be read here",
    "binary": "the file holds bytes that are no text",
    "encoding": "the bytes are neither UTF-8 nor GB 18030 nor UTF-16 nor Big5",
    "not_in_encoding": "the bytes are not in the encoding that was chosen",
    "cut": "the file ends in the middle of a character",
    "no_reader": "files of this kind cannot be read",
    "packed": "this is a packed file inside a packed file, deeper than is unpacked",
    "other_package": "this is a packed file of a kind that cannot be unpacked (rar, 7z, gz)",
    "broken": "the file is broken",
    "encrypted": "the file is locked with a password",
    "old_office": "this is a document of an old office format (.doc, .wps), or one locked with a password",
    "unpacks_too_large": "what is packed in the file is larger than may be unpacked",
    "too_many_pages": "the file has more pages than may be read at once",
    "too_many_members": "the package holds more files than may be taken in at once",
    "climbs_out": "its path in the package leads out of the package",
    "no_text": "no text was found in the file",
    "scanned": "this PDF holds pictures of pages and no text, and no text recognition is installed here",
    "too_slow": "reading the file took longer than it may",
    "entities": "the file defines XML entities, which no document needs",
}
REMEDIES = {
    "check_upload": "check that the right file was chosen and that it was saved completely",
    "split": "split it, one file a page",
    "save_as_text": "save its text as a .txt file in UTF-8 and upload that",
    "recode": "open it in an editor, save it in UTF-8 and upload it again",
    "save_as_docx_or_text": "copy its text into a .docx or .txt file and upload that",
    "scan": "upload the scan as a PDF, or recognise its text and upload that as a .txt file",
    "save_as_docx": "open it, save it as .docx without a password and upload that",
    "unlock": "save a copy without a password and upload that",
    "unpack": "unpack it and upload the files themselves",
    "recognise": "recognise its text with other software and upload that, or install Tesseract with chi_sim here",
    "choose_encoding": "choose another encoding, or let it be detected",
}


class UnreadableSource(ValueError):
    """A file that cannot be read: `name` of the file, `where` in it, `problem` and `remedy` as codes of this module."""

    def __init__(self, name: str, where: str, problem: str, remedy: str) -> None:
        self.name, self.where, self.problem, self.remedy = name, where, problem, remedy
        place = f" ({where})" if where else ""
        super().__init__(f"{name}: {PROBLEMS[problem]}{place}; {REMEDIES[remedy]}.")


class Reader(Protocol):
    """One kind of file. What a file is is decided by its content; its name only appears in messages."""

    def accepts(self, data: bytes) -> bool:
        """Whether this reader is the one for the file."""

    def read(self, data: bytes, name: str, limits: Limits) -> tuple[Reading, ...]:
        """The texts of the file's pages in order, at least one. Raises UnreadableSource."""
