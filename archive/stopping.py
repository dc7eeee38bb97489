"""How a process that runs for ever is asked to stop."""

import signal
import threading
from types import FrameType


def stop_signals() -> threading.Event:
    """Set by SIGTERM or Ctrl-C from now on, in place of ending the process at once. For the main thread."""
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    return stop
