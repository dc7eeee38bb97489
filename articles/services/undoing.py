"""Any Action undone: fields get their former values, a page its former split or issue. Undoing is an Action itself."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.models import Action, ActionKind, ActionStatus
from articles.services.actions import carry_out
from articles.services.errors import Refused
from articles.services.moving import move_back
from articles.services.unsplit import unsplit


def undo(action: Action, user: AbstractBaseUser | None = None) -> Action:
    """Gives what an action changed its former values, where nobody has changed them since.

    Is an action itself, and may be undone. Raises Refused for one that is not done, or already undone, for a split that
    cannot be brought back, and for the moving of articles that follows a decision on names.
    """
    if action.follows_decision:
        raise Refused(
            _("Undo this among the decisions on names, so that the name comes back with its articles.")
        )
    return give_back(action, user)


def give_back(action: Action, user: AbstractBaseUser | None = None) -> Action:
    """As `undo`, for whatever action."""
    if action.status != ActionStatus.DONE:
        raise Refused(_("Only what is done can be undone."))
    if action.split_of_page:
        with transaction.atomic():
            return unsplit(_begin(action, user), user)
    if action.moves_pages:
        with transaction.atomic():
            return move_back(_begin(action, user), user)
    return carry_out(_begin(action, user), user)


def _begin(action: Action, user: AbstractBaseUser | None) -> Action:
    keys = list(action.items.exclude(after={}).values_list("key", flat=True))
    try:
        with transaction.atomic():
            return Action.objects.create(user=user, kind=ActionKind.UNDO, undoes=action, keys=keys)
    except IntegrityError as error:
        raise Refused(_("This has been undone already.")) from error
