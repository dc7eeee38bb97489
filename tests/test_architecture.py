"""The repository keeps its own promises: who imports whom, how long a file is, what the README says."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("archive", "articles", "search")
LONGEST_FILE = 300
EDGES = ("views", "admin", "forms", "management", "urls", "templatetags")


@dataclass(frozen=True, slots=True)
class Layer:
    """Modules under `name` import only `may` of this project (all of it if empty) and never `never`."""

    name: str
    may: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


def edges(package: str) -> tuple[str, ...]:
    return tuple(f"{package}.{edge}" for edge in EDGES)


LAYERS = (
    # the pure core
    Layer("articles.gazetteer", may=("articles.gazetteer",), never=("django", "haystack")),
    Layer("articles.ingest", may=("articles.ingest", "articles.gazetteer"), never=("django", "haystack")),
    Layer("articles.takeaway", may=("articles.takeaway",), never=("django", "haystack")),
    Layer(
        "search.text",
        may=("search.text", "articles.gazetteer"),
        never=("django", "haystack"),
    ),
    Layer("search.query", may=("search.query", "search.text", "articles.days"), never=("django", "haystack")),
    # records and what writes them
    Layer("articles", never=("search", "tests")),
    Layer("articles.models", never=("articles.services", "articles.store", *edges("articles"))),
    Layer("articles.querysets", never=("articles.services", "articles.store", *edges("articles"))),
    Layer("articles.store", never=("articles.services", *edges("articles"))),
    Layer("articles.services", never=edges("articles")),
    Layer("articles.views", never=("articles.store", "articles.admin")),
    Layer("articles.admin", never=("articles.store", "articles.views")),
    # search
    Layer("search", never=("tests", *edges("articles"))),
    Layer("search.engines", never=("search.services", *edges("search"))),
    Layer("search.services", never=edges("search")),
    Layer("archive", never=("tests", *edges("articles"), *edges("search"))),
)


def tracked(*patterns: str) -> list[Path]:
    """Files under version control, or all but the ignored where there is none (an unpacked archive)."""
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        ignored = {ROOT / "var", ROOT / ".venv"}
        files = [path for pattern in patterns or ("*",) for path in ROOT.rglob(pattern)]
        files = [path for path in files if not ignored & set(path.parents)]
    return [path for path in files if path.is_file()]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every (line, module) that the file imports, inside functions too; `from a import b` gives a.b."""
    package = module_of(path) if path.name == "__init__.py" else module_of(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def inside(module: str, *names: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_no_layer_imports_upward(layer: Layer) -> None:
    files = [path for path in tracked("*.py") if inside(module_of(path), layer.name)]
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {imported}"
        for path in files
        for line, imported in imports(path)
        if not any(inside(module_of(path), edge) for edge in layer.never)  # admin may import admin
        and (
            inside(imported, *layer.never)
            or (layer.may and inside(imported, *PACKAGES) and not inside(imported, *layer.may))
        )
    ]
    assert wrong == []


def test_the_pure_core_runs_without_django() -> None:
    modules = [
        module_of(path)
        for path in tracked("*.py")
        if inside(module_of(path), "articles.ingest", "articles.gazetteer", "search.query", "search.text")
    ]
    program = (
        f"import importlib, sys; [importlib.import_module(name) for name in {modules!r}]; "
        "print([name for name in ('django', 'haystack', 'jieba') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_no_file_is_longer_than_a_person_reads() -> None:
    files = tracked("*.py", "*.html", "*.css", "*.js")
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in files
        if "vendor" not in path.parts and "migrations" not in path.parts
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# In pieces, so that this file is no finding of its own.
FOREIGN = [re.escape(a + b) for a, b in (("pypi.", "org"), ("python", "hosted.org"), ("registry.", "npmjs"))]
FOREIGN += [re.escape(a + b) for a, b in (("deb.", "debian"), ("/wo", "rk/"), ("/t", "mp/"), ("/ro", "ot/"))]


def test_no_file_names_a_registry_or_a_path_of_somebodys_machine() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # pictures
        found += [f"{path.relative_to(ROOT)}: {hit}" for hit in re.findall("|".join(FOREIGN), text)]
    assert found == []


def test_the_lock_pins_every_requirement_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pins = re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==\S+ \\\n    --hash=sha256:", lock, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z0-9]", lock, re.MULTILINE))
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=~! ;]", line)[0].lower() for line in wanted}
    assert names - set(pins) == set()


def test_what_the_readme_tells_people_to_type_exists() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", readme)) - targets == set()
    assert set(re.findall(r"manage\.py ([a-z_]+)", readme)) - set(get_commands()) == set()
    assert {"up", "test"} <= set(re.findall(r"\bmake ([a-z]+)\b", readme))


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    settings = re.findall(r'environ\.get\("([A-Z_]+)"', (ROOT / "archive" / "env.py").read_text("utf-8"))
    assert [name for name in settings if f"`{name}`" not in readme] == []
