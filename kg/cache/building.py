"""An entry of the cache, found or built: by one process at a time, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kg.cache.entries import Held, move_in, prune, room, seal, sweep, take, throw_away
from kg.locks import alone

__all__ = ["LOCK", "Tell", "find_or_build"]

LOCK = ".forebygg.lock"
PATIENCE = 600.0
"""Seconds to wait for another builder before going on without the cache."""
_TRIES = 3

Tell = Callable[[str], None]


def find_or_build(
    place: Path,
    key_of: Callable[[], str],
    fill: Callable[[Path], int],
    *,
    holds: Sequence[str],
    tell: Tell | None = None,
) -> Held | None:
    """Return the entry whose key `key_of` gives, built by `fill` (which returns the triples) where it is lacking.

    `holds` is what `kg cache` shows of it. The key is asked for again when the entry is filled: where it has changed,
    so has what the entry was built from while it was read, and it is built anew. None where the cache cannot be
    written, locked or waited for, or where what it is built from changes all the time; `tell` is then told why.
    Errors in the data come through.
    """
    try:
        if held := take(place, key_of()):
            return held
        place.mkdir(parents=True, exist_ok=True)
        with alone(place / LOCK, seconds=PATIENCE):
            sweep(place)
            for _ in range(_TRIES):
                key = key_of()
                if held := take(place, key):
                    return held
                if tell:
                    tell(f"reading a large graph into the cache in {place}, once until it changes")
                _build(place, key, key_of, fill, holds)
                if held := take(place, key):
                    prune(place, keep=key)
                    return held
        why = "the files change while they are read"
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or str(error)
    if tell:
        tell(f"no cache in {place} ({why}): everything is read anew; name another folder in FOREBYGG_CACHE")
    return None


def _build(place: Path, key: str, key_of: Callable[[], str], fill: Callable[[Path], int], holds: Sequence[str]) -> None:
    building = room(place)
    try:
        triples = fill(building)
        seal(building, triples=triples, holds=holds)
        if key_of() == key:
            move_in(building, place / key)
    finally:
        throw_away(building)
