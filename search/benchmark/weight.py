"""What things weigh, and what they have spent."""

import os
import resource
import sys
import time
from pathlib import Path

import psutil


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def resident() -> int:
    """Bytes of memory that this process holds now, mapped files among them."""
    return psutil.Process().memory_info().rss


def own() -> int:
    """The same without mapped files, which the system takes away and brings back as it likes; 0 where nobody
    can know."""
    try:
        for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Anonymous:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def peak() -> int:
    """Bytes that it has held at most."""
    try:
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def spent() -> float:
    """Seconds of processor time of this process and of those it started that have ended."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def spent_by(process: int) -> float:
    """Seconds of processor time of another process with one thread; 0 where nobody can know."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text("ascii").split()[0]) / 1e9
    except (OSError, ValueError):
        return 0.0
