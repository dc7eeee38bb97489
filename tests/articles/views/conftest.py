import pytest

from tests.search.conftest import whoosh
from tests.support.shelf import Shelf, fill

__all__ = ["whoosh"]


@pytest.fixture
def shelf(db: None) -> Shelf:
    return fill()
