import os
import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = (
        "Makes an admin account: ADMIN_USER (admin) with ADMIN_PASSWORD, or a random password printed once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        name = os.environ.get("ADMIN_USER", "").strip() or "admin"
        given = os.environ.get("ADMIN_PASSWORD", "")
        users = get_user_model()
        if len(name) > 150:
            raise CommandError(_("ADMIN_USER is longer than 150 characters."))
        call_command(
            "migrate", verbosity=0, interactive=False
        )  # `make admin` may come before the first `make up`
        if users.objects.filter(username=name).exists():
            self.stdout.write(
                _(
                    "The account “%(name)s” exists and is unchanged; "
                    "`python manage.py changepassword %(name)s` sets a new password."
                )
                % {"name": name}
            )
            return
        if given:
            try:
                validate_password(given, users(username=name))
            except ValidationError as error:
                raise CommandError(_("ADMIN_PASSWORD is too weak: %s") % " ".join(error.messages)) from error
        password = given or secrets.token_urlsafe(12)
        users.objects.create_superuser(username=name, password=password)
        if given:
            self.stdout.write(
                _("The admin account “%s” is made, with the password in ADMIN_PASSWORD.") % name
            )
        else:
            self.stdout.write(
                _("The admin account “%(name)s” is made. Its password, shown only now: %(password)s")
                % {"name": name, "password": password}
            )
