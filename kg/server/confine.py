"""Keep a worker within bounds that hold whatever the engine does: memory, files, network, the life of its parent.

What a system lacks is left out: Windows has none of these, macOS neither the network nor the parent. The pool's own
clock, which kills, works everywhere.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path

__all__ = [
    "address_space",
    "bound_memory",
    "cut_network",
    "die_with_parent",
    "give_way",
    "leave_group",
    "refuse_files",
    "set_alarm",
]

_NEW_USER, _NEW_NETWORK, _PARENT_DEATH = 0x10000000, 0x40000000, 1


def cut_network() -> bool:
    """Leave the network for an empty one of this process alone, and return whether that was permitted.

    Linux only, and before any thread is started. Without the right to make a network, a user namespace of one's own
    gives it; where neither is allowed (some containers) the network stays, and the door before the engine is what
    keeps a query inside.
    """
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    return any(library.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def die_with_parent() -> None:
    """Have the system kill this process when the server goes down, however it does (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)


def give_way() -> None:
    """Have the system end this process before the server where the memory of all runs out (Linux)."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def leave_group() -> None:
    """Leave the group of the server: an interrupt from the keyboard reaches the server alone, which ends its workers.

    A session of its own would be weighed as a whole against others (autogroup), and its modesty would mean nothing.
    Not on Windows.
    """
    if sys.platform != "win32":
        os.setpgid(0, 0)


def refuse_files() -> None:
    """Have the system refuse every byte written to a file; pipes are no files."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  Windows has no such module

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def bound_memory(megabytes: int) -> None:
    """Have the system refuse this process more memory than it has now and so many megabytes (not on Windows)."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  Windows has no such module

        wanted = address_space() + megabytes * 1_000_000
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS refuses a bound below what is mapped
            resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def address_space() -> int:
    """Return the bytes of address space in use; what cannot be told is taken as a gigabyte."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 1_000_000_000


def set_alarm(seconds: float) -> None:
    """Have the system end this process after so many seconds (0: not at all), should the pool not do so."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
