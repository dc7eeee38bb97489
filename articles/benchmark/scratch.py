"""A database of its own with as many articles as wanted, recombined from those of the database at hand.

Titles and paragraphs are met again in other company; places, themes, mechanisms, people, issues and metrics are
drawn by lot, a few often and many seldom. The same articles give the same database.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

from articles import gazetteer
from articles.models import (
    Article,
    Author,
    Byline,
    Genre,
    Issue,
    Mechanism,
    MechanismKind,
    MechanismMention,
    Metric,
    Page,
    Publication,
    Region,
    Source,
    State,
    Theme,
    VocabularyState,
)
from articles.services import load_vocabulary

NAME = "archive_benchmark"
MOST = 500_000
MATERIAL = 3_000  # articles to recombine at most
BATCH = 2_000
GIVEN = "文明德志国建华海平春兰秀英玉山林川江河云雪松柏梅竹亮军勇刚"
STEMS = (
    "好商量",
    "议事厅",
    "委员工作室",
    "协商驿站",
    "有事来说",
    "大讲堂",
    "会客厅",
    "直通车",
    "圆桌会",
    "联系点",
)
UNITS = (("提案", "件"), ("走访", "次"), ("办复率", "%"), ("委员", "名"), ("协商议题", "个"))

Draw = random.Random


class CannotFill(Exception):
    """There is nothing to recombine, or no room for another database; one sentence for a person."""


def switch_to_scratch(number: int, write: Callable[[str], Any]) -> None:
    """Connects this process to the scratch database, made anew unless it holds `number` articles already."""
    material = [(a.title, a.body) for a in Article.objects.published()[:MATERIAL] if a.body]
    if not material:
        raise CannotFill("No published article to recombine: run `make up` or import some first.")
    connect(NAME)
    if Article.objects.count() != number:
        write(f"Recombining {len(material)} articles into {number:,} in the database {NAME} …")
        fill(number, material)
    # Of columns that a migration added since it was filled, nothing is known yet.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def connect(name: str) -> None:
    """Connects this process to another database of the same server, made where there is none, with the
    vocabulary in it. Raises CannotFill."""
    params = {
        k: v
        for k, v in connection.get_connection_params().items()
        if k in ("host", "port", "user", "password")
    }
    connection.ensure_connection()
    connection.close()
    try:
        with psycopg.connect(dbname=connection.settings_dict["NAME"], autocommit=True, **params) as server:
            there = server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
            if there is None:
                server.execute(f"CREATE DATABASE {name}")
    except psycopg.Error as error:
        raise CannotFill(f"No scratch database on this server: {error}") from error
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0)
    load_vocabulary()


def fill(number: int, material: list[tuple[str, list[dict[str, Any]]]]) -> None:
    """Empties the records of the database at hand and makes `number` published articles. Vocabulary stays."""
    models_here = apps.get_app_config("articles").get_models(include_auto_created=True)
    vocabulary = {m._meta.db_table for m in (Region, Region.successors.through, Theme, VocabularyState)}
    tables = [table for m in models_here if (table := m._meta.db_table) not in vocabulary]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
        for table in tables:  # guards and feed would look at every batch; nobody follows this database
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        draw = Draw(number)
        _many(_articles(number, material, draw, _pages(number, draw)))
        articles = list(Article.objects.order_by("pk").values_list("pk", "region__code", named=True))
        _many(_hanging(articles, draw))
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("INSERT INTO articles_stamp (article_id) VALUES (NULL)")
        cursor.execute("VACUUM ANALYZE")


def _many(rows: Iterable[models.Model]) -> None:
    """Stores rows of several models in batches of one model each, in the order in which models first occur."""
    waiting: dict[type[models.Model], list[models.Model]] = {}
    rows = iter(rows)
    while chunk := list(islice(rows, BATCH)):
        for row in chunk:
            waiting.setdefault(type(row), []).append(row)
        for model, kept in waiting.items():
            model._default_manager.bulk_create(kept, batch_size=BATCH)
            kept.clear()


def few_often(draw: Draw, rows: list[Any]) -> Any:
    """One of `rows`, those at the beginning more often than those at the end."""
    return rows[int(len(rows) * draw.random() ** 2.5)]


def _pages(number: int, draw: Draw) -> list[Page]:
    """Pages for `number` articles, four each, in issues of twenty years."""
    places = {r.code: r for r in Region.objects.one_a_code()}
    entries = gazetteer.load().publications
    publications = [Publication(name=e.name, region=places.get(e.region)) for e in entries]
    Publication.objects.bulk_create(publications)
    dates = [
        f"{draw.randint(2005, 2024)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
        for _ in range(number)
    ]
    wanted = {(few_often(draw, publications).pk, date) for date in dates[: number // 16 + 1]}
    issues = [Issue(publication_id=p, date=d, number=str(n)) for n, (p, d) in enumerate(sorted(wanted), 1)]
    Issue.objects.bulk_create(issues, batch_size=BATCH)
    pages: list[Page] = []
    for at in range(0, len(issues), 2_000):
        source = Source.objects.create(name=f"scratch-{at}", sha256=f"{at:064x}", content=b"", size=0)
        chunk = issues[at : at + 2_000]
        pages += [
            Page(source=source, issue=issue, ordinal=4 * n + p, number=str(p), text="")
            for n, issue in enumerate(chunk)
            for p in range(1, 5)
        ]
    Page.objects.bulk_create(pages, batch_size=BATCH)
    return pages


def _articles(
    number: int, material: list[tuple[str, Any]], draw: Draw, pages: list[Page]
) -> Iterator[models.Model]:
    counties = list(Region.objects.filter(until=None).order_by("code"))
    draw.shuffle(counties)
    columns = ["", "", "", *sorted(gazetteer.load().columns.names)]
    taken: dict[int, int] = {}
    now = timezone.now()
    for n in range(number):
        title = f"{draw.choice(material)[0]} {n}"
        body = [entry for _ in range(2) for entry in draw.choice(material)[1][:2]]
        body = [{"kind": entry["kind"], "text": entry["text"], "runs": []} for entry in body]
        page, region = draw.choice(pages), few_often(draw, counties) if draw.random() < 0.9 else None
        position = taken[page.pk] = taken.get(page.pk, -1) + 1
        yield Article(
            page=page, position=position, title=title[:200], body=body, text="\n".join(e["text"] for e in body),
            genre=few_often(draw, Genre.values), column=few_often(draw, columns), region=region,
            level=region.level if region else "全国", state=State.PUBLISHED,
            published_at=now + timezone.timedelta(seconds=n),
        )  # fmt: skip


def _hanging(articles: list[Any], draw: Draw) -> Iterator[models.Model]:
    """What hangs on the articles: themes, further places, people, mechanisms and metrics."""
    themes = list(Theme.objects.all())
    counties = list(Region.objects.filter(until=None, level="区县级").order_by("code"))
    frequency = gazetteer.load().names.frequency
    surnames = sorted(name for name, often in frequency.items() if often == "common")
    authors = {
        (draw.choice(surnames) + "".join(draw.choices(GIVEN, k=2)), few_often(draw, counties).pk)
        for _ in range(len(articles) // 10 + 1)
    }
    people = Author.objects.bulk_create(Author(name=n, region_id=r) for n, r in sorted(authors))
    named = {f"“{place.name}{stem}”": stem for place in counties for stem in STEMS}
    chosen = sorted(named.items())
    draw.shuffle(chosen)
    mechanisms = Mechanism.objects.bulk_create(
        Mechanism(name=name, kind=draw.choice(MechanismKind.values), family=stem)
        for name, stem in chosen[: len(articles) // 30 + 1]
    )
    tagged, also = Article.themes.through, Article.also_regions.through
    for article in articles:
        key = article.pk
        for theme in {few_often(draw, themes) for _ in range(draw.randint(1, 3))}:
            yield tagged(article_id=key, theme=theme)
        if draw.random() < 0.1:
            yield also(article_id=key, region=few_often(draw, counties))
        for n, person in enumerate({few_often(draw, people) for _ in range(draw.choice((0, 1, 1, 2)))}):
            yield Byline(article_id=key, author=person, position=n, role="政协委员")
        for mechanism in {few_often(draw, mechanisms) for _ in range(draw.choice((0, 0, 1, 2)))}:
            yield MechanismMention(
                article_id=key, mechanism=mechanism, name=mechanism.name, kind=mechanism.kind
            )
        for subject, unit in draw.sample(UNITS, draw.choice((0, 1, 2, 3))):
            yield Metric(
                article_id=key,
                value=draw.randint(1, 5000),
                unit=unit,
                subject=subject,
                quote=f"{subject}{unit}",
            )
