"""The details of the map as plain values are what a reader of HTML finds in their markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

import kg.maps.page
from kg.atlas import map_of
from kg.maps.leaves import VOID, leaves_of
from kg.records import read_records
from tests.synthetic import real_store


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[list[Any]] = [["", {}]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element: list[Any] = [tag, {name: value or "" for name, value in attrs}]
        self.open[-1].append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1][0] == tag
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].append(data)


def read(markup: str) -> list[Any]:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader.open[0][2:]


def test_the_details_are_what_a_reader_of_html_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []

    def noted(markup: str) -> list[Any]:
        given.append(markup)
        return leaves_of(markup)

    monkeypatch.setattr(kg.maps.page, "leaves_of", noted)
    kg.maps.page.render_map(map_of(read_records(real_store()), report="kalmar-2021"))
    assert given
    assert all(leaves_of(each) == read(each) for each in given)


@pytest.mark.parametrize(
    "markup", ["<p>A &amp; B<br>c</p>", '<a href="?a=1&amp;b=2" hidden>x</a> &lt;y&gt;', "<p></p>", "", "å &#8722;1"]
)
def test_small_markup_is_read_alike(markup: str) -> None:
    assert leaves_of(markup) == read(markup)


@pytest.mark.parametrize("markup", ["<p>a < b</p>", "<p><b></p></b>", "<p>", "<p a='b'></p>", "<!-- x -->"])
def test_markup_that_is_not_ours_is_an_error(markup: str) -> None:
    with pytest.raises(ValueError, match=r"markup|closes|closed"):
        leaves_of(markup)
