"""Files written whole or left as they were."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import LocationError
from kg.locks import alone

__all__ = ["whole_folder", "write_whole"]


_LOCK = ".forebygg.lock"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that it is whole or as it was before."""
    if path.is_dir():
        raise LocationError(f"{path} is a folder; name a file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    except OSError as error:
        raise LocationError(f"cannot write {path}: {error.strerror}") from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as error:
        raise LocationError(f"cannot write {path}: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Give a folder beside to write into, and put what is in it into `folder` when the block has ended well.

    Until then nothing changes in `folder`, however the block ends. What else is in it stays: where it holds nothing but
    what is written anew it is replaced in one step, else file by file. What others left beside who were killed goes.
    Raises `LocationError` where that fails.
    """
    home = folder.resolve()
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        _sweep(home)
        room = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    except OSError as error:
        raise LocationError(f"cannot write beside {folder}: {error.strerror}") from error
    try:
        with alone(room / _LOCK, seconds=0):
            beside = room / "new"
            beside.mkdir()
            yield beside
            try:
                _publish(beside, home, room / "old")
            except OSError as error:
                raise LocationError(f"cannot write {folder}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _sweep(home: Path) -> None:
    """Remove what was being written beside by processes that are no more."""
    for lock in home.parent.glob(f".{glob.escape(home.name)}-*/{_LOCK}"):
        with contextlib.suppress(OSError), alone(lock, seconds=0):
            shutil.rmtree(lock.parent, ignore_errors=True)


def _files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()}


def _publish(beside: Path, home: Path, aside: Path) -> None:
    beside.chmod(0o755)
    written = _files(beside)
    if not home.exists():
        beside.rename(home)
        return
    if _files(home) <= written and _moved(beside, home, aside):
        return
    for name in sorted(written, key=lambda name: (len(name.parts) == 1, name)):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (beside / name).replace(home / name)


def _moved(beside: Path, home: Path, aside: Path) -> bool:
    """Put a folder in the place of another that is moved aside; False where the system does not let it, as it was."""
    try:
        home.rename(aside)
    except OSError:
        return False
    try:
        beside.rename(home)
    except OSError:
        aside.rename(home)
        return False
    return True
