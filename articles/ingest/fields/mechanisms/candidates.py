"""Where a practice may be named: in quotation marks or title marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

LEFT, RIGHT = 22, 26
"""How many characters of context a candidate carries on either side."""

_GLOSS_REACH = 60


@dataclass(slots=True)
class Candidate:
    """A possible name: `core` is `text[start:end]` of passage number `passage`, without its marks.

    `left` and `right` are the words before and after the marks, within the sentence and without the names
    listed beside it; `gloss` is the length of a bracketed explanation left out of `right`. `outer` is the
    stretch with the marks. `group` numbers the row of names it stands in. While it is judged it gathers
    `score`, `reasons`, `kind`, `suffix`, the words to the end of the noun right after it, and `noun`, what of
    them (or of the noun that a row of names shares) may be said as part of its name; `reach` is the length of
    the words to the end of that noun, whatever they are.
    """

    passage: int
    start: int
    end: int
    core: str
    left: str
    right: str
    outer: tuple[int, int]
    shape: str
    group: int = -1
    in_title: bool = False
    in_speech: bool = False
    gloss: int = 0
    score: float = 0.0
    kind: str | None = None
    suffix: str = ""
    noun: str = ""
    reach: int = 0
    headed: bool = False
    reasons: list[tuple[str, float]] = field(default_factory=list)

    def add(self, points: float, reason: str) -> None:
        self.score += points
        self.reasons.append((reason, points))

    @property
    def stretch(self) -> tuple[int, int]:
        """The name with its marks and the noun that belongs to it, as offsets in the passage."""
        return self.outer[0], self.outer[1] + (self.gloss + len(self.suffix) if self.suffix else 0)

    @property
    def covered(self) -> tuple[int, int]:
        """The name, its marks and all words to the end of its noun: nothing else is named there."""
        return self.outer[0], self.outer[1] + (self.gloss + self.reach if self.reach else 0)


_QUOTED = re.compile(r"“([^“”\n]{1,44})”|‘([^‘’“”\n]{1,30})’|《([^《》\n]{1,30})》|「([^「」\n]{1,30})」")
_INNER = re.compile(r"‘([^‘’“”\n]{1,30})’")
_SENTENCE = re.compile(r"[。!?;\n]")
_BETWEEN = re.compile(r"[、,和与及或]?")
# In speech a full stop or a comma stands before the closing mark; a name never has one there.
_SPEECH = re.compile(r"[。!?,…]$")
# Names before it in a list come between a name and the verb that introduces it.
_LISTED = re.compile(r"(?:“[^“”]*|^[^“”]*)”(?:[、和与及]?(?=[^,。;]{0,4}$|“)|的[^,。;:“”]{0,4}$)")
_GLOSS = re.compile(rf"[(（][^()（）]{{0,{_GLOSS_REACH}}}[)）]")


def straight_to_curly(text: str) -> str:
    """Straight quotation marks taken in turn as opening and closing; an odd number is left alone."""
    if '"' not in text or text.count('"') % 2 or "“" in text:
        return text
    parts = text.split('"')
    return "".join(p + ("" if k == len(parts) - 1 else "“”"[k % 2]) for k, p in enumerate(parts))


def quoted(texts: tuple[str, ...], titles: int) -> Iterator[Candidate]:
    """Everything in quotation or title marks; the first `titles` texts are lines of the headline."""
    group = 0
    for number, given in enumerate(texts):
        text = straight_to_curly(given)
        last_end = -1
        for m in _QUOTED.finditer(text):
            which = m.lastindex or 1
            start, end = m.span(which)
            if last_end < 0 or not _BETWEEN.fullmatch(text, last_end, m.start()):
                group += 1
            last_end = m.end()
            c = _candidate(text, number, start, end, m.span(), "title" if which == 3 else "quote")
            c.group, c.in_title = group, number < titles
            yield c
            if which == 1 and (len(m[1]) > 16 or _SPEECH.search(m[1])):
                for inner in _INNER.finditer(text, start, end):
                    i, j = inner.span(1)
                    c = _candidate(text, number, i, j, inner.span(), "quote")
                    c.in_speech, c.in_title = True, number < titles
                    yield c


def _candidate(text: str, number: int, start: int, end: int, outer: tuple[int, int], shape: str) -> Candidate:
    left = text[max(0, outer[0] - LEFT) : outer[0]]
    breaks = [m.end() for m in _SENTENCE.finditer(left)]
    if breaks:
        left = left[breaks[-1] :]
    if "”" in left:
        left = _LISTED.sub("", left)
    after = outer[1]
    gloss = _GLOSS.match(text, after)
    if gloss:
        after = gloss.end()
    right = text[after : after + RIGHT]
    stop = _SENTENCE.search(right)
    if stop:
        right = right[: stop.end()]
    # After a dash stands the name proper: “怎么看、怎么干——市长与委员面对面”.
    dash = text.rfind("——", start, end)
    if shape == "quote" and 0 < dash < end - 5:
        start = dash + 2
    return Candidate(number, start, end, text[start:end], left, right, outer, shape, gloss=after - outer[1])
