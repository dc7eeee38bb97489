"""The clause an amount stands in, and tidy phrases cut out of it."""

import re

from articles.ingest.fields.metrics.amounts import Amount

# A subject is a phrase, not a clause.
LONGEST = 26
LOOK_BACK = 120
BREAK = re.compile(r"[,。;:!?…—\n]|\.\s")
HEAD_EDGE = re.compile(r"^(?:[ 、,;:和与及或之等了的]|其(?![他它余]))+")
TAIL_EDGE = re.compile(r"(?:[ 、,;:和及或之等了的(]|(?<!参)与|(?<![得达受收])到)+$")


def words_ahead(text: str, this: Amount, before: Amount | None) -> tuple[int, int]:
    """Where the words that may name the subject begin and end, ahead of the amount."""
    floor = max(0, this.start - LOOK_BACK)
    if before and before.end <= this.start:
        floor = max(floor, before.end)
    start = floor
    for found in BREAK.finditer(text, floor, this.start):
        start = found.end()
    opened = text.rfind("“", start, this.start)
    if opened >= 0 and text.find("”", opened, this.start) < 0:
        # 坚持“一月一期”: what is counted stands neither in the quotation nor right before it.
        start = opened + 1
    bracket = text.rfind("(", start, this.start)
    if bracket >= 0 and ")" not in text[bracket : this.start]:
        if text[bracket + 1 : this.start].strip():
            return bracket + 1, this.start
        # 联系人(10位左右): the noun stands in front of the bracket.
        return start, bracket
    return start, this.start


def words_behind(text: str, end: int, after: Amount | None) -> int:
    limit = min(len(text), end + 60)
    if after:
        limit = min(limit, after.start)
    found = BREAK.search(text, end, limit)
    limit = found.start() if found else limit
    bracket = text.find("(", end, limit)
    if bracket == end and text.find(")", end, end + 4) > 0:
        # 项(条)
        bracket = text.find("(", end + 1, limit)
    if bracket < 0:
        return limit
    close = text.find(")", bracket, bracket + 10)
    # 村(社区) is one word; a longer bracket, or one with an amount of its own, is a remark.
    return limit if bracket > end and 0 < close < limit + 1 else bracket


def inside_quotes(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at) or text.count("《", 0, at) > text.count(
        "》", 0, at
    )


def trim(phrase: str) -> str:
    phrase = HEAD_EDGE.sub("", TAIL_EDGE.sub("", phrase)) if phrase else phrase
    if phrase.count("“") != phrase.count("”"):
        phrase = phrase.strip("“”")
    if phrase.count("(") != phrase.count(")"):
        phrase = phrase.strip("()")
    return phrase


def clip(phrase: str, keep_end: bool = False) -> str:
    if len(phrase) <= LONGEST:
        return phrase
    return trim(phrase[-LONGEST:] if keep_end else phrase[:LONGEST])
