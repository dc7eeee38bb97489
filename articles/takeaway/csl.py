"""CSL-JSON, for citation processors."""

from typing import Any

from articles.takeaway.reference import JOURNAL, NEWSPAPER, WEBSITE, Reference, page_range, plain

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"

_TYPES = {NEWSPAPER: "article-newspaper", JOURNAL: "article-journal", WEBSITE: "webpage"}


def item(ref: Reference) -> dict[str, Any]:
    """One item. Chinese names are given whole: which characters are the surname is for nobody to guess."""
    given = {
        "author": [{"literal": name} for name in ref.authors],
        "container-title": ref.publication,
        "issued": {"date-parts": [list(ref.day)]} if ref.day else None,
        "issue": ref.number,
        "page": page_range(ref.pages),
        "section": ref.column,
        "keyword": ", ".join(ref.keywords),
    }
    return {
        "id": ref.id,
        "type": _TYPES.get(ref.kind, "document"),
        "title": plain(ref.full_name),
        **{name: value for name, value in given.items() if value},
        "URL": ref.url,
        "language": "zh-CN",
    }
