"""How a file becomes records: checked, read, parsed, and stored in one transaction with its log."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.gazetteer import Gazetteer
from articles.ingest.config import Config
from articles.ingest.pipeline import Timed, parse_pages
from articles.ingest.readers import Limits, Member, UnreadableSource, unpack
from articles.ingest.record import IssueInfo
from articles.models import Article, EventLevel, IngestRun, Issue, Page, Publication, RunStatus, Source
from articles.models.source import check_date
from articles.services import lexicon, resemblances
from articles.services.continuation import join_issue, said_of
from articles.services.errors import IngestFailed, Refused, refusal, too_large
from articles.services.locks import STORE, hold
from articles.services.mastheads import Printed, about_issue, doubtful, is_known, other_page, read_masthead
from articles.services.runs import ISSUE, RunLog, log_line, logger, stage_name
from articles.store import Stored, store_page

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `message` says it in a sentence; `articles` are its articles, new or known."""

    run: IngestRun
    source: Source
    status: RunStatus
    message: str
    articles: list[Article] = field(default_factory=list)


def accept_upload(
    data: bytes,
    name: str,
    issue: IssueInfo = IssueInfo(),  # noqa: B008 (frozen)
    user: AbstractBaseUser | None = None,
    publish: bool = False,
    batch: str = "",
    encoding: str | None = None,
    at_stage: Callable[[str], None] | None = None,
    chosen: Issue | None = None,
) -> Outcome:
    """Takes one file in. The same bytes again change nothing and say so.

    `issue` holds what the caller knows and wins over what the page says, part by part; an issue of the archive that was
    `chosen` takes the pages whatever they say. `encoding`, one of `readers.ENCODINGS`, wins over what is
    detected. Articles start as drafts unless `publish`. Raises Refused, with `.run`, for a file
    that cannot be read, IngestFailed where the archive itself is at fault; either way nothing is stored but
    the log of the run. `at_stage` is told the name of each stage before the file is stored.
    """
    log = RunLog(bare_name(name), user, batch, at_stage)
    try:
        outcome = _take_in(log, data, issue, user, publish, encoding, chosen)
    except Refused as error:
        error.run = failed(log, str(error))
        raise
    except UnreadableSource as error:
        refused = refusal(error)
        refused.run = failed(log, str(refused))
        raise refused from error
    except Exception as error:
        logger.exception("a fault while taking in %r, at %s", log.name, log.stage_name)
        failure = IngestFailed(
            _(
                "%(name)s could not be taken in: a fault in the archive at “%(stage)s” (%(kind)s). "
                "Nothing of it was stored. Tell whoever runs the archive; the file itself may be fine."
            )
            % {"name": log.name, "stage": stage_name(log.stage_name), "kind": type(error).__name__}
        )
        failure.run = failed(log, f"{failure} {error}")
        raise failure from error
    log_line(outcome.run)
    return outcome


def refuse_upload(name: str, size: int, user: AbstractBaseUser | None = None, batch: str = "") -> Refused:
    """Logs and returns the refusal of a file too large to be read into memory."""
    log = RunLog(bare_name(name), user, batch)
    error = too_large(log.name, size, settings.UPLOAD_FILE_BYTES)
    error.run = failed(log, str(error))
    return error


def members(data: bytes, name: str) -> Iterator[Member]:
    """The files in an upload: those in a ZIP, or the one that it is."""
    return unpack(data, bare_name(name), limits())


def refuse_member(
    problem: UnreadableSource, user: AbstractBaseUser | None = None, batch: str = ""
) -> Refused:
    """Logs and returns the refusal of a file that could not be taken out of its package."""
    error = refusal(problem)
    error.run = failed(RunLog(bare_name(problem.name), user, batch), str(error))
    return error


def limits() -> Limits:
    """What one uploaded file may cost, by settings."""
    return Limits(file_bytes=settings.UPLOAD_FILE_BYTES, **settings.UPLOAD_LIMITS)


def bare_name(name: str) -> str:
    """A file's name without folders and control characters, never empty, as long as the archive keeps it."""
    bare = _CONTROL.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip()
    return bare[:255] or "?"


def checked(issue: IssueInfo) -> IssueInfo:
    """`issue` with its parts stripped. Raises Refused for a part that the archive cannot keep."""
    parts = {
        key: (getattr(issue, key) or "").strip() or None for key in ("publication", "date", "number", "page")
    }
    try:
        check_date(parts["date"] or "")
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    columns = (("publication", Publication, "name"), ("number", Issue, "number"), ("page", Page, "number"))
    for key, model, column in columns:
        limit = model._meta.get_field(column).max_length
        if len(parts[key] or "") > limit:
            raise Refused(
                _("“%(value)s…” is too long: give at most %(limit)d characters.")
                % {"value": (parts[key] or "")[:20], "limit": limit}
            )
    return IssueInfo(**parts)


def _take_in(
    log: RunLog,
    data: bytes,
    issue: IssueInfo,
    user: AbstractBaseUser | None,
    publish: bool,
    encoding: str | None,
    chosen: Issue | None,
) -> Outcome:
    issue = checked(issue)
    if len(data) > settings.UPLOAD_FILE_BYTES:
        raise too_large(log.name, len(data), settings.UPLOAD_FILE_BYTES)
    sha256 = hashlib.sha256(data).hexdigest()
    if known := Source.objects.received(sha256):
        return _unchanged(log, known)
    vocabularies = lexicon.vocabularies()
    log.begin("parse")
    config = Config(vocabularies, issue, timezone.localdate())
    pages = parse_pages(data, log.name, config, limits(), encoding)
    for stage in pages[0].seconds:
        log.lap(stage, sum(parsed.seconds.get(stage, 0.0) for parsed in pages))
    for parsed in pages:
        if (nul := parsed.record.text.find("\0")) >= 0:
            raise UnreadableSource(log.name, f"character {nul}", "binary", "save_as_text")
    log.begin("store")
    try:
        with transaction.atomic():
            # One writer at a time: names are made once, and the same bytes are met once.
            hold(STORE)
            if known := Source.objects.received(sha256):
                return _unchanged(log, known)
            with log.stage("store") as said:
                stored = _store(pages, vocabularies, data, user, publish, chosen)
                articles = [article for page in stored for article in page.articles]
                said.append(_("published") if publish else _("stored as drafts"))
                issues = {page.page.issue_id or -page.page.pk: page.page for page in stored}
                joined = [article for page in issues.values() for article in join_issue(page)]
                for article in articles:
                    if article in joined:
                        article.refresh_from_db()
            for note in (note for page in stored for note in page.notes):
                log.note(EventLevel.WARNING, note.message, note.article)
            counts = Counter[str]()
            log.under(ISSUE)
            for message in (message for page in stored for message in about_issue(page.page)):
                log.note(EventLevel.WARNING, message)
                counts["warnings"] += 1
            log.under("store")
            for message in (message for parsed in pages for message in other_page(parsed, vocabularies)):
                log.note(EventLevel.WARNING, message)
            for page in stored:
                counts.update(page.counts)
            if len(pages) > 1:
                counts["pages"] = len(pages)
            for doubt, message, article in said_of(joined):
                log.note(EventLevel.WARNING if doubt else EventLevel.INFO, message, article)
                counts["warnings"] += doubt
            log.under("compare")
            alike = resemblances.recognise([page.page for page in stored], articles)
            for message, copy in resemblances.said_of(alike):
                log.note(EventLevel.WARNING, message, copy)
                counts["warnings"] += 1
            source = stored[0].source
            run = log.save(RunStatus.STORED, source, dict(counts))
    except IntegrityError:
        # Somebody who holds no lock of ours was faster: the unique checksum decides.
        if known := Source.objects.received(sha256):
            return _unchanged(log, known)
        raise
    message = _("%(name)s: %(articles)d articles, %(warnings)d things to check.") % {
        "name": log.name, **counts
    }  # fmt: skip
    return Outcome(run, source, RunStatus.STORED, message, articles)


def _store(
    pages: tuple[Timed, ...],
    vocabularies: Gazetteer,
    data: bytes,
    user: AbstractBaseUser | None,
    publish: bool,
    chosen: Issue | None,
) -> list[Stored]:
    """One source and its pages, in order; each keeps what its masthead says."""
    stored: list[Stored] = []
    for ordinal, parsed in enumerate(pages, 1):
        printed = read_masthead(parsed.layout.items, vocabularies) if parsed.layout else Printed(IssueInfo())
        record, name = parsed.record, printed.info.publication
        if not record.issue.publication and name and is_known(name, vocabularies):
            record = replace(record, issue=replace(record.issue, publication=name))
        stored.append(
            store_page(
                record,
                vocabularies,
                data=data,
                encoding=parsed.encoding,
                user=user,
                publish=publish,
                source=stored[0].source if stored else None,
                ordinal=ordinal,
                chosen=chosen,
            )
        )
        page = stored[-1].page
        page.printed = printed.as_json()
        page.issue_doubted = doubtful(page)
        page.save(update_fields=["printed", "issue_doubted"])
    return stored


def _unchanged(log: RunLog, known: Source) -> Outcome:
    articles = list(Article.objects.from_source(known))
    since = date_format(timezone.localtime(known.created_at), "DATETIME_FORMAT")
    who = known.uploaded_by.get_username() if known.uploaded_by else _("the command line")
    words = {"name": log.name, "known": known.name, "since": since, "who": who}
    if known.name == log.name:
        message = _("%(name)s is already here since %(since)s, from %(who)s. Nothing was changed.") % words
    else:
        message = (
            _("%(name)s is already here as %(known)s since %(since)s, from %(who)s. Nothing was changed.")
            % words
        )
    if known.trashed_at:
        message += " " + _("It is in the trash: take it out there, or have it deleted for good first.")
    log.stage_name = "check"
    log.events.clear()
    log.note(EventLevel.INFO, message)
    run = log.save(RunStatus.UNCHANGED, known, {"articles": len(articles)})
    return Outcome(run, known, RunStatus.UNCHANGED, message, articles)


def failed(log: RunLog, message: str) -> IngestRun:
    """Logs a failed run, after whatever was written of the source has been rolled back."""
    for event in log.events:
        event.article = None
    log.note(EventLevel.ERROR, message)
    run = log.save(RunStatus.FAILED)
    log_line(run, message)
    return run
