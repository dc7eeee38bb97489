"""What stands between two operands of NEAR, and the nodes that come of it."""

from dataclasses import dataclass, replace
from itertools import product

from search.query.ast import TEXT_FIELDS, Field, Leaf, Near, Node, Or, Phrase, Prefix, Scope, Word, any_of
from search.query.vocabulary import NEAR, half

_MOST = 64
"""Alternatives are multiplied out: (a OR b) NEAR (c OR d) is four; beyond this they are not."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """NEAR, NEAR/s, NEAR/p, NEAR/5, NEAR/p5, and PREV likewise, where the first comes first."""

    scope: Scope = Scope.SENTENCE
    gap: int | None = None
    ordered: bool = False

    @property
    def pairwise(self) -> bool:
        return self.gap is not None or self.ordered


def nearness(operator: str) -> Nearness:
    """What an operator as it was typed means."""
    found = NEAR.fullmatch(half(operator))
    if not found:
        return Nearness()
    name, scope, gap, _, paragraph = found.groups()
    return Nearness(
        Scope.PARAGRAPH if paragraph or (scope or "").lower() == "p" else Scope.SENTENCE,
        int(gap) if gap else None,
        (name or "").upper() == "PREV",
    )


def operator(near: Near) -> str:
    """The operator that `nearness` reads as the nearness of a node."""
    name = "PREV" if near.ordered else "NEAR"
    if near.gap is None:
        return f"{name}/{near.scope}"
    return f"{name}/{'p' if near.scope is Scope.PARAGRAPH else ''}{near.gap}"


def near(operands: list[Node], how: Nearness) -> Node | None:
    """The operands near each other, alternatives multiplied out; None where something cannot be near."""
    choices: list[tuple[Leaf, ...]] = []
    for operand in operands:
        leaves = operand.parts if isinstance(operand, Or) else (operand,)
        kept = tuple(leaf for leaf in leaves if isinstance(leaf, Word | Phrase | Prefix))
        if len(kept) < len(leaves):
            return None
        choices.append(kept)
    fields = {leaf.field for leaves in choices for leaf in leaves} - {Field.ANY}
    number = 1
    for leaves in choices:
        number *= len(leaves)
    if len(fields) > 1 or not fields <= TEXT_FIELDS or number > _MOST:
        return None
    field = fields.pop() if fields else Field.ANY
    nodes: list[Node] = []
    for leaves in product(*choices):
        parts = tuple(replace(leaf, field=Field.ANY) for leaf in leaves)
        if not how.pairwise:
            parts = tuple(dict.fromkeys(parts))
        # A word is near itself wherever it stands.
        nodes.append(
            Near(parts, how.scope, field, how.gap, how.ordered)
            if len(parts) > 1
            else replace(parts[0], field=field)
        )
    return any_of(nodes)
