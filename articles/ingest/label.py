"""What each block may be: labels with the reasons for them. Which short lines are headlines is decided later, as a whole."""

import re
from dataclasses import dataclass, replace

from articles.gazetteer import Gazetteer
from articles.ingest import briefs, bylines, furniture, notes, rows, running_heads
from articles.ingest.blocks import Block, starts_numbered
from articles.ingest.bylines import BylineReading
from articles.ingest.passage import squash

MAX_HEADLINE = 64
MAX_CONTENTS = 80  # entries of a contents list


@dataclass(frozen=True, slots=True)
class Labelled:
    """A block with its label and why.

    Labels: body, short (a headline or a heading, not decided here), subtitle, column, byline, lead (the bracket
    after 本报讯), signed (names in brackets at the end), credit (… 摄), note, caption, jump, masthead, furniture.
    `listed`: a contents list on the page names it.
    """

    block: Block
    label: str
    reasons: tuple[str, ...]
    byline: BylineReading | None = None
    score: float = 1.0
    listed: bool = False

    @property
    def text(self) -> str:
        return self.block.text


def as_body(item: Labelled) -> Labelled:
    """A short line that turned out to be running text."""
    return Labelled(item.block, "body", (*item.reasons, "goes on in the next text"))


_DASHES = re.compile(r"^\s*(?:——|—|－－|--|──|―)\s*(?=\S)")
_CAPTION = re.compile(r"^(?:图[为①②③④⑤一二三四]|[上下左右]图[为：:]?|图片说明|图[:：]|▲|△|（图)")
_PHOTO_REFERENCE = re.compile(r"(?:[（(](?:[上下左右]?图|资料(?:图片|照片))[)）]|图为[^。]{3,60}。)\s*$")


def label_blocks(blocks: tuple[Block, ...], gazetteer: Gazetteer) -> tuple[Labelled, ...]:
    repeated = running_heads.repeated(blocks, gazetteer)
    out: list[Labelled] = []
    contents, opened = False, 0
    for i, block in enumerate(blocks):
        before = out[-1] if out else None
        contents = contents and i - opened <= MAX_CONTENTS
        later = (
            {squash(b.text) for b in blocks[i + 1 :] if len(b.text) <= MAX_HEADLINE} if contents else set()
        )
        item = _label(block, before, contents, later, repeated, gazetteer)
        if item.label == "furniture" and (rule := furniture.match_line(block.text)) and rule.opens_contents:
            contents, opened = True, i
        elif item.label not in ("furniture", "masthead") or not contents:
            contents = contents and item.label == "furniture"
        out.append(item)
    return briefs.as_news(rows.as_text(_listed(_top_of_page(_unfinished(_broken_notes(out))))))


def _listed(items: tuple[Labelled, ...]) -> tuple[Labelled, ...]:
    """Headlines that the contents list names, whole or by their first line."""
    entries = {
        bare
        for x in items
        if x.label == "furniture" and _IN_CONTENTS in x.reasons
        if len(bare := _PAGE_NUMBER.sub("", squash(x.text).lstrip(bylines.BULLETS))) > 5
    }
    if not entries:
        return items
    return tuple(
        replace(x, listed=True)
        if x.label == "short" and any(squash(x.text) in e or e in squash(x.text) for e in entries)
        else x
        for x in items
    )


_IN_CONTENTS = "stands in a contents list"
_PAGE_NUMBER = re.compile(r"[….·/]*[(（]?(?:第|P)?[\dA-Z]{1,3}版?[)）]?$")


def _label(
    block: Block,
    before: Labelled | None,
    contents: bool,
    later: set[str],
    repeated: frozenset[str],
    gazetteer: Gazetteer,
) -> Labelled:
    text = block.text
    rule = furniture.match_line(text)
    if rule:
        if rule.jump:
            return Labelled(block, "jump", (f"furniture: {rule.name}",))
        return Labelled(block, rule.role, (f"furniture: {rule.name}",))
    if contents and _is_entry(block, later):
        return Labelled(block, "furniture", (_IN_CONTENTS,))
    if before and before.label == "furniture" and before.reasons[0] in _NOTICE:
        if block.gap == 0 and not before.block.is_terminal:
            return Labelled(
                block, "furniture", ("furniture: lost papers and notices", "goes on with the notice")
            )
    if squash(text) in repeated:
        return Labelled(block, "masthead", ("the same line stands on the page again: a running head",))
    if gazetteer.publication(squash(text)):
        return Labelled(block, "masthead", ("the name of a newspaper or magazine",))
    if notes.find_note(text) == 0 and not bylines.names_author(text, gazetteer):
        return Labelled(block, "note", ("begins as an author note",))
    if block.glued or _is_bracketed(text):
        # （记者 …） may stand before a text or after one.
        ends = before and before.label == "body" and (block.glued or before.block.is_terminal)
        if ends and (tail := bylines.read_tail(text, gazetteer)):
            if tail[0] == 0 and tail[1].kinds != {"摄影"}:
                return Labelled(block, "signed", ("names in brackets at the end",), tail[1])
        if (lead := bylines.read_lead(text, gazetteer)) and lead[0] >= len(text.rstrip()):
            return Labelled(block, "lead", ("a wire bracket",), lead[1])
        if block.glued and (tail := bylines.read_tail(text, gazetteer)) and tail[0] == 0:
            return Labelled(
                block,
                "credit" if tail[1].kinds == {"摄影"} else "signed",
                ("names in brackets at the end",),
                tail[1],
            )
    elif (lead := bylines.read_lead(text, gazetteer)) and lead[0] >= len(text.rstrip()):
        return Labelled(block, "lead", ("a wire bracket",), lead[1])
    column = gazetteer.columns.likelihood(text)
    if column >= 1.0:
        return Labelled(block, "column", ("a known column",))
    if _DASHES.match(text) and len(text) <= MAX_HEADLINE and not block.is_terminal:
        return Labelled(block, "subtitle", ("begins with a dash",))
    byline = bylines.read_byline(text, gazetteer)
    if byline and byline.strength >= 0.5:
        if byline.kinds == {"摄影"}:
            return Labelled(block, "credit", (byline.rule,), byline, byline.strength)
        ends = _is_bracketed(text) or bylines.names_editors(text)
        if ends and before and before.label == "body" and byline.rule != "byline_bullet":
            return Labelled(block, "signed", ("names after the text",), byline, byline.strength)
        return Labelled(
            block, "byline", (byline.rule, f"likeness {byline.strength:.2f}"), byline, byline.strength
        )
    if _CAPTION.match(text) and len(text) <= 160:
        return Labelled(block, "caption", ("begins as a caption",))
    if (reason := _short(block, before)) is not None:
        return Labelled(block, "short", (reason,), score=column or 1.0)
    return Labelled(block, "body", ("running text",))


_NOTICE = ("furniture: lost papers and notices", "furniture: licence numbers")


def _is_entry(block: Block, later: set[str]) -> bool:
    """A line of a contents list: marked as an item, closely set, or the headline of something on the page."""
    if len(block.text) > 40 or block.is_terminal:
        return False
    bare = squash(block.text).lstrip(bylines.BULLETS)
    return (
        block.gap == 0
        or block.text[:1] in bylines.BULLETS
        or any(bare in t or t in bare for t in later if len(t) > 5)
    )


def _is_bracketed(text: str) -> bool:
    return text.lstrip()[:1] in ("(", "（") and text.rstrip()[-1:] in (")", "）")


# How news begin: 11月3日下午，…
_DATED = re.compile(r"\d{1,2}月\d{1,2}日(?:[上下]午|[早傍]?晚|凌晨|[，,])")
# What somebody says in an interview.
_SPEAKER = re.compile(r"(?:(?:本报)?记者|问|答|主持人|采访者)\s*[:：]")


def _short(block: Block, before: Labelled | None) -> str | None:
    """Why a block may be a headline or heading, or None where it is running text."""
    text = block.text.strip()
    if not 2 <= len(text) <= MAX_HEADLINE or re.search(r"[。；;]|[，,、]$|.{13}[：:]$", text):
        return None
    if block.mark:
        return "marked as a heading"
    if _SPEAKER.match(text) or _DATED.match(text):
        return None
    if block.glued and before is not None and before.label == "lead":
        return None  # the first words after a wire bracket
    if text[0] in "，。、；：！？）》”’%,.;:!?)" or not re.search(r"[\u3400-\u9fff]", text):
        return None
    commas = len(re.findall("[，,]", text))
    if len(text) > 36 and (block.is_terminal or commas >= 2 or (commas and len(text) > 45)):
        return None
    if re.match(r"[\d(（①-⑳]", text) and starts_numbered(text):
        # 1. … on a line of its own is an item of a list, （一）… a heading.
        return (
            "numbered heading" if re.match(r"[(（][一二三四五六七八九十]", text) and len(text) <= 40 else None
        )
    if (
        text.count("“") != text.count("”")
        and before is not None
        and before.label == "body"
        and not before.block.is_terminal
    ):
        return None
    return "short, and no sentence"


def _broken_notes(items: list[Labelled]) -> list[Labelled]:
    """An author note that a column break cut in two is one note."""
    out: list[Labelled] = []
    for item in items:
        previous = out[-1] if out else None
        if (
            (
                previous
                and previous.label == "note"
                and notes.is_open(previous.text)
                and item.label in ("body", "short")
            )
            and len(item.text) <= 60
            and item.text.rstrip().endswith((")", "）"))
        ):
            item = Labelled(item.block, "note", ("goes on with the author note before it",))
        out.append(item)
    return out


# No headline or heading ends so; the first of two headline lines may.
# 正确方向, 展现新作为 and 存在 end as nouns.
ASKS_FOR_MORE = (
    r"[与或把被将并而但又之]|(?<!目)的|(?<!总)和|(?<!普)及|(?<![所存])在|(?<![方走导取风趋动])向|(?<!服)从|(?<!尤)其|"
    r"(?<![相应面])对|(?<![作行有所])为|(?<![可足])以"
)
_ASKS_FOR_MORE = re.compile(f"(?:{ASKS_FOR_MORE})$")


# 这件提案是这样落地的, 我们是怎样当委员的: headlines all the same.
_ASKS_OR_TELLS = re.compile(r"(?:怎样|怎么|如何|这样|那样).{2,}的$")


def _unfinished(items: list[Labelled]) -> list[Labelled]:
    """A short line that breaks off is running text, unless its second line follows; a lone one after an end is a column."""
    out: list[Labelled] = []
    for i, item in enumerate(items):
        follows = items[i + 1].label if i + 1 < len(items) else ""
        before = out[-1].label if out else ""
        if item.label == "short" and not item.block.mark:
            if (item.text.rstrip()[-1:] in "：:" and follows != "short") or (
                _ASKS_FOR_MORE.search(item.text.rstrip())
                and not _ASKS_OR_TELLS.search(item.text.rstrip())
                and follows
                in (
                    "body",
                    "caption",
                    "lead",
                    "credit",
                )
            ):
                item = as_body(item)
            elif follows == "body" and before not in ("body", "caption") and _is_column_form(item):
                if i + 2 < len(items) and items[i + 2].label == "credit":
                    out.append(item)  # the headline of a picture
                    continue
                item = Labelled(item.block, "column", ("a few words alone between articles",))
        out.append(item)
    return out


def _is_column_form(item: Labelled) -> bool:
    bare = squash(item.text)
    if re.search(r"[，,：:“”！？!?\d]|政协|[县市区]", bare):
        return False
    return len(bare) <= 6 or (item.score < 1.0 and len(bare) <= 8)


def _top_of_page(items: list[Labelled]) -> tuple[Labelled, ...]:
    """A lone name beside the date line at the top of the page is the masthead, whatever else it could be."""
    out = list(items)
    for i in (1, 0):
        follows = out[i + 1] if i + 1 < len(out) else None
        item = out[i] if i < len(out) else None
        if item and item.label in ("column", "short") and len(item.text) <= 10 and not item.block.mark:
            if follows and follows.label == "masthead":
                out[i] = Labelled(item.block, "masthead", ("beside the date line at the top",))
            elif i == 0 and running_heads.names_paper(item.text):
                out[i] = Labelled(item.block, "masthead", ("a paper's name at the top",))
    return tuple(out)
