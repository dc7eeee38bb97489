"""Packages become the files in them; a bad member does not stop the others, and nothing is written anywhere."""

import pytest

from articles.ingest.readers import LIMITS, Limits, is_package, unpack
from tests.support.files import docx, packed

GOOD = ("甲.txt", "县政协。".encode())


def said(data: bytes, limits: Limits = LIMITS) -> list[tuple[str, str]]:
    """(name, problem or "") of every member."""
    return [(m.name, m.problem.problem if m.problem else "") for m in unpack(data, "包.zip", limits)]


def test_a_file_that_is_no_package_is_itself() -> None:
    assert [(m.name, m.data) for m in unpack(b"abc", "页.txt", LIMITS)] == [("页.txt", b"abc")]
    assert not is_package(docx("政协")) and is_package(packed(GOOD))


def test_members_come_in_order_of_name_without_their_folders() -> None:
    data = packed(("期/乙.txt", b"2"), ("/etc/passwd", b"1"), ("C:\\x\\丙.txt", b"3"), ("__MACOSX/._乙", b""))
    assert said(data) == [("passwd", ""), ("丙.txt", ""), ("乙.txt", "")]


def test_a_path_that_leads_out_of_the_package_is_refused_and_the_others_go_on() -> None:
    data = packed(GOOD, ("../../乙.txt", b"1"), ("期\\..\\..\\丙.txt", b"2"), ("两..点.txt", b"3"))
    assert sorted(said(data)) == [
        ("丙.txt", "climbs_out"),
        ("两..点.txt", ""),
        ("乙.txt", "climbs_out"),
        ("甲.txt", ""),
    ]


def test_names_that_windows_wrote_are_read() -> None:
    data = packed(("AAAA.txt", b"x")).replace(b"AAAA", "甲乙".encode("gb18030"))
    assert said(data) == [("甲乙.txt", "")]


def test_packages_in_packages_are_opened_so_deep_and_no_deeper() -> None:
    inner = packed(GOOD)
    assert said(packed(("内.zip", inner))) == [("甲.txt", "")]
    assert said(packed(("中.zip", packed(("内.zip", inner))))) == [("内.zip", "packed")]


def test_a_bomb_is_refused_and_its_neighbours_go_on() -> None:
    bomb = packed(("零.txt", b"\0" * 30_000_000), ("\u4e59.txt", b"1"))
    assert said(bomb, Limits(file_bytes=40_000_000)) == [("乙.txt", ""), ("零.txt", "unpacks_too_large")]
    assert said(bomb) == [("乙.txt", ""), ("零.txt", "too_large")]


def test_a_size_that_lies_is_not_believed() -> None:
    data = packed(("零.txt", b"\0" * 9_000_000))
    honest = (9_000_000).to_bytes(4, "little")
    assert data.count(honest) == 2
    assert said(data.replace(honest, (9).to_bytes(4, "little")))[0][1] in ("broken", "unpacks_too_large")


@pytest.mark.parametrize("break_it", [lambda d: d[:40], lambda d: d[:30] + b"\xff" * 8 + d[38:]])
def test_a_broken_package_says_so(break_it: object) -> None:
    assert said(break_it(packed(GOOD)))[0][1] == "broken"  # type: ignore[operator]


def test_locked_members_and_full_or_empty_packages_say_so() -> None:
    data = bytearray(packed(GOOD, ("乙.txt", b"1")))
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    data[6] |= 1
    assert sorted(said(bytes(data))) == [("乙.txt", ""), ("甲.txt", "encrypted")]
    assert said(packed(GOOD, ("乙.txt", b"1")), Limits(members=1)) == [("包.zip", "too_many_members")]
    assert said(packed(("__MACOSX/._乙", b""))) == [("包.zip", "empty")]
