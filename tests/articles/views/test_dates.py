import pytest
from django.utils import translation

from articles.templatetags.reading import isodate


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("2024-07-16", "2024年7月16日", "July 16, 2024"),
        ("2024-07", "2024年7月", "July 2024"),
        ("2024", "2024年", "2024"),
        ("2024-02-30", "2024-02-30", "2024-02-30"),
        ("0000", "0000", "0000"),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_a_date_reads_as_the_language_has_it(value: str | None, chinese: str, english: str) -> None:
    with translation.override("zh-hans"):
        assert isodate(value) == chinese
    with translation.override("en"):
        assert isodate(value) == english
