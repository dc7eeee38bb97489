"""Lines that belong to no article: mastheads, running heads, page numbers, notices, contents lists."""

import re
from dataclasses import dataclass
from functools import lru_cache

from articles.ingest.passage import fold, squash
from articles.ingest.patterns import either, load

MAX_LINE = 260


@dataclass(frozen=True, slots=True)
class FurnitureRule:
    name: str
    pattern: re.Pattern[str]
    role: str
    opens_contents: bool
    jump: bool


@lru_cache(maxsize=1)
def rules() -> tuple[FurnitureRule, ...]:
    return tuple(
        FurnitureRule(
            e.name, e.compile(), e.yields.get("role", "furniture"), e.yields.get("opens") == "contents",
            bool(e.yields.get("jump")),
        )
        for e in load("furniture")["line"]
    )  # fmt: skip


@lru_cache(maxsize=1)
def _any_rule() -> re.Pattern[str]:
    return either(rule.pattern.pattern for rule in rules())


def match_line(text: str) -> FurnitureRule | None:
    """The rule by which a whole line is furniture, or None."""
    if len(text) > MAX_LINE:
        return None
    bare = squash(fold(text))
    if not _any_rule().fullmatch(bare):
        return None
    return next(r for r in rules() if r.pattern.fullmatch(bare))


_PAGE = r"第?\s*[A-D\d一二三四五六七八九十]{1,3}\s*"
_PAGES = rf"{_PAGE}(?:版?\s*[、,，和及至~—-]\s*{_PAGE})*版"  # 第2版, 第2、3版, 第二版和第三版
JUMP_TAIL = re.compile(rf"[（(]\s*(?:紧?下转|紧?转)\s*{_PAGES}[^（()）]{{0,12}}[)）]\s*$")
JUMP_HEAD = re.compile(rf"^\s*[（(]?\s*(?:紧?上接|紧接)\s*{_PAGES}[^（()）]{{0,12}}[)）]?\s*")
