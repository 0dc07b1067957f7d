"""What every test is given: a place of its own for what the command remembers of its user; and the handbook, built once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_config(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("FOREBYGG_CONFIG", str(folder))
    return folder


@pytest.fixture(scope="session")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the built handbook; a warning, such as a link without a target, fails it."""
    site = tmp_path_factory.mktemp("handbook") / "site"
    command = [sys.executable, "-m", "tools.handbook", str(site)]
    done = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return site
