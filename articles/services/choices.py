"""What people say, on the workbench, of which article is which: against the machine's guess, a step as any other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

CONTINUE, LEAD, DISCARD = "continue", "lead", "discard"  # kinds of steps


@dataclass(frozen=True, slots=True)
class Choices:
    """By keys of articles and numbers of the arrangement; None is a new article, or an address that ends.

    `rows`: which article of the archive a number is; `heirs`: the number that the address of a vanishing one leads to.
    """

    rows: dict[int, int | None] = field(default_factory=dict)
    heirs: dict[int, int | None] = field(default_factory=dict)


def kept(steps: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps after everything was last thrown away."""
    begun = max((k + 1 for k, step in enumerate(steps) if step["kind"] == DISCARD), default=0)
    return list(steps[begun:])


def choices_of(steps: Iterable[Mapping[str, Any]]) -> Choices:
    """The last word of each, of steps as `SplitDraft` keeps them. An article continues as one number only."""
    chosen = Choices()
    for step in steps:
        if step["kind"] == CONTINUE:
            number, article = step["number"], step["article"]
            for other in [n for n, key in chosen.rows.items() if key is not None and key == article]:
                del chosen.rows[other]
            chosen.rows[number] = article
        elif step["kind"] == LEAD:
            chosen.heirs[step["article"]] = step["number"]
    return chosen
