"""One interface to the triples: memory and folder answer alike, and as rdflib does."""

from __future__ import annotations

import multiprocessing
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError, LocationError, QueryError
from kg.records import Records, read_records
from kg.records.kept import read_kept, write_kept
from kg.store import Store, bind, make_quad, open_store, plain_of, read_quads
from kg.store.files import is_surely_nfc
from tests.tiny import describe, norm, store_of

TEXTS = (describe("a:polisen k:9990/sakerhetschef"), norm())


@pytest.fixture(params=["memory", "folder"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    tiny = store_of(*TEXTS)
    if request.param == "memory":
        yield tiny
        return
    written = open_store(tmp_path / "graf", read_only=False)
    written.extend(tiny.quads())
    written.close()
    yield open_store(tmp_path / "graf")


class TestStore:
    """The interface, held by each location."""

    def test_rows_are_as_rdflib_gives_them(self, store: Store) -> None:
        query = "SELECT ?s ?o WHERE { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o } ORDER BY ?s ?o"
        oracle = sorted((str(row[0]), str(row[1])) for row in store.to_rdflib().query(query))
        assert sorted(store.select(query).values()) == oracle

    def test_cells_are_the_rows_as_text(self, store: Store) -> None:
        query = "SELECT ?s ?p ?o ?none WHERE { ?s ?p ?o OPTIONAL { ?o <urn:none> ?none } }"
        cells = [tuple(plain_of(cell)[0] for cell in row) for row in store.cells(query)]
        assert sorted(cells) == sorted(store.select(query).values())

    def test_the_default_graph_is_the_union_of_all(self, store: Store) -> None:
        assert store.ask("ASK { ?s a <https://w3id.org/forebygg/spec/Source> }")
        assert len(store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")) > 1

    def test_a_bound_term_narrows_the_answer(self, store: Store) -> None:
        query = "SELECT ?s ?p WHERE { ?s ?p ?o } ORDER BY ?s ?p"
        forum = "https://w3id.org/forebygg/id/forum/9990/gruppen"
        assert {row[0] for row in store.select(query, {"s": forum}).values()} == {forum}

    def test_several_terms_are_alternatives(self, store: Store) -> None:
        query = "SELECT ?s WHERE { ?s a ?t } ORDER BY ?s"
        wanted = [f"https://w3id.org/forebygg/id/namnd/9990/{name}" for name in ("kommunstyrelsen", "socialnamnden")]
        assert {row[0] for row in store.select(query, {"s": wanted}).values()} == set(wanted)

    def test_construct_gives_sorted_triples(self, store: Store) -> None:
        triples = store.construct("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }")
        assert [str(each) for each in triples] == sorted(str(each) for each in triples)

    @pytest.mark.parametrize("query", ["SELECT", "DELETE WHERE { ?s ?p ?o }", "INSERT DATA { <a:b> <a:c> <a:d> }"])
    def test_what_is_no_query_is_refused(self, store: Store, query: str) -> None:
        with pytest.raises(QueryError):
            store.query(query)

    def test_a_query_of_another_form_is_refused(self, store: Store) -> None:
        with pytest.raises(QueryError, match="expected a SELECT"):
            store.select("ASK { ?s ?p ?o }")
        with pytest.raises(QueryError, match="expected an ASK"):
            store.ask("SELECT ?s WHERE { ?s ?p ?o }")

    def test_records_are_the_same_from_each_location(self, store: Store) -> None:
        assert read_records(store) == read_records(store_of(*TEXTS))

    def test_records_survive_in_files(self, store: Store, tmp_path: Path) -> None:
        records = read_records(store)
        write_kept(tmp_path, records.named, records.claims)
        assert Records(*read_kept(tmp_path)) == records


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.sampled_from(["", "sv", "en-gb"]))
def test_any_text_survives_as_a_cell(text: str, language: str) -> None:
    store = open_store("memory")
    literal = ox.Literal(text, language=language) if language else ox.Literal(text)
    store.extend([ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), literal, ox.NamedNode("urn:g"))])
    assert [plain_of(cell) for row in store.cells("SELECT ?o WHERE { ?s ?p ?o }") for cell in row] == [(text, language)]


def _count(folder: Path) -> int:
    return len(open_store(folder))


def test_several_processes_read_one_folder_at_once(tmp_path: Path) -> None:
    written = open_store(tmp_path / "graf", read_only=False)
    written.extend(store_of(*TEXTS).quads())
    count = len(written)
    written.close()
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert pool.map(_count, [tmp_path / "graf"] * 3) == [count] * 3


def test_a_folder_that_is_no_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LocationError, match="kg load"):
        open_store(tmp_path)


def test_text_is_normalised_on_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(unicodedata.normalize("NFD", '<https://e.org/a> <https://e.org/b> "Håbo" .'), encoding="utf-8")
    assert read_quads(path)[0].object.value == unicodedata.normalize("NFC", "Håbo")  # type: ignore[union-attr]  a literal


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.ttl", b"<https://e.org/a> <https://e.org/b> ", "line 1"),
        ("a.trig", b"@prefix x: <https://e.org/> .\n\nx:a x:b x:c\n", "line"),
        ("a.ttl", '<https://e.org/a> <https://e.org/b> "å" .'.encode("cp1252"), "not UTF-8"),
        ("a.docx", b"", "unknown format"),
    ],
)
def test_an_unreadable_file_is_named_with_its_line(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError, match=said) as caught:
        read_quads(path)
    assert caught.value.file == path


def test_loading_is_all_or_nothing(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.ttl", tmp_path / "b.ttl"
    good.write_text("<https://e.org/a> <https://e.org/b> <https://e.org/c> .", encoding="utf-8")
    bad.write_text("<https://e.org/a> ", encoding="utf-8")
    store = open_store("memory")
    with pytest.raises(DataError):
        store.load([good, bad])
    assert len(store) == 0


def test_a_store_that_could_not_be_filled_is_empty_and_can_be(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.ttl", tmp_path / "b.trig"
    good.write_text("<https://e.org/a> <https://e.org/b> <https://e.org/c> .", encoding="utf-8")
    bad.write_text("<https://e.org/g> { <https://e.org/a> <https://e.org/b> 1 }\n<https://e.org/a>", encoding="utf-8")
    store = open_store("memory")
    with pytest.raises(DataError, match="line 2"):
        store.load([good, bad])
    assert len(store) == 0
    assert store.load([good]) == 1


def test_a_store_is_filled_as_it_is_added_to(tmp_path: Path) -> None:
    """The first files are read by the engine itself, later ones quad by quad."""
    texts = {
        "a.trig": '@prefix e: <https://e.org/> . e:a e:b "x" . e:g { e:a e:b "Va\u0308xjo\u0308 –" , 06.50 }',
        "b.ttl": '\ufeff@prefix e: <https://e.org/> . e:a e:b "å" , true .',
        "c.nq": '<https://e.org/a> <https://e.org/b> "\u212b" .\n',
    }
    paths = [tmp_path / name for name in texts]
    for path in paths:
        path.write_text(texts[path.name], encoding="utf-8")
    for graph in ("", "https://e.org/home"):
        filled, added = open_store("memory"), open_store("memory")
        added.extend([make_quad("urn:a", "urn:b", "urn:c", "urn:g")])
        filled.load(paths, graph=graph)
        added.load(paths, graph=graph)
        filled.extend([make_quad("urn:a", "urn:b", "urn:c", "urn:g")])
        assert filled.quads() == added.quads()


@given(st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0x2FFF), max_size=20))
def test_what_is_seen_to_be_nfc_is(text: str) -> None:
    if is_surely_nfc(text.encode()):
        assert unicodedata.is_normalized("NFC", text)


def test_no_character_that_is_seen_to_be_nfc_ever_joins_another() -> None:
    for number in (*range(0x80, 0x300), *range(0x2000, 0x3000)):
        character = chr(number)
        if is_surely_nfc(character.encode()):
            assert unicodedata.is_normalized("NFC", f"a{character}")
            assert unicodedata.combining(character) == 0


def test_binding_nothing_changes_nothing() -> None:
    assert bind("ASK {}", {}) == "ASK {}"


def test_a_mark_takes_the_sources_of_the_municipality_that_a_query_is_bound_to() -> None:
    source, place = "https://example.org/kalla", "https://example.org/kommun"
    asked: list[str] = []

    def find(query: str) -> list[str]:
        asked.append(query)
        return [source]

    marked = "SELECT * WHERE {\n  # Bound here: ?kalla\n  ?kalla ?p ?kommun }"
    assert f"\nVALUES ?kalla {{ <{source}> }}\n" in bind(marked, {"kommun": place}, find)
    assert f"<{place}>" in asked[0]
    assert bind(marked, {"kommun": place}, lambda _: []) == bind(marked, {"kommun": place})
    assert f"\nVALUES ?kalla {{ <{source}> }}\n" in bind(marked, {"kalla": source})
    assert "VALUES ?kalla" not in bind(marked, {"forum": place}, find)
    assert "VALUES ?kalla" not in bind("SELECT * WHERE { ?kalla ?p ?kommun }", {"kommun": place}, find)
    assert len(asked) == 1


def test_an_rdflib_dataset_holds_every_graph() -> None:
    dataset = store_of(*TEXTS).to_rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    assert len(list(dataset.quads())) == len(store_of(*TEXTS))
