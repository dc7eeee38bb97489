import pytest

from search.engines.tantivy import Tantivy
from tests.search.engines.contract import *  # noqa: F403


@pytest.fixture
def engine(tmp_path):
    tantivy = Tantivy(tmp_path / "index")
    yield tantivy
    tantivy.close()
