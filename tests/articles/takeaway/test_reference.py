import pytest

from articles.takeaway.reference import beginning, kind_of, page_range, signed


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (["张三", "李四"], ("张三", "李四")),
        (["张三", "张三"], ("张三",)),
        (["本报记者"], ()),
        (["本报记者", "王小明"], ("王小明",)),
        (["本报记者 王小明"], ("王小明",)),
        (["本报评论员"], ("本报评论员",)),
        (["佚名"], ()),
        (["通讯员"], ()),
        (["市政协课题组"], ("市政协课题组",)),
        (["张\x00三\n"], ("张三",)),
        (["", " "], ()),
    ],
)
def test_people(names: list[str], people: tuple[str, ...]) -> None:
    assert signed(names) == people


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((), ""),
        (("3",), "3"),
        (("1", "2"), "1-2"),
        (("1", "2", "4"), "1-2, 4"),
        (("1", "1"), "1"),
        (("A1", "A2"), "A1, A2"),
        (("01", "02"), "01-02"),
        (("4", "1"), "4, 1"),
        (("", "2"), "2"),
    ],
)
def test_pages(pages: tuple[str, ...], said: str) -> None:
    assert page_range(pages) == said


@pytest.mark.parametrize(
    ("listed", "name", "date", "kind"),
    [
        ("报纸", "友报", "2024-07", "newspaper"),
        ("杂志", "纵横", "2024-07-16", "journal"),
        ("网站", "人民政协网", "2024-07-16", "website"),
        ("", "某市政协报", "2024", "newspaper"),
        ("", "某大学学报", "2024-07-16", "journal"),
        ("", "某市政协网", "2024-07-16", "website"),
        ("", "某市政协", "2024-07-16", "newspaper"),
        ("", "某市政协", "2024-07", "journal"),
        ("", "", "2024-07-16", ""),
    ],
)
def test_newspaper_journal_or_website(listed: str, name: str, date: str, kind: str) -> None:
    assert kind_of(listed, name, date) == kind


@pytest.mark.parametrize(
    ("text", "most", "said"),
    [
        ("短文。", 10, "短文。"),
        ("一二三四五六七八。九十十一十二", 12, "一二三四五六七八。"),
        ("他说：“一二三四五六。”后来又一二三", 13, "他说：“一二三四五六。”"),
        ("一。二三四五六七八九十", 8, "一。二三四五六…"),
        ("没有句号的一长串文字在这里", 8, "没有句号的一长…"),
        ("", 8, ""),
    ],
)
def test_a_beginning_ends_with_a_sentence_or_a_mark(text: str, most: int, said: str) -> None:
    assert beginning(text, most) == said and len(said) <= most
