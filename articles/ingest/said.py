"""What the parser says for a person to check: each sentence once, as records hold it and as English readers read it.

Records hold sentences in words, in Chinese (the contract), so what differs between two of a kind has a name in the
template; `articles.retelling` finds the sentence and its values again for readers of another language.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is what a record holds and `english` the msgid of its translations; `example` has a value for each name."""

    text: str
    english: str
    example: Mapping[str, Any] = field(default_factory=dict)


_VALUE = re.compile(r"%\([a-z_]+\)s")

SENTENCES: Mapping[str, Sentence] = {
    "no_title": Sentence("版面上没有找到本文的标题。", "The page holds no headline for this article."),
    "title_elsewhere": Sentence(
        "本文上接第%(page)s版，本版没有印标题。",
        "This article comes from page %(page)s, and no headline is printed over it here.",
        {"page": "1"},
    ),
    "headline_and_byline_apart": Sentence(
        "标题和署名不在正文旁边，按内容相近归入本文，请核对。",
        "Headline and byline do not stand beside the text; they were given to it by likeness. Please check.",
    ),
    "headline_apart": Sentence(
        "标题不在正文旁边，按内容相近归入本文，请核对。",
        "The headline does not stand beside the text; it was given to it by likeness. Please check.",
    ),
    "byline_apart": Sentence(
        "署名不在正文旁边，按内容相近归入本文，请核对。",
        "The byline does not stand beside the text; it was given to it by likeness. Please check.",
    ),
    "interrupted": Sentence(
        "正文被其他内容隔断，已前后接续，请核对。",
        "Other matter interrupts the text; what stands before and after it was joined. Please check.",
    ),
    "unfinished": Sentence(
        "正文末尾句子不完整，可能还有下文。", "The text ends in the middle of a sentence; perhaps it goes on elsewhere."
    ),
    "unsigned": Sentence("有作者注而没有署名。", "There is an author note, but no byline."),
    "ambiguous_place": Sentence(
        "“%(name)s”可能是%(places)s，文中没有足够依据，地区未定。",
        "“%(name)s” may be %(places)s; the text does not say enough, so the region is left open.",
        {"name": "鼓楼区", "places": "江苏省南京市鼓楼区、福建省福州市鼓楼区"},
    ),
    "no_place": Sentence(
        "文中没有写明是哪个地方的政协，地区未定。",
        "The text does not say of which place the committee is, so the region is left open.",
    ),
    "namesake_by_beside": Sentence(
        "“%(name)s”有同名地区，按文中提到的其他地名判断为%(place)s。",
        "Several places are called “%(name)s”; by the other places in the text it is taken for %(place)s.",
        {"name": "鼓楼区", "place": "江苏省南京市鼓楼区"},
    ),
    "namesake_by_publication": Sentence(
        "“%(name)s”有同名地区，按报刊所在省份判断为%(place)s。",
        "Several places are called “%(name)s”; by the province of the publication it is taken for %(place)s.",
        {"name": "鼓楼区", "place": "江苏省南京市鼓楼区"},
    ),
    "namesake_by_page": Sentence(
        "“%(name)s”有同名地区，按同版其他文章所在省份判断为%(place)s。",
        "Several places are called “%(name)s”; by the province of the other articles on its page it is taken for "
        "%(place)s.",
        {"name": "鼓楼区", "place": "江苏省南京市鼓楼区"},
    ),
    "goes_on_nowhere": Sentence(
        "转版：本文下转第%(page)s版，本期尚未找到下文。",
        "Continuation: this article goes on on page %(page)s, and nothing in this issue goes on with it yet.",
        {"page": "2"},
    ),
    "comes_from_nowhere": Sentence(
        "转版：本文上接第%(page)s版，本期尚未找到上文。",
        "Continuation: this article comes from page %(page)s, and its beginning is not in this issue yet.",
        {"page": "1"},
    ),
    "perhaps_goes_on": Sentence(
        "转版：本文下转第%(page)s版，下文可能是%(titles)s，依据不足以确定，未接续，请核对。",
        "Continuation: this article goes on on page %(page)s, perhaps in %(titles)s. That is not certain enough, so "
        "nothing was joined. Please check.",
        {"page": "2", "titles": "“甲”、“乙”"},
    ),
    "perhaps_comes_from": Sentence(
        "转版：本文上接第%(page)s版，上文可能是%(titles)s，依据不足以确定，未接续，请核对。",
        "Continuation: this article comes from page %(page)s, perhaps from %(titles)s. That is not certain enough, so "
        "nothing was joined. Please check.",
        {"page": "1", "titles": "“甲”"},
    ),
    "no_page": Sentence(
        "文本有 %(lines)s 行，不像一个版面，未拆分成文章；请按版面分开后再上传。",
        "The text has %(lines)s lines, so it does not look like one page and was not split into articles. Take its "
        "pages apart and upload them again.",
        {"lines": 5001},
    ),
    "hardly_text": Sentence(
        "文本只有 %(n)s 个字，不像一个版面，请核对是否选对了文件。",
        "The text has only %(n)s characters, which does not look like a page. Please check that it is the right file.",
        {"n": 2},
    ),
    "stray": Sentence(
        "未能归入任何文章：“%(text)s”，请核对。",
        "This belongs to no article: “%(text)s”. Please check.",
        {"text": "本报启事"},
    ),
    "more_stray": Sentence(
        "另有 %(n)s 处未能归入任何文章，请核对。",
        "%(n)s more places belong to no article. Please check.",
        {"n": 12},
    ),
}  # fmt: skip


def says(sentence: str, *codes: str) -> bool:
    """Whether a sentence is one of these of SENTENCES, whatever its values."""
    return any(_pattern(code).fullmatch(sentence) for code in codes)


@cache
def _pattern(code: str) -> re.Pattern[str]:
    return re.compile(".+?".join(map(re.escape, _VALUE.split(SENTENCES[code].text))), re.DOTALL)


def say(code: str, **words: Any) -> str:
    """The sentence of SENTENCES as a record holds it. Raises KeyError for an unknown one, or where a value is missing."""
    return SENTENCES[code].text % words
