"""What the page of an upload says when it is done, and what it leads to."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive import heartbeat
from articles.models import Article, Source
from articles.services import cancel, erase_sources, retry, trash_sources
from tests.articles.test_split import TEXT
from tests.articles.test_upload import PAGE
from tests.articles.test_uploads import drop, queue, states
from tests.support.files import packed
from tests.support.tasks import work_off

__all__ = ["queue"]
pytestmark = pytest.mark.django_db
NEAR = PAGE.replace("36次", "37次")


def page_of(client: Client, upload: Any) -> str:
    return client.get(reverse("admin:articles_batch", args=[upload.public_id])).text


def test_a_finished_upload_leads_to_its_articles_and_names_its_failures(admin_client: Client) -> None:
    other = drop(("other.txt", PAGE.replace("36次", "99次").encode()))
    upload = drop(("a.txt", PAGE.encode()), ("again.txt", PAGE.encode()), ("bad.txt", b""))
    work_off()
    shown = page_of(admin_client, upload)
    ours = Article.objects.filter(page__source__runs__batch=upload.public_id).distinct()
    assert f"查看本批 {ours.count()} 篇文章" in shown
    (link,) = re.findall(r'href="([^"]*runs__batch[^"]*)"', shown)
    listed = admin_client.get(link.replace("&amp;", "&")).context["cl"].result_list
    assert {a.pk for a in listed} == {a.pk for a in ours} and len(listed) == len({a.pk for a in listed})
    (key,) = re.findall(r'未能收录：.*href="#(file-\d+)">bad.txt<', shown)
    assert f'id="{key}"' in shown
    assert "未能收录" not in page_of(admin_client, other)


def test_what_is_alike_is_said_once(admin_client: Client) -> None:
    drop(("a.txt", TEXT.encode()))
    work_off()
    upload = drop(("near.txt", f"{TEXT}\n\n另有一行，与前一份不同。".encode()))
    work_off()
    shown = page_of(admin_client, upload)
    assert re.search(r'href="/admin/articles/resemblance/\d+/change/">a.txt', shown)
    assert "的文字相同。" not in shown


def test_a_package_says_that_its_files_follow_and_a_broken_one_fails_once(admin_client: Client) -> None:
    upload = drop(("p.zip", packed(("1.txt", PAGE.encode()))), ("broken.docx", b"PK\x03\x04garbage" * 30))
    work_off()
    assert states(upload) == [("p.zip", "done"), ("1.txt", "done"), ("broken.docx", "failed")]
    assert "已展开" in page_of(admin_client, upload)


def test_what_is_to_be_checked_stands_under_its_article(admin_client: Client) -> None:
    upload = drop(("a.txt", PAGE.encode()))
    work_off()
    article = Article.objects.get()
    article.warnings = ["版面上没有找到本文的标题。"]
    article.title = ""
    article.save()
    shown = page_of(admin_client, upload)
    (row,) = re.findall(rf"<li><a[^>]*article/{article.pk}/change.*?</ul></li>", shown, re.DOTALL)
    assert article.text[:10] in row and "1 处待核对" in row and "没有找到本文的标题" in row
    assert shown.count("没有找到本文的标题") == 1


def test_a_file_that_went_into_the_trash_says_so(admin_client: Client) -> None:
    upload = drop(("a.txt", PAGE.encode()))
    work_off()
    trash_sources(Source.objects.all())
    assert "本文件及其文章已移入回收站。" in page_of(admin_client, upload)
    erase_sources(Source.objects.all())
    assert "本文件及其文章已彻底删除。" in page_of(admin_client, upload)


def test_another_window_learns_that_files_are_tried_again(admin_client: Client) -> None:
    upload = drop(("a.txt", PAGE.encode()))
    cancel(upload)
    address = reverse("admin:articles_upload_progress", args=[upload.public_id])
    assert f'hx-get="{address}?over"' in page_of(admin_client, upload)
    assert "HX-Refresh" not in admin_client.get(f"{address}?over").headers
    retry(upload)
    assert admin_client.get(f"{address}?over").headers["HX-Refresh"] == "true"


def test_uploads_are_listed_with_the_names_of_their_first_files(admin_client: Client) -> None:
    drop(("第1版.txt", PAGE.encode()), ("第2版.txt", NEAR.encode()), ("第3版.txt", b""))
    shown = admin_client.get(reverse("admin:articles_upload_changelist")).text
    assert "第1版.txt、第2版.txt" in shown and "第3版.txt" not in shown


def test_the_front_page_s_counts_lead_to_just_those_uploads(admin_client: Client) -> None:
    good, bad = drop(("a.txt", PAGE.encode())), drop(("bad.txt", b""))
    work_off()
    waits = drop(("b.txt", NEAR.encode()))
    front = admin_client.get(reverse("admin:index")).context["waiting"]
    led = [
        admin_client.get(entry.address).context["cl"].result_list
        for entry in front
        if "?files=" in entry.address
    ]
    assert [[u.pk for u in rows] for rows in led] == [[waits.pk], [bad.pk]] and good.pk


def test_the_front_page_tells_that_no_worker_runs(admin_client: Client) -> None:
    front = reverse("admin:index")
    assert "后台" in admin_client.get(front).text
    heartbeat.sign(1, timezone.now())
    assert "后台" not in admin_client.get(front).text


def test_a_text_far_longer_than_a_page_is_refused_and_leaves_nothing(
    settings: Any, admin_client: Client
) -> None:
    settings.UPLOAD_LIMITS = {**settings.UPLOAD_LIMITS, "characters": 100}
    upload = drop(("long.txt", "有事好商量。".encode() * 20))
    work_off()
    said = page_of(admin_client, upload)
    assert "文字太长，不像一个版面" in said and "120 字，最多 100 字" in said
    assert not Article.objects.exists()
