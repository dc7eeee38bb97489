"""The vocabularies, and helpers that take small invented pages through the parser."""

from collections.abc import Callable

import pytest

from articles import gazetteer
from articles.gazetteer import Gazetteer
from articles.ingest.config import Config
from articles.ingest.pipeline import Layout, lay_out, parse_page
from articles.ingest.record import PageRecord


@pytest.fixture(scope="session")
def words() -> Gazetteer:
    return gazetteer.load()


@pytest.fixture(scope="session")
def config(words: Gazetteer) -> Config:
    return Config(words)


@pytest.fixture(scope="session")
def parse(config: Config) -> Callable[[str], PageRecord]:
    """A page text to its record."""
    return lambda text: parse_page(text.encode(), "page.txt", config)


@pytest.fixture(scope="session")
def laid_out(config: Config) -> Callable[[str], Layout]:
    return lambda text: lay_out(text, config)
