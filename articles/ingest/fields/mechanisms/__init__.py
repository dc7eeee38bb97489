"""Named local practices: 渝事好商量, “1158”工作法, 委员大讲堂.

Candidates are found in marks or by their head noun, judged by points and joined by name; names that people settled are
found wherever they stand.
"""

from collections import Counter

from articles.ingest.config import Context
from articles.ingest.fields.mechanisms import bare, candidates, join, known, score
from articles.ingest.record import ArticleText, Mechanism

_COUNTABLE = 600


def read(article: ArticleText, context: Context) -> tuple[Mechanism, ...]:
    """The practices an article names, once each, in the order in which they are first named."""
    headline = tuple(p for p in article.pieces if p.kind in ("kicker", "title", "subtitle"))
    passages = (*headline, *article.body)
    texts = tuple(p.folded for p in passages)
    everything = "\n".join(texts)
    headline_text = "\n".join(texts[: len(headline)])
    found = list(candidates.quoted(texts, len(headline)))
    marked = Counter(c.core for c in found)
    # On a page of nothing but marks the names are not worth counting.
    mentions = {core: everything.count(core) for core in marked} if len(marked) <= _COUNTABLE else marked
    for c in found:
        score.judge(c, mentions[c.core], marked[c.core], c.core in headline_text)
    score.share_in_lists(found)
    found += bare.find(texts, len(headline), found, context.gazetteer.names.is_name)
    read = join.join(found, passages, context.page)
    return (*read, *known.find(passages, context.page, context.gazetteer, read))
