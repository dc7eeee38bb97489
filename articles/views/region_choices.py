"""The regions that the rail offers: provinces, and what lies inside those that are chosen. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from articles.catalogue.cards import Label, path, prefix


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter with the articles it would leave. `depth`: in the tree of regions, 0 for the first."""

    value: str
    label: str
    count: int
    chosen: bool
    depth: int = 0


def region_choices(
    counts: Mapping[str, int], labels: Mapping[str, Label], chosen: Collection[str], within: str, most: int
) -> tuple[list[Choice], int]:
    """The places right inside `within` (all provinces where it is empty), most articles first, and inside those
    that are chosen or hold what is chosen the places there. At most `most` beside those, and how many are left."""
    below: dict[str, list[str]] = {}
    open_ones = {above for code in chosen for above in path(code)}
    start = prefix(within)
    for code in counts:
        if code not in labels or code == within or not code.startswith(start):
            continue
        province = f"{code[:2]}0000"
        if not within and code != province and province in labels and province not in open_ones:
            continue  # nobody opened what it lies in
        below.setdefault(_parent(code, labels, within), []).append(code)
    choices: list[Choice] = []

    def add(parent: str, depth: int) -> int:
        inside = sorted(below.get(parent, ()), key=lambda code: (-counts[code], code))
        shown = [code for n, code in enumerate(inside) if n < most or code in open_ones]
        for code in shown:
            choices.append(Choice(code, labels[code].name, counts[code], code in chosen, depth))
            if code in open_ones:
                add(code, depth + 1)
        return len(inside) - len(shown)

    left_out = add(within, 0)
    known = {choice.value for choice in choices}
    choices += [
        Choice(code, labels[code].more if code in labels else code, 0, True)
        for code in chosen
        if code not in known
    ]
    return choices, left_out


def _parent(code: str, labels: Mapping[str, Label], within: str) -> str:
    """The place that a code is shown under; a county without a prefecture stands right in its province."""
    for up in reversed(path(code)[:-1]):
        if up != code and up in labels:
            return up if up == within or len(prefix(up)) > len(prefix(within)) else within
    return within
