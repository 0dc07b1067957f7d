"""Where a suite lies: `pytest tests/w3c --suite DIR`, or the variable `W3C_SUITE`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.w3c.known import KNOWN
from tests.w3c.manifest import Entry, read_entries

OWN = Path(__file__).parent / "own" / "manifest.ttl"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--suite", action="append", default=[], help="A folder or manifest of a W3C suite to run as well.")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test of each entry whose kind the test function takes; known failures are strict."""
    if "entry" not in metafunc.fixturenames:
        return
    given = [*metafunc.config.getoption("--suite", []), *filter(None, [os.environ.get("W3C_SUITE")])]
    entries = [each for place in (OWN, *map(Path, given)) for each in read_entries(place)]
    kinds = metafunc.function.kinds
    metafunc.parametrize("entry", [_parameter(each) for each in entries if each.kind in kinds])


def _parameter(entry: Entry) -> object:
    reason = KNOWN.get(entry.iri)
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(entry, id=entry.iri, marks=marks)
