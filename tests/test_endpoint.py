"""What an endpoint may do to those who ask it: every answer is whole, or an error that says what to do."""

from __future__ import annotations

import base64
import gzip
import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import EndpointError, QueryError
from kg.store import Store, is_address, open_store
from kg.store.access import Address, Credentials, Limits, find_credentials, limits_of, read_address
from kg.store.endpoint import Endpoint
from kg.store.opening import check_holdings
from kg.store.transport import Transport
from tests.loopback import JSON, Asked, Loopback, answer, json_answer, loopback

SELECT, ASK = "SELECT ?a WHERE { ?a ?b ?c }", "ASK { ?a ?b ?c }"
CONSTRUCT = "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }"
TRIPLES = "application/n-triples"


def store_at(
    here: Loopback, *, path: str = "/sparql", credentials: Credentials | None = None, **limits: float
) -> Store:
    """Return a store at the server that never waits between its tries."""
    bounded = Limits(**{"connect": 5, "silence": 5, "seconds": 20, **limits})  # type: ignore[arg-type]  numbers
    address = Address(secure=False, host="127.0.0.1", port=here.port, target=path)
    endpoint = Endpoint(address, credentials, bounded, pause=lambda seconds: None)
    here.closing.callback(endpoint.close)
    return Store(endpoint, location=here.address)


def always(content: bytes) -> Callable[[int, Asked], bytes]:
    return lambda number, asked: content


def results(names: str, rows: list[dict[str, str]]) -> bytes:
    """Return a body of rows of plain literals."""
    bindings = [{name: {"type": "literal", "value": text} for name, text in row.items()} for row in rows]
    return json.dumps({"head": {"vars": names.split()}, "results": {"bindings": bindings}}).encode()


class TestWhole:
    """Nothing short is ever taken for whole."""

    @pytest.mark.parametrize("told", ["length", "chunked", "nothing"])
    def test_an_answer_that_dies_at_any_byte_gives_no_row(self, told: str) -> None:
        body = json_answer(7)
        if told == "chunked":
            whole = answer(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), length=None, Transfer_Encoding="chunked")
        else:
            whole = answer(body, length=None if told == "nothing" else -1)
        last = len(whole) - (5 if told == "chunked" else 1)  # what follows the last chunk says nothing more
        cuts = [*range(0, last, 3), last]
        with loopback(lambda number, asked: whole[: cuts[number]] if number < len(cuts) else whole) as here:
            for _ in cuts:
                with pytest.raises(EndpointError):
                    store_at(here, tries=1).select(SELECT)
            assert len(store_at(here).select(SELECT)) == 7
            assert len(list(store_at(here).cells(SELECT))) == 7

    @pytest.mark.parametrize("told", [-1, None])
    def test_triples_that_die_at_any_byte_are_refused(self, told: int | None) -> None:
        body = b"".join(b"<urn:%d> <urn:b> <urn:c> .\n" % number for number in range(5))
        whole = answer(body, kind=TRIPLES, length=told)
        cuts = range(0, len(whole), 4)
        with loopback(lambda number, asked: whole[: cuts[number]] if number < len(cuts) else whole) as here:
            for _ in cuts:
                with pytest.raises(EndpointError):
                    store_at(here, tries=1).construct(CONSTRUCT)
            if told is None:
                with pytest.raises(EndpointError, match="told length"):
                    store_at(here).construct(CONSTRUCT)
            else:
                assert len(store_at(here).construct(CONSTRUCT)) == 5

    def test_an_answer_that_breaks_off_is_not_asked_for_again(self) -> None:
        with loopback(always(answer(json_answer(3)[:-5], length=400))) as here:
            with pytest.raises(EndpointError, match="broke off"):
                store_at(here).select(SELECT)
            assert len(here.asked) == 1

    def test_rows_are_not_kept_by_who_reads_cells_when_the_end_lacks(self) -> None:
        with loopback(always(answer(json_answer(3)[:-2], length=None))) as here:
            cells = store_at(here).cells(SELECT)
            with pytest.raises(EndpointError):
                list(cells)

    @pytest.mark.parametrize(
        ("headers", "status", "said"),
        [
            ({"X_SPARQL_MaxRows": "3"}, "200 OK", "ResultSetMaxRows"),
            ({"X_SQL_State": "S1TAT"}, "200 OK", "in part"),
            ({}, "206 Partial Content", "in part"),
            ({"Content_Encoding": "gzip"}, "200 OK", "compressed"),
        ],
    )
    def test_an_answer_that_says_it_is_a_part_is_refused(self, headers: dict[str, str], status: str, said: str) -> None:
        body = gzip.compress(b" " * 10_000_000) if "Content_Encoding" in headers else json_answer(3)
        with loopback(always(answer(body, status=status, **headers))) as here, pytest.raises(EndpointError, match=said):
            store_at(here).select(SELECT)

    def test_a_round_number_of_rows_is_counted(self) -> None:
        counts = [results("n", [{"n": str(count)}]) for count in (200, 1234)]

        def reply(number: int, asked: Asked) -> bytes:
            counting = "COUNT(*)" in asked.form["query"]
            return answer(counts[number > 1] if counting else json_answer(200))

        with loopback(reply) as here:
            assert len(store_at(here).select(SELECT)) == 200
            with pytest.raises(EndpointError, match="200 of 1234 rows"):
                store_at(here).select(SELECT)
            assert len(here.asked) == 4
            assert len(store_at(here).select(f"{SELECT} LIMIT 200")) == 200

    @pytest.mark.parametrize(
        "body", [b"", b"Virtuoso 42000 Error", b'{"head":{"vars":["a"]}}', b"{}", b'{"boolean":1}']
    )
    def test_an_answer_that_is_no_result_is_refused(self, body: bytes) -> None:
        with loopback(always(answer(body))) as here, pytest.raises(EndpointError):
            store_at(here).select(SELECT)

    @pytest.mark.parametrize("kind", ["text/html", "text/csv", "application/sparql-results+xml", ""])
    def test_another_format_is_refused(self, kind: str) -> None:
        with (
            loopback(always(answer(json_answer(1), kind=kind))) as here,
            pytest.raises(EndpointError, match="SPARQL JSON"),
        ):
            store_at(here).select(SELECT)

    def test_only_json_is_asked_for(self) -> None:
        with loopback(always(answer(json_answer(1)))) as here:
            store_at(here).serialize(SELECT, "tsv")
            assert here.asked[0].headers["accept"] == JSON
            assert here.asked[0].headers["accept-encoding"] == "identity"


class TestBounds:
    """An endpoint costs no more than it may."""

    def test_more_bytes_than_allowed_are_not_read(self) -> None:
        with loopback(always(answer(json_answer(5000)))) as here, pytest.raises(EndpointError, match="megabytes=N"):
            store_at(here, megabytes=0.05).select(SELECT)

    def test_more_rows_than_allowed_are_not_read(self) -> None:
        with loopback(always(answer(json_answer(50)))) as here, pytest.raises(EndpointError, match="rows=N"):
            store_at(here, rows=49).select(SELECT)

    @pytest.mark.parametrize("dripping", [b"HTTP/1.1 200 OK\r\n" + b"X-A: 1\r\n" * 50, answer(b" " * 500)])
    def test_an_answer_that_drips_is_cut_at_the_whole_time(self, dripping: bytes) -> None:
        """Each byte comes well within the time between two parts; only the whole time ends it."""

        def drip(connection: socket.socket) -> None:
            connection.settimeout(0.02)
            for byte in dripping:
                connection.sendall(bytes([byte]))
                try:
                    if not connection.recv(1):
                        return
                except TimeoutError:
                    continue

        with loopback(lambda number, asked: drip) as here, pytest.raises(EndpointError, match="seconds=N"):
            store_at(here, seconds=0.4).select(SELECT)

    def test_silence_is_not_asked_again(self) -> None:
        with loopback(lambda number, asked: lambda connection: connection.recv(1) and None) as here:
            with pytest.raises(EndpointError, match="no answer"):
                store_at(here, silence=0.2).select(SELECT)
            assert len(here.asked) == 1

    def test_limits_are_read_and_checked(self) -> None:
        assert limits_of({"rows": "5", "seconds": "1.5"}) == Limits(rows=5, seconds=1.5)
        for wrong in ({"row": "5"}, {"rows": "many"}, {"seconds": "0"}, {"seconds": "-1"}, {"seconds": "inf"}):
            with pytest.raises(QueryError, match="--endpoint"):
                limits_of(wrong)


class TestRetries:
    """Only what was not answered is sent again."""

    @pytest.mark.parametrize("first", [b"", *(answer(b"", status=f"{code} Later") for code in (429, 502, 503, 504))])
    def test_a_query_is_sent_again_until_it_is_answered(self, first: bytes) -> None:
        with loopback(lambda number, asked: first if number < 3 else answer(json_answer(2))) as here:
            assert len(store_at(here).select(SELECT)) == 2
            assert len(here.asked) == 4

    @pytest.mark.parametrize(
        "status", ["400 Bad Request", "404 Not Found", "500 Internal Server Error", "401 No", "403 No"]
    )
    def test_what_fails_for_good_is_not_sent_again(self, status: str) -> None:
        failing = answer(b"Virtuoso 37000 Error SP030\x1b[31m\n\nSPARQL query:", status=status, kind="text/plain")
        with loopback(always(failing)) as here:
            with pytest.raises(EndpointError, match=status[:3]) as caught:
                store_at(here).select(SELECT)
            assert len(here.asked) == 1
            assert "\x1b" not in str(caught.value)

    def test_an_endpoint_that_stays_busy_is_given_up(self) -> None:
        with loopback(always(answer(b"busy", status="503 Busy", kind="text/plain"))) as here:
            with pytest.raises(EndpointError, match="503: busy"):
                store_at(here, tries=3).select(SELECT)
            assert len(here.asked) == 3

    def test_a_long_wait_is_not_waited(self) -> None:
        later = answer(b"", status="503 Busy", Retry_After="3600")
        with loopback(always(later)) as here, pytest.raises(EndpointError, match="3600 seconds"):
            store_at(here).select(SELECT)

    def test_the_pause_is_what_the_endpoint_asks(self) -> None:
        pauses: list[float] = []
        with loopback(
            lambda number, asked: (
                answer(b"", status="503 Busy", Retry_After="7") if not number else answer(json_answer(1))
            )
        ) as here:
            address = Address(secure=False, host="127.0.0.1", port=here.port, target="/")
            Transport(address, pause=pauses.append).post({"query": SELECT}, accept=JSON).read()
        assert pauses == [7.0]

    def test_nobody_there_is_told(self) -> None:
        with loopback(always(b"")) as here:
            pass
        with pytest.raises(EndpointError, match="gave no answer"):
            store_at(here).select(SELECT)


class TestAccess:
    """Who may be asked, and what is told to whom."""

    @pytest.mark.parametrize(
        "address", ["http://127.0.0.1/x", "http://[::1]:3030/ds", "http://localhost:7878/query", "https://example.org/"]
    )
    def test_https_and_this_machine_may_be_asked(self, address: str) -> None:
        assert is_address(address)
        assert read_address(address).shown.startswith(address.partition(":")[0])

    @pytest.mark.parametrize(
        "address",
        ["http://example.org/", "http://localhost.example.org/", "http://10.0.0.1/", "http://127.0.0.1.example.org/"],
    )
    def test_plain_http_to_another_machine_needs_a_word(self, address: str) -> None:
        with pytest.raises(EndpointError, match="--insecure-http"):
            read_address(address)
        assert not read_address(address, insecure=True).secure

    @pytest.mark.parametrize(
        "address",
        ["https://anna:hemligt@example.org/", "https://hemligt@example.org/", "https://:hemligt@example.org/"],
    )
    def test_an_address_with_a_password_is_refused_and_not_repeated(self, address: str) -> None:
        with pytest.raises(EndpointError, match="FOREBYGG_ENDPOINT_USER") as caught:
            read_address(address)
        assert "hemligt" not in str(caught.value)

    @pytest.mark.parametrize(
        "address",
        [
            "https://",
            "https://exa mple.org/",
            "https://example.org:99999/",
            "https://[::1/",
            "https://example.org/å",
            "https://example.org/\r\nX: y",
        ],
    )
    def test_an_address_that_cannot_be_read_is_refused(self, address: str) -> None:
        with pytest.raises(EndpointError):
            read_address(address)

    def test_a_key_in_the_address_is_sent_and_not_shown(self) -> None:
        with loopback(always(answer(b"no", status="500 No", kind="text/plain"))) as here:
            with pytest.raises(EndpointError) as caught:
                store_at(here, path="/sparql?key=hemligt").select(SELECT)
            assert "key=hemligt" in here.asked[0].line
        assert "hemligt" not in str(caught.value)

    def test_the_login_of_the_environment_is_sent_and_never_shown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FOREBYGG_ENDPOINT_USER", "anna")
        monkeypatch.setenv("FOREBYGG_ENDPOINT_PASSWORD", "hemligt")
        login = find_credentials(read_address("https://example.org/"))
        assert login == Credentials("anna", "hemligt")
        assert "hemligt" not in repr(login)
        with loopback(always(answer(b"no", status="403 No", kind="text/plain"))) as here:
            with pytest.raises(EndpointError, match="403") as caught:
                store_at(here, credentials=login).select(SELECT)
            sent = here.asked[0].headers["authorization"].removeprefix("Basic ")
        assert base64.b64decode(sent) == b"anna:hemligt"
        assert "hemligt" not in str(caught.value)

    def test_a_token_is_sent_as_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FOREBYGG_ENDPOINT_TOKEN", "hemligt")
        with loopback(always(answer(json_answer(1)))) as here:
            store_at(here, credentials=find_credentials(read_address(here.address))).select(SELECT)
            assert here.asked[0].headers["authorization"] == "Bearer hemligt"

    def test_netrc_is_asked_for_this_host_alone(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        for name in ("USER", "PASSWORD", "TOKEN"):
            monkeypatch.delenv(f"FOREBYGG_ENDPOINT_{name}", raising=False)
        file = tmp_path / "netrc"
        monkeypatch.setenv("NETRC", str(file))
        assert find_credentials(read_address("https://example.org/")) is None
        file.write_text("machine example.org login anna password hemligt\ndefault login alla password hemligt\n")
        assert find_credentials(read_address("https://example.org/")) == Credentials("anna", "hemligt")
        assert find_credentials(read_address("https://example.com/")) is None
        file.write_text("machine example.org logan hemligt")
        with pytest.raises(EndpointError, match="netrc") as caught:
            find_credentials(read_address("https://example.org/"))
        assert "hemligt" not in str(caught.value)

    def test_a_login_as_digest_is_answered_once(self) -> None:
        challenge = (
            'Digest realm="SPARQL", domain="/", nonce="abc", opaque="def", stale="false", qop="auth", algorithm="MD5"'
        )

        def reply(number: int, asked: Asked) -> bytes:
            right = asked.headers["authorization"].startswith('Digest username="anna"')
            return answer(json_answer(1)) if right else answer(b"", status="401 No", WWW_Authenticate=challenge)

        with loopback(reply) as here:
            assert len(store_at(here, credentials=Credentials("anna", "hemligt")).select(SELECT)) == 1
            assert "hemligt" not in here.asked[1].headers["authorization"]
            with pytest.raises(EndpointError, match="401"):
                store_at(here, credentials=Credentials("bo", "hemligt")).select(SELECT)
            assert len(here.asked) == 5

    @pytest.mark.parametrize(
        "there",
        [
            "http://example.org/sparql",
            "https://127.0.0.1/sparql",
            "http://127.0.0.1:1/",
            "//example.org/",
            "",
            "http://a:hemligt@example.org/",
        ],
    )
    def test_a_redirect_elsewhere_is_refused(self, there: str) -> None:
        moved = answer(b"", status="307 Moved", Location=there)
        with loopback(always(moved)) as here:
            with pytest.raises(EndpointError, match="not followed") as caught:
                store_at(here, credentials=Credentials("anna", "hemligt")).select(SELECT)
            assert len(here.asked) == 1
        assert "hemligt" not in str(caught.value)

    def test_a_redirect_on_the_same_endpoint_is_followed(self) -> None:
        moved = answer(b"", status="308 Moved", Location="/query")
        with loopback(lambda number, asked: moved if "/sparql" in asked.line else answer(json_answer(1))) as here:
            assert len(store_at(here).select(SELECT)) == 1
            assert [each.line for each in here.asked] == ["POST /sparql HTTP/1.1", "POST /query HTTP/1.1"]

    def test_a_redirect_in_a_circle_ends(self) -> None:
        with loopback(always(answer(b"", status="307 Moved", Location="/sparql"))) as here:
            with pytest.raises(EndpointError):
                store_at(here).select(SELECT)
            assert len(here.asked) <= 5


class TestForms:
    """Each form of query has its answer, and each text its grammar."""

    @pytest.mark.parametrize(
        ("body", "truth"),
        [
            (b'{"head":{},"boolean":true}', True),
            (b'{"head":{},"boolean":false}', False),
            (b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}', True),
            (b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"0"}}]}}', False),
        ],
    )
    def test_yes_and_no_are_read(self, body: bytes, truth: bool) -> None:
        with loopback(always(answer(body))) as here:
            assert store_at(here).ask(ASK) is truth
            assert store_at(here).query(ASK) is truth

    def test_what_is_neither_yes_nor_no_is_refused(self) -> None:
        with loopback(always(answer(json_answer(1)))) as here, pytest.raises(EndpointError, match="neither"):
            store_at(here).ask(ASK)

    def test_a_broken_query_never_leaves_this_machine(self) -> None:
        with loopback(always(answer(json_answer(1)))) as here:
            for text in ("SELECT", "INSERT DATA { <a:b> <a:c> <a:d> }", "SELECT * { SERVICE <urn:x> { ?a ?b ?c } }"):
                with pytest.raises(QueryError):
                    store_at(here).query(text)
            assert not here.asked


class TestOpening:
    """An endpoint shows what the queries rest on before it is asked anything."""

    @pytest.mark.parametrize(
        ("seen", "said"),
        [
            (
                {("term", "alla"), ("norm", "alla"), ("term", "graf"), ("norm", "graf"), ("source", "graf")},
                "sources in named graphs",
            ),
            ({("term", "graf"), ("norm", "graf")}, "union"),
            ({("term", "alla"), ("term", "graf")}, "no norms; publish"),
            (set(), "no terms .* and no norms"),
        ],
    )
    def test_what_lacks_is_said_with_what_to_do(self, seen: set[tuple[str, str]], said: str) -> None:
        body = results("vad sedd", [{"vad": what, "sedd": where} for what, where in sorted(seen)])
        with loopback(always(answer(body))) as here, pytest.raises(EndpointError, match=said):
            open_store(here.address)

    def test_a_store_of_this_machine_holds_what_is_needed(self) -> None:
        with pytest.raises(EndpointError, match="kg load"):
            check_holdings(open_store("memory"))
