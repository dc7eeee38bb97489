"""What a reference to an article says, whatever form it is then written in."""

import re
from dataclasses import dataclass

NEWSPAPER, JOURNAL, WEBSITE = "newspaper", "journal", "website"

_KINDS = {"报纸": NEWSPAPER, "杂志": JOURNAL, "网站": WEBSITE}
_NOBODY = re.compile(r"(本报|本刊|本网|本社)?(记者|通讯员|特约记者|见习记者|讯|综合)?(组)?|佚名|匿名|无名氏")
_IN_FRONT = re.compile(r"^(本报|本刊|本网)(特约|见习|首席)?(记者|通讯员|评论员)[\s\u3000:：]+")
# What XML has no place for; the other forms do without it as well.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Reference:
    """An article as it is cited.

    `id`: its public id. `title` is empty where the page holds none; `opening` then stands for it. `date`: of
    the issue, else the article's own; ISO, maybe only a year or a month, or empty. `kind`: newspaper, journal
    or website, empty where no publication is known. `pages` as printed, in reading order.
    """

    id: str
    url: str
    title: str
    opening: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    publication: str = ""
    kind: str = ""
    number: str = ""
    pages: tuple[str, ...] = ()
    column: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The title, or the first words in square brackets as something that the citing person supplied."""
        return self.title or f"[{first_words(self.opening)}]"

    @property
    def full_name(self) -> str:
        """With the subtitle, as library catalogues join the two."""
        return f"{self.name}：{self.bare_subtitle}" if self.subtitle else self.name

    @property
    def bare_subtitle(self) -> str:
        """Without the dash that is printed before it."""
        return self.subtitle.lstrip("—－-― ")

    @property
    def day(self) -> tuple[int, ...]:
        """The date as numbers, as many as are known."""
        return tuple(int(part) for part in self.date.split("-") if part)


def plain(text: str) -> str:
    """`text` on one line, without characters that no file may hold."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def first_words(text: str, most: int = 24) -> str:
    """The beginning of a text, up to the end of its first sentence or line."""
    return re.split(r"[。！？\n]", text.strip(), maxsplit=1)[0][:most].strip() + "…"


def beginning(text: str, most: int) -> str:
    """The first sentences of a text, on one line of at most so many characters; cut with a mark if need be."""
    text = plain(text)
    if len(text) <= most:
        return text
    whole = re.match(r".*[。！？][”’』」）]*", text[:most])
    return whole[0] if whole and len(whole[0]) > most // 2 else text[: most - 1].rstrip() + "…"


def signed(names: list[str]) -> tuple[str, ...]:
    """Names as bylines give them → people: each once, without 本报记者 before a name or in place of one."""
    people = (_IN_FRONT.sub("", plain(name)) for name in names)
    return tuple(dict.fromkeys(name for name in people if name and not _NOBODY.fullmatch(name)))


def kind_of(listed: str, name: str, date: str) -> str:
    """Newspaper, journal or website; empty without a name.

    `listed` is what the list of publications says, if it has this one: 报纸, 杂志 or 网站. Of others the
    name tells, then whether its issues are dated by the day.
    """
    if not name:
        return ""
    if listed in _KINDS:
        return _KINDS[listed]
    if re.search(r"(学报|公报|画报|月报|季报|年报|杂志|月刊|季刊|学刊|丛刊)$", name):
        return JOURNAL
    if re.search(r"网$", name):
        return WEBSITE
    return NEWSPAPER if name.endswith("报") or len(date) == 10 else JOURNAL


def page_range(pages: tuple[str, ...], comma: str = ", ") -> str:
    """Pages as they are cited: 3, 1-2, 1, 3 — runs of numbers that follow one another are joined."""
    joined: list[tuple[str, str]] = []
    for page in dict.fromkeys(filter(None, map(plain, pages))):
        if joined and _follows(joined[-1][1], page):
            joined[-1] = (joined[-1][0], page)
        else:
            joined.append((page, page))
    return comma.join(first if first == last else f"{first}-{last}" for first, last in joined)


def _follows(page: str, other: str) -> bool:
    return page.isdecimal() and other.isdecimal() and int(other) == int(page) + 1
