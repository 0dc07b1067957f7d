"""Knowledge graph of prevention actors and collaboration forums in Swedish municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.jupyter import show as show

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Return `kg.show`, imported when it is asked for: the command starts without maps."""
    if name == "show":
        from kg.jupyter import show  # noqa: PLC0415  see above

        return show
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
