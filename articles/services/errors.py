"""What services refuse, in sentences that name the file, the place and the remedy."""

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.ingest.readers import UnreadableSource

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from articles.models import IngestRun

# The readers know no Django; these mark their codes' sentences for translation.
PROBLEMS = {
    "empty": gettext_noop("the file is empty"),
    "too_large": gettext_noop("the file is larger than a page text can be"),
    "too_long": gettext_noop("the text is longer than that of a page can be"),
    "image": gettext_noop("this is an image"),
    "program": gettext_noop("this is a program and no text"),
    "no_package": gettext_noop("it is named as a packed file and is none, or is broken"),
    "other_office": gettext_noop(
        "this is a spreadsheet, a presentation or an OpenDocument file, which cannot be read here"
    ),
    "binary": gettext_noop("the file holds bytes that are no text"),
    "encoding": gettext_noop("the bytes are neither UTF-8 nor GB 18030 nor UTF-16 nor Big5"),
    "not_in_encoding": gettext_noop("the bytes are not in the encoding that was chosen"),
    "cut": gettext_noop("the file ends in the middle of a character"),
    "no_reader": gettext_noop("files of this kind cannot be read"),
    "packed": gettext_noop("this is a packed file inside a packed file, deeper than is unpacked"),
    "other_package": gettext_noop("this is a packed file of a kind that cannot be unpacked (rar, 7z, gz)"),
    "broken": gettext_noop("the file is broken"),
    "encrypted": gettext_noop("the file is locked with a password"),
    "old_office": gettext_noop(
        "this is a document of an old office format (.doc, .wps), or one locked with a password"
    ),
    "unpacks_too_large": gettext_noop("what is packed in the file is larger than may be unpacked"),
    "too_many_pages": gettext_noop("the file has more pages than may be read at once"),
    "too_many_members": gettext_noop("the package holds more files than may be taken in at once"),
    "climbs_out": gettext_noop("its path in the package leads out of the package"),
    "no_text": gettext_noop("no text was found in the file"),
    "scanned": gettext_noop(
        "this PDF holds pictures of pages and no text, and no text recognition is installed here"
    ),
    "too_slow": gettext_noop("reading the file took longer than it may"),
    "entities": gettext_noop("the file defines XML entities, which no document needs"),
}
REMEDIES = {
    "check_upload": gettext_noop("check that the right file was chosen and that it was saved completely"),
    "split": gettext_noop("split it, one file a page"),
    "save_as_text": gettext_noop("save its text as a .txt file in UTF-8 and upload that"),
    "recode": gettext_noop("open it in an editor, save it in UTF-8 and upload it again"),
    "save_as_docx_or_text": gettext_noop("copy its text into a .docx or .txt file and upload that"),
    "scan": gettext_noop("upload the scan as a PDF, or recognise its text and upload that as a .txt file"),
    "save_as_docx": gettext_noop("open it, save it as .docx without a password and upload that"),
    "unlock": gettext_noop("save a copy without a password and upload that"),
    "unpack": gettext_noop("unpack it and upload the files themselves"),
    "recognise": gettext_noop(
        "recognise its text with other software and upload that, or install Tesseract with chi_sim here"
    ),
    "choose_encoding": gettext_noop("choose another encoding, or let it be detected"),
}


_PLACE = re.compile(r"(?:line (?P<line>\d+), )?(?:byte|character) (?P<at>\d+)")
_PAGE = re.compile(r"page (\d+)")
_SIZE = re.compile(r"([\d.]+ MB) > ([\d.]+ MB)")
_LENGTH = re.compile(r"(\d+) characters > (\d+) characters")


class Refused(Exception):
    """A request that cannot be carried out, as a sentence for the person who made it. Nothing was changed."""

    run: "IngestRun | None" = None


def check_permission(user: "AbstractBaseUser | None", permission: str) -> None:
    """Raises Refused where somebody's account lacks a permission, such as articles.merge_author; a command has all."""
    if user is not None and not user.has_perm(permission):  # type: ignore[attr-defined]
        raise Refused(_("Your account may not do this."))


class IngestFailed(Refused):
    """A fault in the archive itself stopped a file; the cause is chained and in the log."""


def refusal(error: UnreadableSource) -> Refused:
    """What a reader found wrong, in the language of the person who asked."""
    problem = _(PROBLEMS.get(error.problem, error.problem))
    remedy = _(REMEDIES.get(error.remedy, error.remedy))
    place = _(" (%s)") % _place(error.where) if error.where else ""
    return Refused(
        _("%(name)s: %(problem)s%(place)s. What to do: %(remedy)s.")
        % {"name": error.name, "problem": problem, "place": place, "remedy": remedy}
    )


def _place(where: str) -> str:
    """The readers' `line 3, byte 120` as people count, from one, `page 2`, `12.5 MB > 10 MB`; anything else as it is."""
    if found := _PAGE.fullmatch(where):
        return _("page %s of the file") % found[1]
    if found := _LENGTH.fullmatch(where):
        return _("%(length)s characters, at most %(limit)s") % {"length": found[1], "limit": found[2]}
    if found := _SIZE.fullmatch(where):
        return _("%(size)s, at most %(limit)s") % {"size": found[1], "limit": found[2]}
    found = _PLACE.fullmatch(where)
    if not found:
        return where
    if found["at"] == "0":
        return _("at its very beginning")
    at = int(found["at"]) + 1
    if found["line"]:
        return _("line %(line)s, byte %(at)d") % {"line": found["line"], "at": at}
    return _("byte %d") % at if where.startswith("byte") else _("character %d") % at


def too_large(name: str, size: int, limit: int) -> Refused:
    """For a file that is refused before it is read."""
    return refusal(
        UnreadableSource(name, f"{size / 2**20:.1f} MB > {limit // 2**20} MB", "too_large", "split")
    )
