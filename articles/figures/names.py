"""When two subjects are the same name, for grouping only: what is shown is always what was printed."""

# Marks that a paper sets or leaves out as it likes. Words are never folded: 办复率, 提案办复率 and 办结率 are three
# definitions, and so are 委员工作站 and 委员工作站(室).
DROPPED = " \t\n\u00a0\u3000“”‘’\"'＂＇「」『』《》〈〉·•・"
_WIDE = "".join(chr(c) for c in range(0xFF01, 0xFF5F) if chr(c) not in DROPPED)
_CAPITALS = "".join(chr(c) for c in range(ord("A"), ord("Z") + 1))

# PostgreSQL's translate() takes the same two strings: what stands beyond the shorter second one is dropped.
FOLDED_FROM = _WIDE + _CAPITALS + "【】〔〕" + DROPPED
FOLDED_TO = "".join(chr(ord(c) - 0xFEE0) for c in _WIDE).lower() + _CAPITALS.lower() + "()()"

_TABLE = {ord(a): b for a, b in zip(FOLDED_FROM, FOLDED_TO, strict=False)} | {ord(c): None for c in DROPPED}


def subject_key(subject: str) -> str:
    """The name under which subjects are grouped: without quotation marks and blanks, brackets and width folded."""
    return subject.translate(_TABLE)
