"""What mastheads say of the issue."""

import pytest

from articles.gazetteer import Gazetteer
from articles.ingest.blocks import split_blocks
from articles.ingest.issueinfo import read_issue
from articles.ingest.label import label_blocks
from articles.ingest.record import IssueInfo

TEXT = "安溪县政协围绕茶叶品牌保护开展专题协商，组织委员走进茶山茶厂，听茶农算账，帮茶企出主意。"


def issue(head: str, words: Gazetteer, known: IssueInfo = IssueInfo()) -> IssueInfo:  # noqa: B008
    return read_issue(label_blocks(split_blocks(f"{head}\n\n{TEXT}"), words), known, words)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("2024年5月17日　星期五　第3版", IssueInfo(None, "2024-05-17", None, "3")),
        ("２０２４年５月１７日　星期五　第３版", IssueInfo(None, "2024-05-17", None, "3")),
        ("人民政协报　2024年7月16日　星期二　第A03版", IssueInfo("人民政协报", "2024-07-16", None, "A03")),
        ("二〇二四年五月十七日　星期五", IssueInfo(None, "2024-05-17", None, None)),
        ("第三版 理论\n二○二四年十二月三十一日", IssueInfo(None, "2024-12-31", None, None)),
        ("某某政协　2023年第11期（总第386期）", IssueInfo(None, None, "11", None)),
        ("某某政协　2023年11月　第11期", IssueInfo(None, "2023-11", "11", None)),
        ("人民政协报\n\n2024年7月16日", IssueInfo("人民政协报", "2024-07-16", None, None)),
        ("2024年7月16日　人民政协报", IssueInfo("人民政协报", "2024-07-16", None, None)),
        ("茶山行记", IssueInfo()),
    ],
)
def test_read(head: str, expected: IssueInfo, words: Gazetteer) -> None:
    found = issue(head, words)
    for field in ("publication", "date", "page"):
        assert getattr(found, field) == getattr(expected, field)
    assert found.number == expected.number or expected.number is None


def test_what_is_known_is_not_overruled(words: Gazetteer) -> None:
    known = IssueInfo("某某政协报", "2024-05-18", "12", "1")
    assert issue("人民政协报　2024年5月17日　星期五　第3版", words, known) == known
