"""The field codes of CNKI's 专业检索: what each is here, and our own."""

from typing import NamedTuple

from search.query.ast import Field
from search.query.vocabulary import DATE, METRIC, Key


class Code(NamedTuple):
    """`key`: our field, "" where there is none. `name`: what CNKI calls the field, as a message id, where we
    have it not or not quite; `other`: what is searched instead, as a message id."""

    key: Key
    name: str = ""
    other: str = ""


CODES: dict[str, Code] = {
    "SU": Code(Field.ANY),  # 主题: CNKI searches title, keywords and abstract
    "TKA": Code(Field.ANY),  # 篇关摘
    "TI": Code(Field.TITLE),
    "FT": Code(Field.ANY),
    "AU": Code(Field.AUTHOR),
    "FI": Code(Field.FIRST_AUTHOR),
    "AF": Code(Field.ORGANISATION),
    "JN": Code(Field.PUBLICATION),
    "LY": Code(Field.PUBLICATION),
    "YE": Code(DATE),
    "PT": Code(DATE),
    "QKLM": Code(Field.COLUMN),
    "KY": Code(Field.ANY, "keywords", "whole text"),
    "AB": Code(Field.BODY, "abstract", "body"),
    "CO": Code(Field.BODY, "subheadings", "body"),
    "FAF": Code(Field.ORGANISATION, "first affiliation", "organisation of every author"),
    # ours
    "DQ": Code(Field.REGION),
    "JB": Code(Field.LEVEL),
    "JZ": Code(Field.MECHANISM),
    "ZT": Code(Field.THEME),
    "TC": Code(Field.GENRE),
    "LM": Code(Field.COLUMN),
    "BC": Code(Field.PAGE),
    "RQ": Code(DATE),
    "ZB": Code(METRIC),
    # what CNKI has and we do not
    "RP": Code("", "corresponding author"),
    "FU": Code("", "funding"),
    "CLC": Code("", "classification number"),
    "CF": Code("", "times cited"),
    "RF": Code("", "references"),
    "RT": Code("", "time of update"),
    "DOI": Code("", "DOI"),
    "CN": Code("", "domestic serial number"),
    "SN": Code("", "ISSN"),
    "IB": Code("", "ISBN"),
    "SI": Code("", "core journals"),
    "HX": Code("", "core journals"),
    "ZCDOI": Code("", "registered DOI"),
}
