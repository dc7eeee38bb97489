"""Addresses of names that were merged into others lead on for good."""

from articles.models import Author, Mechanism
from articles.views.answer import Elsewhere

LONGEST = 20
"""Merges of merges that are followed."""


def follow(model: type[Author] | type[Mechanism], public_id: str) -> None:
    """Raises Elsewhere with the survivor, where the row of this address was merged."""
    row = model.objects.filter(public_id=public_id, merged_into__isnull=False).first()
    if row is None:
        return
    for _step in range(LONGEST):
        if row.merged_into is None:
            raise Elsewhere(row, for_good=True)
        row = row.merged_into
