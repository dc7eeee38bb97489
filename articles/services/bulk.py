"""Ready-made articles in bulk: one JSON object a line, read as a stream and written in batches."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.bodytext import plain
from articles.models import Article, EventLevel, Genre, IngestRun, Level, Region, RunStatus, State, Theme
from articles.models.source import is_date
from articles.services.errors import Refused
from articles.services.locks import STORE, hold
from articles.services.runs import RunLog, log_line

BATCH = 1000
LONGEST_LINE = 10 * 1024 * 1024
EVENTS_KEPT = 1000
TEXTS = ("title", "kicker", "subtitle", "column")
ArticleTheme = Article.themes.through


class BadLine(ValueError):
    """A line that is no article; the message says why."""


@dataclass(slots=True)
class Imported:
    """Counts of one import. `bad` lines were named and left out, `kept` articles hold corrections."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    bad: int = 0
    milliseconds: int = 0
    run: IngestRun | None = None

    def counts(self) -> dict[str, int]:
        return {key: getattr(self, key) for key in ("read", "new", "changed", "unchanged", "kept", "bad")}


@dataclass(frozen=True, slots=True)
class Item:
    """One line as columns of an article; `digest` tells whether a later import brings anything new."""

    id: str
    columns: dict[str, Any]
    digest: str
    region: str = ""
    themes: tuple[str, ...] = field(default=())


def import_articles(
    path: Path,
    *,
    publish: bool = False,
    prefix: str = "",
    user: AbstractBaseUser | None = None,
    say: Callable[[str], None] = lambda _message: None,
) -> Imported:
    """Takes in `{"id", "title", "body", "date", …}` lines of a file, gzipped or not.

    An id already here is left alone where its line is the same, brought up to date where it changed, and kept
    where people have corrected it. `prefix` goes before every id. Each bad line is said and skipped; each
    batch is one transaction, so that an import that was stopped is simply run again. Raises Refused for an
    unreadable file.
    """
    log, done = RunLog(path.name, user, ""), Imported()

    def complain(line: int, reason: str) -> None:
        message = _("%(file)s, line %(line)d: %(reason)s") % {
            "file": path.name,
            "line": line,
            "reason": reason,
        }
        done.bad += 1
        if done.bad <= EVENTS_KEPT:
            log.note(EventLevel.WARNING, message)
        say(message)

    status = RunStatus.FAILED
    log.stage_name = "store"
    try:
        batch: dict[str, Item] = {}
        for item in _items(path, prefix, done, complain):
            if item.id in batch or len(batch) == BATCH:
                _write(batch, publish, done)
                batch = {}
            batch[item.id] = item
        _write(batch, publish, done)
        status = RunStatus.STORED if done.new or done.changed else RunStatus.UNCHANGED
    except (OSError, EOFError, zlib.error) as error:
        message = _(
            "%(file)s cannot be read beyond line %(line)d: %(error)s. "
            "What came before is stored; mend the file and import it again."
        ) % {"file": path.name, "line": done.read, "error": error}
        log.note(EventLevel.ERROR, message)
        raise Refused(message) from error
    except Exception as error:
        log.note(EventLevel.ERROR, f"{type(error).__name__}: {error}")
        raise
    finally:
        done.run = log.save(status, counts=done.counts())
        done.milliseconds = done.run.milliseconds
        log_line(done.run)
    return done


def _items(path: Path, prefix: str, done: Imported, complain: Callable[[int, str], None]) -> Iterator[Item]:
    with _opened(path) as lines:
        while line := lines.readline(LONGEST_LINE):
            done.read += 1
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                while (rest := lines.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                    pass
                complain(done.read, _("longer than %d MB.") % (LONGEST_LINE // 2**20))
                continue
            if not line.strip():
                continue
            try:
                yield read_line(line, prefix)
            except BadLine as error:
                complain(done.read, str(error))


def _opened(path: Path) -> BinaryIO:
    with path.open("rb") as start:
        packed = start.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[return-value]


def read_line(line: bytes, prefix: str = "") -> Item:
    """One line as an item. Raises BadLine."""
    try:
        entry = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLine(_("byte %d is not UTF-8.") % error.start) from error
    except (ValueError, RecursionError) as error:
        raise BadLine(_("not JSON (%s).") % error) from error
    if not isinstance(entry, dict):
        raise BadLine(_("not a JSON object."))
    key = entry.get("id")
    if isinstance(key, bool) or not isinstance(key, int | str) or not str(key).strip():
        raise BadLine(_("“id” is missing or is neither text nor a whole number."))
    key = f"{prefix}{key}".strip()
    if len(key) > Article._meta.get_field("external_id").max_length:
        raise BadLine(_("“id” is longer than 80 characters."))
    paragraphs = entry.get("body")
    paragraphs = paragraphs.splitlines() if isinstance(paragraphs, str) else paragraphs
    if not isinstance(paragraphs, list) or not all(isinstance(p, str) for p in paragraphs):
        raise BadLine(_("“body” is neither text nor a list of paragraphs."))
    body = [{"kind": "paragraph", "text": p.strip(), "runs": []} for p in paragraphs if p.strip()]
    columns: dict[str, Any] = {"body": body, "text": plain(body)}
    for name in TEXTS:
        value = entry.get(name) or ""
        if not isinstance(value, str):
            raise BadLine(_("“%s” is not text.") % name)
        limit = Article._meta.get_field(name).max_length
        if len(value := " ".join(value.split())) > limit:
            raise BadLine(
                _("“%(name)s” is longer than %(limit)d characters.") % {"name": name, "limit": limit}
            )
        columns[name] = value
    if not columns["title"] and not body:
        raise BadLine(_("neither title nor body."))
    columns["date"] = entry.get("date") or ""
    if not isinstance(columns["date"], str) or (columns["date"] and not is_date(columns["date"])):
        raise BadLine(_("“date” is not YYYY-MM-DD, YYYY-MM or YYYY."))
    columns["genre"] = _one_of(entry, "genre", Genre.values) or Genre.NEWS
    columns["level"] = _one_of(entry, "level", Level.values)
    themes = entry.get("themes") or []
    if not isinstance(themes, list) or not all(isinstance(t, str) for t in themes):
        raise BadLine(_("“themes” is not a list of names."))
    region = str(entry.get("region") or "")
    canonical = json.dumps([columns, region, themes], ensure_ascii=False, sort_keys=True)
    try:
        digest = hashlib.sha256(canonical.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise BadLine(_("a text holds half of a surrogate pair.")) from error
    if "\0" in key + columns["text"] + "".join(columns[name] for name in TEXTS):
        raise BadLine(_("a text holds a NUL character."))
    return Item(key, columns, digest, region, tuple(dict.fromkeys(themes)))


def _one_of(entry: dict[str, Any], name: str, choices: list[str]) -> str:
    value = entry.get(name) or ""
    if value and value not in choices:
        raise BadLine(_("“%(name)s” is none of %(choices)s.") % {"name": name, "choices": "、".join(choices)})
    return str(value)


def _write(batch: dict[str, Item], publish: bool, done: Imported) -> None:
    """Writes one batch in one transaction."""
    if not batch:
        return
    with transaction.atomic():
        hold(STORE)
        known = {
            a.external_id: a for a in Article.objects.filter(external_id__in=batch).defer("body", "warnings")
        }
        edits = Article.history.filter(id__in=[a.pk for a in known.values()], history_type="~")
        corrected = set(edits.values_list("id", flat=True))
        regions = {r.code: r for r in Region.objects.filter(code__in={i.region for i in batch.values()})}
        now = timezone.now()
        new, changed = [], []
        for key, item in batch.items():
            columns = {**item.columns, "region": regions.get(item.region)}
            article = known.get(key)
            if article is None:
                state = {"state": State.PUBLISHED, "published_at": now} if publish else {}
                new.append(Article(external_id=key, machine=_machine(item), **columns, **state))
            elif article.machine.get("digest") == item.digest:
                done.unchanged += 1
            elif article.pk in corrected:
                done.kept += 1
            else:
                for name, value in columns.items():
                    setattr(article, name, value)
                article.machine, article.updated_at = _machine(item), now
                changed.append(article)
        Article.objects.bulk_create(new)
        if changed:
            names = [*item.columns, "region", "machine", "updated_at"]
            Article.objects.bulk_update(changed, names, batch_size=200)
        _write_themes([*new, *changed], batch)
        done.new, done.changed = done.new + len(new), done.changed + len(changed)


def _machine(item: Item) -> dict[str, Any]:
    texts = {name: item.columns[name] for name in (*TEXTS, "genre", "level", "date")}
    return {**texts, "region": item.region, "themes": list(item.themes), "digest": item.digest}


def _write_themes(articles: list[Article], batch: dict[str, Item]) -> None:
    themes = {t.name: t for t in Theme.objects.filter(name__in={n for i in batch.values() for n in i.themes})}
    ArticleTheme.objects.filter(article__in=[a for a in articles if not a._state.adding and a.pk]).delete()
    ArticleTheme.objects.bulk_create(
        ArticleTheme(article=article, theme=themes[name])
        for article in articles
        for name in batch[article.external_id].themes
        if name in themes
    )
