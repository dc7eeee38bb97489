"""Catalogues are compiled where they changed, and a broken one is named; what they hold is test_translations'."""

import os
from pathlib import Path

import polib
import pytest

from archive import messages


def test_only_what_changed_is_compiled(tmp_path: Path) -> None:
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po = folder / "django.po"
    po.write_text('msgid "Page"\nmsgstr "版"\n', "utf-8")
    assert messages.compile_stale([tmp_path]) == [po]
    assert messages.compile_stale([tmp_path]) == []
    assert polib.mofile(str(folder / "django.mo"))[0].msgstr == "版"
    later = po.with_suffix(".mo").stat().st_mtime + 1
    os.utime(po, (later, later))
    assert messages.compile_stale([tmp_path]) == [po]
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]


def test_a_broken_catalogue_is_named_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "Page"\nmsgstr "第"版"\n', "utf-8")
    with pytest.raises(ValueError, match="line 2"):
        messages.compile_stale([tmp_path])
