"""The page without a terminal: who gets in, what is refused, and a workbook that becomes a map."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

from kg.app.web import COOKIE, LARGEST, create_app

LIST = "forum;deltagare\nBRÅ;kommunstyrelsen\nBRÅ;polisen\nSSPF;skolan\nSSPF;socialtjänsten\n".encode()
FROM_HERE = {"Origin": "http://127.0.0.1"}


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOREBYGG_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Mina uppgifter"


@pytest.fixture
def stranger(folder: Path) -> TestClient:
    return TestClient(create_app(folder, "hemlig"), base_url="http://127.0.0.1", headers=FROM_HERE)


@pytest.fixture
def user(stranger: TestClient) -> TestClient:
    assert stranger.get("/?token=hemlig").status_code == 200
    return stranger


def drop(user: TestClient, content: bytes = LIST, name: str = "lista.csv", **fields: str):
    given = {"kommun": "Lund", "dag": "2026-10-01", **fields}
    return user.post("/kontrollera", files={"arbetsbok": (name, content)}, data=given)


def ticket_of(page: str) -> str:
    found = re.search(r'action="/las-in/([\w-]+)"', page)
    assert found is not None
    return found[1]


def test_nobody_without_the_address_gets_in(stranger: TestClient) -> None:
    for path in ("/", "/sidor/index.html", "/mall?kommun=Lund", "/?token=fel"):
        assert stranger.get(path).status_code == 403
    assert stranger.post("/kontrollera").status_code == 403


def test_the_token_of_the_address_works_once(user: TestClient) -> None:
    assert user.get("/").status_code == 200
    user.cookies.clear()
    assert user.get("/?token=hemlig").status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: TestClient) -> None:
    given = stranger.get("/?token=hemlig", follow_redirects=False).headers["set-cookie"]
    assert given.startswith(f"{COOKIE}=")
    assert "HttpOnly" in given
    assert "SameSite=strict" in given


def test_another_host_name_is_refused(user: TestClient) -> None:
    assert user.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_a_form_from_another_page_is_refused(user: TestClient, origin: str) -> None:
    done = user.post("/kontrollera", headers={"Origin": origin}, files={"arbetsbok": ("a.csv", LIST)})
    assert done.status_code == 403
    assert "annan sida" in done.text


def test_every_page_is_closed_and_kept_nowhere(user: TestClient) -> None:
    for answer in (user.get("/"), user.get("/nowhere"), drop(user)):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"


def test_a_list_becomes_a_map_once_it_has_been_read_and_confirmed(user: TestClient, folder: Path) -> None:
    checked = drop(user)
    assert checked.status_code == 200
    assert "Nytt: deltagande Polismyndigheten – BRÅ" in checked.text
    assert list(folder.glob("*.trig")) == []
    brought = user.post(f"/las-in/{ticket_of(checked.text)}")
    assert "Lunds kommun" in brought.text
    assert (folder / "lund-2026.trig").is_file()
    assert (folder / "arbetsböcker" / "1281-lund.csv").read_bytes() == LIST
    page = user.get("/sidor/lund-2026/karta.html")
    assert page.headers["content-security-policy"] == "frame-ancestors 'none'"
    assert "Lunds kommun" in page.text
    for link in ("luckor.html", "../index.html"):
        assert user.get(f"/sidor/lund-2026/{link}").status_code == 200
    for name in ("karta", "analys", "luckor", "underlag", "fragor"):  # one's own words are a source, not a report
        assert not re.search(r"\brapportens?\b", user.get(f"/sidor/lund-2026/{name}.html").text, re.IGNORECASE)
    saved = user.get("/sidor/lund-2026/karta.html?spara")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert saved.content == page.content


def test_all_pages_are_saved_as_one_folder(user: TestClient) -> None:
    user.post(f"/las-in/{ticket_of(drop(user).text)}")
    saved = user.get("/spara")
    assert saved.headers["content-disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(saved.content)) as archive:
        names = set(archive.namelist())
        assert archive.read("forebygg/lund-2026/karta.html") == user.get("/sidor/lund-2026/karta.html").content
    assert {"forebygg/index.html", "forebygg/lund-2026/luckor.html"} <= names


def test_an_answer_to_a_finding_is_kept_in_the_workbook_and_shown_beside_it(user: TestClient, folder: Path) -> None:
    user.post(f"/las-in/{ticket_of(drop(user).text)}")
    page = user.get("/svar/lund-2026").text
    finding = re.findall(r'name="fynd" value="([^"]+)"', page)[0]
    said = {"fynd": finding, "svar": "deltar redan", "skal": "Sedan 2024", "funktion": "trygghet@lund.se", "dag": ""}
    answer = user.post("/svar/lund-2026", data=said)
    assert answer.status_code == 200, answer.text[:2000]
    assert "deltar redan (Sedan 2024" in answer.text
    assert (folder / "1281-lund-stallningstaganden.trig").is_file()
    assert [each.name for each in (folder / "arbetsböcker").iterdir()] == ["1281-lund.xlsx"]
    again = user.post("/svar/lund-2026", data={**said, "svar": "fråga ställd"})
    assert "fråga ställd (Sedan 2024" in again.text
    assert "deltar redan (Sedan" not in again.text


def test_a_person_in_an_answer_is_refused_and_nothing_is_written(user: TestClient, folder: Path) -> None:
    user.post(f"/las-in/{ticket_of(drop(user).text)}")
    finding = re.findall(r'name="fynd" value="([^"]+)"', user.get("/svar/lund-2026").text)[0]
    answer = user.post("/svar/lund-2026", data={"fynd": finding, "svar": "bekräftad", "funktion": "Anna Svensson"})
    assert answer.status_code == 400
    assert not (folder / "1281-lund-stallningstaganden.trig").exists()
    assert user.post("/svar/lund-2026", data={"fynd": "hittepå", "svar": "bekräftad"}).status_code == 404


def test_messages_are_grouped_by_kind_and_only_errors_stand_open(user: TestClient) -> None:
    page = drop(user, LIST + "BRÅ;Nymodigheten\n".encode()).text
    assert re.search(r"<details open>\s*<summary><strong class=\"fel\">Fel</strong> om Aktör: 1", page)
    assert re.search(r"<details>\s*<summary><strong class=\"varning\">Varningar</strong> om Aktör", page)


def test_the_same_list_again_changes_nothing(user: TestClient) -> None:
    user.post(f"/las-in/{ticket_of(drop(user).text)}")
    assert "Inget har ändrats sedan förra gången" in drop(user).text


def test_a_workbook_with_errors_is_not_brought_in(user: TestClient, folder: Path) -> None:
    wrong = drop(user, LIST + "BRÅ;Kalle Karlsson 19800101-1234\n".encode())
    assert "kan inte läsas in än" in wrong.text
    assert "/las-in/" not in wrong.text
    assert list(folder.glob("*")) == []


def test_a_corrected_workbook_is_dropped_where_the_errors_are_told(user: TestClient) -> None:
    told = drop(user, "Forum;Nivå;Deltagare\nBRÅ;oprativ;polisen\n".encode()).text
    assert 'type="file" name="arbetsbok"' in told
    assert 'name="kommun" list="kommuner-lista" autocomplete="off" value="Lund"' in told
    assert 'type="date" value="2026-10-01"' in told


def test_a_ticket_is_good_for_its_own_workbook_only(user: TestClient) -> None:
    old = ticket_of(drop(user).text)
    drop(user)
    assert user.post(f"/las-in/{old}").status_code == 404


def test_what_is_no_workbook_is_told_in_swedish(user: TestClient) -> None:
    told = drop(user, b"\x00\x01\x02", "karta.xlsx")
    assert told.status_code == 400
    assert "Det gick inte" in told.text
    assert drop(user, kommun="Lnud").status_code == 404
    assert "Menade du Lund" in drop(user, kommun="Lnud").text
    assert user.post("/kontrollera", data={"kommun": "Lund"}).status_code == 400


def test_a_request_larger_than_any_workbook_is_refused(user: TestClient) -> None:
    told = drop(user, b"a;b\n" * (LARGEST // 4 + 1))
    assert told.status_code == 413
    assert "för stor" in told.text


@pytest.mark.parametrize("path", ["/sidor/../../etc/passwd", "/sidor/%2e%2e/%2e%2e/etc/passwd", "/sidor/saknas.html"])
def test_no_path_leads_out_of_the_pages(user: TestClient, path: str) -> None:
    assert user.get(path).status_code == 404


def test_the_template_of_any_municipality_can_be_had(user: TestClient) -> None:
    got = user.get("/mall?kommun=Vännäs")
    assert got.content.startswith(b"PK")
    assert "vannas.xlsx" in got.headers["content-disposition"]


def test_hostile_names_are_inert(user: TestClient) -> None:
    shown = drop(user, b"forum;deltagare\n<script>alert(1)</script>;<img src=x onerror=alert(1)>\n")
    assert "<script>" not in shown.text
    assert "<img" not in shown.text


def test_the_command_listens_on_this_computer_only_and_stops_when_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "app", "--no-browser", "--folder", str(tmp_path / "data")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ}) as running:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{20,}", address)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        try:
            with opener.open(address, timeout=30) as page:
                assert "Hämta en arbetsbok" in page.read().decode()
            running.send_signal(signal.SIGINT)
            assert running.wait(30) in {0, 130}  # 0 where whoever runs the tests has interrupts ignored
        finally:
            running.kill()


def test_a_name_that_may_stand_for_several_is_chosen_on_the_page_and_kept_in_a_copy_of_the_list(
    user: TestClient, folder: Path
) -> None:
    rows = ("forum;deltagare", "Torsdagsgruppen;polisen", "Torsdagsgruppen;skolan", "Torsdagsgrubben;socialtjänsten")
    written = "\n".join(rows).encode()
    asked = drop(user, written).text
    assert "Arbetsboken kan inte läsas in än" in asked
    assert '”Torsdagsgrubben”</label> <span class="where">lista A4</span>' in asked
    found = re.search(r'action="(/valj/[\w-]+)"[\s\S]*?name="(namn-\d+)"[\s\S]*?<option value="(Torsdags[^"]+)"', asked)
    assert found is not None
    unchosen = user.post(found[1], data={found[2]: "någon annan"}).text
    assert "Arbetsboken kan inte läsas in än" in unchosen
    chosen = user.post(found[1], data={found[2]: found[3]}).text
    assert "Torsdagsgrubben är Torsdagsgruppen" in chosen
    ticket = ticket_of(chosen)
    copy = openpyxl.load_workbook(io.BytesIO(user.get(f"/arbetsbok/{ticket}").content))
    assert [[cell.value for cell in row] for row in copy["Namnval"].rows] == [
        ["Skrivet namn", "Läses som"],
        ["Torsdagsgrubben", "Torsdagsgruppen"],
    ]
    assert [copy["lista"].cell(4, column).value for column in (1, 2)] == ["Torsdagsgrubben", "socialtjänsten"]
    assert user.post(f"/las-in/{ticket}").status_code == 200
    assert (folder / "arbetsböcker" / "1281-lund.xlsx").is_file()
    assert '<option value="Torsdagsgruppen" selected>' in drop(user, written).text
