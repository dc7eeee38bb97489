"""Short news under one column name are an article each."""

from collections.abc import Callable

import pytest

from articles.ingest.record import PageRecord
from tests.articles.ingest.pages import TEA

Parse = Callable[[str], PageRecord]


@pytest.mark.parametrize("signed", ["（韩冬）", ""])
def test_short_news_under_their_column_are_news_and_no_captions(signed: str, parse: Parse) -> None:
    first = "△安溪县政协召开茶叶品牌协商会，收集建议52条。"
    second = "△安溪县政协举办新任委员培训班，88名委员参训。"
    record = parse("\n\n".join((TEA.whole, "短讯", first + signed, second + signed)))
    assert [[p.text for p in a.text.paragraphs] for a in record.articles[1:]] == [[first], [second]]
    assert not any(a.text.named("caption") for a in record.articles)
