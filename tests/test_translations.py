"""Every English text of the interface has a Chinese translation, with the same placeholders."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CODE = ("archive", "articles", "search")
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sdif]|%[sdif]|\{[a-z_]*\}")
Found = tuple[str, str]  # msgid, where


def in_python(path: Path) -> Iterator[Found]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id not in CALLS | IN_CONTEXT:
            continue
        said = node.args[node.func.id in IN_CONTEXT :]  # a context comes before the text
        first = said[0] if said else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value, f"{path.relative_to(ROOT)}:{node.lineno}"


def in_template(path: Path) -> Iterator[Found]:
    """templatize leaves Python-like calls; what a string may hold is what Django's own extraction takes."""
    source = templatize(path.read_text("utf-8"), origin=str(path))
    for match in re.finditer(r"n?gettext\(\s*u?((?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"))", source):
        yield ast.literal_eval(match[1]), str(path.relative_to(ROOT))
    for match in re.finditer(r"\b_\(\s*((?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"))\s*\)", source):
        yield ast.literal_eval(match[1]), str(path.relative_to(ROOT))


def in_project() -> dict[str, str]:
    """msgid → the first place that uses it."""
    found: dict[str, str] = {}
    for package in CODE:
        for path in sorted((ROOT / package).rglob("*.py")):
            for msgid, where in in_python(path):
                found.setdefault(msgid, where)
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for msgid, where in in_template(path):
            found.setdefault(msgid, where)
    return found


def catalogues() -> list[Path]:
    return sorted(
        path
        for folder in (ROOT / "locale", *(ROOT / package / "locale" for package in CODE))
        for path in folder.glob("zh_Hans/LC_MESSAGES/*.po")
    )


def test_everything_said_in_english_is_said_in_chinese() -> None:
    translated: set[str] = set()
    for path in catalogues():
        translated |= {entry.msgid for entry in polib.pofile(str(path)).translated_entries()}
    missing = [
        f"{where}: {msgid}" for msgid, where in in_project().items() if msgid and msgid not in translated
    ]
    assert missing == []


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: str(path.relative_to(ROOT)))
def test_translations_keep_their_placeholders(path: Path) -> None:
    wrong = []
    for entry in polib.pofile(str(path), check_for_duplicates=True):
        wrong += [] if entry.translated() else [entry.msgid]
        said = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        wrong += [entry.msgid for text in said if text and set(PLACEHOLDER.findall(text)) != wanted]
    assert wrong == []


def test_no_two_catalogues_say_the_same_differently() -> None:
    """Django merges them: the first application's word would be shown at the other's place."""
    said: dict[tuple[str | None, str], set[str]] = {}
    for path in catalogues():
        for entry in polib.pofile(str(path)).translated_entries():
            words = entry.msgstr or str(entry.msgstr_plural)
            said.setdefault((entry.msgctxt, entry.msgid), set()).add(words)
    assert {key: words for key, words in said.items() if len(words) > 1} == {}
