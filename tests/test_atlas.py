"""The atlas: the same bytes however many processes make it, put in place whole or not at all."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg.cli.atlas
from kg.atlas import render_atlas
from kg.atlas.workers import enough_jobs
from kg.cache import read_shipped
from kg.cli import cli
from kg.errors import LocationError
from kg.files import whole_folder
from kg.records import Records
from kg.sources import choose_sources


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOREBYGG_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def dying() -> Records:
    os.kill(os.getpid(), signal.SIGTERM)
    return read_shipped()


def test_the_files_are_the_same_however_many_processes_make_them(tmp_path: Path) -> None:
    records = read_shipped()
    chosen = choose_sources(records, municipality="Växjö", all_reports=True)
    alone = list(render_atlas(records, chosen))
    beside = list(render_atlas(records, chosen, jobs=2, reopen=partial(read_shipped)))
    assert [list(each) for each in alone] == [list(each) for each in beside]
    assert alone == beside
    assert [len(each) for each in alone] == [8, 9, 2]
    assert "vaxjo-2024/skillnader.html" in alone[1]
    assert b"vaxjo-2024/skillnader.html" in alone[2]["index.html"]


def test_a_process_that_is_ended_is_an_error_and_no_shorter_atlas() -> None:
    records = read_shipped()
    chosen = choose_sources(records, municipality="Vännäs")
    with pytest.raises(LocationError, match="--jobs 1"):
        list(render_atlas(records, chosen, jobs=2, reopen=dying))


def test_few_reports_are_made_by_one_process() -> None:
    assert enough_jobs(1) == enough_jobs(5) == 1
    assert 1 <= enough_jobs(965) <= 4


def test_an_interrupted_atlas_leaves_the_old_one_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "atlas"
    place.mkdir()
    (place / "index.html").write_text("den förra", encoding="utf-8")

    def broken(*_: object, **__: object) -> Iterator[dict[str, bytes]]:
        yield {"index.html": b"den nya", "vaxjo-2022/karta.html": b"karta"}
        raise KeyboardInterrupt

    monkeypatch.setattr(kg.cli.atlas, "render_atlas", broken)
    done = CliRunner().invoke(cli, ["atlas", "--municipality", "Vännäs", "-o", str(place)])
    assert done.exit_code == 1
    assert tree(tmp_path) == {"atlas/index.html": "den förra"}


def test_only_the_latest_reports_where_they_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(_: object, sources: list[object], **__: object) -> Iterator[dict[str, bytes]]:
        asked.extend(getattr(each, "key", "") for each in sources)
        yield {"index.html": b""}

    monkeypatch.setattr(kg.cli.atlas, "render_atlas", noted)
    CliRunner().invoke(cli, ["atlas", "--municipality", "Växjö", "--latest", "-o", str(tmp_path / "atlas")])
    assert asked == ["vaxjo-2024"]


def test_a_folder_is_put_in_place_whole(tmp_path: Path) -> None:
    place = tmp_path / "sida"
    for words in ("ett", "två"):
        with whole_folder(place) as beside:
            (beside / "a").mkdir()
            (beside / "a" / "b.txt").write_text(words, encoding="utf-8")
            (beside / "c.txt").write_text(words, encoding="utf-8")
        assert tree(tmp_path) == {"sida/a/b.txt": words, "sida/c.txt": words}


def test_what_a_killed_atlas_left_beside_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    for name in (".sida-dod", ".sida-egen"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "fil.txt").write_text("x", encoding="utf-8")
    (tmp_path / ".sida-dod" / ".forebygg.lock").touch()
    with whole_folder(tmp_path / "sida") as first:
        (first / "a.txt").write_text("ett", encoding="utf-8")
        with whole_folder(tmp_path / "sida") as second:
            (second / "a.txt").write_text("två", encoding="utf-8")
    assert tree(tmp_path) == {"sida/a.txt": "ett", ".sida-egen/fil.txt": "x"}


def test_what_else_is_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "sida" / "a").mkdir(parents=True)
    (tmp_path / "sida" / "a" / "mitt.txt").write_text("mitt", encoding="utf-8")
    with whole_folder(tmp_path / "sida") as beside:
        (beside / "a").mkdir()
        (beside / "a" / "b.txt").write_text("ditt", encoding="utf-8")
    assert tree(tmp_path) == {"sida/a/mitt.txt": "mitt", "sida/a/b.txt": "ditt"}


def test_a_folder_that_cannot_be_moved_is_filled_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sida").mkdir()
    (tmp_path / "sida" / "b.txt").write_text("gammalt", encoding="utf-8")

    def refused(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use", str(self))

    monkeypatch.setattr(Path, "rename", refused)
    with whole_folder(tmp_path / "sida") as beside:
        (beside / "b.txt").write_text("nytt", encoding="utf-8")
    assert tree(tmp_path) == {"sida/b.txt": "nytt"}


def test_a_folder_beside_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    with pytest.raises(LocationError, match="cannot write beside"), whole_folder(tmp_path / "fil" / "sida"):
        pass
