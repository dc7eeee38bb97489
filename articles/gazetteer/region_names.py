"""What a region is called besides its full name: 苏州, 黔东南州, 景宁, 喀喇沁."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from articles.gazetteer import files

_PEOPLES = (
    "壮|满|回|苗|维吾尔|土家|彝|蒙古|藏|布依|侗|瑶|朝鲜|白|哈尼|哈萨克|黎|傣|"
    "畲|傈僳|仡佬|东乡|高山|拉祜|水|佤|纳西|羌|土|仫佬|锡伯|柯尔克孜|达斡尔|"
    "景颇|毛南|撒拉|布朗|塔吉克|阿昌|普米|鄂温克|怒|京|基诺|德昂|保安|俄罗斯|"
    "裕固|乌孜别克|门巴|鄂伦春|独龙|塔塔尔|赫哲|珞巴|各"
)
_AUTONOMOUS = re.compile(rf"(.*?)((?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)*)自治(州|县|旗)")
_SUFFIX = re.compile(r"(?:特别行政区|自治区|新区|林区|矿区|特区|地区|省|市|盟|县|区|旗)$")


@dataclass(frozen=True, slots=True)
class Guard:
    """Characters beside a short name that make it part of another word."""

    left: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ShortNames:
    """What region_names.toml says.

    `provinces`, `aliases` and `letters` map a name or one-character abbreviation to a code. `needs_suffix`
    are short names that are ordinary words, believed only with a suffix or a context; `known` are those of
    counties that stand alone safely; `generic` are full names (城区) that mean nothing without their city.
    """

    provinces: Mapping[str, str]
    aliases: Mapping[str, str]
    letters: Mapping[str, str]
    needs_suffix: frozenset[str]
    known: frozenset[str]
    generic: frozenset[str]
    guards: Mapping[str, Guard]


def stems(name: str, level: str) -> tuple[str, ...]:
    """Shorter forms of a full name, the barest first; empty where what remains is one character."""
    autonomous = _AUTONOMOUS.fullmatch(name) if "自治" in name else None
    if autonomous and level != "省级":
        stem = autonomous[1] or re.sub("族$", "", autonomous[2])
        return (stem, stem + autonomous[3])
    stem = _SUFFIX.sub("", name)
    if len(stem) < 2 or stem == name:
        return ()
    return (stem, stem + "区") if name.endswith("新区") else (stem,)


def load_short_names() -> ShortNames:
    """Reads region_names.toml."""
    path = files.DATA / "region_names.toml"
    table = files.toml(path)

    def codes(key: str, length: int | None = None) -> dict[str, str]:
        for name, code in table.get(key, {}).items():
            if not re.fullmatch(r"\d{6}", str(code)) or (length and len(name) != length):
                line = files.line_of(path, f"{name} ")
                raise files.VocabularyError(
                    path, line, f'{key}: {name} = {code!r}. Give name = "six digits".'
                )
        return dict(table.get(key, {}))

    def listed(key: str) -> frozenset[str]:
        text = table.get(key)
        if not isinstance(text, str):
            raise files.VocabularyError(
                path, files.line_of(path, key), f'{key} is no text. Give {key} = """…""".'
            )
        return frozenset(text.split())

    guards: dict[str, Guard] = {}
    for name, sides in table.get("guards", {}).items():
        if not isinstance(sides, dict) or not set(sides) <= {"left", "right"}:
            raise files.VocabularyError(path, files.line_of(path, name), f"{name}: give left and right only.")
        guards[name] = Guard(frozenset(sides.get("left", "")), frozenset(sides.get("right", "")))
    return ShortNames(
        codes("provinces"), codes("aliases"), codes("letters", 1),
        listed("needs_suffix"), listed("known"), listed("generic"), guards,
    )  # fmt: skip
