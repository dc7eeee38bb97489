"""What a record works out at the first look, and once."""

from dataclasses import dataclass

from articles.ingest.lazy import lazy

asked: list[int] = []


@dataclass(frozen=True)
class Line:
    words: tuple[str, ...]

    @lazy
    def length(self) -> int:
        """Characters in all."""
        asked.append(1)
        return sum(map(len, self.words))


def test_worked_out_once_for_each_record() -> None:
    asked.clear()
    one, other = Line(("政协", "委员会")), Line(("提案",))
    assert not asked
    assert (one.length, one.length, other.length) == (5, 5, 2)
    assert len(asked) == 2


def test_equal_records_stay_equal() -> None:
    one, other = Line(("政协",)), Line(("政协",))
    assert one.length == 2 and one == other and hash(one) == hash(other)
    assert Line.length.__doc__ == "Characters in all."
