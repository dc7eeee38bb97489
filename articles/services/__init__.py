"""Every write. Services validate, write in one transaction, and say what they refuse as `Refused`."""

from articles.services.accounts import check_keepers, check_own, has_traces, remove_account, traces
from articles.services.actions import act, ask, carry_out, foresee, propose
from articles.services.authorities import (
    Preview,
    accept,
    may_take_back,
    merge,
    preview,
    proposed,
    reject,
    take_back,
)
from articles.services.bulk import Imported, import_articles
from articles.services.continuation import join, join_issue, take_apart
from articles.services.editorial import correct, publish, send_to_review, withdraw
from articles.services.errors import IngestFailed, Refused
from articles.services.history import remember
from articles.services.intake import Outcome, accept_upload, members, refuse_member, refuse_upload
from articles.services.learning import (
    drop_theme,
    foresee_words,
    forget,
    forget_place,
    learn,
    name_place,
    settle_names,
    spare_themes,
)
from articles.services.lexicon import affected, vocabularies
from articles.services.mastheads import issue_doubt, issue_words, printed_info
from articles.services.moving import (
    asked_elsewhere,
    keep_issue,
    move_as_asked,
    move_as_printed,
    settle_issue,
    settle_page,
    twins,
)
from articles.services.parting import Parting, part
from articles.services.parting import foresee as foresee_part
from articles.services.plans import OBSTACLES, Changes, Plan, moved_said, permits
from articles.services.resemblances import keep_both
from articles.services.restoring import restore
from articles.services.reviewing import claim, find_right, put_back, release
from articles.services.runs import stage_name
from articles.services.trash import erase, erase_sources, trash, trash_sources, untrash, untrash_sources
from articles.services.undoing import undo
from articles.services.uploads import Said, begin_upload, cancel, retry
from articles.services.vocabulary import load_vocabulary

__all__ = [
    "OBSTACLES",
    "Changes",
    "Imported",
    "IngestFailed",
    "Outcome",
    "Parting",
    "Plan",
    "Preview",
    "Refused",
    "Said",
    "accept",
    "accept_upload",
    "act",
    "affected",
    "ask",
    "asked_elsewhere",
    "begin_upload",
    "cancel",
    "carry_out",
    "check_keepers",
    "check_own",
    "claim",
    "correct",
    "drop_theme",
    "erase",
    "erase_sources",
    "find_right",
    "foresee",
    "foresee_part",
    "foresee_words",
    "forget",
    "forget_place",
    "has_traces",
    "import_articles",
    "issue_doubt",
    "issue_words",
    "join",
    "join_issue",
    "keep_both",
    "keep_issue",
    "learn",
    "load_vocabulary",
    "may_take_back",
    "members",
    "merge",
    "move_as_asked",
    "move_as_printed",
    "moved_said",
    "name_place",
    "part",
    "permits",
    "preview",
    "printed_info",
    "propose",
    "proposed",
    "publish",
    "put_back",
    "refuse_member",
    "refuse_upload",
    "reject",
    "release",
    "remember",
    "remove_account",
    "restore",
    "retry",
    "send_to_review",
    "settle_issue",
    "settle_names",
    "settle_page",
    "spare_themes",
    "stage_name",
    "take_apart",
    "take_back",
    "traces",
    "trash",
    "trash_sources",
    "twins",
    "undo",
    "untrash",
    "untrash_sources",
    "vocabularies",
    "withdraw",
]
