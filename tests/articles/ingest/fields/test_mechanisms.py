"""Names of local practices: what is one, what is not, and what is one and the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest.fields.mechanisms import candidates, read
from articles.ingest.passage import Passage, Run, fold, squash
from articles.ingest.patterns import Entry, load
from articles.ingest.record import ArticleText, Mechanism

from .making import article

KINDS = {"平台", "机制", "模式", "工作法", "活动", "品牌", "制度", "栏目", "阵地", "队伍"}


def mechanisms(*paragraphs: str, title: str | None = None) -> tuple[Mechanism, ...]:
    return read(*article(*paragraphs, title=title))


def names(*paragraphs: str, title: str | None = None) -> list[str]:
    return [m.name for m in mechanisms(*paragraphs, title=title)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("县政协创新建立“山水面对面”协商机制，每两个月举行1次。", "山水面对面", "机制"),
        ("市政协做实“3366”工作法，效果明显。", "3366工作法", "工作法"),
        ("区政协打造“运河议事厅”协商平台。", "运河议事厅", "平台"),
        ("县电视台开设“委员说事”栏目，定期播出。", "委员说事", "栏目"),
        ("联合电视台推出《渠县好商量·在现场》栏目。", "渠县好商量·在现场", "栏目"),
        ("组建“大漠宣讲队”，走进牧区。", "大漠宣讲队", "队伍"),
        ("推行“专委会+联络组”模式。", "专委会+联络组模式", "模式"),
        ("县政协开展“四走进四服务”活动，走访企业40家。", "四走进四服务活动", "活动"),
        ("建立“双提醒”制度，提高办理质量。", "双提醒制度", "制度"),
        ("建成“委员会客厅”36家。", "委员会客厅", "阵地"),
    ],
)
def test_a_quoted_name_with_its_noun(text: str, name: str, kind: str) -> None:
    assert [(m.name, m.kind) for m in mechanisms(text)] == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("依托乡镇委员工作站开展走访。", "乡镇委员工作站"),
        ("定期召开三市政协主席联席会议，通报情况。", "三市政协主席联席会议"),
        ("一是建立党员委员联系党外委员机制。", "党员委员联系党外委员机制"),
        ("建立协商议政咨询专家库，聘请专家30名。", "协商议政咨询专家库"),
        ("用好政协讲堂、委员培训等载体。", "政协讲堂"),
        ("李大山委员工作室调解纠纷20起。", "李大山委员工作室"),
        ("为新成立的田大有委员工作室揭牌。", "田大有委员工作室"),
        ("县领导先后走访王磊委员工作室。", "王磊委员工作室"),
        ("沙河县政协主席带队调研片区委员工作室建设情况。", "片区委员工作室"),
        ("设立县级政协委员工作室64个。", "政协委员工作室"),
        ("在园区建设委员之家60多处。", "委员之家"),
        ("全市建成产业协商议事室60多处。", "产业协商议事室"),
        ("沙河市政协南河社区李大山委员工作室接待群众。", "南河社区李大山委员工作室"),
        ("市政协创新推出委员联村制，委员走村入户。", "委员联村制"),
        ("镇江市政协委员接待日制度开始推行。", "委员接待日制度"),
        ("今年8月沙河县政协召开月协商座谈会。", "月协商座谈会"),
        ("陆续开展第四季度委员联络站活动。", "委员联络站"),
        ("定期召开三市政协横向联系会议，交流经验。", "三市政协横向联系会议"),
        ("市政协召开第14次双月协商座谈会。", "双月协商座谈会"),
        ("连续两年开展双招双引活动。", "双招双引活动"),
    ],
)
def test_a_bare_name_by_its_head_noun(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "以实际行动坚定拥护“两个确立”、坚决做到“两个维护”。",
        "积极融入“一带一路”建设，落实“五位一体”总体布局。",
        "大力弘扬“四下基层”制度，“四下基层”是重要法宝。",
        "习近平总书记强调：“要坚持协商于民、协商为民。”",
        "出台《关于加强委员工作室建设的实施意见》。",
        "部门“一把手”负责制落到实处，打通“最后一公里”。",
        "这是活动中出现的一段“小插曲”。",
        "围绕“优化营商环境，加强社会诚信建设”专题协商。",
        "被评为“全市社会治理创新奖”。",
        "编印《蓝山味道》一书。",
        "当好界别群众的“代言人”，架起党群“连心桥”。",
        "推动提案工作由“办得了”向“办得好”转变。",
        "“电梯装好了，下楼方便多了！”居民连声道谢。",
        "完善各项工作机制，健全长效机制，落实岗位责任制度。",
        "政协云南省委员会召开会议。",
        "持续“擦亮”协商品牌，使平台成为委员履职“新平台”。",
        "颁授“五一劳动奖章”。",
        "采取“会议协商”“现场协商”“线上协商”等方式听取意见。",
        "形成“建言有渠道、选题有依据、施策有方向”的新格局。",
        "“委员通道”开启，“两代表一委员”接受采访。",
        "为“五美沙河”建设贡献政协力量。",
    ],
)
def test_what_is_no_local_practice(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        # Numbers, slogans and topics are named with their noun, and are no names without it.
        ("县政协推行“2266”工作法，效果明显。", "2266工作法", ()),
        ("区政协建立“固定+流动”委员之家，服务群众。", "固定+流动委员之家", ()),
        ("市政协打造“协商于民”政协委员工作站12个。", "协商于民政协委员工作站", ()),
        ("县政协探索“人”字履职模式。", "人字履职模式", ()),
        ("举办“铸牢中华民族共同体意识”主题书画展。", "铸牢中华民族共同体意识主题书画展", ()),
        ("县政协微信公众号“沙河政协”上线，打造“沙河政协”微信公众号。", "沙河政协微信公众号", ()),
        # A brand stands alone.
        ("县政协打造“沙河好商量”协商平台。", "沙河好商量", ("沙河好商量协商平台",)),
        ("建立“委员县长面对面”协商机制。", "委员县长面对面", ("委员县长面对面协商机制",)),
        ("县政协培育“石榴红”协商品牌。", "石榴红", ()),
        # What goes on after the mark is no name.
        ("县政协打造的“委员大讲堂”坚持以政协协商为主题，办了12期。", "委员大讲堂", ()),
        ("县政协开设“院坝说事”等协商议事平台。", "院坝说事", ()),
        ("县政协开展“六看”工作重点，推行“六看”。", "六看", ()),
        # Words keep their characters.
        ("段有成委员工作室调解纠纷20起。", "段有成委员工作室", ()),
        ("建立党组成员联系党员委员制度。", "党组成员联系党员委员制度", ()),
        ("全市计划用三年时间培育示范委员工作室。", "示范委员工作室", ()),
    ],
)
def test_the_shortest_name_that_stands_on_its_own(text: str, name: str, aliases: tuple[str, ...]) -> None:
    assert [(m.name, m.aliases) for m in mechanisms(text)] == [(name, aliases)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("县政协创新推出“微建议”，收集线索。", "机制"),
        ("建成“荷塘议事船”，流动协商。", "平台"),
        ("组建“青山监督哨”，巡查河道。", "队伍"),
        ("打造“问诊、开方、抓药、复查”，环环相扣，委员推行“问诊、开方、抓药、复查”。", "工作法"),
        ("形成“1+9”制度体系。", "制度"),
        ("探索“委员+网格员”，县政协首创“委员+网格员”模式。", "模式"),
        ("推行履职积分制，激励委员。", "制度"),
    ],
)
def test_the_kind_is_told_by_noun_or_end(text: str, kind: str) -> None:
    assert {m.kind for m in mechanisms(text)} == {kind}


@pytest.mark.parametrize(
    "entry", [e for e in load("mechanisms")["before"] if "reach" in e.yields], ids=lambda e: e.name
)
def test_what_stands_before_a_name_is_looked_for_where_it_can_stand(entry: Entry) -> None:
    for example in entry.match:
        left = fold(example.text.strip("‹"))
        assert entry.compile().search(left, max(0, len(left) - entry.yields["reach"]))
    # No longer stretch can match: the reach is the length of the longest.
    for k in range(1, 30):
        found = entry.compile().search("办" * k + entry.match[0].text.strip("‹"))
        assert found is not None
        assert len(found[0]) <= entry.yields["reach"]


def test_what_is_consulted_about_is_no_practice_however_often_it_is_said() -> None:
    texts = ("县政协围绕“冬闲田利用”协商议政，20名委员参加。", "建议把“冬闲田利用”列入明年计划。")
    assert names(*texts, title="县政协围绕“冬闲田利用”开展专题协商") == []


def test_brands_of_many_places_are_one_family() -> None:
    found = mechanisms("打造“有事来协商”平台。", "打造“赣事好商量”平台。", "打造“沂商量”协商平台。")
    assert {m.family for m in found} == {"有事好商量"}


def test_mentions_of_one_name_are_one_entry() -> None:
    found = mechanisms(
        "县政协打造“沙河好商量”协商平台，建成“沙河好商量”议事点12个。",
        "去年，“沙河好商量”平台解决问题30件。沙河好商量，商出了好日子。",
    )
    assert [m.name for m in found] == ["沙河好商量"]
    assert "沙河好商量协商平台" in found[0].aliases


def test_a_name_said_shortly_later_is_the_same() -> None:
    found = mechanisms("打造“花溪·三事在河畔”协商议事平台（下称“三事”活动）。", "“三事”活动开展20次。")
    assert len(found) == 1
    assert "三事" in found[0].aliases


def test_a_short_name_that_was_met_before_makes_one_of_two() -> None:
    found = mechanisms(
        "县政协打造“田坎协商”平台。",
        "开展“推行‘田坎协商’·建设和美村庄”行动（简称“田坎协商”行动）。",
    )
    assert [m.name for m in found] == ["田坎协商"]
    found = names("搭建“有事来说”平台，印发《“有事来说”工作办法》（以下简称《办法》）。")
    assert found == ["有事来说"]


def test_a_meeting_on_a_practice_is_no_part_of_its_name() -> None:
    found = mechanisms("县政协召开“院坝说事”平台建设推进会。", "召开“助企惠企监测点”工作推进会。")
    assert (found[0].name, found[0].kind) == ("院坝说事", "平台")
    assert all("推进会" not in name for m in found for name in (m.name, *m.aliases))


def test_what_a_counted_name_stands_for_is_its_alias() -> None:
    found = mechanisms("总结出“一壶茶、一张桌、一群人”的“三个一”议事法。")
    assert [m.name for m in found] == ["三个一议事法"]
    assert "一壶茶、一张桌、一群人" in found[0].aliases


def test_the_names_right_before_a_count_of_them_are_what_it_stands_for() -> None:
    found = mechanisms("推进“界别亮点提升年、机关作风建设年”“两年”活动。")
    assert [m.name for m in found] == ["两年活动"]
    assert "界别亮点提升年、机关作风建设年" in found[0].aliases


def test_short_names_of_one_pattern_are_one_practice() -> None:
    found = mechanisms("探索建立了“三看”“三听”“三问”走访机制。")
    assert [m.name for m in found] == ["三看、三听、三问走访机制"]


def test_a_counted_name_brings_the_names_listed_before_it() -> None:
    found = names("搭建了阅读助海、商量助海、调研助海等“三个助海”履职平台。")
    assert found == ["阅读助海", "商量助海", "调研助海", "三个助海"]


def test_names_side_by_side_share_their_noun() -> None:
    found = mechanisms("各县搭建“院坝圆桌”“田坎说事”等协商议事平台。")
    assert [(m.name, m.kind) for m in found] == [("院坝圆桌", "平台"), ("田坎说事", "平台")]


def test_a_brand_tells_its_family_but_stays_itself() -> None:
    found = mechanisms("打造“晋水好商量”协商平台。", "举办“有事来协商”协商平台观摩会。")
    assert [m.name for m in found] == ["晋水好商量", "有事来协商"]
    assert {m.family for m in found} == {"有事好商量"}


def test_the_headline_yields_to_the_body_for_the_quote() -> None:
    text, context = article("县政协开展“板凳会商”活动，听取意见。", title="“板凳会商”聚民心")
    (found,) = read(text, context)
    assert context.page[found.start : found.end] == found.quote == "“板凳会商”活动"


def test_a_gloss_in_brackets_does_not_part_name_and_noun() -> None:
    text, context = article("形成“1+N”（一个总规划、N个专项规划）五年工作规划体系。")
    (found,) = read(text, context)
    assert found.quote == "“1+N”（一个总规划、N个专项规划）五年工作规划体系"


def test_a_quote_cut_by_a_column_break_is_still_exact() -> None:
    page = "县政协打造“运河议\n\n别的文章。\n\n事厅”协商平台。"
    first, second = "县政协打造“运河议", "事厅”协商平台。"
    runs = (Run(0, 0, len(first)), Run(len(first), page.index("事厅"), len(second)))
    text = ArticleText((Passage("paragraph", first + second, runs),))
    _, context = article("")
    found = read(text, type(context)(page, context.config))
    assert [m.name for m in found] == ["运河议事厅"]
    assert squash(page[found[0].start : found[0].end]) == squash(found[0].quote)


def test_straight_quotation_marks_read_like_curly_ones() -> None:
    assert names('区政协打造"运河议事厅"协商平台。') == ["运河议事厅"]
    assert candidates.straight_to_curly('半个"引号') == '半个"引号'


def test_every_result_explains_itself() -> None:
    (found,) = mechanisms("区政协打造“运河议事厅”协商平台。")
    assert "head 协商平台" in found.rule or "head 平台" in found.rule
    assert 0 < found.confidence < 1
    assert found.kind in KINDS


@given(
    st.text(alphabet='“”‘’《》（）()、，。打造建立“协商议事厅”机制制度委员工作室1+三个的等\n" ', max_size=200)
)
def test_any_text_gives_exact_quotes_and_no_name_twice(given_text: str) -> None:
    text, context = article(*given_text.split("\n"), title="打造“协商议事厅”")
    found = read(text, context)
    for m in found:
        assert squash(context.page[m.start : m.end]) == squash(m.quote) != ""
        assert m.kind in KINDS
    # A programme may carry the name of a platform; of one kind a name stands once.
    assert len({(m.name, m.kind == "栏目") for m in found}) == len(found)
