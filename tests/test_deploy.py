"""What lies in `deploy/`: the image and the unit agree with the package, with each other and with the page about them."""

from __future__ import annotations

import configparser
import contextlib
import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cache import LOCK
from kg.locks import alone
from kg.server.processors import count_processors

ROOT = Path(__file__).resolve().parent.parent
CONTAINERFILE = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy" / "kg-serve.service").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "endpoint.md").read_text(encoding="utf-8")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has what is looked at")


def setup() -> configparser.ConfigParser:
    read = configparser.ConfigParser()
    read.read(ROOT / "setup.cfg", encoding="utf-8")
    return read


def said(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    assert found, pattern
    return found[1]


def test_the_image_installs_what_the_server_needs() -> None:
    code = said(r'python -c "(import configparser.*?)"', CONTAINERFILE.replace("\\\n", ""))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code.replace("/src/setup.cfg", (ROOT / "setup.cfg").as_posix()), {})
    needed, extras = setup()["options"]["install_requires"], setup()["options.extras_require"]
    assert printed.getvalue().split() == [*needed.split(), *extras["server"].split()]


def test_the_image_is_built_from_all_that_is_packaged_and_nothing_else() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "*"
    taken = {line[1:] for line in lines if line.startswith("!")}
    homes = [line.partition("=")[2].strip() for line in setup()["options"]["package_dir"].split("\n") if line]
    assert taken == {"kg", *homes, "setup.cfg", "pyproject.toml", "README.md", "LICENSE"}
    assert all((ROOT / each).exists() for each in taken)


def test_user_place_and_port_of_the_image_agree() -> None:
    user, group = said(r"^USER (\d+):\d+$", CONTAINERFILE), said(r"^USER \d+:(\d+)$", CONTAINERFILE)
    assert f"groupadd --gid {group} " in CONTAINERFILE
    assert f"useradd --uid {user} --gid {group} " in CONTAINERFILE
    place = said(r"^VOLUME (\S+)$", CONTAINERFILE)
    assert f"FOREBYGG_CACHE={place} " in CONTAINERFILE
    assert f"--mode=0700 {place}\n" in CONTAINERFILE
    port = said(r"^EXPOSE (\d+)$", CONTAINERFILE)
    assert f"http://127.0.0.1:{port}/health" in CONTAINERFILE
    assert f'"--port", "{port}"' in CONTAINERFILE
    assert f"{user}:{group}" in PAGE
    assert all(f":{place}" in line for line in PAGE.splitlines() if "--volume forebygg:" in line)
    assert all(f":{port}" in line for line in PAGE.splitlines() if "--publish" in line)


def test_the_unit_starts_what_the_page_installs_and_writes_where_it_may() -> None:
    program = said(r"^ExecStart=(\S+) serve ", UNIT)
    home = program.removesuffix("/bin/kg")
    assert f"-m venv {home}" in PAGE
    assert f"-m venv --without-pip {home}" in CONTAINERFILE
    environment = dict(each.split("=") for each in said(r"^Environment=(.*)$", UNIT).split())
    assert environment["FOREBYGG_CACHE"] == f"/var/cache/{said(r'^CacheDirectory=(.*)$', UNIT)}"
    assert environment["FOREBYGG_CONFIG"] == f"/var/lib/{said(r'^StateDirectory=(.*)$', UNIT)}"
    port = said(r"--port (\d+)", UNIT)
    assert f"reverse_proxy 127.0.0.1:{port}" in PAGE
    assert f"proxy_pass http://127.0.0.1:{port};" in PAGE


def test_the_page_does_not_name_files_that_are_gone() -> None:
    for name in re.findall(r"\bdeploy/[\w.-]+", PAGE):
        assert (ROOT / name).is_file()


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def caught(process: int) -> int:
    """Return the signals that a process catches, a bit each."""
    return int(said(r"^SigCgt:\s*(\w+)$", Path(f"/proc/{process}/status").read_text(encoding="ascii")), 16)


@linux
def test_a_stop_while_it_starts_is_heeded_and_a_reload_does_not_end_it(tmp_path: Path) -> None:
    wanted = (1 << (signal.SIGTERM - 1)) | (1 << (signal.SIGHUP - 1))
    with (
        alone(tmp_path / LOCK, seconds=5),  # it has a cache to build, and waits for who builds it
        subprocess.Popen(
            [sys.executable, "-m", "kg", "serve"],
            env={**os.environ, "FOREBYGG_CACHE": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process,
    ):
        until(lambda: caught(process.pid) & wanted == wanted)
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        told = process.communicate(timeout=60)
    assert (process.returncode, *told) == (0, b"", b"")


@linux
def test_a_worker_goes_before_the_server_where_memory_runs_out() -> None:
    code = "from kg.server import confine; confine.give_way(); print(open('/proc/self/oom_score_adj').read())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) == 1000


def count_with(tmp_path: Path, **bounds: str) -> int:
    """Count in a machine whose control group is `a/b`, with bounds for the root, `a` and `a/b`."""
    for group, bound in {"": "", "a": "", "a/b": "", **bounds}.items():
        (tmp_path / group).mkdir(exist_ok=True)
        if bound:
            (tmp_path / group / "cpu.max").write_text(f"{bound}\n", encoding="ascii")
    own = tmp_path / "own"
    own.write_text("4:cpu,cpuacct:/x\n0::/a/b\n", encoding="ascii")
    return count_processors(tmp_path, own)


def test_processors_are_those_that_the_bounds_leave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert count_processors(tmp_path, tmp_path / "none") == 64
    assert count_with(tmp_path) == 64
    assert count_with(tmp_path, **{"a/b": "max 100000"}) == 64
    assert count_with(tmp_path, a="250000 100000") == 3
    assert count_with(tmp_path, **{"a/b": "20000 100000"}) == 1
