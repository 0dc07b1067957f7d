"""Make a folder for Windows with Python and everything else inside, started by a double-click.

    python -m tools.windows --python python-3.12.10-embed-amd64.zip -o dist/forebygg-windows

Nothing is installed on the computer that runs it, and neither an administrator nor a network is needed there. The zip
is the embeddable package from python.org (64 bit); its version decides which wheels are fetched. The wheel of
Förebygg is built from this folder. pip reads the conditions of requirements as on the machine it runs on, so those of
Windows are worked out here and fetched by name; the finished folder is checked against them before it is given its
name.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = ("app", "brief", "excel", "validate")
START = "Starta Förebygg.cmd"
READ_ME = "LÄS MIG.txt"
SUMS = "sha256.txt"

COMMAND = """@echo off
chcp 65001 >nul
"%~dp0python\\python.exe" -X utf8 -m kg app --folder "%~dp0Mina uppgifter"
if errorlevel 1 pause
"""

WORDS = """Förebygg: vilka möts, och vilka saknas?

1. Packa upp hela mappen, till exempel på skrivbordet. Den behöver inte installeras.
2. Dubbelklicka på "{start}". Ett svart fönster öppnas, och sedan en sida i webbläsaren.
3. Stäng det svarta fönstret när du är klar.

Allt stannar på datorn: sidan nås bara härifrån och skickar inget någonstans.
Det du lägger in sparas i mappen "Mina uppgifter" bredvid den här filen.
"""


class BuildError(Exception):
    """The folder cannot be made; the message says why and what to do."""


def python_version(names: Iterable[str]) -> str:
    """Return the version ("3.12") of an embeddable package from the names of its files.

    >>> python_version(["python.exe", "python312.zip", "python312._pth"])
    '3.12'
    """
    for name in names:
        if found := re.fullmatch(r"python3(\d+)\._pth", name):
            return f"3.{found[1]}"
    raise BuildError("the zip holds no python3*._pth: take the embeddable package (64 bit) from python.org")


def windows_environment(version: str) -> dict[str, str]:
    """Return the values by which requirements are chosen on 64-bit Windows."""
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{version}.0",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_release": "10",
        "platform_system": "Windows",
        "platform_version": "10.0.19045",
        "python_full_version": f"{version}.0",
        "python_version": version,
        "sys_platform": "win32",
    }


def requirements_of(wheel: Path, version: str, extras: Iterable[str] = ()) -> Iterator[Requirement]:
    """Yield what a wheel requires on Windows, with these extras."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        head = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    environment = windows_environment(version)
    for text in head.get_all("Requires-Dist") or ():
        requirement = Requirement(text)
        wanted = ({**environment, "extra": each} for each in ("", *extras))
        if requirement.marker is None or any(requirement.marker.evaluate(each) for each in wanted):
            yield requirement


def missing_requirements(wheels: Iterable[Path], version: str) -> list[str]:
    """Return what some wheel requires on Windows and no wheel brings, as pip takes it; versions are held to as well."""
    found = {canonicalize_name(parse_wheel_filename(each.name)[0]): each for each in wheels}
    missing = set()
    for name, wheel in found.items():
        for requirement in requirements_of(wheel, version, EXTRAS if name == "forebygg" else ()):
            brought = found.get(canonicalize_name(requirement.name))
            if brought is None or not requirement.specifier.contains(parse_wheel_filename(brought.name)[1]):
                missing.add(f"{requirement.name}{requirement.specifier}")
    return sorted(missing)


def _run(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise BuildError(f"{' '.join(arguments[:2])} failed: {(done.stderr or done.stdout).strip()[-600:]}")


def fetch_wheels(folder: Path, version: str) -> list[Path]:
    """Build the wheel of Förebygg and fetch those it needs on Windows; raises `BuildError` where one cannot be had."""
    _run(["build", "--wheel", "--outdir", str(folder), "."])
    (own,) = folder.glob("forebygg-*.whl")
    wanted = {f"{each.name}{each.specifier}" for each in requirements_of(own, version, EXTRAS)}
    missing: list[str] = []
    for attempt in range(5):
        room = folder / str(attempt)
        for_windows = ["--platform", "win_amd64", "--python-version", version, "--only-binary", ":all:"]
        _run(["pip", "download", "--quiet", "--dest", str(room), *for_windows, *sorted(wanted)])
        wheels = [own, *sorted(room.glob("*.whl"))]
        missing = missing_requirements(wheels, version)
        if not missing:
            return wheels
        wanted.update(missing)
    raise BuildError(f"no wheel for Windows meets: {', '.join(missing)}")


def _unpack(archive: Path, target: Path) -> None:
    """Unpack a wheel as an installer would: scripts and headers are left out, nothing lands outside the folder."""
    with zipfile.ZipFile(archive) as zipped:
        for member in zipped.infolist():
            path = PurePosixPath(member.filename)
            if path.is_absolute() or ".." in path.parts:
                raise BuildError(f"{archive.name}: {member.filename} leads out of the wheel")
            parts = path.parts
            if parts and parts[0].endswith(".data"):
                if len(parts) < 3 or parts[1] not in {"purelib", "platlib"}:
                    continue
                parts = parts[2:]
            if member.is_dir() or not parts:
                continue
            place = target.joinpath(*parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(zipped.read(member))


def _windows_text(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8")


def assemble(python: Path, wheels: Iterable[Path], target: Path) -> None:
    """Put Python, the wheels and the start file together in `target`, which must not be there yet."""
    with zipfile.ZipFile(python) as zipped:
        version = python_version(zipped.namelist())
        zipped.extractall(target / "python")
    for wheel in wheels:
        _unpack(wheel, target / "bibliotek")
    digits = version.replace(".", "")
    paths = f"python{digits}.zip\n.\n..\\bibliotek\n"
    (target / "python" / f"python{digits}._pth").write_bytes(_windows_text(paths))
    (target / START).write_bytes(_windows_text(COMMAND))
    (target / READ_ME).write_bytes(b"\xef\xbb\xbf" + _windows_text(WORDS.format(start=START)))
    (target / "Mina uppgifter").mkdir()
    (target / SUMS).write_bytes(_windows_text("".join(f"{line}\n" for line in _sums(target))))


def _sums(folder: Path) -> Iterator[str]:
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        yield f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}"


def build(python: Path, output: Path) -> Path:
    """Make the folder beside its place and move it there whole; raises `BuildError` where it is there already."""
    if output.exists():
        raise BuildError(f"{output} is there already: remove it or name another folder with -o")
    if not zipfile.is_zipfile(python):
        raise BuildError(f"{python} is no zip: take the embeddable package (64 bit) from python.org")
    output.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(python) as zipped:
        version = python_version(zipped.namelist())
    with tempfile.TemporaryDirectory(dir=output.parent) as beside:
        wheels = fetch_wheels(Path(beside) / "wheels", version)
        whole = Path(beside) / "whole"
        assemble(python, wheels, whole)
        shutil.move(whole, output)
    return output


def main() -> int:
    """Make the folder and print where it is."""
    parser = argparse.ArgumentParser(prog="python -m tools.windows", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--python", type=Path, required=True, help="the embeddable package (64 bit) from python.org")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist" / "forebygg-windows")
    options = parser.parse_args()
    try:
        print(build(options.python, options.output))
    except BuildError as error:
        print(f"tools.windows: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
