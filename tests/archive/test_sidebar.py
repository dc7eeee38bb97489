"""The side bar of the desk: the entry that one is at is lit, and no other."""

import pytest
from django.test import Client

PLACES = {
    "/admin/": [],
    "/admin/articles/article/": ["文章"],
    "/admin/articles/article/?state__exact=draft": ["文章"],
    "/admin/articles/article/?trash=yes": ["回收站"],
    "/admin/articles/article/queue/": ["核对队列"],
    "/admin/articles/upload/": ["上传批次"],
    "/admin/articles/upload/new/": ["上传版面"],
    "/admin/articles/mechanism/": ["机制"],
    "/admin/articles/mechanism/proposed/": ["待定机制"],
    "/admin/articles/source/?trash=yes": ["来源文件"],
}


@pytest.mark.django_db
def test_only_the_place_one_is_at_is_lit(admin_client: Client) -> None:
    lit = {}
    for address in PLACES:
        groups = admin_client.get(address).context["sidebar_navigation"]
        lit[address] = [str(item["title"]) for group in groups for item in group["items"] if item["active"]]
    assert lit == PLACES
