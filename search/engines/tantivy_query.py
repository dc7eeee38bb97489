"""AST → Tantivy's queries: one for which documents, some for their order.

Nearly everything is proven by postings. What is not (a sentence's neighbours, a string as it was before
folding, the beginning of a Latin word) is asked of the documents that the rest of the query leaves, by
`search.engines.matching`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from tantivy import FieldType, Occur, Query

from search import text
from search.engines.tantivy_store import (
    MARK,
    SCHEMA,
    SPACE,
    day,
    is_valid,
    pairs_of,
    title_term,
)
from search.engines.tantivy_terms import Terms, one_of
from search.query.ast import (
    NAME_FIELDS,
    WHOLE_NAMES,
    Among,
    And,
    Dates,
    Everything,
    Field,
    Leaf,
    Metric,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
    wanted,
)
from search.query.figures import answers

Checker = Callable[[Node, Query], Query]
"""(node, candidates) → those of the candidates that answer it."""

WHOLE_STRING = 32.0
"""What the whole string of a word adds for each of its units: more than a unit can score by itself."""
ELSEWHERE = 0.2
"""What a unit counts where the cut of the text did not make a word of it."""
IN_HEADS = 3.0
WHOLE_TITLE = 100.0
"""What it adds that all that was asked for is the whole title: who types a title wants that article first."""

_FIELDS = {Field.ANY: ("heads", "body"), Field.TITLE: ("heads",), Field.BODY: ("body",)}


def all_of(queries: list[Query]) -> Query:
    if not queries:
        return Query.all_query()
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, q) for q in queries])


def any_of(queries: list[Query]) -> Query:
    if not queries:
        return Query.empty_query()
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, q) for q in queries])


def string(folded: str, fields: Iterable[str]) -> Query:
    """Documents in which a folded string stands, in one of the fields of pairs."""
    return any_of(strings(folded, fields))


def strings(folded: str, fields: Iterable[str]) -> list[Query]:
    """The same, a query for each field."""
    if not is_valid(folded):
        return []
    if len(folded) == 1:
        begins = f"\\x{{{ord(folded.replace(' ', SPACE)):x}}}(?s:.)"
        return [Query.regex_query(SCHEMA, field, begins) for field in fields]
    if len(folded) == 2:
        return [Query.term_query(SCHEMA, field, pairs_of(folded)[0][1]) for field in fields]
    pairs = list[str | tuple[int, str]](pairs_of(folded))
    return [Query.phrase_query(SCHEMA, field, pairs) for field in fields]


def unit(wanted_unit: str, fields: Iterable[str]) -> list[Query]:
    """Documents that hold a unit of a word (`search.text.holds`), a query for each field."""
    if text.is_word(wanted_unit):
        return [Query.term_query(SCHEMA, field, MARK + wanted_unit) for field in fields]
    return strings(wanted_unit, fields)


def _elsewhere(wanted_unit: str, fields: Iterable[str]) -> list[Query]:
    return [Query.boost_query(found, ELSEWHERE) for found in unit(wanted_unit, fields)]


def _words(units: Iterable[str]) -> list[Query]:
    return [Query.term_query(SCHEMA, "words", one) for one in units if is_valid(one)]


def _is_long(folded: str) -> bool:
    """Whether a string is proven by the places of several pairs, which costs ten times what one pair does."""
    return len(folded) > 2 and is_valid(folded) and not text.is_word(folded)


def _long(folded: str, weights: Mapping[str, float]) -> list[Query]:
    """Documents that hold a long string in one of the fields, `heads` and `body` among them; `weights`: what
    each counts where the cut made no word of it. Who has it among the ranking words has it in these two: only
    what else holds its first pair is looked at for places, which is little."""
    (word,) = _words([folded])
    found = [word]
    for field, weight in weights.items():
        first = Query.term_query(SCHEMA, field, pairs_of(folded)[0][1])
        left = Query.boolean_query([(Occur.Must, first), (Occur.MustNot, word)])
        proof = Query.boost_query(string(folded, [field]), weight)
        found.append(all_of([Query.const_score_query(left, 0.0), proof]))
    return found


class Rendering:
    """Renders nodes for one state of the index. `verbatim` as in `Request`. `ranked`: for those who want the
    order, too; the ranking words of a word then stand beside its pairs, which is twice as fast as to look for
    them in what is found."""

    def __init__(self, terms: Terms, check: Checker, verbatim: bool, ranked: bool = False) -> None:
        self.terms = terms
        self.check = check
        self.verbatim = verbatim
        self.ranked = ranked

    def query(self, node: Node, within: Query | None = None) -> Query:
        """The documents that answer a node. `within`: nobody asks about others, so only these need be looked
        at."""
        match node:
            case Everything():
                return Query.all_query()
            case And(parts):
                return self._all(parts, within)
            case Or(parts):
                return any_of([self.query(part, within) for part in parts])
            case Not():
                return self._all((node,), within)
            case Dates(first, last):
                return _dates(first, last)
            case Among(keys):
                return one_of("key", keys)
            case Metric():
                found = self.terms.figures()
                return one_of("figures", (term for term, figure in found if answers(node, figure)))
            case Word() | Phrase() | Prefix() if node.field in NAME_FIELDS:
                return self._names(node)
        if not isinstance(node, Near) and self.proven(node):
            return self._leaf(node)
        candidates = self._candidates(node)
        return self.check(node, all_of([within, candidates]) if within else candidates)

    def _all(self, parts: tuple[Node, ...], within: Query | None) -> Query:
        """What is cheap narrows down what must be looked at one by one."""
        clauses = [(Occur.Must, within or Query.all_query())]
        for part in sorted(parts, key=lambda part: (not self.proven(part), isinstance(part, Not))):
            left = within if len(clauses) == 1 else Query.boolean_query(clauses)
            if isinstance(part, Not):
                clauses.append((Occur.MustNot, self.query(part.part, left)))
            else:
                clauses.append((Occur.Must, self.query(part, left)))
        if within is None and any(occur == Occur.Must for occur, _ in clauses[1:]):
            clauses = clauses[1:]
        return Query.boolean_query(clauses)

    def proven(self, node: Node) -> bool:
        """Whether postings alone tell which documents answer a node; its query then brings their order, too."""
        match node:
            case And(parts) | Or(parts):
                return all(map(self.proven, parts))
            case Not(part):
                return self.proven(part)
            case Near():
                return False
            case Word() | Phrase() | Prefix() if node.field not in NAME_FIELDS:
                begins_latin = isinstance(node, Prefix) and text.is_word(text.fold(node.text)[:1])
                return not self.verbatim and not begins_latin
        return True

    def _leaf(self, leaf: Leaf) -> Query:
        """A leaf in a field of texts whose answer the postings prove."""
        fields = _FIELDS[leaf.field]
        if not isinstance(leaf, Word):
            folded = text.fold(leaf.text)
            if leaf.field is Field.ANY and _is_long(folded) and self.terms.searcher.doc_freq("words", folded):
                return any_of(_long(folded, {"heads": IN_HEADS, "body": 1.0}))
            return any_of([_weighed(folded, field) for field in fields])
        if leaf.field is not Field.ANY:
            return all_of([any_of(_elsewhere(one, fields)) for one in text.units(leaf.text)])
        fields += ("signed",)
        return all_of([any_of(self._unit(one, fields)) for one in text.units(leaf.text)])

    def _unit(self, one: str, fields: tuple[str, ...]) -> list[Query]:
        if _is_long(one):
            return _long(one, dict.fromkeys(fields, ELSEWHERE))
        if self.ranked:  # who has it among the ranking words has it in the texts
            return [*_elsewhere(one, fields), *_words([one])]
        return _elsewhere(one, fields)

    def _candidates(self, node: Node) -> Query:
        """Documents beside which no other can answer the node."""
        if isinstance(node, Near):
            return all_of([self._part(part, _FIELDS[node.field]) for part in node.parts])
        assert isinstance(node, Word | Phrase | Prefix)
        fields = _FIELDS[node.field]
        return self._part(node, (*fields, "signed") if isinstance(node, Word) else fields)

    def _part(self, leaf: Leaf, fields: tuple[str, ...]) -> Query:
        if isinstance(leaf, Word) and not self.verbatim:
            return all_of([any_of(unit(one, fields)) for one in text.units(leaf.text)])
        folded = text.fold(leaf.text)
        return string(folded, fields) if folded else Query.all_query()

    def _names(self, leaf: Leaf) -> Query:
        """`search.engines.matching.names`, asked of all names at once."""
        key = text.name_key(leaf.text)
        if isinstance(leaf, Prefix):
            keys = [known for known in self.terms.keys(leaf.field) if known.startswith(key)]
        elif isinstance(leaf, Phrase) or leaf.field in WHOLE_NAMES:
            keys = [key] if is_valid(key) else []
        else:
            keys = [known for known in self.terms.keys(leaf.field) if key in known]
        return one_of("names", (f"{leaf.field}{MARK}{known}" for known in keys))


def _dates(first: str, last: str) -> Query:
    bounds = [Query.range_query(SCHEMA, "first_day", FieldType.Integer, day(first or "0001-01-01"), None)]
    if last:
        bounds.append(Query.range_query(SCHEMA, "last_day", FieldType.Integer, None, day(last)))
    return all_of(bounds)


def _weighed(folded: str, field: str) -> Query:
    found = string(folded, [field])
    return Query.boost_query(found, IN_HEADS) if field == "heads" else found


def is_scored(node: Node) -> bool:
    return any(leaf.field not in NAME_FIELDS for leaf in wanted(node))


def scores(node: Node, rendering: Rendering) -> Iterator[Query]:
    """What adds to the order that the query itself brings (`Rendering.query`), each where it matches."""
    leaves = [leaf for leaf in wanted(node) if leaf.field not in NAME_FIELDS]
    for leaf in leaves:
        folded = text.fold(leaf.text)
        if is_valid(folded) and folded:
            yield from _scores(leaf, folded, rendering)
    title = title_term(text.name_key(" ".join(leaf.text for leaf in leaves)))
    if rendering.terms.searcher.doc_freq("names", title):
        yield Query.const_score_query(Query.term_query(SCHEMA, "names", title), WHOLE_TITLE)


def _scores(leaf: Leaf, folded: str, rendering: Rendering) -> Iterator[Query]:
    fields = _FIELDS[leaf.field]
    proven = rendering.proven(leaf)
    if not isinstance(leaf, Word):
        if not proven:
            yield from (_weighed(folded, field) for field in fields)
        return
    units = text.units(leaf.text)
    if leaf.field is Field.BODY or (leaf.field is Field.ANY and not rendering.ranked):
        yield from _words(one for one in units if leaf.field is Field.BODY or not proven or not _is_long(one))
    if not proven:
        for one in units:
            yield from _elsewhere(one, fields)
    if len(units) > 1:
        yield Query.const_score_query(string(folded, fields), WHOLE_STRING * len(units))
