"""RIS, which every reference manager reads."""

from collections.abc import Iterator

from articles.takeaway.reference import JOURNAL, NEWSPAPER, WEBSITE, Reference, page_range, plain

MEDIA_TYPE = "application/x-research-info-systems"

_TYPES = {NEWSPAPER: "NEWS", JOURNAL: "JOUR", WEBSITE: "ELEC"}


def record(ref: Reference) -> str:
    """One record, lines ended by CR LF and an empty line after it."""
    return "".join(f"{tag}  - {plain(value)}\r\n" for tag, value in _fields(ref)) + "ER  - \r\n\r\n"


def _fields(ref: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(ref.kind, "GEN")
    yield "ID", ref.id
    yield from (("AU", name) for name in ref.authors)
    yield "TI", ref.full_name
    pages = page_range(ref.pages)
    first, _dash, last = pages.partition("-") if "," not in pages else (pages, "", "")
    given = {
        "T2": ref.publication,
        "PY": ref.date[:4],
        "DA": _date(ref),
        "IS": ref.number,
        "SP": first,
        "EP": last,
        "SE": ref.column,
        "UR": ref.url,
        "LA": "zh-CN",
    }
    yield from ((tag, value) for tag, value in given.items() if value)
    yield from (("KW", word) for word in ref.keywords)


def _date(ref: Reference) -> str:
    """2024/07/16/: always three slashes, with nothing between those whose part is not known."""
    return "/".join([*ref.date.split("-"), "", "", ""][:3]) + "/" if ref.date else ""
