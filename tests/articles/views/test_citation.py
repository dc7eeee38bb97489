import pytest

from articles.models import Issue
from articles.views.citation import citation
from tests.support.shelf import Shelf

pytestmark = pytest.mark.django_db


def test_a_newspaper(shelf: Shelf) -> None:
    assert citation(shelf.chengdu) == "张三. 加强协商平台建设[N]. 人民政协报, 2024-07-16(3)."


def test_a_magazine(shelf: Shelf) -> None:
    Issue.objects.update(date="2024-07", number="7")
    shelf.chengdu.page.refresh_from_db()
    assert citation(shelf.chengdu) == "张三. 加强协商平台建设[J]. 人民政协报, 2024(7): 3."


def test_no_title_and_no_page(shelf: Shelf) -> None:
    shelf.untitled.page = None
    shelf.untitled.bylines.all().delete()
    assert citation(shelf.untitled).endswith("[Z]. 2024-07-16.")
    assert citation(shelf.untitled).startswith("[“第1篇甲")
