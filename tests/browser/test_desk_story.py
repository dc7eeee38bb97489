"""An issue as an editor gets it – a package of every kind of file, one of them broken – to the reader and back.

One of its documents holds two articles, the second under a headline that ends like a sentence: nothing tells the
parser that it is one, so the split is a person's to mend.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, State
from tests.articles.test_upload import PAGE
from tests.browser.conftest import until_indexed
from tests.support.files import Printed, docx, packed, pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MASTHEAD = "人民政协报　2024年7月16日　星期二　第2版\n\n"
LEFT = (
    "推动委员工作室进社区", "赵强", "近年来江西省南昌市东湖区政协", "在社区建立委员工作室18个，", "接待群众1200余人次。"
)  # fmt: skip
RIGHT = (
    "社情民意信息直报点显成效", "钱进", "福建省福州市鼓楼区政协设立", "社情民意信息直报点26个，", "全年报送信息320条。"
)  # fmt: skip
WORD = (
    "提案办理协商见实效",
    "王芳",
    "浙江省杭州市西湖区政协把提案办理协商会开到企业车间，全年召开协商会12场，解决问题58个。",
)
HIDDEN = (
    "小区改造听民意。",
    "浙江省杭州市余杭区政协围绕老旧小区改造开展协商，走访居民160户，收集意见建议45条，推动加装电梯8部。",
)
ROUND = "<p>湖北省宜昌市政协围绕优化营商环境开展第{0}轮民主监督，走访企业{0}0家，提出建议{0}6条。</p>"
WEB = "<nav><a>首页</a></nav><div><h1>民主监督助力营商环境</h1><p>孙丽</p>{}</div><footer>版权所有</footer>"


def column(x: float, lines: tuple[str, ...]) -> list[Printed]:
    return [Printed(x, 60 + 25 * n, line, 10 if n else 16) for n, line in enumerate(lines)]


def package() -> bytes:
    return packed(
        ("第2版.txt", (MASTHEAD + PAGE).encode("gb18030")),
        ("第3版.docx", docx(*WORD, *HIDDEN)),
        ("第4版.pdf", pdf(column(40, LEFT) + column(320, RIGHT))),
        ("第5版.html", WEB.format("".join(ROUND.format(n) for n in range(1, 7))).encode()),
        ("第6版.pdf", b"%PDF-1.4 and nothing more"),
    )


def mend_the_split(desk: Page) -> None:
    """The second headline and what follows it become an article, by the buttons of the workbench."""
    cards, balance = desk.locator(".bench-card"), desk.locator(".bench-balance")
    expect(cards).to_have_count(1)
    for operation, version in (("split", "1"), ("title", "2")):
        line = desk.locator(".bench-line").filter(has_text=HIDDEN[0]).locator("[name=span]")
        line.set_checked(True)
        desk.locator(f".bench-bar [name=do][value={operation}]").click()
        expect(desk.locator("[name=version]")).to_have_value(version)
        expect(balance).to_contain_text("一字不漏")
    expect(cards.nth(1).locator("h2")).to_contain_text(HIDDEN[0])
    desk.locator("[name=do][value=apply]").click()
    expect(desk.locator(".bench-said")).to_contain_text("已生效")
    expect(balance).to_contain_text("一字不漏")


def test_from_a_package_to_the_reader_and_back(desk: Page, browser: Browser, live_server: LiveServer) -> None:
    desk.get_by_role("link", name="上传版面").first.click()
    sent = {"name": "七月.zip", "mimeType": "application/zip", "buffer": package()}
    desk.locator("[name=files]").set_input_files(sent)  # type: ignore[arg-type]
    expect(desk.locator("[name=publication]")).to_have_value("")
    desk.get_by_role("button", name="上传", exact=True).click()
    progress = desk.locator("#upload-progress")  # the server takes all five in before it answers
    expect(progress).to_contain_text("选了 1 个文件，展开压缩包后共 5 个，已处理 5 个", timeout=60_000)
    expect(desk.locator("#upload-progress")).to_contain_text("1 个失败")
    expect(desk.locator(".desk-file").filter(has_text="第6版.pdf")).to_contain_text("文件已损坏")
    assert sorted(Article.objects.values_list("title", flat=True)) == sorted(
        ["搭建协商平台 服务基层治理", WORD[0], LEFT[0], RIGHT[0], "民主监督助力营商环境"]
    )
    assert not Article.objects.published().exists()

    desk.locator(".desk-file").filter(has_text="第3版.docx").get_by_role("link", name="拆分工作台").click()
    mend_the_split(desk)
    two = Article.objects.get(title=WORD[0]), Article.objects.get(title=HIDDEN[0])
    assert [article.text for article in two] == [WORD[2], HIDDEN[1]]

    desk.locator(".bench-card").filter(has_text=WORD[0]).locator(".bench-fate a").click()
    article = Article.objects.get(title=WORD[0])
    desk.get_by_role("tab", name="指标").or_(desk.get_by_role("link", name="指标", exact=True)).first.click()
    value = desk.locator("[name^=metrics-][name$=-value]:visible").first
    expect(value).to_have_value(re.compile("12"))
    value.fill("13")
    desk.get_by_role("button", name="保存并发布").click()
    expect(desk.locator("body")).to_contain_text("1 篇文章：已发布。")

    until_indexed()
    reader = browser.new_context(locale="zh-CN").new_page()
    reader.goto(live_server.url + "/search/?q=“提案办理协商会”")
    reader.get_by_role("link", name=WORD[0]).first.click()
    expect(reader.locator("h1")).to_have_text(WORD[0])
    expect(reader.locator(".metric-table")).to_contain_text("13")

    desk.goto(live_server.url + "/admin/articles/article/")
    desk.locator("tr").filter(has_text=WORD[0]).locator("input.action-select").check()
    desk.locator("select[name=action]").select_option(label="撤回")
    desk.locator("#changelist-actions button[type=submit]").click()
    expect(desk.locator("body")).to_contain_text("1 篇文章")
    assert Article.objects.get(pk=article.pk).state == State.WITHDRAWN
    until_indexed()
    answer = reader.reload()
    assert answer is not None and answer.status == 410
    reader.goto(live_server.url + "/search/?q=“提案办理协商会”")
    expect(reader.locator(".hit")).to_have_count(0)

    desk.get_by_role("link", name="查看或撤销").click()
    desk.get_by_role("button", name="撤销").click()
    expect(desk.locator("body")).to_contain_text("已撤回 → 已发布")
    until_indexed()
    reader.reload()
    expect(reader.locator(".hit")).to_have_count(1)
    reader.context.close()
