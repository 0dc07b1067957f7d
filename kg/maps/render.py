"""The one template environment: escaping always on, and nothing invisible gets through."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.maps.texts import clean

if TYPE_CHECKING:
    import jinja2

__all__ = ["environment", "static_text"]

_HERE = Path(__file__).resolve().parent


def _visible(value: Any) -> Any:
    import markupsafe  # noqa: PLC0415  comes with jinja2, which only a page needs

    if isinstance(value, str) and not isinstance(value, markupsafe.Markup):
        return clean(value)
    return value


@cache
def environment() -> jinja2.Environment:
    """Return the templates of the map; an unknown name in one is an error, not an empty string."""
    import jinja2  # noqa: PLC0415  the command starts without it

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
        keep_trailing_newline=True,
    )


def static_text(name: str) -> str:
    """Return a style sheet or script of our own, with Unix line ends."""
    return (_HERE / "static" / name).read_text(encoding="utf-8").replace("\r\n", "\n")
