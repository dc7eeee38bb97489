from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from articles.takeaway.briefing import Briefing, Row, Sentence, Words, write

WORDS = Words(("地区", "机制", "做法", "成效", "出处"), "参考文献", "—", "、")
ROW = Row(
    title="塘边议事亭\x0b",
    region="四川省成都市",
    mechanisms=("议事亭", "挂号销号"),
    practice=(Sentence("建立“议事亭”平台，建立“挂号销号”机制。", ("“议事亭”", "“挂号销号”")),),
    effect=(Sentence("群众满意率达97.5%。", ("97.5%",)), Sentence("新增车位800个。")),
    source="人民政协报 2024-07-16 第3版",
    url="https://a.example/a/1/",
)
BARE = Row("甲", "", (), (), (), "", "https://a.example/a/2/")


def document(*rows: Row) -> Any:
    file = BytesIO()
    references = [f"[{n}] {row.title}[N]." for n, row in enumerate(rows, 1)]
    write(file, Briefing("政协实践简报", ("文章 · 四川省", "2 篇"), rows, references, WORDS))
    return docx.Document(BytesIO(file.getvalue()))


def test_a_table_of_what_was_done_where() -> None:
    found = document(ROW, BARE)
    (table,) = found.tables
    assert [cell.text for cell in table.rows[0].cells] == list(WORDS.columns)
    assert [cell.text for cell in table.rows[1].cells] == [
        "四川省成都市",
        "议事亭、挂号销号",
        "建立“议事亭”平台，建立“挂号销号”机制。",
        "群众满意率达97.5%。\n新增车位800个。",
        "[1] 塘边议事亭\n人民政协报 2024-07-16 第3版",
    ]
    assert [cell.text for cell in table.rows[2].cells] == ["—", "—", "—", "—", "[2] 甲"]
    bold = [run.text for run in table.rows[1].cells[2].paragraphs[0].runs if run.bold]
    assert bold == ["“议事亭”", "“挂号销号”"]
    texts = [paragraph.text for paragraph in found.paragraphs]
    assert texts[:3] == ["政协实践简报", "文章 · 四川省", "2 篇"]
    assert texts[-3:] == ["参考文献", "[1] 塘边议事亭[N].", "[2] 甲[N]."]
    links = table.rows[1].cells[4].paragraphs[0].hyperlinks
    assert [(link.text, link.address) for link in links] == [("[1]", ROW.url)]


def test_how_it_prints() -> None:
    found = document(ROW)
    section = found.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE and section.page_width > section.page_height
    head = found.tables[0].rows[0]._tr
    assert head.trPr.find(qn("w:tblHeader")) is not None
    footer = section.footer.paragraphs[0]
    assert ">PAGE<" in footer._p.xml
    for name in ("Normal", "Title", "Heading 1"):
        fonts = found.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in ("宋体", "黑体") and fonts.get(qn("w:eastAsiaTheme")) is None
