"""Who is measured, in one tuple. A newcomer adds a class with the methods of `Rival`."""

from typing import NamedTuple


class Entry(NamedTuple):
    """`path`: the module, loaded where it works; its `make(folder)` gives the rival. `title` heads a column.
    `in_database`: it keeps its index there."""

    name: str
    title: str
    path: str
    in_database: bool = False


RIVALS: tuple[Entry, ...] = (
    Entry("recipe", "common recipe", "search.benchmark.rivals.recipe"),
    Entry("whoosh", "our Whoosh", "search.benchmark.rivals.our_whoosh"),
    Entry("tantivy", "our Tantivy", "search.benchmark.rivals.our_tantivy"),
    Entry("bare", "bare Tantivy", "search.benchmark.rivals.bare"),
    Entry("postgres", "PostgreSQL GIN", "search.benchmark.rivals.postgres", in_database=True),
)
