"""Traditional characters and the simplified ones that took their place."""

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def simplified() -> dict[str, str]:
    """OpenCC's character table, 繁→简. A letter that is also in use as simplified (著, 瞭) stays
    itself, because a changed letter would make two words one and counts wrong."""
    table: dict[str, str] = {}
    lines = resources.files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    for line in lines.splitlines():
        traditional, _, rest = line.strip().partition("\t")
        choices = rest.split()
        if len(traditional) == 1 and choices and traditional not in choices and len(choices[0]) == 1:
            table[traditional] = choices[0]
    return table
