"""The words of the query language: what fields are called, and which strings are operators."""

import re
from enum import Enum

from search.query.ast import Field

Key = str
"""What stands before a colon: a `Field`, or DATE or METRIC, whose values have a grammar of their own."""
DATE = "date"
METRIC = "metric"


class Kind(Enum):
    WORD = "word"
    PHRASE = "phrase"
    PREFIX = "prefix"
    VALUE = "value"
    FIELD = "field"
    AND = "and"
    OR = "or"
    NOT = "not"
    NEAR = "near"
    OPEN = "open"
    CLOSE = "close"
    STAR = "star"


FIELD_NAMES: tuple[tuple[Key, tuple[str, ...]], ...] = (
    (Field.ANY, ("全文", "any", "text")),
    (Field.TITLE, ("题名", "题", "标题", "题目", "篇名", "title")),
    (Field.BODY, ("正文", "body")),
    (Field.AUTHOR, ("作者", "记者", "author")),
    (Field.FIRST_AUTHOR, ("第一作者", "first_author", "firstauthor")),
    (Field.ORGANISATION, ("机构", "单位", "作者单位", "organisation", "organization")),
    (Field.REGION, ("地区", "地方", "region")),
    (Field.LEVEL, ("层级", "level")),
    (Field.THEME, ("主题", "theme")),
    (Field.MECHANISM, ("机制", "mechanism")),
    (Field.GENRE, ("体裁", "genre")),
    (Field.COLUMN, ("栏目", "column")),
    (Field.PUBLICATION, ("报刊", "报纸", "来源", "publication")),
    (Field.PAGE, ("版次", "版", "page")),
    (DATE, ("日期", "时间", "年", "年份", "date", "year")),
    (METRIC, ("指标", "metric", "figure")),
)
"""The first name of a field is the one that a query is written with."""

INSTEAD: dict[str, tuple[Key, str]] = {
    **dict.fromkeys(("关键词", "主题词", "keyword", "keywords"), (Field.ANY, "whole text")),
    **dict.fromkeys(("摘要", "abstract"), (Field.BODY, "body")),
}
"""Fields that people know from elsewhere, what is searched instead, and its name as a message id."""

FIELDS: dict[str, Key] = {name: key for key, names in FIELD_NAMES for name in names}
FIELDS |= {name: key for name, (key, _) in INSTEAD.items()}
FIELD_NAME: dict[Key, str] = {key: names[0] for key, names in FIELD_NAMES}

OPERATORS = {
    **dict.fromkeys(("AND", "且", "并且", "与"), Kind.AND),
    **dict.fromkeys(("OR", "或", "或者"), Kind.OR),
    **dict.fromkeys(("NOT", "非"), Kind.NOT),
    **dict.fromkeys(("*", "*:*"), Kind.STAR),
}
SMALL_OPERATORS = {"and": Kind.AND, "or": Kind.OR, "not": Kind.NOT}
"""Operators only between what is not Latin: in 协商 and 监督, not in research and development."""
SINGLES = {
    **dict.fromkeys("(（", Kind.OPEN),
    **dict.fromkeys(")）", Kind.CLOSE),
    **dict.fromkeys("|｜", Kind.OR),
    **dict.fromkeys("&＆", Kind.AND),
}
SIGNS = "-－−!！+＋"

# Which marks may close a phrase, best first: input methods mix the two kinds of quotation marks.
CLOSERS = {
    '"': ('"', "”"),
    "＂": ("＂", '"'),
    "“": ("”", '"', "“"),
    "”": ("”", '"', "“"),
    "„": ("”", "“", '"'),
    "〝": ("〞", "〟", '"'),
    "‘": ("’", "'"),
    "'": ("'", "’"),
    "＇": ("＇", "'"),
    "「": ("」",),
    "『": ("』",),
    "﹁": ("﹂",),
    "﹃": ("﹄",),
    "«": ("»",),
    "《": ("》",),
    "〈": ("〉",),
}
APOSTROPHES = "'＇"
"""Open a phrase only where one of them closes it at the end of a word."""
NESTING = frozenset("“‘「『《〈")

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
NEAR = re.compile(r"(NEAR|PREV)(?:/([sp])?([0-9]{1,3})?)?|(同句)|(同段)", re.I)


def half(text: str) -> str:
    """Full-width forms of ASCII as ASCII, one for one."""
    return text.translate(_HALF)
