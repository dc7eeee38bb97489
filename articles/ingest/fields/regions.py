"""Which place's committee work an article reports, further places that take part, and the level."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from articles.gazetteer import RegionIndex, rank
from articles.ingest.config import Context
from articles.ingest.fields.committees import Naming, Survey, Unnamed, survey
from articles.ingest.fields.namesakes import Surroundings
from articles.ingest.fields.roles import Role, parse_role, region_of_role
from articles.ingest.record import ArticleText, Evidence, Place
from articles.ingest.said import say

__all__ = ["Role", "parse_role", "read", "region_of_role"]

# What one naming is worth, by zone: (with its committee, without).
_WORTH = {
    "title": (12.0, 5.0), "note": (0.0, 0.0), "lead": (6.0, 1.5), "heading": (3.0, 1.0),
    "body": (2.5, 0.4), "caption": (4.0, 1.5),
}  # fmt: skip
_ROLE_OF_COMMITTEE, _ROLE_OF_OTHER, _ROLE_BELOW = 10.0, 3.0, 1.0
_UNNAMED_WORTH = {"title": 6.0, "lead": 2.0, "note": 0.0, "heading": 1.5, "body": 1.0, "caption": 2.0}
_MOST_FROM_BODY = 14.0
# 2023年, 2023年初; not 到2035年.
_PAST_YEAR = re.compile(r"(?<![到至前\d])(19[89]\d|20[0-4]\d)年(?!前)")
_LEVEL_OF_KIND = {"自治区": "省级", "省": "省级", "市": "地市级", "州": "地市级", "盟": "地市级"}
_LEVELS = {0: "省级", 1: "地市级", 2: "区县级"}


@dataclass(slots=True)
class _Score:
    """What speaks for one code."""

    total: float = 0.0
    body: float = 0.0
    committees: int = 0
    partners: int = 0
    in_title: bool = False
    by_role: bool = False
    best: tuple[float, Evidence] | None = None

    def add(self, worth: float, evidence: Evidence | None, zone: str) -> None:
        if zone in ("body", "heading"):
            worth = min(worth, max(0.0, _MOST_FROM_BODY - self.body))
            self.body += worth
        self.total += worth
        if evidence and (self.best is None or worth > self.best[0]):
            self.best = (worth, evidence)


@dataclass(slots=True)
class _Tally:
    """Scores of all codes, and the ambiguous names that nothing decided."""

    regions: RegionIndex
    page: str
    scores: dict[str, _Score] = field(default_factory=lambda: defaultdict(_Score))
    open: dict[tuple[str, ...], _Score] = field(default_factory=lambda: defaultdict(_Score))
    names: dict[tuple[str, ...], str] = field(default_factory=dict)

    def leader(self) -> str | None:
        return max(self.scores, key=lambda c: (self.scores[c].total, c), default=None)


def read(article: ArticleText, context: Context) -> Place:
    """The article's regions and level. Codes left open are in `candidates`, with a warning in words."""
    regions = context.gazetteer.regions
    found = survey(article, regions, _year(article, context))
    roles = [parse_role(a.role, context.gazetteer) for a in article.authors if a.role]
    tally = _Tally(regions, context.page)
    named = [n.mention.code for n in found.namings if n.zone != "note"] + [r.region for r in roles] * 2
    around = Surroundings([code for code in named if code], context)
    for naming in found.namings:
        _add_naming(tally, naming, around)
    for role in roles:
        _add_role(tally, role, article, around, context)
    return _decide(tally, found, roles, context)


def _year(article: ArticleText, context: Context) -> int | None:
    """The year whose codes hold: the issue's, else the last year that the article names, else today's."""
    issued = re.match(r"\d{4}", context.config.issue.date or "")
    if issued:
        return int(issued[0])
    today = context.config.today.year if context.config.today else None
    named = [int(y) for p in article.body for y in _PAST_YEAR.findall(p.folded)]
    return max((y for y in named if today is None or y <= today), default=today)


# --- scoring ------------------------------------------------------------


def _evidence(found: Naming | Unnamed, page: str, rule: str, confidence: float) -> Evidence:
    start, end = (
        (found.mention.start, found.mention.end) if isinstance(found, Naming) else (found.start, found.end)
    )
    span = found.passage.span(start, end)
    quote = found.passage.quote(start, end, page)
    return Evidence("primary_region", span.start, span.end, quote, f"region.{rule}", confidence)


def _add_naming(tally: _Tally, naming: Naming, around: Surroundings) -> None:
    code, how, confidence = around.choose(naming.mention.candidates)
    rule = f"{naming.zone}-committee" if naming.committee else naming.zone
    if how != "named":
        rule += f"-by-{how}"
    evidence = _evidence(naming, tally.page, rule, confidence if naming.committee else 0.6 * confidence)
    worth = _WORTH[naming.zone][0 if naming.committee else 1]
    if code is None:
        tally.names.setdefault(naming.mention.candidates, naming.mention.text)
        score = tally.open[naming.mention.candidates]
    else:
        score = tally.scores[code]
    score.add(worth, evidence, naming.zone)
    score.committees += naming.committee
    score.partners += naming.partner
    score.in_title |= naming.zone == "title"


def _add_role(
    tally: _Tally, role: Role, article: ArticleText, around: Surroundings, context: Context
) -> None:
    codes = (role.region,) if role.region else role.candidates
    if not codes:
        return
    code, how, confidence = around.choose(codes)
    is_committee = "政协" in (role.body or "")
    worth = _ROLE_OF_COMMITTEE if is_committee else _ROLE_OF_OTHER
    evidence = None
    for note in article.named("author_note"):
        at = next(
            (m for m in context.gazetteer.regions.find(note.folded) if set(codes) <= set(m.candidates)), None
        )
        if at:
            rule = "role-committee" if is_committee else "role"
            naming = Naming(note, "note", at, is_committee)
            evidence = _evidence(
                naming, tally.page, rule if how == "named" else f"{rule}-by-{how}", confidence
            )
            break
    if code is None:
        tally.names.setdefault(codes, role.body or "")
    score = tally.scores[code] if code else tally.open[codes]
    score.add(worth, evidence, "note")
    score.by_role = True
    # Of 川渝 the author's own side comes first.
    for above in tally.regions.path(code or "")[:-1]:
        if above.code in tally.scores and tally.scores[above.code].committees:
            tally.scores[above.code].add(_ROLE_BELOW, None, "note")


# --- deciding ------------------------------------------------------------


def _decide(tally: _Tally, found: Survey, roles: list[Role], context: Context) -> Place:
    _add_unnamed(tally, found)
    scores, regions = tally.scores, tally.regions
    best = tally.leader()
    unsure = max(tally.open, key=lambda c: tally.open[c].total, default=None)
    if unsure and (best is None or tally.open[unsure].total > scores[best].total):
        names = "、".join(regions.full_name(c) for c in unsure)
        warning = say("ambiguous_place", name=tally.names[unsure], places=names)
        level = _LEVELS[max(map(rank, unsure))]
        kept = tally.open[unsure].best
        return Place(None, (), level, unsure, (kept[1],) if kept else (), (warning,))
    if best is None or _is_national(found, tally):
        return _nowhere(found, roles, tally)
    primary = _reported(best, tally)
    also = _also(primary, tally)
    evidence = [_as(scores[primary].best, "primary_region")] + [
        _as(scores[c].best, "also_regions") for c in also
    ]
    level, level_evidence = _level(primary, found, tally)
    return Place(
        primary, also, level, (), tuple(e for e in [*evidence, level_evidence] if e), _doubts(primary, tally)
    )


def _is_national(found: Survey, tally: _Tally) -> bool:
    """The title or the opening is about 全国政协 and no local committee is named at all."""
    headed = any(n.zone in ("title", "lead") for n in found.national)
    return headed and not any(s.committees or s.by_role for s in tally.scores.values())


def _as(best: tuple[float, Evidence] | None, name: str) -> Evidence | None:
    return replace(best[1], field=name) if best else None


def _add_unnamed(tally: _Tally, found: Survey) -> None:
    """市政协 without a name speaks for the city of the place that leads by what is named."""
    leader = tally.leader()
    if leader is None:
        return
    local = {kind: _local(kind, leader, tally) for kind in {u.kind for u in found.unnamed}}
    for unnamed in found.unnamed:
        code = local[unnamed.kind]
        if code:
            score = tally.scores[code]
            evidence = _evidence(unnamed, tally.page, f"{unnamed.zone}-unnamed-committee", 0.7)
            score.add(_UNNAMED_WORTH[unnamed.zone], evidence, unnamed.zone)
            score.committees += 1


def _local(kind: str, leader: str, tally: _Tally) -> str | None:
    """The region of a kind (省, 市, 县 …) that `leader` is or lies in, else the best-scored one inside it."""
    for region in reversed(tally.regions.path(leader)):
        if region.name.endswith(kind) and not (kind == "区" and region.name.endswith("自治区")):
            return region.code
    inside = [
        c
        for c, s in tally.scores.items()
        if s.committees and tally.regions.contains(leader, c) and tally.regions[c].name.endswith(kind)
    ]
    return max(inside, key=lambda c: tally.scores[c].total, default=None)


def _reported(best: str, tally: _Tally) -> str:
    """The leader, unless only its author's office speaks for it and the title names a place above."""
    scores = tally.scores
    leader = scores[best]
    if leader.by_role and leader.committees == 0:
        above = [r.code for r in tally.regions.path(best)[:-1] if r.code in scores]
        titled = [c for c in above if scores[c].in_title and scores[c].committees >= 2]
        if titled:
            return titled[-1]
    return best


def _also(primary: str, tally: _Tally) -> tuple[str, ...]:
    """Further places: co-authors' regions, and those whose committees take part on a par."""
    scores, regions = tally.scores, tally.regions
    found: list[str] = []
    for code, score in scores.items():
        if code == primary:
            continue
        related = regions.contains(primary, code) or regions.contains(code, primary)
        on_a_par = score.partners >= 2 or score.in_title or score.committees >= 2 or score.total >= 6
        partner = score.partners >= 1 and rank(code) == rank(primary) and on_a_par
        titled = score.in_title and score.committees >= 1 and score.total >= 0.3 * scores[primary].total
        if score.by_role or (not related and (partner or titled)):
            found.append(code)
    return tuple(sorted(found, key=lambda c: (-scores[c].total, c)))


def _level(primary: str, found: Survey, tally: _Tally) -> tuple[str, Evidence | None]:
    first = next((t for t in found.towns if t.zone in ("title", "note", "lead")), None)
    if rank(primary) == 2 and first and len(found.towns) > tally.scores[primary].committees:
        evidence = _evidence(first, tally.page, "town-committee", 0.8)
        return "乡镇街道", replace(evidence, field="level")
    return _LEVELS[rank(primary)], _as(tally.scores[primary].best, "level")


def _nowhere(found: Survey, roles: list[Role], tally: _Tally) -> Place:
    """No place: the nation's committee, or a local one that the article does not name."""
    if found.national or any((r.body or "").startswith("全国政协") for r in roles):
        level = "全国"
        evidence = [_evidence(n, tally.page, "national-committee", 0.7) for n in found.national[:1]]
        return Place(level=level, evidence=tuple(replace(e, field="level") for e in evidence))
    kinds = Counter(_LEVEL_OF_KIND.get(u.kind, "区县级") for u in found.unnamed)
    evidence = [_evidence(u, tally.page, "unnamed-committee", 0.5) for u in found.unnamed[:1]]
    return Place(
        level=kinds.most_common(1)[0][0] if kinds else None,
        evidence=tuple(replace(e, field="level") for e in evidence),
        warnings=(say("no_place"),),
    )


def _doubts(primary: str, tally: _Tally) -> tuple[str, ...]:
    best = tally.scores[primary].best
    if best is None or "-by-" not in best[1].rule:
        return ()
    how = best[1].rule.rsplit("-by-", 1)[1]
    return (say(f"namesake_by_{how}", name=best[1].quote, place=tally.regions.full_name(primary)),)
