"""Sentences of a pure module: it has no translations, so it yields English message ids with their parameters.
`search.say` renders them in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Saying:
    """A message id and what stands in its places: strings, numbers, further sayings, or sayings to join by the
    message."""

    msgid: str
    params: dict[str, "str | int | Saying"] = field(default_factory=dict, hash=False)
    parts: tuple["Saying", ...] = ()

    def render(self, translate: Callable[[str], str]) -> str:
        """The sentence; `translate` maps a message id to the reader's language."""
        if self.parts:
            return translate(self.msgid).join(part.render(translate) for part in self.parts)
        shown = {
            name: value.render(translate) if isinstance(value, Saying) else value
            for name, value in self.params.items()
        }
        return translate(self.msgid) % shown

    @property
    def english(self) -> str:
        return self.render(lambda msgid: msgid)
