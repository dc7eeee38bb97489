"""Running PostgreSQL, which refuses to be root, from a process that is root.

An ordinary user runs it as itself. Root runs it as `postgres` where the machine has that account and as
`nobody` otherwise; no account is created.
"""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the server runs as; `switch` is true where the process has to change to it."""

    uid: int
    gid: int
    name: str
    switch: bool


def server_account(data: Path) -> Account:
    """The account for the data directory `data`: its owner if it exists, so a restart changes no hands."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), _name(os.geteuid()), switch=False)
    if data.exists() and (owner := data.stat().st_uid) != 0:
        return Account(owner, data.stat().st_gid, _name(owner), switch=True)
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, name, switch=True)
    raise LookupError(
        f"PostgreSQL may not run as root, and this machine has no account {' or '.join(ACCOUNTS)}."
    )


def run(command: Sequence[str], account: Account, **keywords: object) -> subprocess.CompletedProcess[str]:
    """Runs `command` as `account`, both outputs captured together, never raising on a failure status."""
    identity = {"user": account.uid, "group": account.gid, "extra_groups": []} if account.switch else {}
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        cwd="/",
        env={"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC"},
        **identity,
        **keywords,
    )


def open_path(path: Path, account: Account) -> None:
    """Lets `account` pass through the folders above `path`.

    Adds only the search bit (o+x): names in those folders stay unreadable. Folders that already let it pass,
    and all folders where no account switch happens, are left alone.
    """
    if not account.switch:
        return
    for folder in reversed(path.absolute().parents):
        status = folder.stat()
        mine = status.st_uid == account.uid and status.st_mode & 0o100
        group = status.st_gid == account.gid and status.st_mode & 0o010
        if not (mine or group or status.st_mode & 0o001):
            folder.chmod(status.st_mode & 0o7777 | 0o001)


def open_tree(root: Path, account: Account) -> None:
    """Lets `account` read and execute an installed tree that a strict umask closed to it."""
    if not account.switch or (_open(root) and _open(root / "bin" / "postgres")):
        return
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode & 0o7777 | 0o004 | (0o001 if mode & 0o100 else 0))


def _open(path: Path) -> bool:
    return path.stat().st_mode & 0o005 == 0o005


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
