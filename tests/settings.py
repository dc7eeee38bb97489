"""The archive's settings on a private server in a folder that this test run makes and deletes."""

# ruff: noqa: I001  (the sandbox sets the environment that the settings read)

from tests.sandbox import SANDBOX

from archive.settings import *  # noqa: F403
from archive.settings import PRIVATE_POSTGRES, STORAGES

assert PRIVATE_POSTGRES is not None and PRIVATE_POSTGRES.var == SANDBOX.resolve()
PRIVATE_POSTGRES = type(PRIVATE_POSTGRES)(PRIVATE_POSTGRES.var, durable=False)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
