"""What the endpoint says of itself: a SPARQL 1.1 Service Description, asked of the store by a CONSTRUCT.

The text is a query, so that a worker writes it in whichever format is asked for, with the graphs that are loaded.
"""

from __future__ import annotations

from kg.server.jobs import Job

__all__ = ["describe"]

_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD"),
)
_DESCRIPTION = """\
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX format: <http://www.w3.org/ns/formats/>
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
CONSTRUCT {
  ?endpoint a sd:Service ;
    sd:endpoint ?endpoint ;
    dcterms:title "Förebygg"@sv ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat %s ;
    sd:defaultDataset ?dataset .
  ?dataset a sd:Dataset ; sd:defaultGraph ?whole ; sd:namedGraph _:named .
  ?whole a sd:Graph .
  _:named a sd:NamedGraph ; sd:name ?g .
} WHERE {
  GRAPH ?g { }
}
"""


def describe(endpoint: str, kind: str) -> Job:
    """Return the job whose answer is the service description of the endpoint at this address."""
    bindings = {"endpoint": endpoint, "dataset": f"{endpoint}#dataset", "whole": f"{endpoint}#default"}
    return Job(_DESCRIPTION % ", ".join(f"format:{each}" for each in _FORMATS), kind, bindings)
