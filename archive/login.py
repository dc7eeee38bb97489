"""The door of the desk. Outside the desk's own package: the admin site needs it before that may be imported."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_failure_limit
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import ngettext
from unfold.forms import AuthenticationForm


class LoginForm(AuthenticationForm):
    """Says after a wrong password how often the account may still be tried from there."""

    def get_invalid_login_error(self) -> ValidationError:
        error: ValidationError = super().get_invalid_login_error()
        tried: dict[str, Any] = {"username": self.cleaned_data.get("username")}
        failures = AxesProxyHandler.get_failures(self.request, tried)
        left = get_failure_limit(self.request, tried) - failures
        if not failures or left < 1:
            return error
        said = ngettext(
            "%d try is left; then the account has to wait for a quarter of an hour.",
            "%d tries are left; then the account has to wait for a quarter of an hour.",
            left,
        )
        both = {"error": " ".join(error.messages), "left": said % left}
        return ValidationError(now("%(error)s %(left)s") % both, code=error.code)
