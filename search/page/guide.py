"""The guide to what can be typed: examples, each said back by the archive itself, so that it cannot promise what
the search does not do."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search import say
from search.asked import read


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
            Example("(成都 或 重庆) 且 协商"),
            Example("协商 -上海"),
            Example("协商 非 上海"),
        ),
    ),
    Section(
        _("Beginnings and nearness"),
        _("A star stands for whatever follows. NEAR wants both in one sentence, or in one paragraph."),
        (
            Example("数字*"),
            Example("提案 NEAR 办理"),
            Example("提案 NEAR/p 督办", _("in one paragraph")),
            Example("提案 NEAR/5 办理", _("at most five letters apart")),
        ),
    ),
    Section(
        _("Dates"),
        _("Years, months and days, single or as a range with two dots."),
        (
            Example("日期:2024"),
            Example("日期:2023..2024"),
            Example("日期:2024-03.."),
        ),
    ),
    Section(
        _("Metrics"),
        _("What the articles count, compared with a number; 万 and 亿 are multiplied out."),
        (
            Example("指标:办复率>=90%"),
            Example("指标:提案>1000件"),
            Example("指标:走访"),
        ),
    ),
    Section(
        _("Expert search in the manner of CNKI"),
        _(
            "Codes of two letters, = for words and % for strings, * + - between values. AND, OR and NOT stand "
            "between conditions."
        ),
        (
            Example("TI='协商' AND AU='张利'"),
            Example("SU=('提案'+'社情民意')*'办理'-'督办'"),
            Example("FT%'有事好商量'"),
            Example("DQ='浙江' AND RQ='2024'"),
        ),
    ),
)
