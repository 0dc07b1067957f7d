"""The pages of findings and of comparisons, as they are written."""

from __future__ import annotations

import re

import pytest

from kg.findings import Lang
from kg.network import build_network
from kg.pages import findings_page
from kg.pages.comparisons import comparison_page
from kg.sources import choose_sources
from tests.tiny import describe, find, norm, records_of


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_gaps_comparisons_and_questions_stand_apart(lang: Lang) -> None:
    both = norm("tst-01") + norm("tst-02", actor="fritid", obligation="kan")
    html = findings_page(find(describe("a:skolan"), both), lang)
    cards = re.findall(r'<article class="card (\w+)" id="([^"]+)"', html)
    assert ("gap", "provstad-2022/b-gruppen/tst-01") in cards
    assert ("comparison", "provstad-2022/b-gruppen/tst-02") in cards
    assert ("inte samma sak" if lang == "sv" else "not the same") in html


def test_the_tiny_network_has_the_actors_of_the_list() -> None:
    records = records_of(describe("a:skolan a:polisen"))
    graph = build_network(records, choose_sources(records))
    assert sorted(data["bipartite"] for _, data in graph.nodes(data=True)) == [0, 0, 1]


def test_no_matrix_is_an_error() -> None:
    with pytest.raises(ValueError, match="no matrix"):
        comparison_page([])
