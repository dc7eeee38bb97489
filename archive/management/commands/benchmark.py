from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

# Each module gives `HELP`, `add_arguments(parser)` and `run(options, write)`; it is loaded when it is chosen
# or when help is asked for.
BENCHMARKS: tuple[tuple[str, str], ...] = (
    ("search", "search.benchmark"),
    ("parse", "articles.benchmark"),
    ("pages", "articles.benchmark.pages"),
)


class Command(BaseCommand):
    help = "Measures this machine: each benchmark prints times and how they compare with the usual way."

    def add_arguments(self, parser: CommandParser) -> None:
        chosen = parser.add_subparsers(dest="benchmark", required=True)
        for name, path in BENCHMARKS:
            module = import_module(path)
            module.add_arguments(chosen.add_parser(name, help=module.HELP))

    def handle(self, *args: Any, **options: Any) -> None:
        import_module(dict(BENCHMARKS)[options["benchmark"]]).run(options, self.stdout.write)
