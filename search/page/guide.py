"""The guide to what can be typed: examples, each said back by the archive itself, so that it cannot promise what
the search does not do. Fields and codes come from the tables that the parser reads."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from search import say
from search.query import Field, read
from search.query.cnki_codes import CODES
from search.query.vocabulary import DATE, FIELD_NAMES, METRIC, Key


@dataclass(frozen=True, slots=True)
class Example:
    """`note`: what the sentence that the archive says does not tell."""

    query: str
    note: str | Promise = ""

    @property
    def href(self) -> str:
        return f"{reverse('search:search')}?{urlencode({'q': self.query})}"

    @property
    def read_as(self) -> str:
        return say.read_as(read(self.query).node)


@dataclass(frozen=True, slots=True)
class Section:
    title: str | Promise
    text: str | Promise
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: what it is called in Chinese and in English, its codes in expert search, and how it is used."""

    chinese: list[str]
    english: list[str]
    codes: list[str]
    example: Example


SECTIONS: tuple[Section, ...] = (
    Section(
        _("Words"),
        _("Words side by side must all be found, in any order; a word counts inside longer ones, too."),
        (
            Example("协商 民主监督"),
            Example("会客厅", _("also in 政协委员会客厅")),
            Example("協商", _("traditional and simplified letters, full and half width count as the same")),
        ),
    ),
    Section(
        _("Phrases"),
        _(
            "In quotation marks of any kind: exactly this string in one paragraph or headline. Their number is what "
            "counting by hand gives."
        ),
        (
            Example('"有事好商量"'),
            Example("“有事好商量”"),
            Example("「社情民意」"),
            Example("《政协章程》", _("titles of books count as phrases")),
        ),
    ),
    Section(
        _("And, or, not"),
        _("In words or signs, in full or half width. Or binds weaker than and; parentheses group."),
        (
            Example("提案 AND 办复率"),
            Example("成都 OR 重庆"),
            Example("（成都 或 重庆） 且 协商"),
            Example("成都｜重庆"),
            Example("协商 & 监督"),
            Example("协商 -上海"),
            Example("协商 非 上海"),
        ),
    ),
    Section(
        _("Beginnings and nearness"),
        _(
            "A star stands for whatever follows. NEAR wants both in one sentence or in one paragraph, PREV in this "
            "order; a number is the most letters between them."
        ),
        (
            Example("数字*"),
            Example("提案 NEAR 办理"),
            Example("提案 同段 督办"),
            Example("提案 NEAR/5 办理"),
            Example("提案 PREV/p20 督办"),
        ),
    ),
    Section(
        _("Everything"),
        _("An empty box and a star alone find every article: to look through them by place, year and theme."),
        (Example("*"),),
    ),
    Section(
        _("Expert search in the manner of CNKI"),
        _(
            "Codes of two letters. = asks for exactly this string, or the whole name; % for what contains it or its "
            "words. * + - join values, AND OR NOT conditions."
        ),
        (
            Example("TI='协商' AND AU='张利'"),
            Example("SU=('提案'+'社情民意')*'办理'-'督办'"),
            Example("FT%'有事好商量'"),
            Example("DQ='浙江' AND RQ='2024'"),
            Example("ZB='办复率>=90%'"),
        ),
    ),
)

FIELD_EXAMPLES: dict[Key, str] = {
    Field.ANY: "全文:协商",
    Field.TITLE: "题名:会客厅",
    Field.BODY: "正文:“有事好商量”",
    Field.AUTHOR: "作者:张利",
    Field.FIRST_AUTHOR: "第一作者:张利",
    Field.ORGANISATION: "机构:成都市政协",
    Field.REGION: "地区:浙江",
    Field.LEVEL: "层级:区县级",
    Field.THEME: "主题:民主监督",
    Field.MECHANISM: "机制:有事好商量",
    Field.GENRE: "体裁:消息",
    Field.COLUMN: "栏目:实践探索",
    Field.PUBLICATION: "报刊:人民政协报",
    Field.PAGE: "版次:3",
    DATE: "日期:2023..2024-06",
    METRIC: "指标:办复率>=90%",
}

NOTES: dict[Key, str | Promise] = {
    Field.REGION: _("with its cities and counties"),
    Field.THEME: _("the archive's own themes"),
    DATE: _(
        "years, months and days, single or as a range with two dots, open at either end: 2024..; also >=2023-05"
    ),
    METRIC: _("what the articles count, compared with a number: > < >= <= =; 万 and 亿 are multiplied out"),
}


def fields() -> list[FieldRow]:
    """Every field, in the order of the parser's own table."""
    codes: dict[Key, list[str]] = {}
    for code, meaning in CODES.items():
        if meaning.key and not meaning.other:
            codes.setdefault(meaning.key, []).append(code)
    return [
        FieldRow(
            [name for name in names if not name.isascii()],
            [name for name in names if name.isascii()],
            codes.get(key, []),
            Example(FIELD_EXAMPLES[key], NOTES.get(key, "")),
        )
        for key, names in FIELD_NAMES
    ]


def not_here() -> list[tuple[str, str]]:
    """(code, what CNKI calls it) of the fields that CNKI has and the archive has not, or only something like it."""
    return [(code, gettext(meaning.name)) for code, meaning in CODES.items() if meaning.name]
