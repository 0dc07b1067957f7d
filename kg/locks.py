"""Who uses a folder: one who writes at a time, and readers that keep it from being removed.

The locks are the system's own and fall with their process, however it ends: nobody has to judge whether a lock is
stale. On Windows an open file inside a folder keeps the folder from being moved, which is all that a reader needs.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

__all__ = ["alone", "hold", "is_held"]

_EVERY = 0.05
"""Seconds between two tries for the builder's lock."""

if sys.platform == "win32":
    import msvcrt

    def _try(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _share(file: int) -> None:
        """Do nothing: the open file is enough."""

else:
    import fcntl

    def _try(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _share(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_SH)


def hold(path: Path) -> BinaryIO | None:
    """Open a file that stands for an entry, shared with other readers; close it to let go.

    None where there is no such file, or where it was moved away while this waited. Raises `OSError` where it cannot
    be read or the file system has no locks.
    """
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        return None
    try:
        _share(stream.fileno())
        if os.path.samestat(os.fstat(stream.fileno()), path.stat()):
            return stream
    except FileNotFoundError:
        pass
    except BaseException:
        stream.close()
        raise
    stream.close()
    return None


def is_held(path: Path) -> bool:
    """Whether a reader holds the file; on Windows only moving its folder tells, and this says no."""
    if sys.platform == "win32":
        return False
    try:
        with path.open("rb") as stream:
            _try(stream.fileno())
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


@contextmanager
def alone(path: Path, *, seconds: float) -> Iterator[None]:
    """Be the only one in the block, of all processes that name the same file.

    Raises `TimeoutError` where another is still at it after so many seconds, `OSError` where the file cannot be made.
    """
    end = time.monotonic() + seconds
    with path.open("ab") as stream:
        while True:
            try:
                _try(stream.fileno())
                break
            except (BlockingIOError, PermissionError):
                if time.monotonic() >= end:
                    raise TimeoutError(f"another process has been building for {seconds:g} s") from None
            time.sleep(_EVERY)
        yield
