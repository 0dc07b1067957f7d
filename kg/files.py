"""Files written whole or left as they were."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import LocationError

__all__ = ["whole_folder", "write_whole"]


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
    what is written anew it is replaced in one step, else file by file. Raises `LocationError` where that fails.
    """
    home = folder.resolve()
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    except OSError as error:
        raise LocationError(f"cannot write beside {folder}: {error.strerror}") from error
    try:
        yield beside
        try:
            _publish(beside, home)
        except OSError as error:
            raise LocationError(f"cannot write {folder}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()}


def _publish(beside: Path, home: Path) -> None:
    beside.chmod(0o755)
    written = _files(beside)
    if not home.exists():
        beside.rename(home)
        return
    if _files(home) <= written:
        aside = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent)) / "old"
        with contextlib.suppress(OSError):
            home.rename(aside)
            try:
                beside.rename(home)
            except OSError:
                aside.rename(home)
                raise
        shutil.rmtree(aside.parent, ignore_errors=True)
        if not beside.exists():
            return
    for name in sorted(written, key=lambda name: (len(name.parts) == 1, name)):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (beside / name).replace(home / name)
