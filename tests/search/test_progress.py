from io import StringIO

from django.core.management.base import OutputWrapper
from django.utils import translation

from search import progress


def test_waiting_before_the_first_article_is_no_work(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    out = StringIO()
    with translation.override("en"):
        said = progress.Progress(OutputWrapper(out))
        now[0] = 600.0  # another process was writing
        said(1, 1_001)
        assert out.getvalue() == ""
        now[0] = 620.0
        said(401, 1_001)
    assert out.getvalue() == "401 of 1001 articles, 20 a second, 0:30 left\n"
