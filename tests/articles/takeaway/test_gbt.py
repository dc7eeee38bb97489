"""References beside what the two editions of the standard ask for."""

import pytest

from articles.takeaway.gbt import cite, numbered
from articles.takeaway.reference import Reference
from tests.articles.takeaway.making import NEWS, PIECE, news, piece

FOUR = ("于潇", "刘义", "柴跃廷", "孙宏波")
URL = NEWS.url

PRINTED = [
    # reference, edition of 2025, edition of 2015
    (
        NEWS,
        "张三. 加强协商平台建设[N]. 人民政协报，2024-07-16（3）.",
        "张三. 加强协商平台建设[N]. 人民政协报, 2024-07-16(3).",
    ),
    (
        PIECE,
        "张三. 加强协商平台建设[J]. 中国政协，2024（7）：12-13.",
        "张三. 加强协商平台建设[J]. 中国政协, 2024(7): 12-13.",
    ),
    # people
    (
        news(authors=("张三", "李四", "王五")),
        "张三，李四，王五. 加强协商平台建设[N]. 人民政协报，2024-07-16（3）.",
        "张三, 李四, 王五. 加强协商平台建设[N]. 人民政协报, 2024-07-16(3).",
    ),
    (
        news(authors=FOUR),
        "于潇，刘义，柴跃廷，等. 加强协商平台建设[N]. 人民政协报，2024-07-16（3）.",
        "于潇, 刘义, 柴跃廷, 等. 加强协商平台建设[N]. 人民政协报, 2024-07-16(3).",
    ),
    (
        news(authors=("Ann Lee", "Bo Ray", "Cy Poe", "Di Fox"), title="Consultation"),
        "Ann Lee，Bo Ray，Cy Poe，et al. Consultation[N]. 人民政协报，2024-07-16（3）.",
        "Ann Lee, Bo Ray, Cy Poe, et al. Consultation[N]. 人民政协报, 2024-07-16(3).",
    ),
    (
        news(authors=()),
        "加强协商平台建设[N]. 人民政协报，2024-07-16（3）.",
        "加强协商平台建设[N]. 人民政协报, 2024-07-16(3).",
    ),
    # titles
    (
        news(subtitle="——成都市政协的实践"),
        "张三. 加强协商平台建设：成都市政协的实践[N]. 人民政协报，2024-07-16（3）.",
        "张三. 加强协商平台建设: 成都市政协的实践[N]. 人民政协报, 2024-07-16(3).",
    ),
    (
        news(title="", opening="近年来，成都市政协用好平台。成效明显"),
        "张三. [近年来，成都市政协用好平台…][N]. 人民政协报，2024-07-16（3）.",
        "张三. [近年来，成都市政协用好平台…][N]. 人民政协报, 2024-07-16(3).",
    ),
    # pages
    (
        news(pages=("1", "2")),
        "张三. 加强协商平台建设[N]. 人民政协报，2024-07-16（1-2）.",
        "张三. 加强协商平台建设[N]. 人民政协报, 2024-07-16(1-2).",
    ),
    (
        news(pages=("1", "3")),
        "张三. 加强协商平台建设[N]. 人民政协报，2024-07-16（1，3）.",
        "张三. 加强协商平台建设[N]. 人民政协报, 2024-07-16(1, 3).",
    ),
    (
        news(pages=()),
        "张三. 加强协商平台建设[N]. 人民政协报，2024-07-16.",
        "张三. 加强协商平台建设[N]. 人民政协报, 2024-07-16.",
    ),
    (
        piece(pages=()),
        "张三. 加强协商平台建设[J]. 中国政协，2024（7）.",
        "张三. 加强协商平台建设[J]. 中国政协, 2024(7).",
    ),
    # dates and numbers that are missing
    (
        news(date="2024"),
        "张三. 加强协商平台建设[N]. 人民政协报，2024（3）.",
        "张三. 加强协商平台建设[N]. 人民政协报, 2024(3).",
    ),
    (
        news(date=""),
        "张三. 加强协商平台建设[N]. 人民政协报，第9137期（3）.",
        "张三. 加强协商平台建设[N]. 人民政协报, 第9137期(3).",
    ),
    (
        news(date="", number="", pages=()),
        "张三. 加强协商平台建设[N]. 人民政协报.",
        "张三. 加强协商平台建设[N]. 人民政协报.",
    ),
    (
        piece(number=""),
        "张三. 加强协商平台建设[J]. 中国政协，2024-07：12-13.",
        "张三. 加强协商平台建设[J]. 中国政协, 2024-07: 12-13.",
    ),
    (
        piece(number="2024年第7期"),
        "张三. 加强协商平台建设[J]. 中国政协，2024（7）：12-13.",
        "张三. 加强协商平台建设[J]. 中国政协, 2024(7): 12-13.",
    ),
    (
        piece(date=""),
        "张三. 加强协商平台建设[J]. 中国政协，（7）：12-13.",
        "张三. 加强协商平台建设[J]. 中国政协, (7): 12-13.",
    ),
    # never printed
    (
        news(publication="", kind="", number="", pages=()),
        "张三. 加强协商平台建设[Z]. 2024-07-16.",
        "张三. 加强协商平台建设[Z]. 2024-07-16.",
    ),
    (
        news(publication="人民政协网", kind="website", pages=()),
        f"张三. 加强协商平台建设[EB/OL]. 人民政协网（2024-07-16）. {URL}.",
        f"张三. 加强协商平台建设[EB/OL]. 人民政协网(2024-07-16). {URL}.",
    ),
]
ONLINE = [
    (
        NEWS,
        f"张三. 加强协商平台建设[N/OL]. 人民政协报，2024-07-16（3）. {URL}.",
        f"张三. 加强协商平台建设[N/OL]. 人民政协报, 2024-07-16(3)[2025-01-02]. {URL}.",
    ),
    (
        PIECE,
        f"张三. 加强协商平台建设[J/OL]. 中国政协，2024（7）：12-13. {URL}.",
        f"张三. 加强协商平台建设[J/OL]. 中国政协, 2024(7): 12-13[2025-01-02]. {URL}.",
    ),
    (
        news(publication="", kind="", number="", pages=()),
        f"张三. 加强协商平台建设[EB/OL]. （2024-07-16）[2025-01-02]. {URL}.",
        f"张三. 加强协商平台建设[EB/OL]. (2024-07-16)[2025-01-02]. {URL}.",
    ),
]


@pytest.mark.parametrize(("ref", "latest", "former"), PRINTED)
def test_as_printed(ref: Reference, latest: str, former: str) -> None:
    assert cite(ref) == cite(ref, "2025") == latest
    assert cite(ref, "2015") == former


@pytest.mark.parametrize(("ref", "latest", "former"), ONLINE)
def test_as_read_here(ref: Reference, latest: str, former: str) -> None:
    assert cite(ref, "2025", "2025-01-02") == latest
    assert cite(ref, "2015", "2025-01-02") == former


def test_a_list_is_numbered_from_one() -> None:
    assert numbered(["a.", "b."]) == ["[1] a.", "[2] b."]
