"""Accounts: what was done under a name stays under it, and nobody locks themselves or everybody out."""

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.services.errors import Refused
from articles.services.runs import logger

RUNS_THE_DESK = "change_user"
"""The permission by which roles are given: whoever has it can let the others in again."""


def traces(user: User) -> int:
    """How many records name an account: changes, uploads, decisions, actions, claims, entries of the desk's log."""
    return sum(rows.count() for rows in _named(user))


def has_traces(user: User) -> bool:
    """Whether any record names an account. Such an account can only be switched off: without it, what it did would
    look as if nobody had done it."""
    return any(rows.exists() for rows in _named(user))


def _named(user: User) -> Iterator[models.QuerySet[Any]]:
    for relation in User._meta.get_fields(include_hidden=True):
        rows = relation.related_model
        # Which groups and permissions an account has is part of it, and says nothing of what it did.
        if not relation.auto_created or relation.concrete or relation.many_to_many or rows._meta.auto_created:
            continue
        yield rows._base_manager.filter(**{relation.field.name: user})


def remove_account(user: User, by: User) -> None:
    """Deletes an account that has done nothing so far. Raises Refused for any other, and for one's own."""
    with transaction.atomic():
        found = User.objects.select_for_update().filter(pk=user.pk).first()
        if found is None:
            return
        if found.pk == by.pk:
            raise Refused(_("Nobody deletes their own account."))
        if has_traces(found):
            raise Refused(
                _("“%s” has done something here and stays in the histories; switch the account off instead.")
                % found
            )
        check_keepers(found, active=False, superuser=False, groups=())
        logger.info("account %s deleted by %s", found, by)
        user.delete()


def check_own(user: User, active: bool, superuser: bool, groups: Collection[Any]) -> None:
    """Raises Refused where somebody would switch their own account off or take a role of their own away."""
    if not active:
        raise Refused(_("Nobody switches their own account off; somebody else who looks after accounts can."))
    if (user.is_superuser and not superuser) or user.groups.exclude(
        pk__in=[group.pk for group in groups]
    ).exists():
        raise Refused(_("Nobody takes a role of their own away; somebody else who looks after accounts can."))


def check_keepers(user: User, active: bool, superuser: bool, groups: Collection[Any]) -> None:
    """Raises Refused where with `user` so changed nobody could look after accounts any more.

    Locks those who can, so that of two who take each other's role away only one does. Wants a transaction.
    """
    keeps = Q(is_superuser=True) | Q(groups__permissions__codename=RUNS_THE_DESK)
    able = set(User.objects.filter(keeps, is_active=True).values_list("pk", flat=True))
    still = set(
        User.objects.select_for_update().filter(pk__in=able, is_active=True).values_list("pk", flat=True)
    )
    stays = active and (
        superuser or any(group.permissions.filter(codename=RUNS_THE_DESK).exists() for group in groups)
    )
    if user.pk in still and not stays and not still - {user.pk}:
        raise Refused(
            _("“%s” is the last account that can look after accounts. Give another one that role first.")
            % user
        )
