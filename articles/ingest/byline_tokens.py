"""A byline cut into its words: names, roles, and the words that say what somebody did."""

import re
from collections.abc import Iterator

from articles.gazetteer import Gazetteer

_MEDIUM = (
    r"(?:本报|本刊|本社|本网|本台|[\u4e00-\u9fffA-Za-z]{1,10}?(?:报业?|网|台|社|融媒体?(?:中心)?|新闻|在线|客户端)"
    r"[A-Za-z+]{0,8}(?=[^\s、，,]{0,6}(?:记者|通讯员)))"
)
DESK = rf"(?:{_MEDIUM})?(?:[全融]媒体|首席|见习|实习|特约|特派|驻[\u4e00-\u9fff]{{1,4}})*"
# Words that say what the names beside them did; the kind they give.
_WORDS = (
    (re.compile(DESK + "(?:摄影)?记者(?:站)?"), "记者"),
    (re.compile(DESK + "(?:通讯员|撰稿人|撰稿)|实习生"), "通讯员"),
    (re.compile("摄影报道|图片报道|摄影|摄|供图|图片|绘图|制图"), "摄影"),
    # Words that say no more than that somebody wrote it leave the kind as it is.
    (re.compile("(?:图文|文图|[图文字]{1,2}\\s*[/／]\\s*[图文字]{1,2}|报道|采写)(?=[\\s:：]|$)"), "图文"),
    (re.compile("图(?=\\s*[/／:：\\s]|$)"), "摄影"),
    (re.compile("(?:作者|撰文|执笔|整理|供稿|口述|文字|文)(?=\\s*[/／:：\\s]|$)"), "作者"),
)
# What every word of _WORDS holds at least one of: most lines need no closer look.
_HINT = re.compile("记者|通讯员|撰|实习生|摄|图|报道|采写|作者|执笔|整理|供稿|口述|文|字")
NAME = r"[\u3400-\u9fff〇]{1,4}(?:[·•・．][\u3400-\u9fff]{1,6}){0,3}"
_GAP = re.compile(r"[\s、，,；;/／:：]+")
_TOKEN = re.compile(
    r"[（(](?P<inner>[^（）()]*)[)）]|(?P<gap>[\s、，,；;/／:：]+)|(?P<word>[^\s、，,；;/／:：（）()]+)"
)
_COLLECTIVE = re.compile(
    r"(?:政协[\u4e00-\u9fff]{2,12}委员会|课题组|调研组|编辑部|评论员|编委会|办公室|研究室|研究会|委员会|写作组|联合报道组|政协办|融媒体中心|政协机关|[\u4e00-\u9fff]{2,}委)$"
)
_LETTER = r"(?![文图]\s*[/／]|摄)[\u3400-\u9fff]"
_SPACED = re.compile(rf"(?<![\u3400-\u9fff/／]){_LETTER}(?:[ \t]+{_LETTER})+(?![\u3400-\u9fff])")
# 令狐 雪: the surname as one word, the given name as another.
_APART = re.compile(
    rf"(?<![\u3400-\u9fff])([\u3400-\u9fff]{{2}})[ \t]+({_LETTER}[\u3400-\u9fff]?)(?![\u3400-\u9fff·])"
)


def tokens(text: str, gazetteer: Gazetteer, least: float) -> Iterator[tuple[str, int, int, str]]:
    """(token, i, j, sort) with sort name, role, collective, word:KIND:prefix|suffix, or unknown."""
    spaced = {m.start(): m for m in _SPACED.finditer(text)}
    at = 0
    while at < len(text):
        if at in spaced:
            run = spaced[at]
            yield from _spaced_names(run, gazetteer, least)
            at = run.end()
            continue
        if (m := _APART.match(text, at)) and _is_surname(m[1], m[2], gazetteer):
            yield m[1] + m[2], at, m.end(), "name"
            at = m.end()
            continue
        m = _TOKEN.match(text, at)
        if m is None:
            yield text[at], at, at + 1, "unknown"
            return
        if m["gap"] is not None:
            at = m.end()
        elif m["inner"] is not None:
            inner = m["inner"].strip()
            sort = "role" if gazetteer.offices.looks_like_role(inner) else "unknown"
            if word := word_at(inner, 0):
                yield inner, m.start("inner"), m.end("inner"), f"word:{word[1]}:suffix"
            else:
                yield inner, m.start("inner"), m.end("inner"), sort
            at = m.end()
        else:
            for item in _word_tokens(text, m.start(), m.end(), gazetteer, least):
                yield item
                at = item[2]


def _is_surname(surname: str, given: str, gazetteer: Gazetteer) -> bool:
    return gazetteer.names.split(surname + given) == (surname, given) and surname in gazetteer.names.frequency


def word_at(text: str, at: int) -> tuple[int, str] | None:
    """(end, kind) of an announcing word at `at`."""
    best: tuple[int, str] | None = None
    for pattern, kind in _WORDS if _HINT.search(text, at) else ():
        if (m := pattern.match(text, at)) and (best is None or m.end() > best[0]):
            best = m.end(), kind
    return best


def _word_tokens(
    text: str, i: int, j: int, gazetteer: Gazetteer, least: float
) -> Iterator[tuple[str, int, int, str]]:
    while i < j:
        if word := word_at(text, i):
            end, kind = word
            rest = text[end:].lstrip()
            suffix = kind in ("摄影", "图文", "作者") and (
                not rest or text[i - 1 : i] in ("/", "／") or (rest[0] not in "/／:：" and _preceded(text, i))
            )
            yield text[i:end], i, end, f"word:{kind}:{'suffix' if suffix else 'prefix'}"
            i = end
            continue
        ahead = range(i + 2, j) if _HINT.search(text, i, j) else ()
        stop = next((k for k in ahead if word_at(text, k) and text[k:j] not in ("文", "图")), j)
        yield from _names_in(text, i, stop, gazetteer, least)
        i = stop


def _preceded(text: str, i: int) -> bool:
    """Whether a name rather than another word stands right before `i`."""
    before = _GAP.sub(" ", text[:i]).split()
    return bool(before) and not word_at(before[-1], 0)


def _names_in(
    text: str, i: int, j: int, gazetteer: Gazetteer, least: float
) -> Iterator[tuple[str, int, int, str]]:
    token = text[i:j]
    likelihood = gazetteer.names.likelihood(token)
    if re.fullmatch(NAME, token) and likelihood >= max(least, 0.25):
        yield token, i, j, "name"
    elif _COLLECTIVE.search(token):
        yield token, i, j, "collective"
    elif len(token) >= 4 and gazetteer.offices.looks_like_role(token):
        yield token, i, j, "role"
    elif least < 0.25 and re.fullmatch(r"[\u3400-\u9fff]{2,4}", token) and gazetteer.names.may_be(token):
        # A rare surname; the names beside it decide whether the line is a byline.
        yield token, i, j, "name"
    elif (
        least == 0.0
        and re.fullmatch(NAME, token)
        and len(token) >= 2
        and not gazetteer.offices.looks_like_role(token)
    ):
        yield token, i, j, "name"
    elif (parts := _run_together(token, gazetteer)) is not None:
        for part in parts:
            yield part, i, i + len(part), "name"
            i += len(part)
    elif (
        m := re.fullmatch(rf"(.{{4,40}}?(?:{'|'.join(gazetteer.offices.offices[:400])}))({NAME})", token)
    ) and gazetteer.names.is_name(m[2]):
        yield m[1], i, i + len(m[1]), "role"
        yield m[2], i + len(m[1]), j, "name"
    else:
        yield token, i, j, "unknown"


def _run_together(token: str, gazetteer: Gazetteer) -> list[str] | None:
    """Names printed without a space between them: 李晓娜吕东浩."""
    if not 4 <= len(token) <= 9 or not re.fullmatch(r"[\u3400-\u9fff]+", token):
        return None
    best: dict[int, tuple[float, list[str]]] = {0: (1.0, [])}
    for at in range(len(token)):
        if at not in best:
            continue
        score, names = best[at]
        for size in (3, 2, 4):
            name = token[at : at + size]
            if len(name) == size and (p := gazetteer.names.likelihood(name)) >= 0.7:
                value = score * p * (0.8 if size != 3 else 1.0)
                if value > best.get(at + size, (0.0, []))[0]:
                    best[at + size] = value, [*names, name]
    return best.get(len(token), (0, None))[1]


def _spaced_names(
    run: re.Match[str], gazetteer: Gazetteer, least: float
) -> Iterator[tuple[str, int, int, str]]:
    """窦 立 坤 is one name; longer runs are cut where surnames stand."""
    at = [(c, run.start() + k) for k, c in enumerate(run[0]) if not c.isspace()]
    while at:
        sizes = [n for n in (3, 2, 4) if n <= len(at) and len(at) - n != 1]
        size = next((n for n in sizes if gazetteer.names.is_name("".join(c for c, _ in at[:n]))), len(at))
        name = "".join(c for c, _ in at[:size])
        i, j = at[0][1], at[size - 1][1] + 1
        yield name, i, j, "name" if gazetteer.names.likelihood(name) >= least else "unknown"
        at = at[size:]
