"""Forms that keep what was typed: what is refused only while it is saved comes back as a form that is refused at once does."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from archive.preparation import is_full_disk
from articles import services


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was saved: one sentence for the whole form, what is wrong with fields of it, the status of the answer."""

    sentence: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    status: int = 422


class KeptForm(BaseModelAdmin):
    """Mixin: the form of a record is saved as a whole, its tables included, or comes back with all that was typed.

    What a service refuses, what somebody else saved at the same moment and a full disk end the transaction; the form is
    then shown again with the reason above it, and beside the field where one is at fault.
    """

    def changeform_view(self, request: HttpRequest, *args: Any, **more: Any) -> Any:
        told = messages.get_messages(request)
        before = len(told._queued_messages)
        try:
            return super().changeform_view(request, *args, **more)  # type: ignore[misc]
        except (services.Refused, DatabaseError) as error:
            refused = refusal(error) if request.method == "POST" else None
            if refused is None:
                raise
        # What was said on the way to the refusal is not so.
        del told._queued_messages[before:]
        request.refusal = refused  # type: ignore[attr-defined]
        answer: HttpResponse = super().changeform_view(request, *args, **more)  # type: ignore[misc]
        answer.status_code = refused.status
        return answer

    def get_form(self, request: HttpRequest, *args: Any, **more: Any) -> type[ModelForm]:
        form: type[ModelForm] = super().get_form(request, *args, **more)  # type: ignore[misc]
        refused: Refusal | None = getattr(request, "refusal", None)
        return _refused(form, refused) if refused else form

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        """Whoever sends a form gets it back (`archive.kept`), also where its record is gone."""
        if request.method == "POST":
            raise Http404
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]


def refusal(error: Exception) -> Refusal | None:
    """The error in words for whoever pressed the button; None for a fault, which is no matter of the form."""
    if isinstance(error, services.Refused):
        cause = error.__cause__
        by_field = (
            cause.message_dict if isinstance(cause, ValidationError) and hasattr(cause, "error_dict") else {}
        )
        return Refusal(str(error), by_field)
    if is_full_disk(error):
        return Refusal(
            _(
                "The disk of the archive is full. Nothing was saved; press the button again once there is room."
            ),
            status=507,
        )
    if isinstance(error, IntegrityError):
        return Refusal(
            _(
                "Somebody else saved something at the same moment that this contradicts. Nothing was saved; please check."
            )
        )
    return None


def _refused(form: type[ModelForm], why: Refusal) -> type[ModelForm]:
    """The form, never valid: with the refusal, each field's part of it at the field where the form has that field."""

    class Refused(form):  # type: ignore[misc, valid-type]
        def full_clean(self) -> None:
            super().full_clean()
            if not self.is_bound:
                return
            for name, said in why.fields.items():
                if name in self.fields and name not in self.errors:
                    self.add_error(name, said)
            if not (why.fields and self.errors):
                self.add_error(None, why.sentence)

    return Refused
