"""Words that the desk teaches the archive; what they concern is read again, and what people corrected stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, prefetch_related_objects
from django.utils.translation import gettext as _

from articles import gazetteer
from articles.models import (
    Action,
    ActionKind,
    Article,
    Mechanism,
    PlaceName,
    Region,
    Standing,
    Theme,
    ThemeWord,
)
from articles.services.actions import carry_out
from articles.services.errors import Refused, check_permission
from articles.services.lexicon import SHORTEST_NAME, affected, themes_anew, vocabularies
from articles.services.locks import VOCABULARY, hold
from articles.services.runs import logger

SHORTEST = 2

SHOWN = 10
"""So many articles are named that would lose a theme."""

FORESEEN = 300
"""So many articles are read to tell what new words would do, while somebody waits."""


def learn(theme: Theme, words: Sequence[str], weight: float, user: AbstractBaseUser | None = None) -> Action:
    """Adds words to a theme, which may be new (unsaved), and reads the articles that hold one again.

    Returns the Action of the reading: many articles are the worker's. Raises Refused without the permission, for a word
    that the theme has already or that is too short, and for a theme whose name or slug is taken.
    """
    words = list(dict.fromkeys(word.strip() for word in words if word.strip()))
    check_permission(user, "articles.add_themeword")
    if not words:
        raise Refused(_("Write one word at least."))
    for word in words:
        if not SHORTEST <= len(word) <= ThemeWord._meta.get_field("word").max_length:
            raise Refused(_("“%s” is too short or too long: a word has two to twenty characters.") % word)
    known = {word for entry in gazetteer.load().themes if entry.slug == theme.slug for word in entry.cues}
    with transaction.atomic():
        hold(VOCABULARY)
        if theme.pk is None:
            if Theme.objects.filter(Q(name=theme.name) | Q(slug=theme.slug)).exists():
                raise Refused(_("There is a theme of this name or address already: choose it in the list."))
            theme.order = (Theme.objects.aggregate(last=Max("order"))["last"] or 0) + 1
            try:
                theme.full_clean()
            except ValidationError as error:
                raise Refused(" ".join(error.messages)) from error
            theme.save()
        known |= set(theme.words.values_list("word", flat=True))
        if doubled := [word for word in words if word in known]:
            raise Refused(_("The theme has these words already: %s.") % "、".join(doubled))
        ThemeWord.objects.bulk_create(
            ThemeWord(theme=theme, word=word, weight=weight, added_by=user) for word in words
        )
        logger.info("theme %s learns %s from %s", theme, "、".join(words), user or "-")
        return _read_again("theme", theme, words, user)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What words would bring a theme: of the articles that hold one (`held`), the newest `looked` were read by them.

    So many of these would get the theme, lose another for it, or stay as people corrected them; `lost` are the first that
    lose one, each with what it loses.
    """

    held: int
    looked: int
    gaining: int
    losing: int
    corrected: int
    lost: tuple[tuple[Article, str], ...] = ()


def foresee_words(theme: Theme, words: Sequence[str], weight: float) -> Outlook:
    """What `learn` would do, without doing it."""
    keys = affected(words)
    looked = keys[-FORESEEN:]
    known = vocabularies([(theme.slug, theme.name, word, weight) for word in words])
    found = list(themes_anew(looked, known))
    prefetch_related_objects([article for article, _themes in found], "themes")
    gaining = corrected = 0
    lost = []
    for article, themes in found:
        now = {read.name for read in themes}
        here, said = {t.name for t in article.themes.all()}, set(article.machine.get("themes", ()))
        if here == now:
            continue
        if here != said:
            corrected += 1
            continue
        gaining += theme.name in now - here
        if here - now:
            lost.append((article, "、".join(sorted(here - now))))
    return Outlook(len(keys), len(looked), gaining, len(lost), corrected, tuple(lost[:SHOWN]))


def forget(word: ThemeWord, user: AbstractBaseUser | None = None) -> Action:
    """Takes a word away that was added at the desk, and reads the articles that hold it again."""
    check_permission(user, "articles.delete_themeword")
    with transaction.atomic():
        hold(VOCABULARY)
        word.delete()
        return _read_again("theme", word.theme, [word.word], user)


def spare_themes() -> list[Theme]:
    """Themes that were made at the desk and that nothing stands under any more: no word, no article, no other theme."""
    filed = [entry.slug for entry in gazetteer.load().themes]
    rows = Theme.objects.exclude(slug__in=filed).filter(words=None, merged=None, merged_into=None)
    return list(rows.exclude(pk__in=Article.themes.through.objects.values("theme_id")))


def drop_theme(theme: Theme, user: AbstractBaseUser | None = None) -> None:
    """Deletes a theme that is spare. Raises Refused without the permission, and for any other."""
    check_permission(user, "articles.delete_themeword")
    with transaction.atomic():
        hold(VOCABULARY)
        if theme not in spare_themes():
            raise Refused(_("“%s” has words or articles, or belongs to the vocabulary files.") % theme)
        logger.info("theme %s taken away by %s", theme, user or "-")
        theme.delete()


def settle_names(
    row: Mechanism, former: Sequence[str] = (), user: AbstractBaseUser | None = None
) -> Action | None:
    """Takes over the names that somebody gave a mechanism: it is the archive's own from now on, and texts that hold one of
    its names, or of its `former` ones, are read again. None where the names are what they were."""
    if set(former) == {row.name, *row.aliases}:
        return None
    with transaction.atomic():
        hold(VOCABULARY)
        if row.standing == Standing.FOUND:
            row.standing = Standing.ACCEPTED
            row.save(update_fields=["standing"])
        return read_names_again(row, user, former)


def read_names_again(
    row: Mechanism, user: AbstractBaseUser | None = None, former: Sequence[str] = ()
) -> Action:
    """Reads the articles again that hold a name of a mechanism, many by the worker."""
    names = dict.fromkeys((row.name, *row.aliases, *former))
    words = [name for name in names if len(name) >= SHORTEST_NAME]
    return _read_again("mechanism", row, words, user)


def name_place(region: Region, name: str, user: AbstractBaseUser | None = None) -> Action:
    """Gives a place a further name, and reads the articles that hold it again.

    Raises Refused without the permission, for a name that a place has already, and for one too short.
    """
    name = "".join(name.split())
    check_permission(user, "articles.add_placename")
    if not SHORTEST <= len(name) <= PlaceName._meta.get_field("name").max_length:
        raise Refused(_("A name of a place has two to forty characters."))
    with transaction.atomic():
        hold(VOCABULARY)
        if PlaceName.objects.filter(name=name).exists() or gazetteer.load().regions.lookup(name):
            raise Refused(_("“%s” is the name of a place already.") % name)
        PlaceName.objects.create(name=name, region=region, added_by=user)
        logger.info("place %s is called %s by %s", region, name, user or "-")
        return _read_again("place", region, [name], user)


def forget_place(name: PlaceName, user: AbstractBaseUser | None = None) -> Action:
    """Takes a further name of a place away, and reads the articles that hold it again."""
    check_permission(user, "articles.delete_placename")
    with transaction.atomic():
        hold(VOCABULARY)
        name.delete()
        return _read_again("place", name.region, [name.name], user)


def _read_again(what: str, row: Any, words: Sequence[str], user: AbstractBaseUser | None) -> Action:
    action = Action.objects.create(
        user=user,
        kind=ActionKind.REREAD,
        keys=affected(words),
        changes={what: row.pk, "said": str(row), "words": list(words)},
    )
    return carry_out(action, user)
