"""The catalogue: what every list is narrowed, counted and ordered by, a card an article, kept in memory.

`current()` is the catalogue as the database stands. Counting costs no query, and whatever combination of filters
somebody asks for first is counted in some ten milliseconds for 100,000 articles.
"""

from articles.catalogue.cards import FACETS, Card, Label, counted
from articles.catalogue.following import current, warm
from articles.catalogue.selection import Catalogue, Selection
from articles.catalogue.sorts import SORTS

__all__ = ["FACETS", "SORTS", "Card", "Catalogue", "Label", "Selection", "counted", "current", "warm"]
