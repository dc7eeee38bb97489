"""Every write. Services validate, write in one transaction, and say what they refuse as `Refused`."""

from articles.services.bulk import Imported, import_articles
from articles.services.continuation import join, join_issue, page_moved, take_apart
from articles.services.editorial import correct, delete_source, publish, send_to_review, withdraw
from articles.services.errors import IngestFailed, Refused
from articles.services.history import remember
from articles.services.intake import Outcome, accept_upload, members, refuse_member, refuse_upload
from articles.services.uploads import Said, begin_upload, cancel, retry
from articles.services.vocabulary import load_vocabulary

__all__ = [
    "Imported",
    "IngestFailed",
    "Outcome",
    "Refused",
    "Said",
    "accept_upload",
    "begin_upload",
    "cancel",
    "correct",
    "delete_source",
    "import_articles",
    "join",
    "join_issue",
    "load_vocabulary",
    "members",
    "page_moved",
    "publish",
    "refuse_member",
    "refuse_upload",
    "remember",
    "retry",
    "send_to_review",
    "take_apart",
    "withdraw",
]  # fmt: skip
