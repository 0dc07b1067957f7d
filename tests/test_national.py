"""The country on one page: tiles by county that say what the reports say, and a closed file."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re

import pytest

from kg.findings import Kind
from kg.maps.national import COUNTIES, Tile
from kg.workbook.places import municipalities


def test_every_municipality_has_a_tile_in_its_county(country):
    names = re.findall(r'<li data-name="([^"]+)">', country)
    assert len(names) == len(municipalities()) == 290
    assert [each for each in COUNTIES.values() if f"<h2>{each}</h2>" not in country] == []
    assert {place.code[:2] for place in municipalities()} == set(COUNTIES)


def test_a_tile_says_in_words_what_the_report_describes(ekby, tile, country):
    kinds = [each.kind for each in ekby.findings]
    assert (tile.gaps, tile.questions) == (kinds.count(Kind.GAP), kinds.count(Kind.QUESTION))
    said = re.search(r'<a class="tile \w+" href="#kommun=0780">(.*?)</a>', country)[1]
    assert f'<span lang="sv">{tile.forums} forum</span>' in said
    assert "lucka" in said or "luckor" in said


def test_a_municipality_without_a_report_is_empty_and_not_zero(country):
    said = re.search(r'<li data-name="Lund">(.*?)</li>', country)[1]
    assert said == '<span class="tile empty"><strong>Lund</strong></span>'


@pytest.mark.parametrize(("gaps", "shade"), [(0, "none"), (1, "few"), (2, "few"), (5, "some"), (6, "many")])
def test_the_shade_follows_the_number_of_gaps(gaps, shade):
    assert Tile("0780", "Ekby", gaps=gaps, packed="x").shade == shade
    assert Tile("0780", "Ekby").shade == "empty"


def test_the_packed_map_holds_every_forum_actor_gap_and_link_and_no_question(ekby, tile):
    drawn = json.loads(gzip.decompress(base64.b64decode(tile.packed)))
    gaps = [each for each in ekby.ghosts if each.kind == "gap"]
    assert len(drawn["nodes"]) == len(ekby.forums) + len(ekby.actors) + len(gaps)
    assert len(drawn["curves"]) == len(ekby.edges)
    assert "fråga" not in json.dumps(drawn["nodes"], ensure_ascii=False)


def test_the_policy_names_the_one_script_and_the_one_style(country):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', country)[1].replace("&#39;", "'")
    for text in re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", country, re.DOTALL):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy
    assert "trusted-types 'none'" in policy
