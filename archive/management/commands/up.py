import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from archive import children, preparation, room
from archive.postgres import PostgresError

READY_SECONDS = 60
WEB = ("-m", "archive.serve")
WORKER = ("manage.py", "work")
_WEB_ENDED = gettext_noop("The web server broke down; starting it again in %d s.")
_WORKER_ENDED = gettext_noop("The worker ended; starting it again in %d s.")


class Stop(BaseException):
    """SIGINT, SIGTERM or SIGHUP came."""


class Command(BaseCommand):
    help = "Prepares whatever is missing, then serves the archive until Ctrl-C."
    requires_system_checks: list[str] = []  # models are checked by the tests, not at each start

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._up()
        except CommandError as error:
            self.stderr.write(str(error))  # the sentence alone, without the name of its class
            raise SystemExit(1) from error

    def _up(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        register_path = settings.ENV.var / "up.json"
        try:
            with children.registered(register_path, settings.ENV.port) as register:
                self._check_room()
                self._check_port()
                try:
                    self._prepare()
                    self._serve(register)
                except Stop:
                    self._say(_("Stopping …"))
                finally:
                    self._stop_database()
        except Stop:
            return
        except children.AlreadyRunning as running:
            raise CommandError(
                _("The archive already runs here (process %(pid)d, %(url)s); `make down` stops it.")
                % {"pid": running.pid, "url": _url(running.port)}
            ) from running
        except OSError as error:
            raise CommandError(self._sentence(error)) from error

    def _check_room(self) -> None:
        if room.is_short():
            raise CommandError(_full_disk())

    def _check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", settings.ENV.port))
            except PermissionError as error:
                raise CommandError(
                    _("Port %d needs more rights than you have; choose one above 1023: PORT=8000 make up")
                    % settings.ENV.port
                ) from error
            except OSError as error:
                raise CommandError(
                    _("Port %(port)d is in use by another program; choose another: PORT=%(other)d make up")
                    % {"port": settings.ENV.port, "other": settings.ENV.port % 65535 + 1}
                ) from error

    def _prepare(self) -> None:
        """Runs the steps in a child, so that the dictionaries they load do not stay with the supervisor."""
        child = os.fork()
        if child == 0:
            os._exit(self._run_steps())
        try:
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        except Stop:
            os.kill(child, signal.SIGKILL)  # every step is atomic, see preparation
            os.waitpid(child, 0)
            raise
        if status:
            raise SystemExit(1)

    def _run_steps(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
        logging.disable(logging.INFO)  # the steps say in a line each what the log would say in twenty
        for step in preparation.STEPS:
            began = time.monotonic()
            try:
                result = step.run()
            except Exception as error:
                if not _is_expected(error):
                    raise
                self.stderr.write(self.style.ERROR(f"{step.label}: {self._sentence(error)}"))
                return 1
            self._say(f"{_padded(str(step.label))} {time.monotonic() - began:6.1f} s  {result}")
        sys.stdout.flush()
        return 0

    def _serve(self, register: children.Register) -> None:
        web = children.Kept(WEB, settings.BASE_DIR)
        worker = children.Kept(WORKER, settings.BASE_DIR)
        try:
            register.write([web.process.pid, worker.process.pid])
            self._await(web.process)
            self._say(_("The archive is at %s · Ctrl-C stops it · `make admin` makes an account") % _url())
            while web.process.poll() is None or web.crashed:
                pauses = web.look(), worker.look()
                for pause, said in zip(pauses, (_WEB_ENDED, _WORKER_ENDED), strict=True):
                    if pause:
                        self._say(_(said) % pause)
                if 0.0 in pauses:
                    register.write([web.process.pid, worker.process.pid])
                time.sleep(0.2)
            raise CommandError(
                _("The web server ended (status %d); everything else is stopped too.")
                % web.process.returncode
            )
        finally:
            _ignore_signals()
            for process in (web.process, worker.process):
                if process.poll() is None:
                    process.terminate()
            for process in (web.process, worker.process):
                try:
                    process.wait(children.GRACE_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def _await(self, web: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + READY_SECONDS
        host = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
        question = urllib.request.Request(f"{_url()}healthz", headers={"Host": host})
        while web.poll() is None and time.monotonic() < deadline:
            try:
                urllib.request.urlopen(question, timeout=5).close()
                return
            except urllib.error.HTTPError as answer:  # it serves, and says itself what is wrong
                self._say(_("Not healthy yet: %s") % answer.read(300).decode("utf-8", "replace"))
                return
            except OSError:
                time.sleep(0.1)

    def _stop_database(self) -> None:
        _ignore_signals()
        if settings.PRIVATE_POSTGRES is not None:
            settings.PRIVATE_POSTGRES.stop()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _sentence(self, error: BaseException) -> str:
        if preparation.is_full_disk(error):
            return _full_disk()
        if isinstance(error, PermissionError) or getattr(error, "errno", None) == 30:
            return _(
                "The folder %s cannot be written; change its owner, or set ARCHIVE_VAR to one that can."
            ) % (settings.ENV.var)
        if isinstance(error, OperationalError) and settings.PRIVATE_POSTGRES is None:
            return _("The server that DATABASE_URL names does not answer: %s") % (
                " ".join(str(error).split())
            )
        return str(error)


def _is_expected(error: Exception) -> bool:
    return isinstance(
        error, CommandError | PostgresError | OSError | OperationalError
    ) or preparation.is_full_disk(error)


def _stop(number: int, frame: FrameType | None) -> None:
    _ignore_signals()  # once is enough: what follows must come to its end
    raise Stop


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _full_disk() -> str:
    return _("The disk that holds %(folder)s is full: make %(megabytes)d MB free there.") % {
        "folder": settings.ENV.var,
        "megabytes": room.RESERVE_BYTES // 1024 // 1024,
    }


def _url(port: int | None = None) -> str:
    return f"http://127.0.0.1:{port or settings.ENV.port}/"


def _padded(label: str, columns: int = 14) -> str:
    """Pads to terminal columns, of which a Chinese character takes two."""
    return label + " " * max(0, columns - sum(2 if ord(letter) > 0x2E7F else 1 for letter in label))
