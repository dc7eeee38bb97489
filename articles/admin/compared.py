"""Forms of records that two people have open at once: what one changed is compared with what the other did."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import BaseModelAdmin
from django.db import models, transaction
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as now

from articles.versioned import Versioned


class Compared(BaseModelAdmin):
    """Mixin: a record's form is a `Versioned` one. Its row is held while it is saved, so that what the form was compared
    with stays so, and what was kept of others' changes is said."""

    form = Versioned

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return [name for name in super().get_fields(request, obj) if name != "version"]

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """With the form's version. Who adds a record or may only look at it has no use for one."""
        found = list(super().get_fieldsets(request, obj))
        if obj is None or not self.has_change_permission(request, obj):
            return found
        title, options = found[0]
        return [(title, {**options, "fields": (*options["fields"], "version")}), *found[1:]]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)  # type: ignore[misc]
        if found is None or request.method != "POST" or not transaction.get_connection().in_atomic_block:
            return found
        # What only refers to the row, as articles do that are being stored, need not wait.
        rows = self.model._default_manager.select_for_update(of=("self",), no_key=True)
        rows.filter(pk=found.pk).only("pk").first()
        return super().get_object(request, object_id, from_field)  # type: ignore[misc]

    def save_model(self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool) -> None:
        self._say_what_was_kept(request, form)
        super().save_model(request, obj, form, change)  # type: ignore[misc]

    def _say_what_was_kept(self, request: HttpRequest, form: ModelForm) -> None:
        if theirs := getattr(form, "theirs", ()):
            labels = now(", ").join(str(form.fields[name].label) for name in theirs)
            messages.info(request, now("Others changed this meanwhile, and it was kept: %s.") % labels)
