"""Pages uploaded at the desk, through the whole ingest: stored, already here, or refused with a reason."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Article, IngestRun, Issue, Page, Publication, RunStatus, Source, State
from tests.support.files import Printed, docx, packed, pdf

pytestmark = pytest.mark.django_db

PAGE = """主席论坛

搭建协商平台 服务基层治理

李明

近年来，山东省济南市历城区政协搭建“有事来商量”协商平台，全年开展协商活动36次，办结群众诉求210余件。

我们坚持问题导向，把协商议事延伸到社区网格，让委员在一线听民声、察民情，推动一批民生实事落地见效。

（作者系济南市历城区政协主席）
"""


def upload(client: Client, *files: tuple[str, bytes], **fields: Any) -> Any:
    sent = [SimpleUploadedFile(name, data, "text/plain") for name, data in files]
    return client.post(reverse("admin:articles_upload"), {"files": sent, **fields}, follow=True)


def test_the_form_names_known_publications_and_starts_with_drafts(admin_client: Client) -> None:
    page = admin_client.get(reverse("admin:articles_upload"))
    assert "人民政协报" in page.text
    assert not page.context["form"]["publish"].value()


def test_two_pages_of_an_issue_typed_at_the_form(admin_client: Client) -> None:
    result = upload(
        admin_client,
        ("第2版.txt", PAGE.encode()),
        ("第3版.txt", PAGE.replace("36次", "48次").encode()),
        publication="人民政协报", date="2024-07-16", number="9137",
    )  # fmt: skip
    assert result.status_code == 200
    assert Source.objects.count() == 2 and set(
        Source.objects.values_list("uploaded_by__username", flat=True)
    ) == {"admin"}
    issue = Issue.objects.get()
    assert (issue.publication.name, issue.date, issue.number) == ("人民政协报", "2024-07-16", "9137")
    assert set(Page.objects.values_list("number", flat=True)) == {"2", "3"}
    assert not Article.objects.published().exists() and Article.objects.count() >= 2
    for article in Article.objects.all():
        assert reverse("admin:articles_article_change", args=[article.pk]) in result.text
    run = IngestRun.objects.first()
    assert {"read", "store"} <= set(run.events.values_list("stage", flat=True))
    log = admin_client.get(reverse("admin:articles_ingestrun_change", args=[run.pk]))
    assert log.status_code == 200


def test_a_page_joins_a_chosen_issue_and_is_published_at_once(admin_client: Client) -> None:
    issue = Issue.objects.create(
        publication=Publication.objects.create(name="某报"), date="2024-07", number="7"
    )
    upload(admin_client, ("a.txt", PAGE.encode()), issue=issue.pk, page="5", publish="on")
    page = Page.objects.get()
    assert page.issue == issue and page.number == "5"
    assert {a.state for a in Article.objects.all()} == {State.PUBLISHED}


def test_the_same_again_is_politely_refused(admin_client: Client) -> None:
    upload(admin_client, ("a.txt", PAGE.encode()))
    count = Article.objects.count()
    again = upload(admin_client, ("again.txt", PAGE.encode()))
    run = IngestRun.objects.first()
    assert run.status == RunStatus.UNCHANGED and Article.objects.count() == count
    said = run.events.get().message
    assert "a.txt" in said and "admin" in said
    assert reverse("admin:articles_article_change", args=[Article.objects.first().pk]) in again.text


def test_a_gbk_file_is_read(admin_client: Client) -> None:
    upload(admin_client, ("gbk.txt", PAGE.encode("gb18030")))
    assert Page.objects.get().text == PAGE
    assert bytes(Source.objects.get().content) == PAGE.encode("gb18030")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n "),
        ("scan.txt", b"%PDF-1.7\n" + b"x" * 100),
        ("word.txt", b"PK\x03\x04" + b"x" * 100),
        ("old.doc", b"\xd0\xcf\x11\xe0" + b"x" * 100),
        ("binary.txt", b"\x00\x01\x02\xff" * 50),
        ("large.txt", b"x" * (50 * 1024 * 1024)),
        ("latin.txt", "Café déjà vu".encode("cp1252")),
        ("random.txt", bytes(range(1, 256)) * 9),
        ("cut.txt", PAGE.encode()[:-2]),
        ("cut-gbk.txt", PAGE.encode("gb18030").rstrip()[:-1]),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_with_a_remedy(
    name: str, data: bytes, admin_client: Client
) -> None:
    result = upload(admin_client, (name, data), ("good.txt", PAGE.encode()))
    failed = IngestRun.objects.get(status=RunStatus.FAILED)
    said = failed.events.get(level="error").message
    assert failed.source_name == name and name in said and len(said) > 20
    assert said.count("请") == 1 and "byte" not in said  # one remedy, in Chinese throughout
    # Under the name of the file, which is not said twice.
    assert said.removeprefix(f"{name}：") in result.text.replace("&gt;", ">").replace("&#x27;", "'")
    assert said not in result.text
    # The other file of the same upload is stored all the same.
    assert Source.objects.get().name == "good.txt"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\x89PNG\r\n", "这是图片。请"),
        (b"MZ", "这是程序，不是文字"),
        (b"ab\x00\x00", "第 1 行，第 3 字节"),
        ("好的\n第二行\n".encode() + b"ab\xff\xff\xff", "第 3 行，第 20 字节"),
        (PAGE.encode()[:-2], "在一个字的中间断开"),
    ],
)
def test_the_place_is_said_as_people_count(data: bytes, place: str, admin_client: Client) -> None:
    assert place in upload(admin_client, ("a.txt", data)).text


def test_a_page_without_any_article_says_so(admin_client: Client) -> None:
    result = upload(
        admin_client, ("a.txt", "人民政协报　2024年7月16日　星期二　第3版\n\n责任编辑：张三".encode())
    )
    assert not Article.objects.exists() and Page.objects.count() == 1
    assert "本版没有找到文章" in result.text


def test_a_form_that_contradicts_itself_takes_nothing_in(admin_client: Client) -> None:
    issue = Issue.objects.create(publication=Publication.objects.create(name="某报"), date="2024-07")
    files = (("a.txt", PAGE.encode()), ("b.txt", PAGE.encode()))
    bad: list[tuple[str, dict[str, Any]]] = [
        ("issue", {"issue": issue.pk, "publication": "别的报"}),
        ("date", {"publication": "某报", "date": "昨天"}),
        ("publication", {"date": "2024-07-16"}),
        ("page", {"page": "3"}),
    ]
    for field, values in bad:
        page = upload(admin_client, *files, **values)
        assert page.status_code == 422 and field in page.context["form"].errors
    assert admin_client.post(reverse("admin:articles_upload"), {}).status_code == 422
    assert not Source.objects.exists() and not IngestRun.objects.exists()


def test_file_names_are_only_names(admin_client: Client) -> None:
    from articles.services.intake import bare_name

    assert bare_name("../../etc/\x00pass\u202ewd.txt") == "passwd.txt"
    assert bare_name("C:\\报纸\\第3版.txt") == "第3版.txt"
    assert bare_name("") == "?" and len(bare_name("长" * 400)) == 255


def test_a_fault_in_one_file_does_not_stop_the_others(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from articles.services import intake

    sound: Callable[..., Any] = intake.parse_pages

    def parse(data: bytes, name: str, *rest: Any) -> Any:
        if name == "bad.txt":
            raise ZeroDivisionError("inner words")
        return sound(data, name, *rest)

    monkeypatch.setattr(intake, "parse_pages", parse)
    result = upload(admin_client, ("bad.txt", b"x" + PAGE.encode()), ("good.txt", PAGE.encode()))
    assert Source.objects.get().name == "good.txt"
    assert "bad.txt" in result.text


def test_a_page_that_names_another_issue_is_stored_as_given_and_said(admin_client: Client) -> None:
    page = "人民政协报　2024年5月17日　星期五　第3版\n\n" + PAGE
    upload(admin_client, ("a.txt", page.encode()), publication="人民政协报", date="2024-07-16")
    assert Issue.objects.get().date == "2024-07-16"
    said = IngestRun.objects.get().events.filter(level="warning").values_list("message", flat=True)
    assert any("2024-05-17" in message and "2024-07-16" in message for message in said)


def test_a_package_of_every_kind_of_file_is_taken_in_and_its_bad_member_named(admin_client: Client) -> None:
    traditional = "縣政協委員會圍繞茶葉品牌保護開展協商工作，組織委員走進茶山，聽取農民的心裡話。"
    package = packed(
        ("期/1版.txt", PAGE.encode("gb18030")),
        ("2版.docx", docx("老茶新说", "张三", PAGE.replace("\n", ""))),
        (
            "3版.pdf",
            pdf([Printed(60, 60, "县政协开展专题协商，办复率为95%。")], [Printed(60, 60, "第二页。")]),
        ),
        ("4版.html", f"<html><body><p>{traditional}</p></body></html>".encode("big5")),
        ("坏.pdf", b"%PDF-1.7\nno"),
    )
    result = upload(admin_client, ("期.zip", package), publication="某报", date="2024-07-16")
    encodings = {source.name: source.encoding for source in Source.objects.all()}
    assert encodings == {
        "1版.txt": "gb18030", "2版.docx": "docx", "3版.pdf": "pdf", "4版.html": "html big5"
    }  # fmt: skip
    pages = Page.objects.filter(source__name="3版.pdf").values_list("ordinal", "number", "text")
    assert list(pages) == [
        (1, "", "县政协开展专题协商，办复率为95%。\n"), (2, "", "第二页。\n")
    ]  # fmt: skip
    assert IngestRun.objects.get(status=RunStatus.FAILED).source_name == "坏.pdf"
    assert "坏.pdf" in result.text and "已损坏" in result.text


def test_a_chosen_encoding_wins_over_what_is_detected(admin_client: Client) -> None:
    upload(admin_client, ("a.txt", "縣政協".encode("big5")), encoding="big5")
    assert Page.objects.get().text == "縣政協"
