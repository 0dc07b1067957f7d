import gzip
import hashlib
import json
import re
import subprocess
import sys
import xml.dom.minidom
from base64 import b64decode, b64encode
from dataclasses import replace
from pathlib import Path

import pytest

from kg.atlas import map_of
from kg.cache import read_shipped
from kg.errors import KgError
from kg.maps.layout import lay_out
from kg.maps.page import escape_json, render_map
from kg.maps.scatter import scatter
from kg.maps.svg import render_svg
from kg.maps.values import GhostKind
from kg.maps.visnet import SCRIPT, _Ids, network_data, read_script
from tests.maps import poisoned


def policy_of(html: str) -> str:
    return re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")


def test_the_policy_allows_nothing_but_the_scripts_and_the_style_of_the_file(ekby_html):
    policy = policy_of(ekby_html)
    found = [*re.findall(r"<(script|style)>(.*?)</\1>", ekby_html, re.DOTALL), ("packed", read_script())]
    hashes = [f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for _, text in found]
    assert [name for name, _ in found] == ["script", "style", "script", "packed"]
    assert all(each in policy for each in hashes)
    assert policy.startswith("default-src 'none'; ")
    assert "require-trusted-types-for 'script'; trusted-types vis" in policy
    assert "unsafe" not in policy


def test_the_page_has_no_inline_style_handler_or_outside_resource(ekby_html):
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", ekby_html, flags=re.DOTALL)
    assert not re.search(
        r"\sstyle=|\son\w+=|\ssrc=|<link(?! rel=.expect. href=.#read. )|<iframe|<object|@import|url\((?!#)", markup
    )


def test_own_scripts_write_text_and_never_markup():
    folder = Path(sys.modules["kg.maps.page"].__file__).parent / "static"
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js"))}
    own = "".join(files.values())
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", own)
    assert max(len(text.splitlines()) for text in files.values()) < 300


def test_data_cannot_end_its_script_element():
    text = escape_json({"a": "</script>&\u2028\u2029"})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"a": "</script>&\u2028\u2029"}


def test_the_same_model_gives_the_same_bytes_in_another_process(ekby_html, ekby):
    assert render_map(ekby) == ekby_html
    code = (
        "import hashlib, pathlib, tempfile;"
        "from kg.maps.page import render_map; from tests.maps import EKBY, load_map;"
        "m = load_map(EKBY.read_text(encoding='utf-8'), pathlib.Path(tempfile.mkdtemp()));"
        "print(hashlib.sha256(render_map(m).encode()).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
        env={"PYTHONHASHSEED": "4711"},
    )
    assert done.stdout.strip() == hashlib.sha256(ekby_html.encode()).hexdigest()


def test_the_packed_script_is_the_one_that_pyvis_ships(ekby_html):
    packed = re.search(r'<script type="application/gzip" id="packed">([^<]+)</script>', ekby_html)[1]
    assert gzip.decompress(b64decode(packed)).decode() == read_script()


def test_the_page_is_at_most_700_kilobytes(ekby_html):
    assert len(ekby_html.encode()) < 700_000


def test_hostile_words_change_no_markup(ekby, ekby_html):
    def shape(html):
        return re.findall(r"<(\w+)", re.sub(r"<(script|style)[^>]*>.*?</\1>", "", html, flags=re.DOTALL))

    hostile = render_map(poisoned(ekby))
    assert {"img", "iframe"} & set(shape(hostile)) == set()
    assert set(shape(hostile)) == set(shape(ekby_html))
    assert not re.search("[\x00\x07\u202e]", hostile)


def test_a_map_without_rules_supposes_nothing(ekby_html):
    assert 'id="rules"' not in ekby_html
    assert "whatif.judge" not in ekby_html


def test_a_municipality_fits_in_700_kilobytes_with_what_can_be_supposed():
    assert len(render_map(map_of(read_shipped(()), report="vaxjo-2022")).encode("utf-8")) <= 700_000


def test_an_address_that_is_no_web_address_becomes_no_link(ekby):
    changed = tuple(replace(each, norm_address="javascript:alert(1)") for each in ekby.findings)
    assert "javascript:alert" not in render_map(replace(ekby, findings=changed))


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_static_drawing_is_sound_xml_even_with_hostile_words(ekby, lang):
    for model in (ekby, poisoned(ekby)):
        text = render_svg(model, lang, questions=True)
        root = xml.dom.minidom.parseString(text.encode()).documentElement
        assert root.getAttribute("lang") == lang
        assert not re.search(r"<script|<img|onload=\"|<foreignObject", text)


def test_the_static_drawing_says_in_words_that_silence_is_not_absence(ekby):
    assert "Att en aktör inte nämns är inte detsamma som att den inte deltar." in render_svg(ekby, "sv")
    assert "Not being named is not the same as not taking part." in render_svg(ekby, "en")


def test_questions_are_off_in_the_static_drawing_unless_asked_for(ekby):
    assert "1 fråga" not in render_svg(ekby, "sv")
    assert "1 fråga" in render_svg(ekby, "sv", questions=True)


def test_another_vis_network_is_refused_with_the_way_to_mend_it(tmp_path):
    path = tmp_path / SCRIPT
    path.parent.mkdir(parents=True)
    path.write_text("alert(1)")
    with pytest.raises(KgError, match=r"not the vis-network 9\.1\.2 .* reinstall it with: pip install"):
        read_script(tmp_path)
    with pytest.raises(KgError, match=r"pip install 'pyvis==0\.3\.2'"):
        read_script(tmp_path / "nowhere")


def test_the_script_names_its_licences_and_calls_for_no_source_map():
    script = read_script()
    assert "Apache 2.0" in script
    assert "sourceMappingURL" not in script


def test_pyvis_holds_each_node_and_edge_once_with_both_places(ekby):
    level = lay_out(ekby)
    nodes, edges = network_data(ekby, level, scatter(ekby, level))
    assert len({each["id"] for each in nodes}) == len(nodes) == len(ekby.forums) + len(ekby.actors) + len(ekby.ghosts)
    assert len(edges) == len(ekby.edges) + len(ekby.lines) + sum(bool(each.forum) for each in ekby.ghosts)
    assert all({"x", "y", "box", "names", "say"} <= set(each) for each in nodes)
    assert {each["kind"] for each in nodes} == {"forum", "actor", GhostKind.GAP, GhostKind.QUESTION}


def test_adding_edges_to_pyvis_grows_with_their_number_not_its_square():
    compared = []

    class Counted(int):
        __hash__ = int.__hash__

        def __eq__(self, other):
            compared.append(self)
            return int(self) == int(other)

    ids = _Ids()
    for each in range(1_000):
        ids.append(Counted(each))
    assert all(Counted(each) in ids for each in range(1_000))
    assert len(compared) < 10_000  # a list takes half a million
