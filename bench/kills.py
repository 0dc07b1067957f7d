"""Builds of the cache killed with SIGKILL at many moments, and what is found in the cache afterwards.

    python -m bench.kills --moments 40

Each build of the shipped graph is killed once a share of the bytes that it writes is on the disk: 1/40, 2/40 and so on.
Then the cache is opened. Printed is how often an entry was whole already, how often it had to be built anew, and how
often it was half or something was left over: that has to be 0. Only on POSIX systems.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import machine
from kg.cache import cached_entries, clear_cache, load_everything, read_shipped
from kg.cache.entries import BESIDE
from kg.records import Records, read_records
from kg.store import open_store

__all__ = ["kill_at", "main"]

BUILD = "import kg.cache; kg.cache.read_shipped()"


def _written(place: Path) -> int:
    total = 0
    for folder, _, files in os.walk(place):
        for name in files:
            with contextlib.suppress(FileNotFoundError):
                total += (Path(folder) / name).stat().st_size
    return total


def kill_at(place: Path, size: int) -> bool:
    """Build in a process of its own and kill it once so many bytes are written; return whether it was killed."""
    building = subprocess.Popen([sys.executable, "-c", BUILD])
    while building.poll() is None:
        if _written(place) >= size:
            building.kill()
            break
    return building.wait() != 0


def _found(place: Path, expected: Records) -> str:
    entries = cached_entries()
    before = "whole" if entries else "built anew"
    same = read_shipped() == expected
    left = list(place.glob(f"{BESIDE}*"))
    return before if same and not left and all(each.whole for each in entries) else "HALF"


def main(arguments: list[str] | None = None) -> int:
    """Kill, look and print; 1 where anything was half."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description="Kill builds of the cache.")
    parser.add_argument("--moments", type=int, default=40, help="how many moments of a build (40)")
    given = parser.parse_args(arguments)
    expected = read_records(load_everything(open_store()))
    counts: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="forebygg-bench-") as name:
        place = Path(name) / "cache"
        os.environ["FOREBYGG_CACHE"] = str(place)
        read_shipped()
        whole = _written(place)
        for moment in range(given.moments):
            clear_cache()
            killed = kill_at(place, whole * moment // given.moments)
            found = _found(place, expected) if killed else "not killed in time"
            counts[found] = counts.get(found, 0) + 1
    print(machine())
    print(f"{given.moments} builds: " + ", ".join(f"{count} {found}" for found, count in sorted(counts.items())))
    return int("HALF" in counts)


if __name__ == "__main__":
    sys.exit(main())
