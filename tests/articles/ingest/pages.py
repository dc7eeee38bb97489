"""Invented articles from which tests make pages, whole, cut and scrambled."""

from dataclasses import dataclass

from articles.ingest.passage import squash
from articles.ingest.record import ArticleRecord, PageRecord


@dataclass(frozen=True)
class Piece:
    title: str
    byline: str
    paragraphs: tuple[str, ...]
    note: str = ""

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def whole(self) -> str:
        return "\n\n".join(x for x in (self.title, self.byline, self.body, self.note) if x)


TEA = Piece(
    "让一片茶叶带富一方茶农",
    "□ 林小茶",
    (
        "安溪县是铁观音的故乡，茶园遍布山岭。安溪县政协围绕茶叶品牌保护开展专题协商，组织委员走进茶山茶厂，听茶农算账，帮茶企出主意。",
        "协商从茶园管理谈起。委员们建议恢复传统制茶工艺，建立茶树病虫害联防队伍，推动县里出台茶园生态管护办法，全年提出建议32条。",
        "茶香引来客人。县政协推动茶庄园与研学结合，把采茶、做青、品茗变成课程，让茶农多了一份收入，也让茶文化走进课堂。",
    ),
    "（作者系福建省安溪县政协主席）",
)
SAND = Piece(
    "守护沙海边的那抹绿",
    "□ 何沙洲",
    (
        "敦煌市地处戈壁，风沙是最大的威胁。敦煌市政协连续三年把防沙治沙列为民主监督议题，监督小组沿着林带一段一段走，查看滴灌设施和梭梭成活情况。",
        "治沙要靠科学。委员中的林业专家提出分区压沙、先固后绿，建议改造老旧滴灌管道，监督意见交办以后，林业部门当月就调整了灌溉方案。",
        "绿洲保住了，游客也多了。市政协又就莫高窟周边风沙防护开展协商，提出限时分流、固沙先行的办法，得到文物部门采纳。",
    ),
    "（作者系甘肃省敦煌市政协主席）",
)
FISH = Piece(
    "边城渔村的协商小站",
    "□ 于大江",
    (
        "抚远市临江而居，赫哲族乡亲世代打鱼。抚远市政协在渔村码头设立协商小站，渔民上岸歇脚时就能和委员唠上几句，把捕捞期、渔网渔具的难事说出来。",
        "小站虽小，事情办得实。针对禁渔期生计难，委员们联系水产企业发展网箱养殖，帮助渔民办起鱼皮画作坊，把手艺变成了饭碗。",
        "如今，渔船归港时，小站的灯总亮着。乡亲们说，有委员在，打鱼人的心里话就有人听，有人办。",
    ),
    "（作者系黑龙江省抚远市政协主席）",
)
PIECES = (TEA, SAND, FISH)


def article_with(record: PageRecord, words: str) -> ArticleRecord:
    """The one article whose text holds the words."""
    found = [a for a in record.articles if squash(words) in squash("".join(p.text for p in a.text.body))]
    assert len(found) == 1, f"{len(found)} articles say {words}"
    return found[0]


def paragraphs(article: ArticleRecord) -> list[str]:
    return [p.text for p in article.text.paragraphs]


def assert_is(article: ArticleRecord, piece: Piece, title: bool = True, byline: bool = True) -> None:
    """The article is the piece, whole."""
    assert paragraphs(article) == list(piece.paragraphs)
    if title:
        assert article.text.title == piece.title
    if byline:
        assert [a.name for a in article.text.authors] == [piece.byline.removeprefix("□ ")]


def assert_all(record: PageRecord, *pieces: Piece) -> None:
    assert len(record.articles) == len(pieces)
    for piece in pieces:
        assert_is(article_with(record, piece.paragraphs[0][:20]), piece)
