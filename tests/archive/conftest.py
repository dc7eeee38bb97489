import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox import SANDBOX


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that the server's own account can reach, which pytest's tmp_path is not."""
    made = Path(tempfile.mkdtemp(dir=SANDBOX))
    yield made
    shutil.rmtree(made, ignore_errors=True)
