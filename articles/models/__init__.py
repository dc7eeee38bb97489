"""The records. Writes go through `articles.services`, reads through `articles.querysets`."""

from articles.models.action import Action, ActionItem, ActionKind, ActionStatus
from articles.models.article import Article, Block, Genre, Joined, State
from articles.models.authority import Decision, DecisionKind
from articles.models.heartbeat import Heartbeat
from articles.models.record import AuthorKind, Byline, Evidence, MechanismMention, Metric, MetricKind, Origin
from articles.models.resemblance import Fingerprint, Resemblance
from articles.models.review import Doubts, Review
from articles.models.run import ArticleChange, EventLevel, IngestEvent, IngestRun, RunStatus
from articles.models.source import Issue, Page, Publication, Rhythm, Source
from articles.models.split import SplitDraft
from articles.models.tombstone import Tombstone
from articles.models.upload import FileStatus, Upload, UploadFile
from articles.models.vocabulary import (
    Author,
    Level,
    Mechanism,
    MechanismKind,
    Region,
    Standing,
    Theme,
    VocabularyState,
)
from articles.models.word import PlaceName, ThemeWord

__all__ = [
    "Action", "ActionItem", "ActionKind", "ActionStatus", "Article", "ArticleChange", "Author", "AuthorKind",
    "Block", "Byline", "Decision", "DecisionKind", "Doubts", "EventLevel", "Evidence", "FileStatus",
    "Fingerprint", "Genre", "Heartbeat", "IngestEvent", "IngestRun", "Issue", "Joined", "Level", "Mechanism",
    "MechanismKind", "MechanismMention", "Metric", "MetricKind", "Origin", "Page", "PlaceName", "Publication",
    "Region", "Resemblance", "Review", "Rhythm", "RunStatus", "Source", "SplitDraft", "Standing", "State",
    "Theme", "ThemeWord", "Tombstone", "Upload", "UploadFile", "VocabularyState",
]  # fmt: skip
