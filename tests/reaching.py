"""Every way known to us in which a query may try to reach out, and a listener that counts who came.

In the texts `URL` stands for the listener's address. Those of `REACHING` do reach it where nothing stands before the
engine; those of `OTHER_WAYS` would with another engine, or with an update; those of `HARMLESS` only look like it.
"""

from __future__ import annotations

import socket
import threading

__all__ = ["HARMLESS", "OTHER_WAYS", "REACHING", "Listener"]

_P = "PREFIX : <URL> PREFIX a: <URL> "
_IN = _P + "SELECT * { ?s ?p ?o "

REACHING = {
    "plain": "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "small letters": "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "mixed letters": "SELECT * { SeRvIcE <URL> { ?s ?p ?o } }",
    "no spaces": "SELECT*{SERVICE<URL>{?s ?p ?o}}",
    "silent glued": "SELECT * { SERVICESILENT<URL>{ ?s ?p ?o } }",
    "tabs and line ends": "SELECT\t*\r\n{\rSERVICE\n\t<URL>\r{ ?s ?p ?o } }",
    "comments between": "SELECT * { SERVICE # <urn:a> {\n# '\r<URL> #\n{ ?s ?p ?o } }",
    "prefixed": _P + "SELECT * { SERVICE a:b { ?s ?p ?o } }",
    "prefix glued": _P + "SELECT * { SERVICE:a{ ?s ?p ?o } }",
    "prefix glued by its letters": _P + "SELECT * { SERVICEa:b{ ?s ?p ?o } }",
    "prefix of that name": "PREFIX SERVICE: <urn:x> " + _P + "SELECT * { SERVICE:a{ ?s ?p ?o } }",
    "silent and prefix glued": _P + "SELECT * { SERVICESILENT:a{ ?s ?p ?o } }",
    "base": "BASE <URL> SELECT * { SERVICE <a> { ?s ?p ?o } }",
    "base itself": "BASE <URL> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "base twice": "BASE <urn:x:y> BASE <URL> SELECT * { SERVICE <#a> { ?s ?p ?o } }",
    "scheme-relative": "BASE <http://example.org/> SELECT * { SERVICE <//HOST/> { ?s ?p ?o } }",
    "code point in the IRI": r"SELECT * { SERVICE <\u0068ttp:\U0000002F/HOST/> { ?s ?p ?o } }",
    "nested": "SELECT * { { { { SERVICE <URL> { ?s ?p ?o } } } } }",
    "sub-select": "SELECT * { { SELECT ?s { SERVICE <URL> { ?s ?p ?o } } LIMIT 1 } }",
    "optional": "SELECT * { ?s ?p ?o OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }",
    "union": "SELECT * { { ?s ?p ?o } UNION { SERVICE <URL> { ?s ?p ?o } } }",
    "minus": "SELECT * { ?s ?p ?o MINUS { SERVICE <URL> { ?s ?p ?o } } }",
    "lateral": "SELECT * { ?s ?p ?o LATERAL { SERVICE <URL> { ?s ?p ?x } } }",
    "exists": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "not exists": "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "bound exists": "SELECT * { ?s ?p ?o BIND (EXISTS { SERVICE <URL> { ?s ?p ?o } } AS ?x) }",
    "selected exists": "SELECT (EXISTS { SERVICE <URL> { ?s ?p ?o } } AS ?x) { ?s ?p ?o }",
    "having": "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING EXISTS { SERVICE <URL> { ?s ?p ?o } }",
    "order": "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "in a graph": "SELECT * { GRAPH ?g { SERVICE <URL> { ?s ?p ?o } } }",
    "ask": "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "construct": "CONSTRUCT { ?s ?p ?o } { SERVICE <URL> { ?s ?p ?o } }",
    "describe": "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "from values": _IN + "} VALUES ?x { 1 }".replace("}", "SERVICE:a{ ?s ?p ?o } }", 1),
    "after a number": _IN + "FILTER (1<2) OPTIONAL { ?s ?p 1 } {} UNION { ?s ?p 7.SERVICE:a{ ?s ?p ?o } } }",
    "after a truth value": _IN + "{} UNION { [] ?p trueSERVICE:a{ ?s ?p ?o } } }",
    "after a truth value and a full stop": _IN + "{} UNION { [] ?p true.SERVICE:a{ ?s ?p ?o } } }",
    "after a name with full stops": _IN + "{} UNION { ?s ?p :b.c.SERVICE:a{ ?s ?p ?o } } }",
    "after a name that is no IRI": "PREFIX p: <http://h:> " + _IN + "{} UNION { ?s ?p p:SERVICE<URL>{ ?s ?p ?o } } }",
    "after a name with two #": r"PREFIX p: <http://e/#> " + _IN + r"{} UNION { ?s ?p p:SERVICE:x\#{ ?s ?p ?o } } }",
    "in a comparison": _IN + "FILTER(1<2)SERVICE:a#>\n{ ?s ?p ?o } }",
    "in a comparison with a variable": _IN + "FILTER(1<=2)SERVICE:a#'>'\n{ ?s ?p ?o } }",
    "in a string that is none": _IN + "FILTER('a'<'b>')SERVICE:a{ ?s ?p ?o } FILTER('c'='c') }",
    "in VALUES that are none": _IN + "FILTER(1<2)#> VALUES ?x {\nFILTER(1<2)SERVICE:a#>\n{ ?s ?p ?o } }",
    "in a long string that is none": _IN + 'VALUES ?x { """x" } SERVICE:a{ ?s ?p ?o } } # \\a """',
    "in a long string with half a letter": _IN + 'VALUES ?x { """x" } SERVICE:a{ ?s ?p ?o } } # \\uD800 """',
}

OTHER_WAYS = {
    "code point in the keyword": r"SELECT * { SERV\u0049CE <URL> { ?s ?p ?o } }",
    "long code point in the keyword": r"SELECT * { \U00000053ERVICE <URL> { ?s ?p ?o } }",
    "code point that ends a string": r'SELECT * { ?s ?p "\u0022 SERVICE <URL> { ?s ?p ?o } } #" }',
    "variable": "SELECT * { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }",
    "variable glued": "SELECT * { VALUES ?x { <URL> } SERVICE?x{ ?s ?p ?o } }",
    "another scheme": "SELECT * { SERVICE <ftp://HOST/> { ?s ?p ?o } }",
    "file": "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
    "load": "LOAD <URL>",
    "load silent": "LOAD SILENT <URL> INTO GRAPH <urn:g>",
    "load after a prologue": "PREFIX a: <URL> LOAD a:b",
    "load after a query": "ASK {} ; LOAD <URL>",
    "insert": "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "delete where": "DELETE WHERE { ?s ?p ?o }",
    "with": "WITH <URL> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "clear": "CLEAR ALL",
    "copy": "COPY <URL> TO DEFAULT",
    "Virtuoso's pragma": 'DEFINE get:soft "soft" SELECT * FROM <URL> { ?s ?p ?o }',
    "from": "SELECT * FROM <URL> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "from glued": "SELECT*FROM<URL>{ ?s ?p ?o }",
    "from prefixed": _P + "SELECT * FROM a:b { ?s ?p ?o }",
    "from prefix glued": _P + "SELECT*FROM:a{ ?s ?p ?o }",
    "ask from glued": _P + "ASKFROM:a{ ?s ?p ?o }",
    "from base": "BASE <URL> SELECT * FROM <a> { ?s ?p ?o }",
    "from file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "from in a comparison": _P + "SELECT(1<2AS?x)FROM:a#>\n{ ?s ?p ?o }",
    "describe from": "DESCRIBE <urn:a> FROM <URL>",
    "construct from": "CONSTRUCT FROM <URL> WHERE { ?s ?p ?o }",
    "code point in from": r"SELECT * FR\u004FM <URL> { ?s ?p ?o }",
    "byte order mark": "\ufeffSELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "nul": "SELECT * { SERVICE\0<URL> { ?s ?p ?o } }",
    "nul in the keyword": "SELECT * { SERV\0ICE <URL> { ?s ?p ?o } }",
    "vertical tab": "SELECT * { SERVICE\x0b<URL> { ?s ?p ?o } }",
    "form feed": "SELECT * { SERVICE\x0c<URL> { ?s ?p ?o } }",
    "no-break space": "SELECT * { SERVICE\xa0<URL> { ?s ?p ?o } }",
    "zero-width space": "SELECT * { SERV\u200bICE <URL> { ?s ?p ?o } }",
    "long s": "SELECT * { \u017fERVICE <URL> { ?s ?p ?o } }",
    "full width": "SELECT * { \uff33\uff25\uff32\uff36\uff29\uff23\uff25 <URL> { ?s ?p ?o } }",
}

HARMLESS = {
    "string": 'SELECT * { ?s ?p ?o FILTER (STR(?o) != "SERVICE <URL> { }") }',
    "string in single quotes": "SELECT * { ?s ?p ?o FILTER (STR(?o) != 'SERVICE <URL> { }') }",
    "long string": 'SELECT * { ?s ?p ?o FILTER (STR(?o) != """ SERVICE "<URL>"\n{ }""") }',
    "string with quotes": r'SELECT * { ?s ?p ?o FILTER (STR(?o) != "\" SERVICE <URL> { \"") }',
    "comment": "SELECT * { ?s ?p ?o } # SERVICE <URL> { ?s ?p ?o }",
    "comment up to a carriage return": "SELECT * # SERVICE <URL> {\r{ ?s ?p ?o }",
    "comment up to a line separator": "SELECT * # \u2028 SERVICE <URL> {\n{ ?s ?p ?o }",
    "variable": "SELECT ?service $SERVICE { ?s ?service $SERVICE }",
    "name": "PREFIX : <URL> SELECT * { ?s :service :SERVICE }",
    "prefix": "PREFIX service: <URL> SELECT * { ?s service:a ?o . ?s ?p service: }",
    "IRI": "SELECT * { ?s <URLservice> <urn:SERVICE#SERVICE> }",
    "IRIs with # in pairs": "SELECT * { VALUES (?s ?o) { (<URL#service> <URL#a>) (<URL#from> <URL#b>) } ?s ?p ?o }",
    "language": 'SELECT * { ?s ?p "x"@service }',
    "blank node": "SELECT * { _:service ?p _:SERVICE }",
    "percent": "PREFIX : <URL> SELECT * { ?s ?p :%53ERVICE }",
    "service-like name": "PREFIX x: <urn:x:> SELECT * { ?s x:my-service ?o ; x:serviceType ?t }",
    "load in a name": "PREFIX load: <URL> SELECT ?load { ?load load:INSERT 'DELETE' }",
    "describe": "DESCRIBE <URL>",
    "graph": "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
    "path": "SELECT * { ?s (<URL>|<URLservice>)* ?o }",
    "IRI made": "SELECT (IRI('URL') AS ?x) { }",
    "loaded graph": "SELECT * FROM <http://example.org/g0> { ?s ?p ?o }",
    "loaded graph by a name": "PREFIX e: <http://example.org/> SELECT * FROM NAMED e:g0 { GRAPH ?g { ?s ?p ?o } }",
}


class Listener:
    """A server on loopback that answers every connection with an error and counts it."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.came = 0
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def text(self, template: str) -> str:
        """Return a text with this listener's address in it."""
        return template.replace("URL", f"http://{self.host}/").replace("HOST", self.host)

    def close(self) -> None:
        """Listen no more."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.came += 1
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
