"""New values of fields for many articles, in as many statements for a hundred of them as for one."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from articles.models import Article, Evidence, Region, State, Theme
from articles.services import history
from articles.services.editorial import evidence_field, settle_evidence
from articles.services.plans import Stand
from articles.services.rereading import write_mentions

COLUMNS = ["state", "published_at", "level", "region", "region_candidates", "updated_at", "machine"]


def write(wishes: list[tuple[Article, Stand]], user: AbstractBaseUser | None, reason: str = "") -> None:
    """Gives articles new values, named as in `plans.stands`; the history has each, with `reason`. Callers open the
    transaction."""
    articles, now = [article for article, _wish in wishes], timezone.now()
    history.remember(articles)
    for article, wish in wishes:
        article.state, article.updated_at = wish.get("state", article.state), now
        if article.state == State.PUBLISHED:
            article.published_at = article.published_at or now
        article.level = wish.get("level", article.level)
        article.region_id = wish.get("region", article.region_id) or None
        article.region_candidates = wish.get("region_candidates", article.region_candidates)
        if "read" in wish:
            _rename_evidence(article, wish["read"])
            article.machine = {**article.machine, **wish["read"]}
    columns = COLUMNS if any("read" in wish for _article, wish in wishes) else COLUMNS[:-1]
    Article.objects.bulk_update(articles, columns)
    themes = {article.pk: wish["themes"] for article, wish in wishes if "themes" in wish}
    further = {article.pk: wish["also_regions"] for article, wish in wishes if "also_regions" in wish}
    names = dict(Theme.objects.filter(pk__in=set().union(*themes.values())).values_list("pk", "name"))
    places = set().union(*further.values(), {a.region_id for a in articles if a.region_id})
    codes = dict(Region.objects.filter(pk__in=places).values_list("pk", "code"))
    _set(Article.themes.through, "theme_id", themes, names)
    _set(Article.also_regions.through, "region_id", further, codes)
    for article, wish in wishes:
        if "mentions" in wish:
            write_mentions(article, wish["mentions"], user)
    alike: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for article, wish in wishes:
        now_says = {
            "level": [article.level],
            "region": [codes.get(article.region_id or 0, "")],
            "themes": [names[theme] for theme in wish.get("themes", ()) if theme in names],
            "also_regions": [codes[region] for region in wish.get("also_regions", ()) if region in codes],
        }
        for name in now_says.keys() & wish.keys():
            alike.setdefault((name, tuple(now_says[name])), []).append(article.pk)
    for (name, values), keys in alike.items():
        settle_evidence(keys, name, values)
    history.record(articles, user, reason)


def _set(through: Any, column: str, wanted: Mapping[int, list[int]], known: Mapping[int, str]) -> None:
    """Makes a set of each article hold what is wanted, as far as it is still there."""
    if not wanted:
        return
    through.objects.filter(article__in=wanted).delete()
    through.objects.bulk_create(
        through(article_id=key, **{column: value})
        for key, of in wanted.items()
        for value in of
        if value in known
    )


def _rename_evidence(article: Article, read: Mapping[str, Any]) -> None:
    """What spoke for one name speaks for the other that takes its place in the parser's reading."""
    for name, value in read.items():
        before, after = ([v] if isinstance(v, str) else v for v in (article.machine.get(name, ""), value))
        gone, come = [v for v in before if v not in after], [v for v in after if v not in before]
        into = come[:1] or ([v for v in after if v in before] if len(after) == 1 else [])
        if len(gone) == 1 and into:
            rows = Evidence.objects.filter(article=article, field=evidence_field(name), value=gone[0])
            rows.update(value=into[0])
