"""Files that are broken, odd or made to harm: a clear answer in bounded time, nothing run, nothing fetched, nothing lost."""

from __future__ import annotations

import io
import random
import re
import socket
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import DataError, KgError
from kg.workbook.context import Context
from kg.workbook.importing import check_workbook
from kg.workbook.layout import lay_out
from kg.workbook.messages import Level, Messages
from kg.workbook.reading import MOST_ROWS, read_workbook
from kg.workbook.template import template_csv, template_xlsx
from kg.workbook.writing import marked_copy
from tests.workbooks import GUIDE, SOURCES, checked, context, said, store, xlsx

PLAIN = {**GUIDE, **SOURCES, "Deltagande": [["Forum", "Aktör"], ["BRÅ", "Polisen"]]}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a workbook was about to open a connection")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def rewritten(
    content: bytes, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None
) -> bytes:
    """Return the archive with each part changed (None drops it), and more parts added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return stream.getvalue()


def refused(folder: Path, content: bytes, name: str = "a.xlsx") -> str:
    path = folder / name
    path.write_bytes(content)
    start = time.perf_counter()
    with pytest.raises(DataError) as error:
        check_workbook(path, store(), municipality="Lund")
    assert time.perf_counter() - start < 10
    assert str(path) in str(error.value)
    return str(error.value)


def test_a_zip_bomb_is_refused_without_being_unpacked(tmp_path: Path) -> None:
    bomb = b"<x>" + b"0" * 70_000_000 + b"</x>"
    assert "zip-bomb" in refused(tmp_path, rewritten(xlsx(PLAIN), lambda _, part: part, {"xl/bomb.xml": bomb}))
    many = {f"xl/b{number}.xml": b"0" * 30_000_000 for number in range(5)}
    assert "zip-bomb" in refused(tmp_path, rewritten(xlsx(PLAIN), lambda _, part: part, many))


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    lol = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    content = rewritten(
        xlsx(PLAIN), lambda name, part: lol + part.split(b"?>", 1)[-1] if name == "xl/workbook.xml" else part
    )
    assert "dokumenttyp" in refused(tmp_path, content)
    wide = rewritten(
        xlsx(PLAIN), lambda name, part: part.decode().encode("utf-16") if name == "xl/workbook.xml" else part
    )
    assert "teckenkodning" in refused(tmp_path, wide)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "lösenord"),
        (b"PK\x03\x04" + b"\0" * 100, "skadad"),
        (b"PK\x05\x06" + b"\0" * 18, "ingen Excel-arbetsbok"),
        (b"%PDF-1.7\n\0\0\0", "varken"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "varken"),
    ],
)
def test_what_is_no_workbook_is_said_in_one_sentence(content: bytes, words: str, tmp_path: Path) -> None:
    assert words in refused(tmp_path, content)


def test_an_opendocument_sheet_says_what_to_do(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert "spara den som Excel-arbetsbok" in refused(tmp_path, stream.getvalue(), "a.ods")


def test_formulas_are_never_computed_and_their_saved_values_are_read_aloud(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(PLAIN)))
    book["Deltagande"]["B2"] = '=HYPERLINK("http://example.org/"&A1,"Polisen")'
    stream = io.BytesIO()
    book.save(stream)
    path = tmp_path / "a.xlsx"
    path.write_bytes(stream.getvalue())
    found = check_workbook(path, store())
    assert any(line.startswith("Deltagande B2") and "formel" in line for line in said(found, "fel"))
    saved = rewritten(
        stream.getvalue(),
        lambda name, part: (
            re.sub(
                rb'<c r="B2"([^>]*)><f>(.*?)</f><v\s*/?>(</v>)?', rb'<c r="B2" t="str"><f>\2</f><v>Polisen</v>', part
            )
            if "sheet" in name
            else part
        ),
    )
    path.write_bytes(saved)
    found = check_workbook(path, store())
    assert not found.errors, said(found, "fel")
    assert any(line.startswith("Deltagande B2") and "formel" in line for line in said(found, "upplysning"))


def test_macros_and_links_are_said_and_left_alone(tmp_path: Path) -> None:
    extra = {"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    path = tmp_path / "a.xlsx"
    path.write_bytes(rewritten(xlsx(PLAIN), lambda _, part: part, extra))
    found = check_workbook(path, store())
    assert not found.errors
    assert all(any(word in line for line in said(found, "varning")) for word in ("makron", "länkar"))


def test_a_million_rows_are_answered_in_seconds(tmp_path: Path) -> None:
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row>'
    rows = b"".join(row % (number, number) for number in range(2, 600_000))
    content = rewritten(
        xlsx(PLAIN),
        lambda name, part: (
            part.replace(b"</sheetData>", rows + b"</sheetData>") if name.endswith("sheet3.xml") else part
        ),
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    start = time.perf_counter()
    messages = Messages()
    read_workbook(path, messages)
    assert time.perf_counter() - start < 20
    assert any(f"högst {MOST_ROWS} rader" in each.text for each in messages.all() if each.level is Level.ERROR)


def test_a_cell_far_below_does_not_cost_the_rows_between(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    content = rewritten(
        xlsx(PLAIN),
        lambda name, part: (
            part.replace(b"</sheetData>", far + b"</sheetData>") if name.endswith("sheet3.xml") else part
        ),
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    start = time.perf_counter()
    read_workbook(path, Messages())
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_csv_is_read_in_any_encoding_and_with_any_separator(encoding: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "Deltagande.csv"
    path.write_bytes(f"Forum{mark}Aktör\r\nBRÅ{mark}Räddningstjänsten\r\n".encode(encoding))
    messages = Messages()
    (sheet,) = read_workbook(path, messages)
    assert sheet.rows == ((1, ("Forum", "Aktör")), (2, ("BRÅ", "Räddningstjänsten")))
    assert bool(messages.all()) == (encoding == "cp1252")


def test_merged_cells_say_what_they_look_as_if_they_say(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx({**PLAIN, "Deltagande": [["Forum", "Aktör"], ["BRÅ", "Polisen"], [None, "Skolan"]]}))
    )
    book["Deltagande"].merge_cells("A2:A3")
    stream = io.BytesIO()
    book.save(stream)
    path = tmp_path / "a.xlsx"
    path.write_bytes(stream.getvalue())
    found = check_workbook(path, store())
    assert not found.errors, said(found, "fel")
    assert len([t for graph in found.built.graphs.values() for t in graph if t.predicate.endswith("#member")]) == 2
    assert any("Sammanslagna" in line for line in said(found, "upplysning"))


def test_a_hidden_sheet_is_read_and_said(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(PLAIN)))
    book["Deltagande"].sheet_state = "veryHidden"
    stream = io.BytesIO()
    book.save(stream)
    path = tmp_path / "a.xlsx"
    path.write_bytes(stream.getvalue())
    found = check_workbook(path, store())
    assert any("dolt" in line for line in said(found, "varning"))
    assert any(t.predicate.endswith("#member") for graph in found.built.graphs.values() for t in graph)


def test_a_sheet_of_no_known_kind_is_said_and_not_dropped_in_silence(tmp_path: Path) -> None:
    found = checked(tmp_path, {"Budget": [["Konto", "Belopp"], ["1", "2"], ["3", "4"]]})
    assert any(line.startswith("Budget") and "känns inte igen" in line for line in said(found, "varning"))


def test_text_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path) -> None:
    found = checked(tmp_path, {"Deltagande": [["Forum", "Aktör", "Anmärkning"], ["BRÅ", "Polisen", "@SUM(1)"]]})
    from kg.workbook.rows import export_tables
    from kg.workbook.writing import pages_of, to_csv_files, to_xlsx

    evil = "=cmd|' /C calc'!A0"
    graphs = {
        name: {t._replace(value=t.value._replace(text=evil)) if t.value.text == "@SUM(1)" else t for t in graph}
        for name, graph in found.built.graphs.items()
    }
    pages = pages_of(export_tables(graphs, context()))
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(pages, context())))
    cells = [cell for row in book["Deltagande"].iter_rows() for cell in row if cell.value == evil]
    assert [cell.data_type for cell in cells] == ["s"]
    text = next(content for name, content in to_csv_files(pages, context()).items() if "Deltagande" in name).decode(
        "utf-8-sig"
    )
    assert f"'{evil}" in text


def test_a_marked_copy_has_the_messages_in_the_cells_and_the_rest_as_it_was(tmp_path: Path) -> None:
    content = xlsx({**PLAIN, "Deltagande": [["Forum", "Aktör", "Närvaro"], ["BRÅ", "Polisen", "iblan"]]})
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    found = check_workbook(path, store())
    copy = openpyxl.load_workbook(io.BytesIO(marked_copy(content, found.messages)))
    assert "Närmast: ibland" in copy["Deltagande"]["C2"].comment.text
    assert copy["Deltagande"]["C2"].value == "iblan"
    assert marked_copy(content, found.messages) == marked_copy(content, found.messages)


def test_the_template_has_lists_frozen_heads_and_prompts_and_nothing_that_acts() -> None:
    content = template_xlsx(context(), more=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name or "external" in name.casefold()]
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "worksheets/" in name)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets[1:-1]:
        assert sheet.freeze_panes == "B2"
        rules = sheet.data_validations.dataValidation
        assert len(rules) == sheet.max_column
        for rule in rules:
            assert len(rule.prompt) <= 255
            assert len(rule.promptTitle) <= 32
            if rule.type == "list":
                name, place = re.fullmatch(r"'(.+)'!\$([A-Z]+)\$2:\$[A-Z]+\$\d+", rule.formula1).groups()
                assert book[name][f"{place}1"].value
    assert all(len(sheet.title) <= 31 for sheet in book.worksheets)


def test_the_csv_template_has_the_same_columns_as_the_workbook(tmp_path: Path) -> None:
    for name, content in template_csv(context()).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "a.xlsx").write_bytes(template_xlsx(context()))
    tables = [lay_out(read_workbook(path, Messages()), Messages()) for path in (tmp_path, tmp_path / "a.xlsx")]
    assert [(table.sheet.name, dict(table.places)) for table in tables[0]] == [
        (table.sheet.name, dict(table.places)) for table in tables[1]
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.binary(max_size=300), seed=st.integers(0, 2**32), how=st.sampled_from(["flip", "cut", "insert"]))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(
    noise: bytes, seed: int, how: str, tmp_path: Path
) -> None:
    rng = random.Random(seed)
    content = bytearray(SMALL)
    at = rng.randrange(len(content))
    if how == "cut":
        del content[at:]
    elif how == "insert":
        content[at:at] = noise
    else:
        for _ in range(rng.randint(1, 20)):
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(content))
    try:
        lay_out(read_workbook(path, Messages()), Messages())
    except KgError:
        return


SMALL = xlsx(PLAIN)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.text(max_size=20), max_size=6), max_size=8),
    st.sampled_from(["Forum", "Deltagande", "Källor", "Aktörer", "Det som saknas", "Mer Avsnitt", "Övriga uppgifter"]),
)
def test_any_text_in_any_sheet_gives_messages_and_never_an_exception(rows: list[list[str]], name: str) -> None:
    from kg.workbook.claims import build
    from kg.workbook.layout import RawSheet
    from kg.workbook.sheets import sheet_of

    sheet = next(each for each in (name, "Aktörer och funktioner", "Mer: Avsnitt") if _known(each))
    heads = tuple(column.name for column in sheet_of(sheet).columns)[:6]
    raw = [
        RawSheet("Källor", ((1, ("Källa", "Datum")), (2, ("G", "2024")))),
        RawSheet(sheet, ((1, heads), *((number, tuple(row)) for number, row in enumerate(rows, 2)))),
    ]
    found: Context = context()
    messages = Messages()
    first = build(lay_out(raw, messages), found, messages)
    assert first.graphs == build(lay_out(raw, Messages()), found).graphs


def _known(name: str) -> bool:
    from kg.workbook.sheets import SHEETS

    return any(sheet.name == name for sheet in SHEETS)
