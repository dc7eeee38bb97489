"""What an article is about: one to three of the sixteen themes, by weighted cues."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from operator import add

from articles.gazetteer import ThemeCue
from articles.ingest.config import Context
from articles.ingest.fields.locate import evidence
from articles.ingest.passage import Passage
from articles.ingest.record import ArticleText, Evidence, Theme

# A cue in the headline says more about the article than the same cue in passing.
_TITLE, _HEADING, _LEAD, _BODY = 3.0, 2.0, 1.5, 1.0
_AT_MOST = 3

_FLOOR, _SHARE = 0.66, 0.57
"""A further theme is named where ln(1 + score) reaches the floor and this share of the best three's mean.

Where the expected gain of naming it is even, as fitted on the annotated pages; the weights of the cues were
fitted with it, held near what their words suggest.
"""

_Hits = list[tuple[float, str]]


def read(article: ArticleText, context: Context) -> tuple[Theme, ...]:
    """The themes of an article, best first; at least one wherever any cue stands at all."""
    hits: dict[str, _Hits] = defaultdict(list)
    for cue, worth in _worths(article, context.gazetteer.theme_cues):
        for theme, weight in cue.worth:
            hits[theme].append((weight * worth, cue.text))
    # The order of the vocabulary decides between equals.
    scores = {e.name: math.fsum(w for w, _ in hits[e.name]) for e in context.gazetteer.themes if hits[e.name]}
    best = sorted(scores, key=lambda name: -scores[name])[:_AT_MOST]
    if not best:
        return ()
    strength = {name: math.log1p(scores[name]) for name in best}
    least = _FLOOR + _SHARE * sum(strength.values()) / _AT_MOST
    passages = _passages(article)
    return tuple(
        Theme(name, round(scores[name], 2), tuple(_evidence(name, hits[name], passages, context)))
        for k, name in enumerate(best)
        if k == 0 or strength[name] >= least
    )


def _worths(
    article: ArticleText, cues: Mapping[str, tuple[ThemeCue, ...]]
) -> Iterator[tuple[ThemeCue, float]]:
    """Every cue that stands in the article, and what its occurrences count for by place and number."""
    zones = _zones(article)
    # Short news repeat themselves less; longer pieces mention everything once.
    scale = math.sqrt(max(sum(len(p.text) for p in article.body), 300) / 1000)
    everything = "\n".join(text for text, _, _ in zones)
    pairs = set(map(add, everything, islice(everything, 1, None)))
    for cue in (c for pair in cues.keys() & pairs for c in cues[pair]):
        words = cue.text
        if len(words) > 2 and (words[-2:] not in pairs or words not in everything):
            continue
        value = 0.0
        for text, zone_weight, is_body in zones:
            if n := text.count(words):
                value += zone_weight * (math.log2(1 + n) / scale if is_body else min(n, 2))
        if value:
            yield cue, value


def _zones(article: ArticleText) -> list[tuple[str, float, bool]]:
    title = "\n".join(t for t in (article.kicker, article.title, article.subtitle) if t)
    headings = "\n".join(p.text for p in article.headings)
    paragraphs = article.paragraphs
    lead = paragraphs[0].text if paragraphs else ""
    body = "\n".join(p.text for p in paragraphs[1:])
    zones = ((title, _TITLE, False), (headings, _HEADING, False), (lead, _LEAD, True), (body, _BODY, True))
    return [z for z in zones if z[0]]


def _passages(article: ArticleText) -> list[Passage]:
    headline = [p for p in article.pieces if p.kind in ("title", "kicker", "subtitle")]
    return headline + list(article.headings) + list(article.paragraphs)


def _evidence(name: str, hits: _Hits, passages: list[Passage], context: Context) -> Iterator[Evidence]:
    """The first standing of each of the two cues that counted most."""
    for worth, cue in sorted(hits, reverse=True)[:2]:
        for passage in passages:
            at = passage.text.find(cue)
            if at >= 0:
                confidence = round(worth / (worth + 5), 2)
                yield evidence(
                    "themes", passage, at, at + len(cue), context.page, f"theme-cue:{name}", confidence
                )
                break
