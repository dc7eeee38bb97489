"""What the README says is there: files, pictures, commands, addresses."""

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(
    r"^(?:python )?(manage\.py .*?)(?:\s+#.*)?$", README.replace("python manage", "manage"), re.M
)


def test_every_link_and_folder_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    folders = re.findall(r"`([a-z]+/[a-z_/]*(?:\.py)?)`", README)
    local = [name for name in links + folders if "://" not in name and name != "var/"]
    assert [name for name in local if not (ROOT / name).exists()] == []


def test_the_picture_is_a_real_one_and_light() -> None:
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    data = (ROOT / picture).read_bytes()
    assert data.startswith(b"\x89PNG") and len(data) < 300_000


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_takes_the_options_shown(line: str) -> None:
    _manage, name, *arguments = shlex.split(line)
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("manage.py", name)
    parser.parse_args(arguments)  # exits with SystemExit on an option it does not know


@pytest.mark.parametrize("address", ["/articles/", "/articles.json", "/a/b2c3d4f5g6/", "/a/b2c3d4f5g6.json"])
def test_the_addresses_are_served(address: str) -> None:
    try:
        resolve(address)
    except Resolver404:
        pytest.fail(f"nothing answers at {address}")
