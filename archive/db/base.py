"""Django's PostgreSQL backend, with the private server started by the first connection that needs it.

A command that never asks the database, such as parse_page, therefore starts nothing.
"""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from django.db.utils import NotSupportedError
from psycopg import Connection, OperationalError

from archive.env import SettingError
from archive.postgres import PostgresError


class DatabaseWrapper(base.DatabaseWrapper):
    """Names what to do where Django would only say that something failed."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        try:
            return super().get_new_connection(conn_params)
        except OperationalError:
            server = settings.PRIVATE_POSTGRES
            if server is None or server.state() == "ready":
                raise
            try:
                server.ensure()
            except PostgresError as error:
                raise OperationalError(str(error)) from error
            return super().get_new_connection(conn_params)

    def check_database_version_supported(self) -> None:
        try:
            super().check_database_version_supported()
        except NotSupportedError as error:
            raise SettingError(
                "DATABASE_URL",
                self.settings_dict["HOST"] or "(local socket)",
                f"{error}; name a newer server.",
            ) from error
