"""Closed HTML pages: one file, no request, a policy that allows only what is inside, no invisible letters."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["clean", "hash_source", "policy", "template_environment"]

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def clean(text: str) -> str:
    r"""Return the text in NFC without control characters and direction overrides, which no reader can see.

    >>> clean("BRÅ\u202egnp.exe\x00")
    'BRÅgnp.exe'
    """
    seen = text if text.isprintable() else _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", seen)


def hash_source(content: str) -> str:
    """Return the source expression of an inline script or style: its SHA-256 in base64.

    >>> hash_source("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def policy(
    *, styles: tuple[str, ...] = (), scripts: tuple[str, ...] = (), packed: str = "", forms: str = "'none'"
) -> Markup:
    """Return a policy that allows nothing but these inline styles and scripts.

    `packed` names the one Trusted Types policy by which a page may unpack a script of its own; that script must be
    among `scripts`, so that its hash is all that runs. `forms` says where a form may lead.
    """
    style = " ".join(map(hash_source, styles)) or "'none'"
    script = " ".join(map(hash_source, scripts)) or "'none'"
    types = packed or "'none'"
    return Markup(  # noqa: S704  built of hashes and fixed words
        f"default-src 'none'; style-src {style}; script-src {script}; "
        f"base-uri 'none'; form-action {forms}; require-trusted-types-for 'script'; trusted-types {types}"
    )


def _visible(value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def template_environment(*folders: Path) -> Environment:
    """Return the environment for folders of templates, the first before the next.

    Escaping is on, unknown names are an error and values are cleaned of what no reader can see.
    """
    from jinja2 import Environment as Templates  # noqa: PLC0415  tables in a terminal need no templates
    from jinja2 import FileSystemLoader, StrictUndefined  # noqa: PLC0415

    return Templates(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
