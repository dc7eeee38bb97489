"""Lists to take away: one entry for each form a list can be had in, and the answers that carry them.

A form is asked for by its ending in place of the list's last slash, /articles.ris?theme=…, and holds the whole
list, up to csvfile.MOST entries, whatever page of it is shown. Answers are streamed: some hundred rows are in
memory at a time.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.functional import Promise
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import csvfile
from articles.csvfile import CHUNK, Selection, Table
from articles.reading import exported, rows_of
from articles.references import reference, signers
from articles.remembered import State
from articles.takeaway import atom, bibtex, csl, gbt, ris, sheet
from articles.takeaway.reference import Reference, beginning, signed

SUMMARY = 150
"""Characters of the summary of an entry: fewer than lists bring of a text, so that a cut shows."""

FED = 50
"""Entries of a feed."""

VERSION = 1
"""Of what the forms hold: to be raised when the same articles are written otherwise, so that nobody keeps the old."""

Answer = Callable[[HttpRequest, Table, "Form"], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Form:
    """`ending` is the file's; `of_articles` forms exist for lists of articles only."""

    ending: str
    label: str | Promise
    media_type: str
    answer: Answer
    of_articles: bool = True


def respond(request: HttpRequest, form: Form, table: Table, steady: bool = False) -> HttpResponseBase:
    """The table in a form. Raises Http404 for a form that it has not.

    `steady`: the table follows from the articles and the address alone, so that somebody who has it already
    need not get it again while no article changes.
    """
    if form.of_articles and table.articles is None:
        raise Http404
    tag = _tag(request) if steady else None
    if tag and (same := get_conditional_response(request, etag=tag)):
        return same
    answer = form.answer(request, table, form)
    if tag:
        answer.headers.setdefault("ETag", tag)
    return answer


def _tag(request: HttpRequest) -> str | None:
    """A weak tag for what this address answers in this language; None while somebody is writing."""
    state = State.now()
    if not state.quiet:
        return None
    asked = (request.build_absolute_uri(), translation.get_language(), state.number, VERSION)
    return f'W/"{sha256(repr(asked).encode()).hexdigest()[:24]}"'


def streamed(pieces: Iterator[str], name: str, form: Form) -> StreamingHttpResponse:
    """A download in the reader's language, which is set for each piece: between two, the thread does other things."""
    language = translation.get_language()

    def stream() -> Iterator[str]:
        while True:
            with translation.override(language):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    answer = StreamingHttpResponse(stream(), content_type=f"{form.media_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form.ending}"'
    return answer


def downloaded(write: Callable[[BinaryIO], None], name: str, form: Form) -> FileResponse:
    """A download that is written to a file on disk first, as a whole."""
    file = TemporaryFile()  # noqa: SIM115  (the answer closes it when it was sent)
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{name}.{form.ending}", content_type=form.media_type
    )


def references(request: HttpRequest, articles: Selection) -> Iterator[Reference]:
    """One for each article of a list, in its order."""
    for article in exported(articles.keys(csvfile.MOST), CHUNK):
        yield reference(article, lambda row: request.build_absolute_uri(row.get_absolute_url()))


def _csv(request: HttpRequest, table: Table, form: Form) -> HttpResponseBase:
    return streamed(csvfile.lines(table), table.name, form)


def _json(request: HttpRequest, table: Table, form: Form) -> HttpResponseBase:
    """A list of records whose keys come in the order of the columns."""
    keys = [column.key for column in table.columns]

    def records() -> Iterator[str]:
        for row in islice(table.rows, csvfile.MOST):
            cells = (_value(column.cell(row)) for column in table.columns)
            yield json.dumps(dict(zip(keys, cells, strict=True)), ensure_ascii=False)

    return streamed(_listed(records()), table.name, form)


def _value(cell: Any) -> Any:
    if isinstance(cell, list | tuple):
        return [str(item) for item in cell]
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell if cell is None or isinstance(cell, int | float) else str(cell)


def _csl(request: HttpRequest, table: Table, form: Form) -> HttpResponseBase:
    assert table.articles is not None
    items = (json.dumps(csl.item(ref), ensure_ascii=False) for ref in references(request, table.articles))
    return streamed(_listed(items), table.name, form)


def _listed(records: Iterator[str]) -> Iterator[str]:
    """A JSON list of them, some hundred in a piece."""
    before = "[\n"
    while chunk := list(islice(records, CHUNK)):
        yield before + ",\n".join(chunk)
        before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"


def _written(record: Callable[[Reference], str]) -> Answer:
    def answer(request: HttpRequest, table: Table, form: Form) -> HttpResponseBase:
        assert table.articles is not None
        records = map(record, references(request, table.articles))
        return streamed(_joined(records), table.name, form)

    return answer


def _joined(records: Iterator[str]) -> Iterator[str]:
    while chunk := list(islice(records, CHUNK)):
        yield "".join(chunk)


def _cited(request: HttpRequest, table: Table, form: Form) -> HttpResponseBase:
    """Numbered references; `?gbt=2015` for the former edition."""
    assert table.articles is not None
    wanted = request.GET.get("gbt", "")
    edition = wanted if wanted in gbt.EDITIONS else gbt.LATEST
    cited = (gbt.cite(ref, edition) for ref in references(request, table.articles))
    return streamed(_joined(f"[{n}] {text}\n" for n, text in enumerate(cited, 1)), table.name, form)


def _xlsx(request: HttpRequest, table: Table, form: Form) -> HttpResponseBase:
    headings = [sheet.Heading(str(column.name), column.kind) for column in table.columns]
    rows = ([column.cell(row) for column in table.columns] for row in islice(table.rows, csvfile.MOST))
    title = table.articles.said() if table.articles else table.name
    return downloaded(lambda file: sheet.write(file, title, headings, rows), table.name, form)


def _atom(request: HttpRequest, table: Table, form: Form) -> HttpResponseBase:
    """What was last added to a list, whatever its order; says 304 to readers that have it."""
    assert table.articles is not None
    if not table.articles.grows:
        raise Http404
    page = request.path.removesuffix(f".{form.ending}") + "/"
    query = without_page(request.GET)
    asked = f"{page}?{urlencode(sorted((k, v) for k, vs in query.lists() for v in vs))}"
    feed = atom.Feed(
        name=asked,
        title=f"{table.articles.said()} · {_('CPPCC Practice Archive')}",
        url=request.build_absolute_uri(page + (f"?{query.urlencode()}" if query else "")),
        here=request.build_absolute_uri(),
        publisher=_("CPPCC Practice Archive"),
        entries=[_entry(request, row) for row in rows_of(table.articles.latest(FED))],
    )
    body = atom.write(feed)
    tag = f'"{sha256(body).hexdigest()[:24]}"'
    changed = int(feed.updated.timestamp())
    answer = get_conditional_response(request, etag=tag, last_modified=changed) or HttpResponse(
        body, content_type=f"{form.media_type}; charset=utf-8"
    )
    answer["ETag"], answer["Last-Modified"] = tag, http_date(changed)
    patch_vary_headers(answer, ("Cookie",))
    return answer


def _entry(request: HttpRequest, article: Any) -> atom.Entry:
    address = article.get_absolute_url()
    ref = reference(article, lambda row: request.build_absolute_uri(address))
    return atom.Entry(
        name=address,
        url=ref.url,
        title=ref.name,
        published=article.published_at,
        updated=max(article.published_at, article.updated_at),
        summary=beginning(article.opening, SUMMARY),
        authors=signed([str(author) for author in signers(article)]),
        categories=ref.keywords,
    )


def without_page(query: QueryDict) -> QueryDict:
    """The parameters but for those that say which page of a list is shown."""
    kept = query.copy()
    for name in ("page", "page_size", "cursor"):
        kept.pop(name, None)
    return kept


CSV = Form("csv", "CSV", "text/csv", _csv, of_articles=False)
XLSX = Form("xlsx", "Excel", sheet.MEDIA_TYPE, _xlsx, of_articles=False)
TABLE = Form("table.json", gettext_lazy("JSON table"), "application/json", _json, of_articles=False)
TXT = Form("txt", "GB/T 7714", "text/plain", _cited)
RIS = Form("ris", "RIS", ris.MEDIA_TYPE, _written(ris.record))
BIB = Form("bib", "BibTeX", bibtex.MEDIA_TYPE, _written(bibtex.entry))
CSL = Form("csl.json", "CSL-JSON", csl.MEDIA_TYPE, _csl)
ATOM = Form("atom", "Atom", atom.MEDIA_TYPE, _atom)

FORMS = (CSV, XLSX, TABLE, TXT, RIS, BIB, CSL, ATOM)
"""In the order in which pages offer them."""
