"""Quotation marks around what may hold some itself."""

_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"))
_PLAIN = ('"', '"')


def quoted(text: str) -> str:
    """The text in marks between which it is read back as it is; `quotable` makes sure that there are some."""
    opener, closer = _around(text) or _PLAIN
    return f"{opener}{text}{closer}"


def quotable(text: str) -> str:
    """The text as it can be quoted: where every kind of marks would end inside it, without the straight ones."""
    return text if _around(text) else text.replace('"', "").strip()


def _around(text: str) -> tuple[str, str] | None:
    if '"' not in text:
        return _PLAIN
    return next((pair for pair in _PAIRS if _pairs_up(text, *pair)), None)


def _pairs_up(text: str, opener: str, closer: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == opener) - (char == closer)
        if depth < 0:
            return False
    return depth == 0
