"""What tests are given: a place of their own for what the command remembers; a small map, made once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.maps.national import Tile, render_national, tile_of
from kg.maps.page import render_map
from kg.maps.values import MapModel
from tests.maps import EKBY, load_map


@pytest.fixture(autouse=True)
def _own_config(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("FOREBYGG_CONFIG", str(folder))
    return folder


@pytest.fixture(scope="session")
def ekby_text() -> str:
    return EKBY.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def load(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], MapModel]:
    return lambda text: load_map(text, tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="session")
def ekby(ekby_text: str, load: Callable[[str], MapModel]) -> MapModel:
    return load(ekby_text)


@pytest.fixture(scope="session")
def ekby_html(ekby: MapModel) -> str:
    return render_map(ekby)


@pytest.fixture(scope="session")
def tile(ekby: MapModel) -> Tile:
    return tile_of("0780", ekby, ekby.findings, key="ekby-2022")


@pytest.fixture(scope="session")
def country(tile: Tile) -> str:
    return render_national([tile])
