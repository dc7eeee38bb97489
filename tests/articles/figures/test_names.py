"""Subjects are grouped under one name only where nothing but marks and width differ."""

import pytest

from articles.figures.names import DROPPED, FOLDED_FROM, FOLDED_TO, subject_key
from articles.models import Metric
from tests.support.shelf import Shelf, fill


@pytest.fixture
def shelf(db: None) -> Shelf:
    return fill()


def test_only_what_is_dropped_has_no_counterpart() -> None:
    assert FOLDED_FROM[len(FOLDED_TO) :] == DROPPED
    assert len(set(FOLDED_FROM)) == len(FOLDED_FROM)


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("“委员会客厅”", "委员会客厅"),
        ("《提案面对面》", "提案 面对面"),
        ("委员工作站（室）", "委员工作站(室)"),
        ("ＡＰＰ下载量", "App下载量"),
        ("乡镇【街道】", "乡镇(街道)"),
        ("“三亲”史料", "＂三亲＂史料"),
    ],
)
def test_marks_and_width_do_not_matter(printed: str, other: str) -> None:
    assert subject_key(printed) == subject_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("办复率", "提案办复率"),
        ("办复率", "办结率"),
        ("委员工作站", "委员工作室"),
        ("委员工作站", "委员工作站(室)"),
        ("满意率", "满意度"),
        ("问题整改率", "整改率"),
        ("党员占比", "党员比例"),
    ],
)
def test_definitions_stay_apart(one: str, other: str) -> None:
    assert subject_key(one) != subject_key(other)


def test_the_database_folds_as_the_program_does(shelf: Shelf) -> None:
    metric = shelf.sha.metrics.get()
    for subject in ("“办%复率”（Ａb）【丙】", "《甲·乙》 丙\u3000丁", "'x'\"y\"\\n", FOLDED_FROM):
        Metric.objects.filter(pk=metric.pk).update(subject=subject)
        metric.refresh_from_db()
        assert metric.subject_key == subject_key(subject)
