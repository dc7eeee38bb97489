"""Tables on a page: rows stay with the text above them, each a paragraph, and cells never run together."""

from articles.gazetteer import Gazetteer
from articles.ingest.config import Config
from articles.ingest.pipeline import parse_page
from articles.ingest.rows import is_row

PAGE = """茶山上的协商会

□ 本报记者 韩冬

安溪县政协围绕茶叶品牌保护开展专题协商，组织委员走进茶山茶厂，听茶农算账，帮茶企出主意。

镇\t走访人次\t办结率
湖上\t720\t3.5
西坪\t12\t345
合计\t732

县政协还把茶农请到会上，当面听取意见，会后逐条回复。

送诊到渔村

□ 本报记者 何田

连江县政协医卫界委员来到渔村，为渔民义诊送药，讲解防病知识，村民排起了长队。
"""


def test_a_table_stays_with_the_text_above_it(words: Gazetteer) -> None:
    record = parse_page(PAGE.encode(), "茶山.txt", Config(words))
    first, second = record.articles
    assert [p.text for p in first.text.paragraphs][1:-1] == [
        "镇\t走访人次\t办结率",
        "湖上\t720\t3.5",
        "西坪\t12\t345",
        "合计\t732",
    ]
    assert first.text.paragraphs[-1].text.startswith("县政协还把茶农请到会上")
    assert (first.text.title, second.text.title) == ("茶山上的协商会", "送诊到渔村")


def test_what_is_a_row() -> None:
    assert is_row("湖上\t720\t3.5") and not is_row("湖上 720 3.5")
    assert not is_row("委员走进茶山。\t茶农说好。") and not is_row("甲\t" + "长" * 61)
