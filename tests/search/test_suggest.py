import pytest

from articles.models import Author, Byline, Mechanism, MechanismKind, MechanismMention, Region
from search import index, suggest
from search.suggest import pinyin
from search.suggest.nearest import distance, nearest
from search.suggest.table import Kind


@pytest.fixture
def archive(whoosh, make_article):
    """Five articles with a place, a mechanism and an author; a draft that nobody may hear of."""
    suggest.forget()
    chengdu = Region.objects.one_a_code().get(code="510100")
    article = make_article("推进协商民主", "正文", region=chengdu, level="地市级")
    make_article("成都的政协故事", "正文", region=chengdu)
    make_article("成都的草稿", "正文", region=Region.objects.one_a_code().get(code="330100"), state="draft")
    mechanism = Mechanism.objects.create(name="测试好商量", kind=MechanismKind.PLATFORM, aliases=["测商量"])
    MechanismMention.objects.create(
        article=article, mechanism=mechanism, name=mechanism.name, kind=mechanism.kind
    )
    author = Author.objects.create(name="测试员甲")
    Byline.objects.create(article=article, author=author, position=0)
    index.freshen()
    yield article
    suggest.forget()


def labels(typed):
    return {str(group.kind): [s.name.label for s in group.suggestions] for group in suggest.suggest(typed)}


@pytest.mark.parametrize(
    "typed", ["成都", "chengdu", "cheng", "cd", "ChengD", "協商 成都", "协商 (成", "-成都"]
)
def test_a_place_by_letters_pinyin_and_initials(archive, typed):
    assert labels(typed).get("region") == ["成都市"]


def test_what_is_not_published_is_not_suggested(archive):
    assert "成都的草稿" not in labels("成都")["title"]
    assert "region" not in labels("杭州")


@pytest.mark.parametrize("typed", ["测试好", "好商量", "cshsl", "ceshihao", "ceshihsl", "测商"])
def test_a_mechanism_also_by_its_other_names(archive, typed):
    assert labels(typed)["mechanism"] == ["测试好商量"]


def test_people_of_one_name_have_a_line_each_where_a_note_tells_them_apart(archive, client):
    other = Author.objects.create(name="测试员甲", note="县融媒体中心")
    Byline.objects.create(article=archive, author=other, position=1, kind="记者")
    index.freshen()
    suggest.forget()
    (group,) = (g for g in suggest.suggest("测试员") if g.kind is Kind.AUTHOR)
    assert [s.name.detail for s in group.suggestions] == ["", "县融媒体中心"]
    assert f"author={other.public_id}" in group.suggestions[1].url
    assert archive.title in client.get(group.suggestions[1].url).text


def test_a_title_leads_to_its_article(archive):
    (group,) = (g for g in suggest.suggest("推进 协商") if g.kind is Kind.TITLE)
    assert [s.url for s in group.suggestions] == [archive.get_absolute_url()]
    assert labels("tuijinxs")["title"] == ["推进协商民主"]


def test_a_name_takes_the_place_of_the_last_word(archive):
    (group,) = suggest.suggest("协商 -csya")[:1] or [None]
    assert group is None or group.kind is Kind.AUTHOR
    (group,) = (g for g in suggest.suggest("协商 测试员") if g.kind is Kind.AUTHOR)
    assert group.suggestions[0].query == '协商 作者:"测试员甲"'
    (group,) = suggest.suggest("协商 地区:cheng")
    assert group.suggestions[0].query == "协商 地区:成都市"


@pytest.mark.parametrize(
    "typed", ["", " ", "“", "-", "。", "\x00", "(" * 5000, "z" * 5000, "地区:", "%", "\\"]
)
def test_anything_may_be_typed(archive, typed):
    suggest.suggest(typed)


def test_a_broken_index_suggests_nothing_and_breaks_nothing(archive, whoosh, client):
    (whoosh.folder / "CURRENT").unlink()
    suggest.forget()
    response = client.get("/search/suggest", {"q": "成都"})
    assert response.status_code == 200 and response.content.decode().strip() == ""


def test_as_a_piece_of_a_page_and_as_json(archive, client):
    html = client.get("/search/suggest", {"q": "cd"}).content.decode()
    assert 'role="option"' in html and "成都市" in html and "<script" not in html
    data = client.get("/search/suggest.json", {"q": "成都"}).json()
    assert data["groups"][0]["kind"] == "region"
    assert data["groups"][0]["suggestions"][0] == {
        "label": "成都市", "detail": "四川省", "articles": 2, "query": "地区:成都市",
        "url": "/search/?q=%E5%9C%B0%E5%8C%BA%3A%E6%88%90%E9%83%BD%E5%B8%82",
    }  # fmt: skip


def test_names_are_escaped(archive, make_article, client):
    make_article("<img src=x onerror=1>成都", "正文")
    suggest.forget()
    html = client.get("/search/suggest", {"q": "<img src"}).content.decode()
    assert "&lt;img" in html and "<img" not in html


def test_letters_of_several_readings_are_read_as_in_their_words():
    assert pinyin.syllables("重庆会计行业") == ["chong", "qing", "kuai", "ji", "hang", "ye"]
    assert pinyin.syllables("朝阳区“1158”女ai") == ["chao", "yang", "qu", "1158", "nv", "ai"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("youshi", True), ("yshsl", True), ("yshi", True), ("haosh", True), ("oushi", False), ("ysl", False)],
)
def test_letters_begin_syllables(typed, found):
    assert bool(pinyin.spelling(typed).search("you shi hao shang liang")) is found


@pytest.mark.parametrize(
    ("one", "other", "most", "steps"),
    [("办复率", "办复率", 1, 0), ("办复律", "办复率", 1, 1), ("商协会", "协商会", 1, 1), ("提案", "提案工作", 1, None),
     ("甲乙丙", "丁乙戊", 1, None), ("甲乙丙", "丁乙戊", 2, 2)],
)  # fmt: skip
def test_distance(one, other, most, steps):
    assert distance(one, other, most) == steps


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("办复律", "办复率"),
        ("社情明意", "社情民意"),
        ("xieshang", "协商"),
        ("测是好商量", "测试好商量"),
        ("经挤", "经济"),
    ],
)
def test_nearest(archive, wrong, right):
    assert right in nearest(wrong)[:3]


def test_nothing_is_near_to_itself(archive):
    assert "协商" not in nearest("协商")
    assert nearest("协") == nearest("") == nearest("长" * 100) == []
