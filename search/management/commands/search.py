import json
import sys
from html import unescape
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from search.engines import ENGINES
from search.engines.base import FACETS, SearchUnavailable
from search.services import as_data, search


class Command(BaseCommand):
    help = (
        "Searches the published articles. Exit code 2 when the index cannot answer; no hits is not an error."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "query", help='such as: 协商 -成都 题:"有事好商量" 年:2020-2024; * for everything'
        )
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--engine", choices=[entry.name for entry in ENGINES], help="default: the settings'"
        )
        parser.add_argument(
            "--limit", type=int, default=20, help="hits to print, default 20; the total is exact"
        )
        parser.add_argument("--facets", action="store_true", help="count the facets too")
        parser.add_argument(
            "--verbatim", action="store_true", help="letters count as they are: 台湾 is not 臺灣"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 0:
            raise CommandError("--limit cannot be negative.")
        try:
            found = search(
                options["query"],
                verbatim=options["verbatim"],
                limit=options["limit"],
                facets=FACETS if options["facets"] else (),
                engine=options["engine"],
                inline=None,
            )
        except SearchUnavailable as error:
            if options["json"]:
                self.stdout.write(
                    json.dumps({"query": options["query"], "error": str(error), "remedy": error.remedy})
                )
            raise CommandError(
                _("Search is out of order. %s Mend it with: %s") % (error, error.remedy), returncode=2
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_data(found), ensure_ascii=False, indent=1))
            return
        self.stdout.write(_("%(total)d found · %(read_as)s · %(took).1f ms") % {
            "total": found.result.total, "read_as": found.read_as, "took": found.result.took_ms,
        })  # fmt: skip
        for notice in found.notices:
            self.stdout.write(f"! {notice}")
        if found.repaired:
            self.stdout.write(f"! {_('It was searched for as:')} {found.repaired}")
        for row in found.rows:
            document = row.hit.document
            self.stdout.write(f"\n{document.public_id}  {unescape(strip_tags(row.title))}  {document.date}")
            self.stdout.write(f"  {unescape(strip_tags(row.snippet))}")
        for name, counts in found.result.facets.items():
            shown = ", ".join(f"{count.label} {count.number}" for count in counts[:12])
            self.stdout.write(f"{name}: {shown}")
        sys.stdout.flush()
