"""How many processors the server may use: a container or a unit often has fewer than the machine."""

from __future__ import annotations

import contextlib
import math
import os
from pathlib import Path

__all__ = ["count_processors"]

_GROUPS, _OWN = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


def count_processors(groups: Path = _GROUPS, own: Path = _OWN) -> int:
    """Return the number of processors, at least 1: those this process is bound to, or fewer where its time is bounded.

    The bound is that of its control group or of one above it (Linux, cgroup v2: `cpu.max`), rounded up; what cannot be
    read bounds nothing.
    """
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    place = Path()
    with contextlib.suppress(OSError):
        lines = own.read_text(encoding="utf-8").splitlines()
        place = Path(next((line.removeprefix("0::/") for line in lines if line.startswith("0::/")), ""))
    for group in (place, *place.parents):
        with contextlib.suppress(OSError, ValueError, ZeroDivisionError):
            quota, period = (groups / group / "cpu.max").read_text(encoding="ascii").split()
            bound = min(bound, math.ceil(int(quota) / int(period)))  # "max" is no number: no bound
    return max(1, bound)
