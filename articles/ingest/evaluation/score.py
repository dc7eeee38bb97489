"""One page record against its annotation."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from articles.ingest.evaluation.figures import Figures
from articles.ingest.evaluation.likeness import (
    bare,
    overlap,
    quotes_overlap,
    same_mechanism,
    same_metric,
    same_subject,
    squash,
)

Data = Mapping[str, Any]

LEAST_SHARED = 0.2  # of two bodies that are taken for the same article
WHOLE_TEXT = 0.95
HEADLINE = ("kicker", "title", "subtitle")
# What the text fields of an article that was not found are read as: equal to nothing, not even to nothing.
ABSENT = "\0"
START = 8  # characters by which a paragraph is known
LISTS = ("authors", "paragraphs", "headings", "also_regions", "themes", "mechanisms", "metrics")
NOTHING: Data = {
    **dict.fromkeys((*HEADLINE, "column"), ABSENT),
    **dict.fromkeys(LISTS, ()),
    **dict.fromkeys(("genre", "level", "primary_region"), ""),
}


def score_page(name: str, text: str, gold: Data, record: Data) -> Figures:
    """The figures of one page.

    `record` has the shape of page-record.schema.json, `gold` that of the annotation guide.
    """
    figures = Figures()
    page = squash(text)
    annotated, parsed = gold["articles"], record["articles"]
    figures.hit("ledger.exact", not ledger_faults(text, record["ledger"], len(parsed)), name)
    spans = [annotated_body(page, g) for g in annotated]
    pairs = pair_up(spans, [squash("".join(p["paragraphs"])) for p in parsed])
    for j, article in enumerate(parsed):
        figures.hit("articles.precision", j in pairs.values(), name, f"extra article {article['title']}")
        for item in (*article["metrics"], *article["mechanisms"]):
            there = squash(text[item["start"] : item["end"]])
            good = there != "" and there == squash(item["quote"])
            figures.hit("evidence.exact", good, name, f"{item['quote']} at {item['start']}")
    for i, g in enumerate(annotated):
        figures.hit("articles.recall", i in pairs, g["id"], "not found")
        article = parsed[pairs[i]] if i in pairs else NOTHING
        others = [squash(other["body_start"]) for other in annotated]
        _body(figures, g, article, spans[i], intruded=any(start in spans[i][1:] for start in others))
        _headline(figures, g, article)
        _signed(figures, g, article)
        for field in ("genre", "level", "primary_region"):
            figures.hit(field, article[field] == g[field], g["id"], f"{article[field]} for {g[field]}")
        _lists(figures, g, article)
        _metrics(figures, g, article)
    return figures


def ledger_faults(text: str, ledger: Sequence[Data], articles: int) -> int:
    """Entries out of range, and characters other than white space that not exactly one entry covers."""
    covered: Counter[int] = Counter()
    faults = 0
    for entry in ledger:
        inside = 0 <= entry["start"] < entry["end"] <= len(text)
        known = entry["article"] is None or 0 <= entry["article"] < articles
        if inside and known:
            covered.update(range(entry["start"], entry["end"]))
        else:
            faults += 1
    return faults + sum(not c.isspace() and covered[i] != 1 for i, c in enumerate(text))


def annotated_body(page: str, gold: Data) -> str:
    """The squashed page from a body's annotated beginning to its end, "" where they are not found."""
    first, last = squash(gold["body_start"]), squash(gold["body_end"])
    start = page.find(first)
    end = page.find(last, max(start, 0))
    return page[start : end + len(last)] if 0 <= start < end else ""


def pair_up(annotated: Sequence[str], parsed: Sequence[str]) -> dict[int, int]:
    """Which parsed body is which annotated one: the most alike first, each once."""
    likely = sorted(
        ((overlap(a, p), i, j) for i, a in enumerate(annotated) for j, p in enumerate(parsed)), reverse=True
    )
    pairs: dict[int, int] = {}
    for shared, i, j in likely:
        if shared > LEAST_SHARED and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _body(figures: Figures, g: Data, article: Data, span: str, intruded: bool) -> None:
    body = squash("".join(article["paragraphs"]))
    figures.hit("body.start", body.startswith(squash(g["body_start"])), g["id"], repr(body[:20]))
    figures.hit("body.end", body.endswith(squash(g["body_end"])), g["id"], repr(body[-20:]))
    if not intruded:
        whole = squash("".join((*article["paragraphs"], *article["headings"])))
        figures.hit("body.text", overlap(span, whole) >= WHOLE_TEXT, g["id"])


def _headline(figures: Figures, g: Data, article: Data) -> None:
    titles = {bare(t) for t in (g["title"], *g.get("title_alt", ())) if t} or {""}
    figures.hit(
        "title", bare(article["title"]) in titles, g["id"], f"{_said(article['title'])} for {g['title']!r}"
    )
    found, wanted = ("".join(bare(x[field]) for field in HEADLINE) for x in (article, g))
    figures.hit("headline", found == wanted, g["id"], _said(found.replace(ABSENT * 3, ABSENT)))
    columns = {bare(c) for c in (g["column"], *g.get("column_alt", ()))}
    figures.hit(
        "column",
        bare(article["column"]) in columns,
        g["id"],
        f"{_said(article['column'])} for {g['column']!r}",
    )


def _said(value: str | None) -> str:
    return "no article" if value == ABSENT else repr(value)


def _signed(figures: Figures, g: Data, article: Data) -> None:
    found, wanted = ([(a["name"], a["kind"]) for a in x["authors"]] for x in (article, g))
    same = sorted((squash(n), k) for n, k in found) == sorted((squash(n), k) for n, k in wanted)
    figures.hit("authors", same, g["id"], f"{found} for {wanted}")
    given, due = ([a["role"] for a in x["authors"]] for x in (article, g))
    same = sorted(map(bare, given)) == sorted(map(bare, due))
    figures.hit("author_role", same, g["id"], f"{given} for {due}")


def _lists(figures: Figures, g: Data, article: Data) -> None:
    starts, found = (
        sorted({squash(p)[:START] for p in x}) for x in (g["paragraph_starts"], article["paragraphs"])
    )
    match(figures, "paragraphs", g["id"], starts, (), found)
    match(
        figures,
        "headings",
        g["id"],
        [bare(h) for h in g["headings"]],
        (),
        [bare(h) for h in article["headings"]],
    )
    regions, places = (
        sorted({x["primary_region"], *x["also_regions"]} - {None, "", ABSENT}) for x in (g, article)
    )
    match(figures, "regions", g["id"], regions, g.get("optional_regions", ()), places)
    match(figures, "themes", g["id"], g["themes"], g.get("optional_themes", ()), article["themes"])
    for field, same, show in (
        ("mechanisms", same_mechanism, lambda m: m["name"]),
        ("metrics", same_metric, lambda m: f"{m['quote']} = {m['value']} {m['unit']}"),
    ):
        optional = g.get(f"optional_{field}", ())
        match(figures, field, g["id"], g[field], optional, article[field], same, quotes_overlap, show)


def match(
    figures: Figures,
    name: str,
    where: str,
    wanted: Sequence[Any],
    optional: Sequence[Any],
    found: Sequence[Any],
    same: Callable[[Any, Any], bool] = lambda a, b: a == b,
    closeness: Callable[[Any, Any], float] = lambda a, b: 0.0,
    show: Callable[[Any], str] = str,
) -> None:
    """Recall and precision of a list. What annotators disagreed on (`optional`) counts neither way."""
    left = list(found)
    for w in wanted:
        like = [f for f in left if same(w, f)]
        figures.hit(f"{name}.recall", bool(like), where, f"missed {show(w)}")
        if like:
            left.remove(max(like, key=lambda f: closeness(w, f)))
            figures.hit(f"{name}.precision", True, where)
    for f in left:
        if not any(same(o, f) for o in optional):
            figures.hit(f"{name}.precision", False, where, f"wrongly found {show(f)}")


def _metrics(figures: Figures, g: Data, article: Data) -> None:
    """What the metrics that were found count, and how sure they are said to be."""
    for wanted in g["metrics"]:
        like = [m for m in article["metrics"] if same_metric(wanted, m)]
        if not like:
            continue
        found = max(like, key=lambda m: quotes_overlap(wanted, m))
        where, quote = g["id"], wanted["quote"]
        subjects = (wanted["subject"], *wanted.get("subject_alt", ()))
        good = any(same_subject(s, found["subject"]) for s in subjects)
        figures.hit(
            "metric.subject", good, where, f"{found['subject']!r} for {wanted['subject']!r} in {quote}"
        )
        pair = f"{found['qualifier']} for {wanted['qualifier']} in {quote}"
        figures.hit("metric.qualifier", found["qualifier"] == wanted["qualifier"], where, pair)
