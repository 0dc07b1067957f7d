"""What a page is asked for and what it replies, as values: no page knows of the web framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from kg.findings import Lang
from kg.pages.site import Site

__all__ = ["Asked", "Reply"]

MENU = (
    ("/", ("Kommuner", "Municipalities")),
    ("/luckor", ("Luckor", "Gaps")),
    ("/tackning", ("Åldrar", "Ages")),
    ("/jamfor", ("Jämför", "Compare")),
    ("/fraga", ("Fråga", "Ask")),
    ("/api", ("Data", "Data")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its path below `root`, where the pages are mounted, the values in the path and in the query."""

    path: str
    root: str = ""
    lang: Lang = "sv"
    values: Mapping[str, str] = field(default_factory=dict)
    query: tuple[tuple[str, str], ...] = ()
    host: str = ""

    @property
    def sv(self) -> bool:
        """Whether the page is to be in Swedish."""
        return self.lang == "sv"

    def get(self, name: str) -> str:
        """Return the first value of a field of the query without blanks around it, "" where it has none."""
        return next((value.strip() for key, value in self.query if key == name), "")

    def all(self, name: str) -> list[str]:
        """Return all values of a field of the query that are not empty, each once."""
        return list(dict.fromkeys(value.strip() for key, value in self.query if key == name and value.strip()))

    def say(self, swedish: str, english: str) -> str:
        """Return the words of the language asked for."""
        return swedish if self.sv else english

    def to(self, path: str, *query: tuple[str, str], **more: str) -> str:
        """Return the address of a page in the language asked for; fields without a value are left out.

        `path` is already quoted where it needs to be.
        """
        fields = [each for each in (*query, *more.items()) if each[1] != ""]
        if not self.sv:
            fields.append(("lang", self.lang))
        return f"{self.root}{path}{'?' if fields else ''}{urlencode(fields)}"

    def here(self, **changed: str) -> str:
        """Return the address of this page with some fields changed, or left out where they are given as ""."""
        kept = [(key, value) for key, value in self.query if key not in changed and key != "lang"]
        return self.to(quote(self.path), *kept, **changed)

    def site(self, *, alternates: tuple[tuple[str, str], ...] = ()) -> Site:
        """Return the frame of the page asked for."""
        links = tuple((self.to(path), self.say(*names)) for path, names in MENU)
        kept = [(key, value) for key, value in self.query if key != "lang"]
        other = "" if not self.sv else "en"
        fields = [*kept, *([("lang", other)] if other else [])]
        return Site(
            home=self.to("/"),
            links=links,
            search=f"{self.root}/sok",
            other=f"{self.root}{quote(self.path)}{'?' if fields else ''}{urlencode(fields)}",
            here=self.to(self.path),
            kept=() if self.sv else (("lang", self.lang),),
            asked=self.get("q") if self.path == "/sok" else "",
            alternates=alternates,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back: the content, its media type, the status, and a name where it is to be saved as a file."""

    content: str | bytes
    media: str = "text/html"
    status: int = 200
    save_as: str = ""
    to: str = ""
