"""What the page of an upload says of each file, and how far the files are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.db.models.functions import Least, Substr
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import ngettext

from archive import heartbeat
from articles import services
from articles.admin.base import changelist, link
from articles.admin.bench import bench_link
from articles.admin.resemblances import of_sources
from articles.models import Article, Block, FileStatus, IngestRun, Page, RunStatus, Upload, UploadFile
from articles.models.upload import UNDER_WAY
from articles.retelling import retold
from articles.services.runs import ISSUE

ALIKE = "compare"
"""The stage of a run whose lines say what a file is alike to."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload has come, in files to be read: a package that was opened counts by what it held, `chosen` as one.

    `current` is the file in work, or the next one, and `ahead` how many of other uploads come before it; `left` is in
    seconds, None while nothing is known of the speed. `halted`: no worker is there to go on.
    """

    total: int
    done: int
    failed: int
    cancelled: int
    chosen: int
    rows: int
    current: UploadFile | None
    left: float | None
    retriable: int
    ahead: int
    halted: bool

    @property
    def over(self) -> int:
        return self.done + self.failed

    @property
    def under_way(self) -> bool:
        return self.over + self.cancelled < self.total

    @property
    def stage(self) -> str:
        if self.current is None or self.current.status == FileStatus.WAITING:
            return now("waiting")
        return services.stage_name(self.current.stage or "check")

    @property
    def time_left(self) -> str:
        if self.halted:
            return ""
        if self.ahead:
            return (
                ngettext("after %d file of other uploads", "after %d files of other uploads", self.ahead)
                % self.ahead
            )
        if self.left is None:
            return now("time left not known yet")
        if self.left < 90:
            return now("about %d s left") % max(round(self.left), 1)
        return now("about %d min left") % round(self.left / 60)


def progress_of(upload: Upload) -> Progress:
    rows = list(upload.files.defer("content"))
    files = [file for file in rows if not _is_opened(file)]
    of = {status: sum(f.status == status for f in files) for status in FileStatus.values}
    finished = [f for f in files if f.finished_at and f.started_at]
    under_way = sum(of[status] for status in UNDER_WAY)
    left = None
    if finished and under_way:
        # Of each file by itself: between two of them somebody may have waited a day before trying again.
        spent = sum((f.finished_at - f.started_at).total_seconds() for f in finished)
        left = spent / len(finished) * under_way
    return Progress(
        len(files), of[FileStatus.DONE], of[FileStatus.FAILED], of[FileStatus.CANCELLED],
        sum(file.package_id is None for file in rows),
        len(rows),
        next((f for status in (FileStatus.WORKING, FileStatus.WAITING) for f in files if f.status == status), None),
        left,
        upload.files.filter(
            status__in=(FileStatus.FAILED, FileStatus.CANCELLED), content__isnull=False
        ).count(),
        0 if of[FileStatus.WORKING] or not under_way else _ahead_of(upload),
        bool(under_way) and not heartbeat.alive(),
    )  # fmt: skip


def _ahead_of(upload: Upload) -> int:
    """How many files of uploads that came earlier are waited for."""
    return UploadFile.objects.filter(upload__lt=upload.pk, status__in=UNDER_WAY).count()


@dataclass(frozen=True, slots=True)
class Offer:
    """What one click does to the pages of a file: `do` as `UploadAdmin.place_view` has it."""

    do: str
    words: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file on the page: `status` and `label` are its run's once there is one, else its own.

    `said` are (level, sentence) of the file and its pages, `articles` each with what is to be checked about it, `doubts`
    what is doubtful about the issue, with `offers` to settle it.
    """

    key: str
    name: str
    status: str
    label: Any
    inside: bool = False
    run: IngestRun | None = None
    said: list[tuple[str, str]] = field(default_factory=list)
    near: list[SafeString] = field(default_factory=list)
    places: list[SafeString] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    articles: list[tuple[Article, list[str]]] = field(default_factory=list)


def rows_of(upload: Upload | None, runs: list[IngestRun], files: Iterable[UploadFile] = ()) -> list[FileRow]:
    """The rows of some files of an upload, or of the runs of a command. A few statements, however many there are."""
    sources = {run.source_id for run in runs if run.source_id}
    alike = of_sources(sources)
    articles: dict[int, list[Article]] = {}
    for article in (
        Article.objects.filter(page__source__in=sources).for_desk().order_by("page__ordinal", "position")
    ):
        articles.setdefault(article.page.source_id, []).append(article)
    _begin_with_words(article for own in articles.values() for article in own)
    pages: dict[int, list[Page]] = {}
    for page in Page.objects.filter(source__in=sources).for_desk().order_by("ordinal"):
        pages.setdefault(page.source_id, []).append(page)

    def row(key: str, name: str, run: IngestRun, inside: bool = False) -> FileRow:
        source = run.source_id or 0
        near, own = alike.get(source, []), pages.get(source, [])
        doubts = list(dict.fromkeys(_doubts(upload, run, own)))
        return FileRow(
            key, name, run.status, run.get_status_display(), inside, run,
            said=list(_said(run, name)), near=near, places=list(_places(run, own)), doubts=doubts,
            offers=list(_offers(upload, run, own)),
            articles=[(a, _to_check(a, run, bool(near))) for a in articles.get(source, [])],
        )  # fmt: skip

    if upload is None:
        return [row(f"r{run.pk}", run.source_name, run) for run in runs]
    by_key = {run.pk: run for run in runs}
    return [
        row(str(file.pk), file.name, by_key[file.run_id], bool(file.package_id))
        if file.run_id in by_key
        else _without_run(file)
        for file in files
    ]


def _begin_with_words(articles: Iterable[Any]) -> None:
    """Articles without title and text are called by the first words that they have of their page."""
    bare = {a.pk: a for a in articles if not a.title and not a.opening}
    first = Block.objects.filter(article__in=bare).order_by("article", "start").distinct("article")
    words = Substr("page__text", F("start") + 1, Least(F("end") - F("start"), 18))
    for key, found in first.values_list("article", words):
        bare[key].opening = found


def _is_opened(file: UploadFile) -> bool:
    """Whether it is a package whose files follow it."""
    return file.status == FileStatus.DONE and file.run_id is None


def _without_run(file: UploadFile) -> FileRow:
    """A file that waits, is in work or was given up, or a package."""
    if not _is_opened(file):
        stage = services.stage_name(file.stage) if file.stage else ""
        label = stage if file.status == FileStatus.WORKING and stage else file.get_status_display()
        return FileRow(str(file.pk), file.name, file.status, label, bool(file.package_id))
    said = []
    if file.left_out:
        names = "、".join(file.left_out)
        said.append(("info", now("Left out, as systems add it unasked: %s") % names))
    return FileRow(str(file.pk), file.name, file.status, now("unpacked"), False, said=said)


def _said(run: IngestRun, name: str) -> Iterator[tuple[str, str]]:
    """What the log says of the file and its pages, and what became of it since. What it says of articles stands with them,
    of the issue with the doubts."""
    if run.status != RunStatus.FAILED and run.source is None:
        yield "warning", now("The file was deleted for good since, with its articles.")
    elif run.status == RunStatus.STORED and run.source.trashed_at:
        yield "warning", now("The file is in the trash now, with its articles.")
    for event in run.events.all():
        told = event.level != "info" or run.status == RunStatus.UNCHANGED
        if told and not event.article_id and event.stage not in (ISSUE, ALIKE):
            yield event.level, _without_name(retold(event.message), name)


def _without_name(sentence: str, name: str) -> str:
    """A sentence under a heading that is the file's name, which it begins with."""
    if not sentence.startswith(name):
        return sentence
    rest = sentence[len(name) :].lstrip("：: ")
    return rest[:1].upper() + rest[1:]


def _to_check(article: Article, run: IngestRun, near: bool) -> list[str]:
    """As the article stands now, and what it may be a reprint of unless both stand side by side."""
    alike = [e.message for e in run.events.all() if e.stage == ALIKE and e.article_id == article.pk]
    return [retold(message) for message in (*article.warnings, *([] if near else alike))]


def _places(run: IngestRun, pages: list[Page]) -> Iterator[SafeString]:
    """Where the pages stand: the issue and its pages, each a link. One line an issue."""
    by_issue: dict[int | None, list[Page]] = {}
    for page in pages:
        by_issue.setdefault(page.issue_id, []).append(page)
    here = run.status == RunStatus.UNCHANGED
    for key, own in by_issue.items():
        issue = link(changelist("page", issue__id__exact=key), own[0].issue) if key else now("no issue")
        shown = format_html_join("、", "{} {}", ((_page(page), bench_link(page.pk)) for page in own))
        words = now("The first copy is in:") if here else now("Went into:")
        yield format_html("{} {} · {}", words, issue, shown)


def _page(page: Page) -> SafeString:
    words = str(page) if page.number else now("page number not known")
    return link(reverse("admin:articles_page_change", args=[page.pk]), words)


def _doubts(upload: Upload | None, run: IngestRun, pages: list[Page]) -> Iterator[str]:
    for page in pages:
        asked = _asked(upload, run, page) if page.issue else None
        if not asked and (said := services.issue_doubt(page)):
            yield said
        if asked:
            yield now(
                "This upload named %s, another issue than the first copy is in."
            ) % services.issue_words(asked)


def _asked(upload: Upload | None, run: IngestRun, page: Page) -> Any:
    """The issue that a second upload of the same bytes named, where the first copy stands in another one."""
    again = run.status == RunStatus.UNCHANGED and not page.source.trashed_at
    return services.asked_elsewhere(upload, page) if upload and again else None


def _offers(upload: Upload | None, run: IngestRun, pages: list[Page]) -> Iterator[Offer]:
    doubted = [page for page in pages if services.issue_doubt(page)]
    printed = [info for page in doubted if (info := services.printed_info(page))]
    if printed:
        words = dict.fromkeys(map(services.issue_words, printed))
        yield Offer("printed", now("Put into %s") % "、".join(words))
    if asked := [info for page in pages if (info := _asked(upload, run, page))]:
        words = dict.fromkeys(map(services.issue_words, asked))
        if not printed or list(words) != list(dict.fromkeys(map(services.issue_words, printed))):
            yield Offer("asked", now("Move to %s") % "、".join(words))
    if doubted and all(page.issue for page in doubted):
        yield Offer("keep", now("It is right as it is"))
