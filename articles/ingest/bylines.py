"""Who wrote it: byline lines, the bracket after 本报讯, names in brackets at the end."""

import re
from dataclasses import dataclass

from articles.gazetteer import Gazetteer
from articles.ingest.byline_tokens import DESK, NAME, tokens, word_at
from articles.ingest.passage import fold

BULLETS = "□■○●◎◇◆▲△☐▪•※★☆▶►◀▌|"
_BULLET = re.compile(rf"^[{BULLETS}*＊·]\s*(?=\S)|^[{BULLETS}]+\s*")
# Who edited it, named after those who wrote it.
_IMPRINT = re.compile(
    r"(?<=\S)\s*[,;、]?\s*(?:新媒体|责任|值班|执行|本期|文字|图片|视频)?(?:责编|编辑|审核|审稿人?|核稿人?|校对|编审|监制|[初复终一二三]审|来源|供图单位)\s*[:/／].*$"
)
MAX_BYLINE = 90


# 林小茶、何沙洲为驻点委员 tells of them and is no byline.
_DOES = re.compile(r"为(?!民)|当选|担任|出席|参加|调研|带队|受聘|获")
_SUPPLIED = re.compile(r"(?:供稿|撰稿|整理|执笔)\s*$")


@dataclass(frozen=True, slots=True)
class Signer:
    """One name of a byline; `i:j` is where it stands in the text parsed (spaces inside a spaced name included)."""

    name: str
    kind: str
    i: int
    j: int
    role: str | None = None


@dataclass(frozen=True, slots=True)
class BylineReading:
    """`strength`: 1 announced by 记者, □ or 摄; otherwise how much the bare names look like names."""

    signers: tuple[Signer, ...]
    strength: float
    rule: str

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(s.kind for s in self.signers)


def read_byline(text: str, gazetteer: Gazetteer, default: str = "作者") -> BylineReading | None:
    """A whole line as a byline, or None where it is none. `default` is the kind of names that nothing announces."""
    if not 1 < len(text) <= MAX_BYLINE or re.search(r"[。！？；“”《》]", text):
        return None
    folded = fold(text)
    bullet = _BULLET.match(folded)
    offset = bullet.end() if bullet else 0
    body = folded[offset:]
    if (m := re.fullmatch(r"\s*[（(【\[](.*)[)）】\]]\s*", body)) and not re.search(r"[()（）]", m[1]):
        offset += m.start(1)
        body = m[1]
        bracketed = True
    else:
        bracketed = False
    if imprint := _IMPRINT.search(body):
        body = body[: imprint.start()]
    announced = bool(bullet and folded[0] in BULLETS)
    signers: list[Signer] = []
    names: list[tuple[str, int, int, str | None]] = []
    kind, pending_role, said = default, None, False
    likely: list[float] = []
    # Whoever is announced may have any name; a bare line has to look like names.
    least = 0.0 if announced or word_at(body.lstrip(), 0) else 0.25 if " " not in body.strip() else 0.01
    for token, i, j, sort in tokens(body, gazetteer, least):
        if sort == "name":
            likely.append(gazetteer.names.likelihood(token))
            names.append((token, i, j, pending_role))
        elif sort == "role" and _DOES.search(token):
            return None
        elif sort == "role":
            if names and body[i - 1 : i] in ("(", "（"):
                names[-1] = (*names[-1][:3], token)
            else:
                pending_role = token
        elif sort == "collective":
            if not (announced or said or _SUPPLIED.search(body)):
                return None
            names.append((token, i, j, None))
        elif sort.startswith("word"):
            said = True
            new, suffix = sort.split(":")[1], sort.endswith(":suffix")
            if suffix and names:
                given = kind if new == "图文" or (new == "作者" and kind != default) else new
                if token[0] == "图" and kind == default:
                    given = "摄影"  # 图/文 under a picture: whoever took it wrote the words too
                signers += [Signer(n, given, offset + a, offset + b, r) for n, a, b, r in names]
            else:
                signers += [Signer(n, kind, offset + a, offset + b, r) for n, a, b, r in names]
                kind = default if new == "图文" else new
            names, pending_role = [], None
            if suffix:
                kind = kind if kind == "记者" else default
        else:
            return None
    signers += [Signer(n, kind, offset + a, offset + b, r) for n, a, b, r in names]
    if not signers or len(signers) > 12:
        return None
    if announced or said:
        strength = 1.0
    else:
        # One rare surname among names that are plain does not spoil the line.
        mean = sum(likely) / len(likely) if likely else 0.0
        sure = len(likely) > 1 and max(likely) >= 0.8 and mean >= 0.45
        if not likely or (not sure and (min(likely) < 0.25 or mean < 0.55)):
            return None
        strength = max(0.5, mean * (0.9 if bracketed or len(signers) <= 4 else 0.5))
    rule = "byline_bullet" if announced else "byline_word" if said else "byline_bare"
    return BylineReading(tuple(signers), strength, rule)


_NAMED_AUTHOR = re.compile(r"[（(]?作者\s*[:：][\s\u3400-\u9fff·•、，,]{2,40}[)）]?")


def names_author(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a line is 作者：张三 李四, names and nothing about them but who edited the piece."""
    if not _NAMED_AUTHOR.fullmatch(_IMPRINT.sub("", fold(text)).strip()):
        return False
    reading = read_byline(text, gazetteer)
    return reading is not None and not any(s.role for s in reading.signers)


_WIRE = r"(?:本[报刊网台社]|[\u4e00-\u9fff]{2,6}[报网社])?[\u4e00-\u9fff]{0,6}(?:\d{1,2}月\d{1,2}日)?(?:讯|电|消息)"
_LEAD = re.compile(
    rf"\s*(?P<wire>{_WIRE})?\s*[(（](?P<who>[^()（）。“”]{{2,60}})[)）]\s*(?:报道|讯|电)?[:：]?\s*"
)
# 记者从某市政协获悉 tells how the reporter knows, and names nobody.
_NAMELESS = r"(?:从|在|了解|获悉|走访|采访|看到|注意|发现|跟随|来到|今|昨|日前|近日)"
_OPENING = 60  # characters that a wire, its bracket and the word 报道 stand in
_SENT = re.compile("[讯电]|消息")
_TOLD = re.compile(
    rf"\s*(?P<who>{DESK}(?:记者|通讯员)[\s:]*(?:[\u3400-\u9fff·]{{2,4}}[\s、]+){{0,3}}[\u3400-\u9fff·]{{2,4}}?)"
    r"报道(?:[:：]|\s+(?=\d)|(?=\d{1,2}月\d))\s*"
)
_BARE_LEAD = re.compile(
    rf"\s*(?P<wire>本[报刊网台]讯|{_WIRE}(?=\s)|[\u4e00-\u9fff]{{2,8}}(?<![简快短要资通音喜])讯(?=\d{{1,2}}月\d|近日|日前|昨日|记者|$))\s*(?P<who>(?:{DESK}(?:记者|通讯员)\s*(?:(?!{_NAMELESS}){NAME}[\s、]*){{1,4}})*)(?:报道[:：]?)?[:：]?\s*"
)


def read_lead(text: str, gazetteer: Gazetteer) -> tuple[int, BylineReading | None] | None:
    """本报讯（记者 韩冬） at the head of a body: where it ends, and who signs. None where there is none."""
    folded = fold(text[:140])
    opening = folded[:_OPENING]
    if "(" in opening and (m := _LEAD.match(folded)):
        wired = m["wire"] is not None
        if wired or re.match(rf"{DESK}(?:记者|通讯员)", m["who"].strip()):
            signers = read_byline(m["who"], gazetteer, default="通讯员")
            if signers or wired:
                return m.end(), _moved(signers, m.start("who"), "byline_wire")
    if (
        "报道" in opening
        and (m := _TOLD.match(folded))
        and (signers := read_byline(m["who"], gazetteer, default="记者"))
    ):
        return m.end(), _moved(signers, m.start("who"), "byline_wire")
    if _SENT.search(opening) and (m := _BARE_LEAD.match(folded)) and m.end():
        signers = read_byline(m["who"], gazetteer, default="通讯员") if m["who"].strip() else None
        if m["who"].strip() and signers is None:
            return (m.start("who"), None) if m["wire"] else None
        return m.end(), _moved(signers, m.start("who"), "byline_wire")
    return None


def names_editors(text: str) -> bool:
    """Whether a byline goes on with who edited and checked the piece, as lines at the end of one do."""
    return _IMPRINT.search(fold(text)) is not None


_TAIL = re.compile(r"[(（](?P<who>[^()（）。！？“”《》]{2,50})[)）]\s*$")


def read_tail(text: str, gazetteer: Gazetteer) -> tuple[int, BylineReading] | None:
    """Names in brackets at the very end of a body: where the bracket starts, and who signs."""
    folded = fold(text[-70:])
    base = len(text) - len(folded)
    m = _TAIL.search(folded)
    if m is None:
        return None
    signers = read_byline(m["who"], gazetteer)
    if signers is None or (signers.strength < 0.6):
        return None
    return base + m.start(), _moved(signers, base + m.start("who"), "byline_tail") or signers


def _moved(reading: BylineReading | None, by: int, rule: str) -> BylineReading | None:
    if reading is None:
        return None
    moved = tuple(Signer(s.name, s.kind, s.i + by, s.j + by, s.role) for s in reading.signers)
    return BylineReading(moved, 1.0, rule)
