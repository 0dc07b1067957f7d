"""Files written whole or left as they were."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kg.errors import LocationError

__all__ = ["write_whole"]


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
