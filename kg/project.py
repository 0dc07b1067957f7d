"""The user's own folder of data, remembered so that every command reads it beside the shipped graph."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import LocationError

__all__ = ["forget_project", "project_folder", "remember_project"]

_FILE = "project.txt"


def _remembered() -> Path:
    if given := os.environ.get("FOREBYGG_CONFIG"):
        return Path(given) / _FILE
    import platformdirs  # noqa: PLC0415  only needed where the variable is not set

    return Path(platformdirs.user_config_dir("forebygg", appauthor=False)) / _FILE


def project_folder() -> Path | None:
    """Return the folder that was remembered, None where none was; raises `LocationError` where it is gone."""
    try:
        text = _remembered().read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise LocationError(f"cannot read {_remembered()}: {error}") from error
    folder = Path(text)
    if not folder.is_dir():
        raise LocationError(
            f"the remembered folder {folder} is gone; name another with: kg project FOLDER, or --forget"
        )
    return folder


def remember_project(folder: Path) -> Path:
    """Remember a folder, whole path, and return it; raises `LocationError` where it is no folder or cannot be noted."""
    whole = folder.resolve()
    if not whole.is_dir():
        raise LocationError(f"{folder} is no folder")
    place = _remembered()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(".new")
        beside.write_text(f"{whole}\n", encoding="utf-8")
        beside.replace(place)
    except OSError as error:
        raise LocationError(f"cannot write {place}: {error.strerror}") from error
    return whole


def forget_project() -> None:
    """Forget the folder; what is in it stays."""
    _remembered().unlink(missing_ok=True)
