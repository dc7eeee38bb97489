"""Which letters are the same letter: the table behind `search.text.fold`, filled as letters turn up."""

import unicodedata
from collections.abc import Mapping

from articles.gazetteer.characters import simplified

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SPACELESS = HAN + "\u3040-\u30ff\u31f0-\u31ff\u0e00-\u0eff"
"""Scripts written without spaces, as the inside of a regular expression's character class."""

INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff",
    ),
    "",
) | dict.fromkeys(range(0xFE00, 0xFE10), "")
SPACES = dict.fromkeys(
    [
        *range(0x09, 0x0E),
        *range(0x1C, 0x21),
        *range(0x2000, 0x200B),
        *map(ord, "\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"),
    ],
    " ",
)
FAMILIES = {
    **{ord(c): '"' for c in "“”„‟「」『』〝〞＂"},
    **{ord(c): "'" for c in "‘’‚‛＇"},
    **{ord(c): "·" for c in "•‧∙⋅・･"},
    **{ord(c): "-" for c in "‐‑‒–—―─━﹣－−"},
}


class FoldTable(dict[int, str]):
    """One code point to its folded string, filled as letters turn up; `str.translate` asks it. `uneven`: those
    letters seen so far that become none or several."""

    def __init__(self, known: Mapping[int, str]) -> None:
        super().__init__(known)
        self.uneven = {chr(code) for code, folded in known.items() if len(folded) != 1}

    def __missing__(self, code: int) -> str:
        folded = self[code] = self._fold(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        return folded

    @staticmethod
    def _fold(char: str) -> str:
        plain = simplified()
        once = unicodedata.normalize("NFKC", char).casefold()
        once = unicodedata.normalize("NFKC", once)
        return "".join(
            INVISIBLE.get(ord(c), SPACES.get(ord(c), FAMILIES.get(ord(c), plain.get(c, c)))) for c in once
        )


FOLDED = FoldTable({**INVISIBLE, **SPACES, **FAMILIES})
