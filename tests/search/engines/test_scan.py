import pytest

from search.engines.scan import ScanEngine
from tests.search.engines.contract import *  # noqa: F403


@pytest.fixture
def engine():
    return ScanEngine()
