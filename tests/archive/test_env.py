from pathlib import Path

import pytest

from archive import env

ROOT = Path("/somewhere")


def read(**environ: str) -> env.Environment:
    return env.read(environ, ROOT)


def test_an_empty_environment_gives_a_private_archive_on_this_machine_only() -> None:
    assert read() == env.Environment(
        database=None,
        secret_key=None,
        debug=False,
        https=False,
        allowed_hosts=("localhost", "127.0.0.1", "[::1]"),
        search_engine="whoosh",
        var=ROOT / "var",
        port=8000,
        robots=False,
        cors_origins=(),
    )


def test_a_database_url_is_taken_apart() -> None:
    database = read(DATABASE_URL="postgresql://u:p%40ss@db.example:5433/archive?sslmode=require").database
    assert database == env.Database("archive", "u", "p@ss", "db.example", "5433", (("sslmode", "require"),))


def test_a_database_url_may_name_a_socket_folder() -> None:
    database = read(DATABASE_URL="postgresql://u@/archive?host=%2Frun%2Fpostgresql").database
    assert database is not None
    assert (database.host, database.options) == ("/run/postgresql", ())


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("DATABASE_URL", "sqlite:///db.sqlite3", "PostgreSQL 14 or newer only"),
        ("DATABASE_URL", "mysql://u@h/d", "PostgreSQL 14 or newer only"),
        ("DATABASE_URL", "archive", "PostgreSQL 14 or newer only"),
        ("DATABASE_URL", "postgresql://u@h/", "names no database"),
        ("DATABASE_URL", "postgresql://u@h:port/d", "postgresql://user:password@host:port/name"),
        ("SECRET_KEY", "short", "at least 32 characters"),
        ("DEBUG", "maybe", "1 or 0"),
        ("HTTPS", "2", "1 or 0"),
        ("ALLOWED_HOSTS", "https://a.example/", "commas between"),
        ("SEARCH_ENGINE", "lucene", "whoosh or tantivy"),
        ("ROBOTS", "maybe", "allow or deny"),
        ("CORS_ORIGINS", "a.example", "write origins"),
        ("CORS_ORIGINS", "https://a.example/path", "write origins"),
        ("PORT", "80000", "from 1 to 65535"),
        ("PORT", "０", "from 1 to 65535"),
        ("PORT", "-1", "from 1 to 65535"),
    ],
)
def test_a_wrong_value_is_one_sentence_naming_variable_value_and_remedy(
    name: str, value: str, remedy: str
) -> None:
    with pytest.raises(env.SettingError) as refusal:
        env.read({name: value}, ROOT)
    sentence = str(refusal.value)
    assert sentence.startswith(f"{name}='")
    assert value[:3] in sentence
    assert remedy in sentence
    assert "\n" not in sentence


def test_a_refused_database_url_does_not_show_its_password() -> None:
    with pytest.raises(env.SettingError) as refusal:
        read(DATABASE_URL="mysql://root:hunter2@host/name")
    assert "hunter2" not in str(refusal.value)


def test_a_file_cannot_be_the_var_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(env.SettingError, match="it is a file"):
        read(ARCHIVE_VAR=str(tmp_path / "file"))


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    key = env.stored_secret(tmp_path / "var")
    assert len(key) >= 50
    assert env.stored_secret(tmp_path / "var") == key
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_an_empty_key_that_a_full_disk_left_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    key = env.stored_secret(tmp_path)
    assert env.stored_secret(tmp_path) == key != ""


def test_without_a_writable_folder_a_key_still_comes(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert env.stored_secret(tmp_path / "file" / "var")
