"""Uploads in the background: accepted at once, worked off by a worker, watched, given up, tried again."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import services
from articles.ingest.readers import UnreadableSource
from articles.models import Article, Heartbeat, IngestRun, Source, Upload
from articles.services import uploads
from articles.services.runs import STAGES, stage_name
from tests.articles.test_upload import PAGE
from tests.support.files import packed
from tests.support.tasks import work_off

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queue(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def worker() -> None:
    """A worker that says that it lives."""
    Heartbeat.objects.create(
        worker=1, started_at=timezone.now(), seen_at=timezone.now() + timedelta(minutes=9)
    )


def drop(*files: tuple[str, bytes], **said: Any) -> Upload:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return services.begin_upload(sent, services.Said(**said), None)


def states(upload: Upload) -> list[tuple[str, str]]:
    return list(upload.files.values_list("name", "status"))


def test_nothing_is_read_before_the_worker_comes_and_no_bytes_are_kept_after() -> None:
    upload = drop(("a.txt", PAGE.encode()), ("bad.txt", b""))
    assert states(upload) == [("a.txt", "waiting"), ("bad.txt", "waiting")] and not Source.objects.exists()
    work_off()
    assert states(upload) == [("a.txt", "done"), ("bad.txt", "failed")]
    done, bad = upload.files.all()
    assert done.content is None and done.run.source.name == "a.txt" and done.run.batch == upload.public_id
    assert bad.run.events.get(level="error").message.startswith("bad.txt")


def test_files_of_a_package_take_its_place() -> None:
    package = packed(("1.txt", PAGE.encode()), ("2.txt", PAGE.replace("36次", "37次").encode()))
    upload = drop(("first.zip", package), ("last.txt", PAGE.replace("36次", "38次").encode()))
    work_off()
    assert states(upload) == [
        ("first.zip", "done"), ("1.txt", "done"), ("2.txt", "done"), ("last.txt", "done")
    ]  # fmt: skip
    assert Source.objects.count() == 3


def test_what_waits_can_be_given_up_and_tried_again() -> None:
    upload = drop(("a.txt", PAGE.encode()), ("b.txt", PAGE.replace("36次", "37次").encode()))
    assert services.cancel(upload) == 2
    work_off()
    assert {s for _, s in states(upload)} == {"cancelled"} and not Source.objects.exists()
    assert services.retry(upload) == 2
    work_off()
    assert {s for _, s in states(upload)} == {"done"} and Source.objects.count() == 2
    assert services.retry(upload) == 0


def test_a_file_in_work_without_a_task_is_handed_out_again_once() -> None:
    upload = drop(("a.txt", PAGE.encode()))
    upload.files.update(status="working", attempts=1)
    assert uploads.hand_out_again() == 0  # its task still waits
    DBTaskResult.objects.all().delete()
    assert (uploads.hand_out_again(), uploads.hand_out_again()) == (1, 0)
    work_off()
    assert states(upload) == [("a.txt", "done")]


def test_a_file_that_ends_every_worker_is_given_up_with_a_reason() -> None:
    upload = drop(("a.txt", PAGE.encode()))
    upload.files.update(status="working", attempts=uploads.MOST_ATTEMPTS)
    work_off()
    assert states(upload) == [("a.txt", "failed")] and not Source.objects.exists()
    assert "a.txt" in upload.files.get().run.events.get().message
    assert services.retry(upload) == 1


def test_a_task_that_runs_twice_stores_once() -> None:
    upload = drop(("a.txt", PAGE.encode()))
    key = upload.files.get().pk
    assert uploads.take_in.call(key) == "done" and uploads.take_in.call(key) == ""
    assert IngestRun.objects.count() == Source.objects.count() == 1


def test_the_page_shows_how_far_it_is_in_every_window(admin_client: Client) -> None:
    upload = drop(("a.txt", PAGE.encode()), ("b.txt", b""))
    address = reverse("admin:articles_batch", args=[upload.public_id])
    progress = reverse("admin:articles_upload_progress", args=[upload.public_id])
    for url in (address, progress):
        page = admin_client.get(url).text
        assert "共 2 个文件，已处理 0 个" in page and "every 1s" in page
    work_off()
    page = admin_client.get(address).text
    assert 'hx-trigger="every 1s' not in page and 'hx-trigger="every 3s' not in page
    assert "全部文件已处理完毕" in page and "再试一次" not in page
    listed = admin_client.get(reverse("admin:articles_upload_changelist")).text
    assert address in listed and "1 个失败" in listed


def test_only_what_may_go_better_is_tried_again(admin_client: Client, monkeypatch: Any) -> None:
    picture = UnreadableSource("scan.pdf", "", "scanned", "recognise")
    faults = {b"fault": ZeroDivisionError(), b"scan": picture}

    def parse(data: bytes, *_args: Any) -> Any:
        raise faults.get(data) or UnreadableSource("bad.txt", "", "broken", "check_upload")

    monkeypatch.setattr("articles.services.intake.parse_pages", parse)
    upload = drop(("bad.txt", b"bad"), ("fault.txt", b"fault"), ("scan.pdf", b"scan"), ("last.txt", b"last"))
    upload.files.filter(name="last.txt").update(status="cancelled")
    work_off()
    page = admin_client.get(reverse("admin:articles_batch", args=[upload.public_id])).text
    assert "再试一次（3 个文件）" in page
    assert services.retry(upload) == 3 and dict(states(upload))["bad.txt"] == "failed"


def test_rows_change_one_by_one_and_packages_open_while_the_worker_is_at_it(admin_client: Client) -> None:
    package = packed(("1.txt", PAGE.encode()), ("__MACOSX/._1.txt", b"x"), ("Thumbs.db", b"x"))
    upload = drop(("a.txt", PAGE.replace("36次", "37次").encode()), ("p.zip", package), ("b.txt", b""))
    address = reverse("admin:articles_batch", args=[upload.public_id])
    files = {file.name: file.pk for file in upload.files.all()}

    def asked(page: str) -> str:
        (found,) = re.findall(r'hx-get="([^"]*since=[^"]*)"', page)
        return admin_client.get(found.replace("&amp;", "&")).text

    page = admin_client.get(address).text
    assert "共 3 个文件，已处理 0 个" in page
    upload.files.update(started_at=None)
    uploads.take_in.call(files["a.txt"])
    upload.files.exclude(name="a.txt").update(finished_at=timezone.now() - timedelta(hours=1))
    page = asked(page)
    assert f'id="file-{files["a.txt"]}" hx-swap-oob="true"' in page and "已入库" in page
    assert f'id="file-{files["b.txt"]}"' not in page and "已处理 1 个" in page
    uploads.take_in.call(files["p.zip"])
    page = asked(page)
    assert 'id="upload-files" hx-swap-oob="true"' in page and "1.txt" in page
    assert "展开压缩包后共" not in page  # one file took the place of one
    assert "略去系统自动附带的文件：__MACOSX、Thumbs.db" in page
    work_off()
    page = asked(page)
    assert 'id="upload-files" hx-swap-oob="true"' in page and "全部文件已处理完毕" in page
    assert "every 1s" not in page and page.count("desk-inside") == 1


def test_people_and_packages_count_files_differently(admin_client: Client) -> None:
    pages = [(f"{n}.txt", PAGE.replace("36次", f"3{n}次").encode()) for n in (1, 2, 3)]
    upload = drop(("p.zip", packed(*pages)), ("a.txt", PAGE.encode()))
    work_off()
    page = admin_client.get(reverse("admin:articles_batch", args=[upload.public_id])).text
    assert "选了 2 个文件，展开压缩包后共 4 个，已处理 4 个" in page
    listed = admin_client.get(reverse("admin:articles_upload_changelist"))
    row = listed.context["cl"].result_list[0]
    assert row.file_count == 2 and row.first_names == ["p.zip", "a.txt"]


def test_what_was_cancelled_is_not_said_to_be_done(admin_client: Client) -> None:
    pages = [(f"{n}.txt", PAGE.replace("36次", f"3{n}次").encode()) for n in (1, 2, 3)]
    upload = drop(*pages)
    uploads.take_in.call(upload.files.get(name="1.txt").pk)
    services.cancel(upload)
    page = admin_client.get(reverse("admin:articles_batch", args=[upload.public_id])).text
    assert "共 3 个文件，已处理 1 个" in page and "2 个已取消" in page and "全部文件已处理完毕" not in page
    assert "every 1s" not in page
    assert "2 个已取消" in admin_client.get(reverse("admin:articles_upload_changelist")).text


def test_who_waits_for_others_is_told(admin_client: Client, worker: None) -> None:
    first, second = drop(("a.txt", PAGE.encode()), ("b.txt", b"")), drop(("c.txt", PAGE.encode()))
    progress = [
        reverse("admin:articles_upload_progress", args=[upload.public_id]) for upload in (first, second)
    ]
    assert "前面还有" not in admin_client.get(progress[0]).text
    assert "前面还有其他批次的 2 个文件" in admin_client.get(progress[1]).text


def test_an_upload_without_a_worker_says_so(admin_client: Client) -> None:
    upload = drop(("a.txt", PAGE.encode()))
    progress = reverse("admin:articles_upload_progress", args=[upload.public_id])
    shown = admin_client.get(progress).text
    assert "后台处理程序没有运行" in shown and "剩余时间" not in shown
    Heartbeat.objects.create(worker=1, started_at=timezone.now(), seen_at=timezone.now())
    assert "后台处理程序没有运行" not in admin_client.get(progress).text
    Heartbeat.objects.all().delete()
    work_off()
    assert "后台处理程序没有运行" not in admin_client.get(progress).text


def test_every_window_names_file_stage_and_time_left(admin_client: Client, worker: None) -> None:
    upload = drop(("a.txt", PAGE.encode()), ("b.txt", b""))
    progress = reverse("admin:articles_upload_progress", args=[upload.public_id])

    def shown() -> str:
        return " ".join(admin_client.get(progress).text.split())

    assert "a.txt · 等待中" in shown() and "剩余时间尚待估算" in shown()
    uploads.take_in.call(upload.files.get(name="a.txt").pk)
    begun = timezone.now()
    first = upload.files.filter(name="a.txt")
    first.update(started_at=begun, finished_at=begun + timedelta(seconds=240))
    for stage, said in (("parse", "解析"), ("store", "入库"), ("unheard-of", "处理中"), ("", "检查")):
        upload.files.filter(name="b.txt").update(status="working", stage=stage)
        assert f"b.txt · {said}" in shown() and "约剩 4 分钟" in shown()
    first.update(finished_at=begun + timedelta(seconds=3))
    assert "约剩 3 秒" in shown()


def test_each_stage_of_a_file_has_a_name_in_words(admin_client: Client, monkeypatch: Any) -> None:
    begun: list[str] = []
    monkeypatch.setattr(uploads, "_at", lambda _file, stage: begun.append(stage))
    drop(("a.txt", PAGE.encode()))
    work_off()
    logged = set(IngestRun.objects.get().events.values_list("stage", flat=True))
    assert begun == ["parse", "store"] and logged <= STAGES.keys()
    assert all(stage_name(stage) != stage for stage in logged)
    failing = "articles.services.intake.parse_pages"
    monkeypatch.setattr(failing, lambda *_args: 1 / 0)
    upload = drop(("c.txt", PAGE.encode() + b"1"))
    work_off()
    page = admin_client.get(reverse("admin:articles_batch", args=[upload.public_id])).text
    assert "“解析”" in page and "“parse”" not in page


def test_one_htmx_runs_at_the_desk(admin_client: Client) -> None:
    upload = drop(("a.txt", PAGE.encode()))
    page = admin_client.get(reverse("admin:articles_batch", args=[upload.public_id])).text
    assert re.findall(r'src="[^"]*/(htmx[^"/]*)"', page) == ["htmx.js"]


def test_giving_up_and_trying_again_at_the_desk(admin_client: Client) -> None:
    upload = drop(("a.txt", PAGE.encode()))
    cancel, retry = (
        reverse(f"admin:articles_upload_{verb}", args=[upload.public_id]) for verb in ("cancel", "retry")
    )
    assert admin_client.get(cancel).status_code == 403
    assert "1 个文件" in admin_client.post(cancel, follow=True).text
    admin_client.post(retry)
    work_off()
    assert Article.objects.count() == 1
