"""Compiles locale/*/LC_MESSAGES/*.po into .mo where they are newer, without gettext's tools.

The compiled files are not committed; every process looks at two or three time stamps when it starts.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def catalogues(folders: Iterable[Path]) -> list[Path]:
    """Every .po under the locale folders, sorted."""
    return sorted(po for folder in folders for po in folder.glob("*/LC_MESSAGES/*.po"))


def compile_stale(folders: Iterable[Path]) -> list[Path]:
    """Compiles what is out of date and returns those .po files.

    Raises ValueError naming file and line for a catalogue that cannot be read, OSError where the folder
    cannot be written. Safe when several processes do it at once.
    """
    stale = [po for po in catalogues(folders) if _is_stale(po)]
    for po in stale:
        _compile(po)
    return stale


def _is_stale(po: Path) -> bool:
    try:
        return po.with_suffix(".mo").stat().st_mtime_ns < po.stat().st_mtime_ns
    except FileNotFoundError:
        return True


def _compile(po: Path) -> None:
    import polib

    try:
        catalogue = polib.pofile(str(po), encoding="utf-8", check_for_duplicates=True)
    except (OSError, ValueError) as error:  # polib reports syntax as OSError
        raise ValueError(f"{po.name}: {error}") from error
    content = catalogue.to_binary()
    handle, draft = tempfile.mkstemp(dir=po.parent, suffix=".draft")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(draft, 0o644)
        os.replace(draft, po.with_suffix(".mo"))
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
