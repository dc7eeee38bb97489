"""Author notes: （作者系…）（作者单位：…；…）（作者分别系…）（张三系…，李四系…）."""

import re
from dataclasses import dataclass

from articles.ingest.passage import fold

_HEAD = re.compile(
    r"(?:本文)?(?:第[一二]|通讯)?作者(?P<how>(?:分别|均|都|单位|工作单位|简介|现任?|依次)*)(?P<is>系|为|是|[:：])*\s*"
)
_OPEN = re.compile(
    r"[(（【\[]\s*(?=(?:本文)?(?:第[一二]|通讯)?作者(?:分别|均|都|单位|工作单位|简介|现|依次|系|为|是|[:：]"
    r"|[\u3400-\u9fff·]{2,4}[,，]?\s*系))"
)
_NAMED = re.compile(
    r"(?:^|[，,；;、\s])(?:作者)?(?P<name>[\u3400-\u9fff·]{2,5}?)\s*(?:[系为]|[,，:：](?=.*(?:政协|主席|委员|主任|会)))"
)
_NAMED_NOTE = re.compile(r"^[(（]\s*[\u3400-\u9fff·]{2,4}\s*系.{4,60}[)）]$")
MAX_NOTE = 200


@dataclass(frozen=True, slots=True)
class Note:
    """The roles an author note gives: to named people, else one after another (`distributed`) or one to all."""

    text: str
    roles: tuple[str, ...]
    names: tuple[str, ...] = ()
    distributed: bool = False
    i: int = 0

    def role_for(self, index: int, count: int, name: str) -> str | None:
        """The role of author `index` of `count`."""
        if self.names:
            return next((r for n, r in zip(self.names, self.roles, strict=True) if n == name), None)
        if self.distributed and len(self.roles) == count:
            return self.roles[index]
        return self.text if self.roles else None


def find_note(text: str) -> int | None:
    """Where an author note begins that runs to the end of `text`, or None."""
    folded = fold(text)
    last = None
    for m in _OPEN.finditer(folded):
        last = m.start()
    if last is not None and len(folded) - last <= MAX_NOTE:
        return last
    head = _HEAD.match(folded)
    if (
        head
        and (head["is"] or head["how"])
        and len(folded) <= MAX_NOTE
        and not folded.rstrip().endswith("。")
    ):
        return 0
    return 0 if _NAMED_NOTE.match(folded.strip()) else None


def is_open(text: str) -> bool:
    """Whether a note's bracket does not close: it goes on after a column break."""
    folded = fold(text)
    return folded.count("(") > folded.count(")")


def read_note(text: str, authors: int) -> Note | None:
    """The note's roles; `authors` is how many people sign, for notes that list one role each."""
    folded = fold(text)
    inner = text.strip()
    lead = len(text) - len(text.lstrip())
    if inner[:1] in "(（【[" and inner[-1:] in ")）】]":
        inner, lead = inner[1:-1], lead + 1
    elif inner[:1] in "(（【[":
        inner, lead = inner[1:], lead + 1
    head = _HEAD.match(fold(inner))
    if head and (head["is"] or head["how"]):
        body, at = inner[head.end() :].strip(" 。"), lead + head.end()
        how = head["how"] or ""
        named = _by_name(body)
        if named:
            return Note(body, tuple(r for _, r in named), tuple(n for n, _ in named), i=at)
        split = _split(body, authors, "分别" in how or "依次" in how)
        return Note(body, split or (body,), distributed=bool(split), i=at) if body else None
    named = _by_name(inner)
    if named and "系" in folded:
        return Note(inner, tuple(r for _, r in named), tuple(n for n, _ in named), i=lead)
    return None


def _split(body: str, authors: int, respectively: bool) -> tuple[str, ...]:
    for separator in (r"[；;]", r"[，,]", r"、") if respectively else (r"[；;]",):
        parts = tuple(p.strip() for p in re.split(separator, body) if p.strip())
        if len(parts) == authors and authors > 1:
            return parts
    return ()


def _by_name(body: str) -> list[tuple[str, str]]:
    if "系" not in body and not re.match(r"[\u3400-\u9fff·]{2,4}[,，:：]", body):
        return []
    marks = [m for m in _NAMED.finditer(body) if "系" in m[0] or m.start() == 0]
    if not marks or marks[0].start() > 1:
        return []
    pairs = []
    for m, following in zip(marks, [*marks[1:], None], strict=True):
        role = body[m.end() : following.start() if following else len(body)]
        pairs.append((m["name"], role.strip(" ，,；;、。系为")))
    return [(n, r) for n, r in pairs if r]
