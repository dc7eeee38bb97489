"""Forms that notice when somebody else saved in between: nobody's change is overwritten without a word.

A form carries a mark of every value that it was shown with. When it comes back, a field that only others changed keeps
their value, a field that only this person changed is saved, and a field that both changed is an error that names both.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Manager, Model, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

EXCERPT = 80
"""How much of a long text a message quotes, from where the two differ."""

RECENT = 20
"""In how many of the last saves whoever changed a field is looked for."""


class Versioned(forms.ModelForm):
    """A form of an existing row with the hidden field `version`. Callers hold the row's lock while it is saved.

    `theirs` names fields whose value others changed since; they are no part of `changed_data`. A form that comes
    without its version is not compared.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.theirs: list[str] = []
        if self.instance.pk and "version" in self.fields:
            self.initial["version"] = json.dumps({name: mark(self._here(name)) for name in self._compared()})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        changed = [name for name in self.changed_data if name != "version"]
        shown = _marks(cleaned.get("version", ""))
        if self.instance.pk:
            for name in [n for n in changed if n in shown and n in cleaned]:
                here = mark(self._here(name))
                if shown[name] == here or mark(cleaned[name]) == here:
                    continue
                if shown[name] == mark(cleaned[name]):
                    self.theirs.append(name)
                    cleaned[name] = self._stored(name)
                else:
                    self.add_error(name, self._both(name, cleaned[name]))
            if self.errors and shown:
                self._show_the_present()
        self.__dict__["changed_data"] = [name for name in changed if name not in self.theirs]
        return cleaned

    def _compared(self) -> Iterable[str]:
        own = ("version", "id", "DELETE")
        return (name for name, field in self.fields.items() if name not in own and not field.disabled)

    def _here(self, name: str) -> Any:
        """What the database holds, as the form shows it."""
        return self.get_initial_for_field(self.fields[name], name)

    def _stored(self, name: str) -> Any:
        """The same as a cleaned value. The instance has not taken over what was typed yet."""
        value = getattr(self.instance, name, self._here(name))
        return value.all() if isinstance(value, Manager) else value

    def _show_the_present(self) -> None:
        """The form that goes back is one of the row as it is now, so that saving it again undoes nobody's change unseen."""
        self.data: Any = self.data.copy()
        self.data[self.add_prefix("version")] = self.initial["version"]
        for name in self.theirs:
            value = self.fields[name].prepare_value(self._here(name))
            several = value if isinstance(value, list | tuple) else [value]
            shown = [str(one) for one in several if one not in (None, "", False)]
            self.data.setlist(self.add_prefix(name), shown)
        if self.theirs:
            labels = _(", ").join(str(self.fields[name].label) for name in self.theirs)
            self.add_error(None, _("Others changed this meanwhile; it is shown as it is now: %s.") % labels)

    def _both(self, name: str, mine: Any) -> str:
        theirs, typed = _apart(self._say(name, self._stored(name)), self._say(name, mine))
        who, when = self._last_change(name)
        return _(
            "%(who)s changed this meanwhile (%(when)s): it is now “%(theirs)s”, you chose “%(mine)s”. Nothing was saved. "
            "Save again to put yours in its place, or enter the other value to keep it."
        ) % {"who": who, "when": when, "theirs": theirs, "mine": typed}

    def _say(self, name: str, value: Any) -> str:
        if isinstance(value, QuerySet | list | tuple):
            return "、".join(str(one) for one in value) or "–"
        if isinstance(value, Model) and isinstance(field := self.fields[name], forms.ModelChoiceField):
            return str(field.label_from_instance(value))
        choices = dict(getattr(self.fields[name], "_choices", None) or ())
        return (
            str(choices.get(value, value) if isinstance(value, str) else "" if value is None else value)
            or "–"
        )

    def _last_change(self, name: str) -> tuple[str, str]:
        history = getattr(self.instance, "history", None)
        if history is None:
            return self._last_logged(name)
        records = list(history.select_related("history_user")[:RECENT])
        found = records[0] if records else None
        if found is not None and hasattr(found, name) and not isinstance(getattr(found, name), Manager):
            for later, earlier in pairwise(records):
                if mark(getattr(later, name)) != mark(getattr(earlier, name)):
                    found = later
                    break
        if found is None:
            return _("Somebody"), "–"
        return str(found.history_user or _("Somebody")), _moment(found.history_date)

    def _last_logged(self, name: str) -> tuple[str, str]:
        """The same of a row without a history, from the desk's log: that names fields by their untranslated labels."""
        with override(None):
            label = str(self.fields[name].label)
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(self.instance), object_id=str(self.instance.pk)
        )
        for entry in entries.filter(action_flag=CHANGE).select_related("user")[:RECENT]:
            if label in _logged(entry.change_message):
                return str(entry.user), _moment(entry.action_time)
        return _("Somebody"), "–"


def _moment(when: datetime) -> str:
    return date_format(localtime(when), "SHORT_DATETIME_FORMAT")


def _logged(message: str) -> list[str]:
    """The labels of the fields that an entry of the log says were changed."""
    try:
        said = json.loads(message)
    except ValueError:
        return []
    parts = said if isinstance(said, list) else []
    return [label for part in parts for label in part.get("changed", {}).get("fields", ())]


def mark(value: Any) -> str:
    """A short mark of a value, the same for what a form shows, what comes back, and what a row holds."""
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:12]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, QuerySet | list | tuple):
        return ",".join(sorted(map(_plain, value)))
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value).replace("\r\n", "\n").strip()


def _marks(version: str) -> dict[str, str]:
    try:
        found = json.loads(version or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _apart(left: str, right: str) -> tuple[str, str]:
    """Two texts, long ones from a little before the place where they part."""
    if max(len(left), len(right)) <= EXCERPT:
        return left, right
    same = next(
        (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
    )
    at = max(same - 10, 0)

    def cut(text: str) -> str:
        return ("…" if at else "") + text[at : at + EXCERPT] + ("…" if len(text) > at + EXCERPT else "")

    return cut(left), cut(right)
