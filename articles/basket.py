"""The articles that a reader has set aside: public ids in the order of setting aside, kept in a signed cookie.

No account is needed and nothing is stored here; whoever has the ids in an address sees the same articles.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing

from articles.models.ids import ALPHABET, LENGTH

COOKIE = "archive_basket"
MOST = 200
"""Articles at most: their ids fill half of what browsers keep in a cookie."""

_SALT = "articles.basket"
_IDS = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


class Full(Exception):
    """The basket holds as many articles as it can."""


@dataclass(frozen=True, slots=True)
class Basket:
    """`ids` are public ids, each once, at most MOST; whether articles of these ids are published is not known."""

    ids: tuple[str, ...] = ()

    def __contains__(self, public_id: object) -> bool:
        return public_id in self.ids

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, ids: Iterable[str]) -> "Basket":
        """Of ids that may be repeated or too many: each once, the first MOST."""
        return cls(tuple(dict.fromkeys(ids))[:MOST])

    @classmethod
    def read(cls, cookies: Mapping[str, Any]) -> "Basket":
        """From request cookies; empty where there is none, or somebody else wrote it."""
        try:
            return cls.of(split(signing.Signer(salt=_SALT).unsign(cookies.get(COOKIE, ""))))
        except signing.BadSignature:
            return cls()

    @property
    def cookie(self) -> str:
        return signing.Signer(salt=_SALT).sign("".join(self.ids))

    @property
    def string(self) -> str:
        """The ids for an address, as `split` reads them."""
        return "".join(self.ids)

    def with_article(self, public_id: str) -> "Basket":
        """With one more at the end. Raises Full."""
        if public_id in self.ids:
            return self
        if len(self.ids) >= MOST:
            raise Full
        return Basket((*self.ids, public_id))

    def without(self, *public_ids: str) -> "Basket":
        return Basket(tuple(one for one in self.ids if one not in public_ids))

    def moved(self, public_id: str, by: int) -> "Basket":
        """With one article so many places further down, or up; at either end it stays there."""
        if public_id not in self.ids:
            return self
        others = list(self.without(public_id).ids)
        others.insert(max(0, self.ids.index(public_id) + by), public_id)
        return Basket(tuple(others))


def split(text: str) -> list[str]:
    """The ids in a text, written one behind the other or with anything between."""
    return [one for run in re.split(r"[^0-9a-z]+", text) for one in _IDS.findall(run)]
