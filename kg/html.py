"""Closed HTML pages: one file, no request, a content security policy that allows only what is inside."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["hash_source", "policy", "template_environment"]


def hash_source(content: str) -> str:
    """Return the source expression of an inline script or style: its SHA-256 in base64.

    >>> hash_source("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def policy(*, styles: tuple[str, ...] = (), scripts: tuple[str, ...] = ()) -> Markup:
    """Return a policy that allows nothing but these inline styles and scripts."""
    style = " ".join(map(hash_source, styles)) or "'none'"
    script = " ".join(map(hash_source, scripts)) or "'none'"
    return Markup(  # noqa: S704  built of hashes and fixed words
        f"default-src 'none'; style-src {style}; script-src {script}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


@cache
def template_environment(folder: Path) -> Environment:
    """Return the environment for a folder of templates, with escaping on and unknown names an error."""
    from jinja2 import Environment as Templates  # noqa: PLC0415  tables in a terminal need no templates
    from jinja2 import FileSystemLoader, StrictUndefined  # noqa: PLC0415

    return Templates(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
