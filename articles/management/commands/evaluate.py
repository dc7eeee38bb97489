"""evaluate [--split S] [--misses] [--save FILE] [--compare FILE]: what the parser is worth on gold pages."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import gazetteer
from articles.ingest.config import Config
from articles.ingest.evaluation import SPLITS, Figures, compare, load_split, score_page
from articles.ingest.pipeline import parse_page
from articles.ingest.readers.plain import decode
from articles.ingest.serialize import as_json

FORMAT = 2  # of the file that --save writes
Pages = Mapping[str, Figures]


class Command(BaseCommand):
    help = _("Score the parser on the annotated pages in fixtures/, seeds, dev and heldout apart.")
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--split", choices=SPLITS, help=_("this half only"))
        parser.add_argument(
            "--misses",
            action="store_true",
            help=_("list what was missed; for the held-out half only with --split heldout"),
        )
        parser.add_argument("--save", type=Path, metavar="FILE", help=_("write the figures to FILE"))
        parser.add_argument("--compare", type=Path, metavar="FILE", help=_("say what changed since that run"))
        parser.add_argument("--fixtures", type=Path, default=Path(settings.BASE_DIR, "fixtures"))

    def handle(self, *args: Any, **options: Any) -> None:
        before = _read_run(options["compare"]) if options["compare"] else {}
        splits = [options["split"]] if options["split"] else list(SPLITS)
        run = {split: _evaluate(options["fixtures"], split) for split in splits}
        totals = {split: Figures.total(pages.values()) for split, pages in run.items()}
        self._table(totals)
        for split, figures in totals.items():
            # Whoever reads the held-out misses while writing rules has no held-out half any more.
            if options["misses"] and (split != "heldout" or options["split"] == "heldout"):
                self._misses(split, figures)
            if split in before:
                self._changes(split, before[split], run[split])
            elif before:
                self.stdout.write(_("%(split)s: not in the earlier run") % {"split": split})
        if options["save"]:
            saved = {s: {page: f.as_data() for page, f in pages.items()} for s, pages in run.items()}
            data = json.dumps({"format": FORMAT, "splits": saved}, ensure_ascii=False, indent=1)
            options["save"].write_text(data + "\n", "utf-8")
            self.stdout.write(_("Saved to %(file)s") % {"file": options["save"]})

    def _table(self, run: Mapping[str, Figures]) -> None:
        values = {split: figures.values for split, figures in run.items()}
        names = list(dict.fromkeys(name for split in values.values() for name in split))
        names.sort(key=lambda name: not name.endswith(".f1"))
        width = max(map(len, names), default=0)
        self.stdout.write(" " * width + "".join(f"{split:>22}" for split in run))
        for name in names:
            cells = (self._cell(name, values[split], run[split]) for split in run)
            self.stdout.write(f"{name:<{width}}" + "".join(f"{cell:>22}" for cell in cells))

    @staticmethod
    def _cell(name: str, values: Mapping[str, float], figures: Figures) -> str:
        if name not in values:
            return "—"
        hits, total = figures.counts.get(name, (0, 0))
        return f"{values[name]:.4f} {f'({hits}/{total})' if total else '':>12}"

    def _misses(self, split: str, figures: Figures) -> None:
        self.stdout.write("\n" + _("%(split)s: %(n)d misses") % {"split": split, "n": len(figures.misses)})
        for miss in sorted(figures.misses, key=lambda m: m.figure):
            self.stdout.write(f"  {miss}")

    def _changes(self, split: str, before: Pages, now: Pages) -> None:
        """On the pages that both runs have: a page more or less is no change of the parser."""
        shared = before.keys() & now.keys()
        found = compare(
            *(Figures.total(f for page, f in run.items() if page in shared) for run in (before, now))
        )
        self.stdout.write("\n" + _("%(split)s, against the earlier run:") % {"split": split})
        if alone := sorted(before.keys() ^ now.keys()):
            self.stdout.write("  " + _("only in one of the two: %(pages)s") % {"pages": ", ".join(alone)})
        if found.is_same:
            self.stdout.write("  " + _("nothing changed"))
        for sign, changes in ((_("better"), found.better), (_("worse"), found.worse)):
            for c in changes:
                old, new = ("—" if v is None else f"{v:.4f}" for v in (c.before, c.now))
                self.stdout.write(f"  {sign} {c.figure} {old} → {new} ({c.difference:+.4f})")
        if split == "heldout":
            return
        for sign, misses in ((_("fixed"), found.fixed), (_("broken"), found.broken)):
            for miss in misses:
                self.stdout.write(f"  {sign} {miss}")


def _evaluate(fixtures: Path, split: str) -> Pages:
    config = Config(gazetteer.load())
    pages: dict[str, Figures] = {}
    try:
        for page in load_split(fixtures, split):
            record = as_json(parse_page(page.data, f"{page.name}.txt", config))
            text = decode(page.data, page.name).text
            pages[page.name] = score_page(page.name, text, page.gold, record)
    except (OSError, ValueError) as error:
        raise CommandError(str(error)) from error
    if not pages:
        raise CommandError(_("No annotated pages in %(folder)s") % {"folder": fixtures / "gold" / split})
    return pages


def _read_run(path: Path) -> dict[str, Pages]:
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["format"] != FORMAT:
            raise ValueError(_("written by another version"))
        return {
            split: {page: Figures.from_data(figures) for page, figures in pages.items()}
            for split, pages in data["splits"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandError(
            _("%(file)s is no saved evaluation: %(why)s") % {"file": path, "why": error}
        ) from error
