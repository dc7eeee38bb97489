"""The folder that one test run lives in: its var/, its PostgreSQL, nothing of the developer's.

Imported before the settings are. The process that makes the folder passes it to the pytest-xdist workers and
to subprocesses through the environment, and removes it at the end. What a killed run left goes at the next.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from archive.postgres import PrivateServer

VARIABLE = "ARCHIVE_TEST_SANDBOX"
PREFIX = "archive-test-"
OURS = ("DATABASE_URL", "SECRET_KEY", "DEBUG", "HTTPS", "ALLOWED_HOSTS", "SEARCH_ENGINE", "PORT")


def _make() -> Path:
    for old in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if (owner := old.name.removeprefix(PREFIX).partition("-")[0]).isdigit() and not _lives(int(owner)):
            _remove(old)
    made = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    made.chmod(0o755)  # the server's own account must reach its data
    atexit.register(_remove, made)
    return made


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove(folder: Path) -> None:
    try:
        PrivateServer(folder, durable=False).stop()
        shutil.rmtree(folder, ignore_errors=True)
    except PermissionError:  # another user's run
        pass


for _name in OURS:
    os.environ.pop(_name, None)
if VARIABLE not in os.environ:
    os.environ[VARIABLE] = str(_make())
SANDBOX = Path(os.environ[VARIABLE])
os.environ["ARCHIVE_VAR"] = str(SANDBOX)
