"""The archive's environment variables, read once into a frozen record.

Every wrong value raises `SettingError`, one sentence that names the variable, its value and the remedy.
"""

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ENGINES = ("whoosh", "tantivy")
TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off", "")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


class SettingError(Exception):
    """An environment variable has a value that cannot be used; the message is for the person who set it."""

    def __init__(self, name: str, value: str, remedy: str) -> None:
        super().__init__(f"{name}={value!r} cannot be used: {remedy}")


@dataclass(frozen=True, slots=True)
class Database:
    """Where `DATABASE_URL` points. `options` are libpq keywords such as sslmode."""

    name: str
    user: str
    password: str
    host: str
    port: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment says; `database` is None for the private server, `var` is absolute. `robots`: whether those of
    search engines are let in. `cors_origins`: sites whose pages may read the JSON answers, `*` for all."""

    database: Database | None
    secret_key: str | None
    debug: bool
    https: bool
    allowed_hosts: tuple[str, ...]
    search_engine: str
    var: Path
    port: int
    robots: bool
    cors_origins: tuple[str, ...]


def read(environ: Mapping[str, str], root: Path) -> Environment:
    """The environment as a record. `root` is the folder that a relative ARCHIVE_VAR starts from.

    Raises SettingError for the first value that cannot be used. Touches no file.
    """
    return Environment(
        database=_database(environ.get("DATABASE_URL", "")),
        secret_key=_secret_key(environ.get("SECRET_KEY", "")),
        debug=_flag("DEBUG", environ.get("DEBUG", "")),
        https=_flag("HTTPS", environ.get("HTTPS", "")),
        allowed_hosts=_hosts(environ.get("ALLOWED_HOSTS", "")),
        search_engine=_engine(environ.get("SEARCH_ENGINE", "")),
        var=_var(environ.get("ARCHIVE_VAR", ""), root),
        port=_port(environ.get("PORT", "")),
        robots=_robots(environ.get("ROBOTS", "")),
        cors_origins=_origins(environ.get("CORS_ORIGINS", "")),
    )


def stored_secret(var: Path) -> str:
    """The random secret key kept in `var`/secret_key, made on first use.

    Where `var` cannot be written the key lives as long as the process: commands that need no login still run.
    """
    path = var / "secret_key"
    try:
        if kept := path.read_text("ascii").strip():
            return kept
    except OSError:
        pass
    made = secrets.token_urlsafe(50)
    with contextlib.suppress(OSError):
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=var, prefix=".secret-") as draft:  # made with mode 600
            draft.write(made)
            draft.flush()
            if path.exists() and path.stat().st_size == 0:  # left behind by a full disk
                path.unlink()
            try:
                path.hardlink_to(draft.name)
            except FileExistsError:  # another process was first
                return path.read_text("ascii").strip()
    return made


def _flag(name: str, value: str) -> bool:
    word = value.strip().lower()
    if word not in TRUE + FALSE:
        raise SettingError(name, value, "write 1 or 0.")
    return word in TRUE


def _secret_key(value: str) -> str | None:
    if value and len(value) < 32:
        raise SettingError("SECRET_KEY", value[:3] + "…", "use at least 32 characters, or unset it.")
    return value or None


def _hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in value.split(",") if host.strip())
    for host in hosts:
        if "/" in host or " " in host:
            raise SettingError(
                "ALLOWED_HOSTS", value, "write host names with commas between, as in a.example,b.example."
            )
    return hosts or LOCAL_HOSTS


def _engine(value: str) -> str:
    engine = value.strip().lower() or ENGINES[0]
    if engine not in ENGINES:
        raise SettingError("SEARCH_ENGINE", value, f"choose {' or '.join(ENGINES)}.")
    return engine


def _var(value: str, root: Path) -> Path:
    var = (root / Path(value or "var").expanduser()).resolve()
    if os.path.isfile(var):  # false, not an error, where we may not look
        raise SettingError("ARCHIVE_VAR", value, "it is a file; name a folder that the archive may write to.")
    return var


def _port(value: str) -> int:
    text = value.strip() or "8000"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise SettingError("PORT", value, "write a number from 1 to 65535.")
    return int(text)


def _robots(value: str) -> bool:
    word = value.strip().lower() or "deny"
    if word not in ("allow", "deny"):
        raise SettingError("ROBOTS", value, "write allow or deny.")
    return word == "allow"


def _origins(value: str) -> tuple[str, ...]:
    origins = tuple(origin.strip().lower().removesuffix("/") for origin in value.split(",") if origin.strip())
    for origin in origins:
        if origin != "*" and not re.fullmatch(r"https?://[a-z0-9.\-\[\]:]+", origin):
            raise SettingError(
                "CORS_ORIGINS", value, "write origins with commas between, as in https://a.example, or *."
            )
    return origins


def _database(value: str) -> Database | None:
    if not value.strip():
        return None
    try:
        url = urlsplit(value.strip())
        port = str(url.port or "")
    except ValueError:
        raise SettingError(
            "DATABASE_URL", _masked(value), "write postgresql://user:password@host:port/name."
        ) from None
    if url.scheme not in ("postgresql", "postgres"):
        raise SettingError(
            "DATABASE_URL",
            _masked(value),
            "the archive runs on PostgreSQL 14 or newer only; write "
            "postgresql://user:password@host:port/name, or unset it to use the private server.",
        )
    name = unquote(url.path.lstrip("/"))
    if not name:
        raise SettingError("DATABASE_URL", _masked(value), "it names no database; end it with /name.")
    options = dict(parse_qsl(url.query))
    return Database(
        name=name,
        user=unquote(url.username or options.pop("user", "")),
        password=unquote(url.password or options.pop("password", "")),
        host=unquote(url.hostname or options.pop("host", "")),
        port=port or options.pop("port", ""),
        options=tuple(sorted(options.items())),
    )


def _masked(url: str) -> str:
    """The URL without its password, fit for a terminal or a log."""
    scheme, separator, rest = url.partition("://")
    credentials, at, place = rest.rpartition("@")
    return (
        f"{scheme}{separator}{credentials.partition(':')[0]}:…@{place}" if at and ":" in credentials else url
    )
