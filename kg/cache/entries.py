"""The entries of the cache: folders named by a key, sealed when they are whole, removed only when nobody uses them.

An entry becomes visible by one renaming of a folder that is already sealed. The seal names every file with its size,
so that an entry that lost a file, or a part of one, is not taken for whole.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from kg.locks import hold, is_held

__all__ = [
    "BESIDE",
    "Entry",
    "Held",
    "list_entries",
    "move_in",
    "prune",
    "remove",
    "room",
    "seal",
    "sweep",
    "take",
    "throw_away",
]

SEAL, IN_USE = "entry.json", "in-use"
BESIDE = ".forebygg-"
"""How the names of folders begin that are being built or removed."""
MOST_ENTRIES, MOST_BYTES = 16, 2 * 1024**3
_KEY = re.compile(r"[0-9a-f]{32}")
_RESTLESS = ("LOG", "LOCK", "OPTIONS")
"""How the names of files begin that the engine may write again when it only reads."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its folder, size in bytes, triples, whence they come, when it was made and last taken, and its state.

    `holds` is `shipped` or `records` (of a folder store), and the folders of the user's.
    """

    folder: Path
    size: int
    triples: int
    holds: tuple[str, ...]
    made: datetime | None
    used: datetime
    whole: bool
    in_use: bool

    @property
    def key(self) -> str:
        """The key: a hash of all that the entry was built from."""
        return self.folder.name


@dataclass(frozen=True, slots=True)
class Held:
    """A whole entry that cannot be removed until `lock` is closed."""

    folder: Path
    lock: BinaryIO


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(_RESTLESS):
            yield path


def room(place: Path) -> Path:
    """Make a folder beside the entries to build one in."""
    import tempfile  # noqa: PLC0415  only who builds needs it

    return Path(tempfile.mkdtemp(prefix=BESIDE, dir=place))


def seal(folder: Path, *, triples: int, holds: Sequence[str]) -> None:
    """Say of a folder that it is whole: note its files with their sizes, what it holds, and when it was made."""
    (folder / IN_USE).touch()
    files = {path.relative_to(folder).as_posix(): path.stat().st_size for path in _files(folder)}
    made = datetime.now(UTC).isoformat(timespec="seconds")
    plain = {"made": made, "triples": triples, "holds": list(holds), "files": files}
    with (folder / SEAL).open("w", encoding="utf-8") as stream:
        json.dump(plain, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())


def _seal_of(folder: Path) -> dict[str, Any] | None:
    """Return what the seal says, None where there is none or the folder is no longer as sealed."""
    try:
        plain: dict[str, Any] = json.loads((folder / SEAL).read_bytes())
        as_sealed = all((folder / name).stat().st_size == size for name, size in plain["files"].items())
    except (OSError, ValueError, KeyError):
        return None
    return plain if as_sealed else None


def take(place: Path, key: str) -> Held | None:
    """Return the entry with a key, held, None where there is none that is whole."""
    folder = place / key
    lock = hold(folder / IN_USE)
    if lock is None:
        return None
    if _seal_of(folder) is None:
        lock.close()
        return None
    with contextlib.suppress(OSError):
        os.utime(folder / IN_USE)
    return Held(folder, lock)


def move_in(building: Path, folder: Path) -> None:
    """Move a sealed folder to its place; what stands there and is not whole goes."""
    if folder.exists() and not remove(folder):
        raise OSError(f"{folder} is in use and not whole")
    building.rename(folder)


def remove(folder: Path) -> bool:
    """Remove an entry, at once for all who look, unless somebody uses it; return whether it is gone."""
    if is_held(folder / IN_USE):
        return False
    aside = folder.with_name(f"{BESIDE}{folder.name}-{os.getpid()}")
    try:
        folder.rename(aside)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    throw_away(aside)
    return True


def throw_away(folder: Path) -> None:
    """Remove a folder and all in it, as far as the system lets us."""
    import shutil  # noqa: PLC0415  only who builds or clears needs it

    shutil.rmtree(folder, ignore_errors=True)


def sweep(place: Path) -> None:
    """Remove what builders have left that did not end well; only the one who builds may call this."""
    for path in place.glob(f"{BESIDE}*"):
        throw_away(path)


def list_entries(place: Path) -> list[Entry]:
    """Return the entries of a cache, the last used first; what is no entry is left out."""
    found = []
    for folder in place.iterdir() if place.is_dir() else ():
        if _KEY.fullmatch(folder.name) and folder.is_dir():
            with contextlib.suppress(FileNotFoundError):
                found.append(_entry(folder))
    return sorted(found, key=lambda each: (-each.used.timestamp(), each.key))


def _entry(folder: Path) -> Entry:
    plain = _seal_of(folder)
    lock = folder / IN_USE
    used = (lock if lock.exists() else folder).stat().st_mtime
    return Entry(
        folder=folder,
        size=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        triples=plain["triples"] if plain else 0,
        holds=tuple(plain["holds"]) if plain else (),
        made=datetime.fromisoformat(plain["made"]) if plain else None,
        used=datetime.fromtimestamp(used, UTC),
        whole=plain is not None,
        in_use=is_held(lock),
    )


def prune(place: Path, *, keep: str, most: int = MOST_ENTRIES, size: int = MOST_BYTES) -> None:
    """Remove entries that are not whole, and those used longest ago until the rest keeps within both bounds.

    The entry to keep stays, and so does every one in use.
    """
    entries = list_entries(place)
    count, total = len(entries), sum(each.size for each in entries)
    for each in sorted(entries, key=lambda entry: (entry.whole, entry.used, entry.key)):
        if each.key == keep or (each.whole and count <= most and total <= size):
            continue
        if remove(each.folder):
            count, total = count - 1, total - each.size
