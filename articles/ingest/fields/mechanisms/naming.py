"""What a practice is called: the shortest name that stands on its own, its other names and its kind."""

import re
from functools import lru_cache

from articles.ingest.fields.mechanisms.candidates import Candidate
from articles.ingest.patterns import load

_MARKS = re.compile(r"[“”‘’《》「」]")
_COUNTED = re.compile(r"^[\d一二三四五六七八九十两双]")
_RULE = re.compile(r"(?:机制|制度|体系|模式|工作法|法|流程|清单|标准|办法)$")
_WORD = re.compile(r"[一-龥]{2}")


@lru_cache(maxsize=16)
def _any(table: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{e.pattern})" for e in load("practice_names")[table]))


@lru_cache(maxsize=4)
def _kinds(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((e.yields["kind"], e.compile()) for e in load("practice_names")[table])


@lru_cache(maxsize=1)
def _slogans() -> frozenset[str]:
    return frozenset(
        w for e in load("mechanisms")["inside"] if e.yields.get("whole") for w in e.words if w != "有事来协商"
    )


def joint() -> re.Pattern[str]:
    """Words whose characters are no words of their own: 成 in 党组成员."""
    return _any("joint")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A name without marks."""
    return _MARKS.sub("", text)


@lru_cache(maxsize=2048)
def is_running(suffix: str) -> bool:
    """Whether the words after a quoted name are a sentence that goes on, not a noun of the name."""
    return bool(_any("running").search(suffix))


@lru_cache(maxsize=2048)
def goes_on(words: str) -> bool:
    """Whether the words up to a noun are no description of it: 情况纳入考核; 等特色工作室 describes."""
    return is_running(_any("trimmed").sub("", words))


@lru_cache(maxsize=2048)
def noun_of(words: str) -> str:
    """The noun in the words after a quoted name that may be said with it; empty where there is none.

    等特色委员工作室 → 委员工作室, 协商平台 → 协商平台, 坚持以政协协商 → "", 三大品牌 → "".
    """
    noun = _any("trimmed").sub("", words)
    return "" if is_running(noun) or _any("aside").search(noun) else noun


@lru_cache(maxsize=2048)
def is_meeting_on(words: str) -> bool:
    """Whether the words after a quoted name are a meeting on the practice: 工作推进会, 揭牌仪式."""
    return bool(_any("about").search(words))


@lru_cache(maxsize=2048)
def says_nothing(core: str) -> bool:
    """Whether quoted words are a number, a slogan or a topic, which name nothing without a noun."""
    return core in _slogans() or bool(_any("needs").search(core))


@lru_cache(maxsize=2048)
def stands_alone(core: str, noun: str) -> bool:
    """Whether the quoted words are the name although `noun` directly follows them."""
    if says_nothing(core):
        return False
    return bool(_any("steady" if _RULE.search(noun) else "stands").search(core))


def full_name(c: Candidate) -> str:
    """What this mention makes of the name: the quoted words, with the noun after them where they need it."""
    core = plain(c.core)
    noun = plain(c.noun)
    if not noun or core.endswith(noun) or core == noun:
        return core
    if says_nothing(core):
        return core + noun
    if c.suffix and not _any("loose").search(noun) and not stands_alone(core, noun):
        return core + noun
    return core


def with_noun(c: Candidate) -> str:
    """The quoted words with the noun right after them, where that is a name too: 太行夜话活动."""
    spoken = c.suffix and c.suffix == c.noun and not _any("loose").search(c.suffix)
    return plain(c.core + c.suffix) if spoken else ""


def is_alias(text: str, name: str) -> bool:
    """Whether the text is worth keeping beside the name: no number, slogan or half sentence."""
    return bool(text) and text != name and not (says_nothing(text) and "、" not in text)


def kind_of(mentions: list[Candidate], best: Candidate) -> str:
    """What the noun beside the name says; else how the name ends, is built, or is introduced."""
    said = [c for c in mentions if c.kind]
    if said:
        # 品牌 is only ever said on purpose; of the rest the best founded mention speaks.
        return next((c for c in said if c.headed and c.kind == "品牌"), max(said, key=_voice)).kind or "活动"
    core = best.core
    if "+" in core and _WORD.search(core):
        return "模式"
    for kind, pattern in _kinds("kind_end"):
        if pattern.search(core):
            return kind
    if _COUNTED.match(core) or "、" in core:
        return "工作法"
    return next((kind for kind, pattern in _kinds("kind_verb") if pattern.search(best.left)), "品牌")


def _voice(c: Candidate) -> tuple[bool, float]:
    return c.headed and not c.in_title, c.score
