"""Everything that enters the pipeline from outside, once, as one frozen argument."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from articles.ingest.record import IssueInfo

if TYPE_CHECKING:
    from articles.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Config:
    """`gazetteer` holds the vocabularies; `issue` what the caller knows of the issue; `today` dates codes' validity."""

    gazetteer: "Gazetteer"
    issue: IssueInfo = field(default_factory=IssueInfo)
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a field reader may look at beside its article: the page text and the configuration."""

    page: str
    config: Config

    @property
    def gazetteer(self) -> "Gazetteer":
        return self.config.gazetteer
