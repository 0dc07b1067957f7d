"""The cache: whole or built anew, whoever is killed, whatever changes, and however many use it at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg.cache
from kg.cache import cached_entries, clear_cache, entries, load_everything, open_shipped, read_folder, read_shipped
from kg.cache.building import LOCK, find_or_build
from kg.cache.entries import BESIDE
from kg.cli import cli
from kg.errors import DataError, LocationError
from kg.locks import alone, hold
from kg.records import read_records
from kg.store import Store, open_store
from tests.tiny import PREFIXES, WORLD, describe

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of a process are POSIX")

CHILD = """
import os, signal, sys
from pathlib import Path
import kg.cache
kg.cache.ontology_files = kg.cache.norm_files = lambda: []
kg.cache.data_files = lambda folders=(): [Path(sys.argv[1])]
"""
KILLED = (
    CHILD
    + """
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
place, last = os.environ["FOREBYGG_CACHE"], int(sys.argv[2])
seen = 0
def count(event, arguments):
    global seen
    reads = event in {"os.listdir", "os.scandir"} or (event == "open" and not arguments[2] & WRITES)
    if not reads and any(place in str(each) for each in arguments):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
print(len(kg.cache.read_shipped().named), seen)
"""
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a cache of its own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("FOREBYGG_CACHE", str(folder))
    return folder


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small file that stands for everything that is shipped."""
    file = tmp_path / "litet.ttl"
    file.write_text(PREFIXES + WORLD + describe("a:polisen a:skolan"), encoding="utf-8")
    monkeypatch.setattr(kg.cache, "ontology_files", list)
    monkeypatch.setattr(kg.cache, "norm_files", list)
    monkeypatch.setattr(kg.cache, "data_files", lambda _=(): [file])
    return file


def child(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def left(place: Path) -> list[str]:
    """Return what builders have left beside the entries."""
    return sorted(path.name for path in place.glob(f"{BESIDE}*"))


MORE = '\na:polisen skos:altLabel "Ordningsmakten"@sv .\n'


def as_expected() -> None:
    """Hold what the cache gives to the data read anew, and say that nothing is half or left."""
    assert read_shipped() == read_records(load_everything(open_store()))
    assert len(open_shipped()) == len(load_everything(open_store()))
    assert all(each.whole for each in cached_entries())


@ON_POSIX
def test_a_build_killed_at_any_event_leaves_the_cache_whole_or_to_be_built_anew(data: Path, place: Path) -> None:
    kills = 0
    while True:
        clear_cache()
        building = child(KILLED, data, kills + 1)
        out, error = building.communicate()
        assert all(each.whole for each in cached_entries()), f"half an entry after event {kills + 1}"
        as_expected()
        assert not left(place), f"left over after event {kills + 1}"
        if building.returncode == 0:
            break
        assert building.returncode == -signal.SIGKILL, error
        kills += 1
    assert out.split()[1] == str(kills), "every event was tried"
    assert kills >= 10


@ON_POSIX
@pytest.mark.parametrize("files", [1, 4, 8, 12])
def test_a_build_killed_while_the_engine_writes_is_built_anew(data: Path, place: Path, files: int) -> None:
    building = child(CHILD + "kg.cache.read_shipped()", data)
    while building.poll() is None and sum(1 for path in place.rglob("*") if path.is_file()) < files:
        pass
    building.kill()
    building.communicate()
    as_expected()
    assert not left(place)


def test_several_at_once_build_one_entry_together(data: Path, place: Path) -> None:
    script = CHILD + "print(len(kg.cache.open_shipped()), len(kg.cache.read_shipped().named))"
    at_once = [child(script, data) for _ in range(4)]
    said = {each.communicate()[0] for each in at_once}
    assert said == {f"{len(open_shipped())} {len(read_shipped().named)}\n"}
    assert len(cached_entries()) == 1
    assert not left(place)


def test_a_change_in_a_file_builds_anew(data: Path) -> None:
    before = read_shipped()
    data.write_text(data.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    assert read_shipped() != before
    as_expected()
    assert len(cached_entries()) == 2


def test_a_file_that_changes_while_it_is_read_never_stands_under_the_wrong_key(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, changed = kg.cache.load_everything, []

    def meanwhile(*arguments: object) -> Store:
        store = whole(*arguments)  # type: ignore[arg-type]  what it is called with goes on
        if not changed:
            changed.append(data.write_text(data.read_text(encoding="utf-8") + MORE, encoding="utf-8"))
        return store

    monkeypatch.setattr(kg.cache, "load_everything", meanwhile)
    assert read_shipped() == read_records(whole(open_store()))
    assert changed
    assert len(cached_entries()) == 1


def test_files_that_change_all_the_time_are_read_without_the_cache(place: Path) -> None:
    keys = iter(range(99))
    told: list[str] = []
    found = find_or_build(place, lambda: f"{next(keys):032x}", lambda _: 0, holds=(), tell=told.append)
    assert found is None
    assert "change while they are read" in told[-1]
    assert not left(place)


@pytest.mark.parametrize("spoil", ["cut", "lost", "unsealed"])
def test_an_entry_that_lost_something_is_built_anew(data: Path, spoil: str) -> None:
    read_shipped()
    (entry,) = cached_entries()
    file = {"cut": "claims.jsonl", "lost": "store/CURRENT", "unsealed": "entry.json"}[spoil]
    if spoil == "cut":
        (entry.folder / file).write_bytes((entry.folder / file).read_bytes()[:-5])
    else:
        (entry.folder / file).unlink()
    assert [each.whole for each in cached_entries()] == [False]
    as_expected()


def test_an_error_in_the_data_is_told_and_leaves_nothing(data: Path, place: Path) -> None:
    data.write_text("a:x b:y", encoding="utf-8")
    with pytest.raises(DataError, match=r"litet\.ttl, line 1"):
        read_shipped()
    assert not cached_entries()
    assert not left(place)


@ON_POSIX
@pytest.mark.parametrize("most", [0, 500, 5000])
def test_a_full_disk_is_no_hindrance(data: Path, place: Path, most: int) -> None:
    full = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
    script = (
        CHILD + "kg.cache.SLOW = -1\n" + full + "sys.exit(len(kg.cache.read_shipped([Path.cwd()], tell=print).named))"
    )
    said = child(script.replace("print)", "lambda line: sys.stderr.write(line))"), data)
    _, error = said.communicate()
    assert said.returncode == len(read_records(load_everything(open_store())).named), error
    assert not cached_entries()
    assert not left(place)


def test_where_the_cache_cannot_be_written_it_is_said_once_where_it_costs_time(
    data: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write_text("a file is here", encoding="utf-8")
    told: list[str] = []
    assert read_shipped([data.parent], tell=told.append) == read_records(load_everything(open_store()))
    assert not told
    monkeypatch.setattr(kg.cache, "SLOW", 1)
    read_shipped([data.parent], tell=told.append)
    assert len(told) == 1
    assert "FOREBYGG_CACHE" in told[0]


def test_old_entries_go_but_never_one_in_use(place: Path) -> None:
    kept = find_or_build(place, lambda: "0" * 32, lambda _: 0, holds=())
    assert kept is not None
    for number in range(1, 6):
        built = find_or_build(place, lambda number=number: f"{number:032x}", lambda _: 0, holds=())  # type: ignore[misc]
        assert built is not None
        built.lock.close()
        os.utime(built.folder / "in-use", (number, number))
    os.utime(kept.folder / "in-use", (0, 0))
    entries.prune(place, keep=f"{1:032x}", most=3)
    assert sorted(int(each.key) for each in cached_entries()) == [0, 1, 5]
    entries.prune(place, keep=f"{1:032x}", size=0)
    assert sorted(int(each.key) for each in cached_entries()) == [0, 1]
    kept.lock.close()
    entries.prune(place, keep=f"{1:032x}", most=1)
    assert [int(each.key) for each in cached_entries()] == [1]


def test_what_is_no_entry_stays_whatever_is_cleared(data: Path, place: Path) -> None:
    read_shipped()
    (place / "mina-brev").mkdir()
    (place / "mina-brev" / "brev.txt").write_text("x", encoding="utf-8")
    clear_cache()
    assert sorted(path.name for path in place.iterdir()) == [LOCK, "mina-brev"]


def test_an_entry_in_use_outlives_clearing_and_goes_when_it_is_let_go(data: Path) -> None:
    store = open_shipped()
    assert [each.in_use for each in cached_entries()] == [True]
    removed, kept = clear_cache()
    assert (len(removed), len(kept)) == (0, 1)
    assert len(store) == len(load_everything(open_store()))
    del store
    assert len(clear_cache()[0]) == 1


def test_claims_are_read_when_they_are_asked_for_and_hold_their_entry(data: Path) -> None:
    records = read_shipped()
    assert not clear_cache()[0]
    assert records.claims == read_records(load_everything(open_store())).claims


def test_an_entry_moved_away_while_one_waited_is_not_held(place: Path) -> None:
    place.mkdir()
    file = place / "in-use"
    assert hold(file) is None
    file.touch()
    lock = hold(file)
    assert lock is not None
    lock.close()


def test_a_builder_that_never_ends_is_not_waited_for(place: Path) -> None:
    place.mkdir()
    with alone(place / LOCK, seconds=0), pytest.raises(TimeoutError), alone(place / LOCK, seconds=0):
        pass
    with alone(place / LOCK, seconds=0):
        pass


def test_the_records_of_a_folder_store_are_kept_until_it_is_written_to(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "graf"
    store = open_store(folder, read_only=False)
    load_everything(store)
    store.close()
    first = read_folder(folder)
    assert read_folder(folder) == first == read_records(open_store(folder))
    assert len(cached_entries()) == 1
    data.write_text(data.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    store = open_store(folder, read_only=False)
    load_everything(store)
    store.close()
    assert read_folder(folder) == read_records(open_store(folder)) != first
    with pytest.raises(LocationError, match="holds no store"):
        read_folder(tmp_path)


def test_the_command_shows_and_clears(data: Path, place: Path) -> None:
    run = CliRunner().invoke
    assert run(cli, ["cache"]).output == f"{place}: 0 poster, 0.0 MB\n"
    assert run(cli, ["cache", "--clear"]).output == "0 poster borta, 0.0 MB\n"
    store = open_shipped()
    said = json.loads(run(cli, ["cache", "--format", "json"]).output)
    (entry,) = said["entries"]
    assert said["folder"] == str(place)
    assert (entry["state"], entry["holds"], entry["triples"]) == ("in-use", ["shipped"], len(store))
    shown = run(cli, ["cache", "--lang", "en"]).output
    assert f"{place}: 1 entry" in shown
    assert f"{entry['key'][:8]}" in shown
    assert "in use  the shipped graph" in shown
    assert "används  den medföljande grafen" in run(cli, ["cache"]).output
    assert "1 används och är kvar" in run(cli, ["cache", "--clear"]).output
    del store
    cleared = json.loads(run(cli, ["cache", "--clear", "--format", "json"]).output)
    assert [each["removed"] for each in cleared["entries"]] == [True]
    assert "0 entries" in run(cli, ["cache", "--lang", "en"]).output
