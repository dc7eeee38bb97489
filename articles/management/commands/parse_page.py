"""parse_page FILE [--json | --explain | --html OUT]: one page text to one record, without a database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import gazetteer
from articles.ingest.config import Config
from articles.ingest.explain import Account, explain
from articles.ingest.pipeline import Timed, parse_pages
from articles.ingest.readers import UnreadableSource
from articles.ingest.record import IssueInfo, PageRecord
from articles.ingest.serialize import as_json
from articles.management.explanation import as_html, as_lines
from articles.retelling import retold


class Command(BaseCommand):
    help = _("Parse page texts into records. Needs no database.")
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help=_("print the record as JSON"))
        parser.add_argument("--out", type=Path, metavar="DIR", help=_("write DIR/NAME.json for each file"))
        parser.add_argument("--explain", action="store_true", help=_("say how each page was read, and why"))
        parser.add_argument("--html", type=Path, metavar="OUT", help=_("write that account as one HTML page"))
        for name in ("publication", "date", "number", "page"):
            parser.add_argument(f"--{name}", help=_("what is known of the issue"))

    def handle(self, *args: Any, **options: Any) -> None:
        issue = IssueInfo(*(options[k] for k in ("publication", "date", "number", "page")))
        config = Config(gazetteer.load(), issue)
        if options["out"]:
            options["out"].mkdir(parents=True, exist_ok=True)
        if options["html"] and len(options["files"]) > 1:
            raise CommandError(_("--html explains one file at a time."))
        for path in options["files"]:
            try:
                pages = parse_pages(path.read_bytes(), path.name, config)
            except (UnreadableSource, OSError) as error:
                raise CommandError(str(error)) from error
            for number, timed in enumerate(pages, 1):
                self._page(path, f"-{number}" if len(pages) > 1 else "", timed, options)

    def _page(self, path: Path, suffix: str, timed: Timed, options: dict[str, Any]) -> None:
        """One page of a file; `suffix` tells it from the others in the names of what is written."""
        if options["explain"] or options["html"]:
            self._explain(explain(timed), suffix, options)
        if options["out"]:
            target = options["out"] / f"{path.stem}{suffix}.json"
            target.write_text(json.dumps(as_json(timed.record), ensure_ascii=False, indent=1), "utf-8")
            self.stdout.write(f"{path.name} → {target}")
        elif options["json"]:
            self.stdout.write(json.dumps(as_json(timed.record), ensure_ascii=False, indent=1))
        elif not (options["explain"] or options["html"]):
            self._summary(timed.record)

    def _explain(self, account: Account, suffix: str, options: dict[str, Any]) -> None:
        if options["explain"]:
            for line in as_lines(account):
                self.stdout.write(line)
        if options["html"]:
            target = options["html"].with_stem(options["html"].stem + suffix)
            target.write_text(as_html(account), "utf-8")
            self.stdout.write(f"{account.name} → {target}")

    def _summary(self, record: PageRecord) -> None:
        self.stdout.write(_("%(name)s: %(n)d articles") % {"name": record.name, "n": len(record.articles)})
        for number, article in enumerate(record.articles, 1):
            text = article.text
            who = " ".join(f"{a.name}（{a.kind}）" for a in text.authors)
            self.stdout.write(
                f"\n{number}. {' / '.join(x for x in (text.kicker, text.title, text.subtitle) if x) or '—'}"
            )
            self.stdout.write(
                f"   {article.genre} · {article.place.level or '—'} · {article.place.primary or '—'} · {who}"
            )
            self.stdout.write(f"   {'、'.join(t.name for t in article.themes)}")
            for m in article.mechanisms:
                self.stdout.write(f"   ◇ {m.name}（{m.kind}）")
            for x in article.metrics:
                most = f"–{x.value_max:g}" if x.value_max else ""
                self.stdout.write(f"   # {x.subject}: {x.value:g}{most}{x.unit} “{x.quote}”")
            for warning in article.warnings:
                self.stdout.write(f"   ! {retold(warning)}")
        for warning in record.warnings:
            self.stdout.write(f"! {retold(warning)}")
