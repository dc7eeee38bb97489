#!/usr/bin/env python3
"""The archive's command line: `python manage.py help` lists the commands."""

import os
import sys

if sys.version_info < (3, 11):  # before any import that an older Python could not parse
    sys.exit("The archive needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here: run `make up`, or use .venv/bin/python manage.py.")
    from archive.env import SettingError
    from archive.postgres import PostgresError

    try:
        execute_from_command_line(sys.argv)
    except (SettingError, PostgresError) as error:
        sys.exit(str(error))
    except BrokenPipeError:  # `… | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
