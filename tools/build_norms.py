"""Write the norms of `ontology/norms/register.csv` as Turtle, one file a basis.

Run `python -m tools.build_norms` after a change to the register, to `phrases.csv` or to the terms for frequency. Same
input, same bytes. The files are meant to be read: one object a line, sorted by id, no blank nodes.

Not checked here: whether a concept or a class exists; `kg validate` does that.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from rdflib import Graph, URIRef

from kg.errors import DataError
from kg.namespaces import BASE, FB, NAMESPACES, concept, scheme_iri, slug, thing

__all__ = ["main", "norm_files"]

ROOT: Final = Path(__file__).resolve().parent.parent
NORMS: Final = ROOT / "ontology" / "norms"
RHYTHMS: Final = ROOT / "ontology" / "terms" / "frekvens.ttl"

CLASSES: Final = {
    "participation": "ParticipationNorm",
    "existence": "ExistenceNorm",
    "frequency": "FrequencyNorm",
    "duty": "DutyNorm",
}
TITLES: Final = {
    "avtal": "Norms that rest on a contract; they bind its parties only.",
    "definition": "Norms that follow from what a form of collaboration is.",
    "lag": "Norms that a statute lays down.",
    "praxis": "What others do; a comparison, never a requirement.",
    "uppdrag": "Norms in commissions to state agencies; they bind no municipality.",
    "vagledning": "Norms in national guidance.",
    "verka-for": "Norms that a statute words as a duty to work for something.",
    "kallor": "Statutes and documents that the norms are drawn from. Reports are described with their claims.",
    "malgrupper": "Target groups by age that the norms name.",
}
MADE_BY: Final = "# Written by tools/build_norms.py from register.csv; change the register, not this file.\n"
PREFIXES: Final = {
    **{name: NAMESPACES[name] for name in ("dcterms", "fb", "foaf", "schema", "skos", "xsd")},
    **{
        name: NAMESPACES[name]
        for name in ("aktorstyp", "aldersgrund", "amne", "dokumenttyp", "foreteelse", "forpliktelsegrad", "forumniva")
    },
    **{
        name: NAMESPACES[name]
        for name in ("forumtyp", "frekvens", "normgrund", "normvillkor", "tidsprecision", "verifiering")
    },
    "forfattning": f"{BASE}id/forfattning/",
    "kalla": f"{BASE}res/kalla/",
    "kommun": f"{BASE}id/kommun/",
    "malgrupp": f"{BASE}id/malgrupp/",
    "norm": f"{BASE}id/norm/",
    "normkalla": f"{BASE}id/dokument/norm/",
}
"""Prefixes that a file may declare, each only where it is used; the longest namespace that fits wins."""

LEGAL: Final = {"lag", "verka-for"}
ACTS_BY_SHORT_NAME: Final = {"HSL": "2017:30", "äldre SoL": "2001:453"}
"""Statutes that locators cite by short name only, with their numbers in Svensk författningssamling."""
CITED_ACTS: Final = {
    "2001:453": "Socialtjänstlag (2001:453)",
    "2017:30": "Hälso- och sjukvårdslag (2017:30)",
    "2025:400": "Socialtjänstlag (2025:400)",
}
"""Titles of statutes that norms rest on although another text was read."""

ALSO_JUDGES: Final = {"avhopparverksamhet": ("insluss-avhopp",)}
"""Forum types that the rows of another type judge too, as the register's rules say."""
TOPICS: Final = {
    **dict.fromkeys(("BID", "BRA", "LED", "LUL", "MDL", "ORG", "PLN", "SAF", "SOK"), "kriminalitet"),
    "FRV": "skolfranvaro",
    "KAA": "sysselsattning",
}
"""What the norms of a family are about, by the letters of their ids: an audit of other topics says nothing of them."""

Row = Mapping[str, str]
Phrases = Mapping[tuple[str, str], tuple[str, str]]
Statement = tuple[str, str]
"""Predicate and object, both as they are written in Turtle."""


# --- what is read


def read_register(path: Path) -> Sequence[Row]:
    """Return the rows of the register, sorted by id; raise `DataError` where an id stands twice."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["id"])
    twice = [name for name, count in Counter(row["id"] for row in rows).items() if count > 1]
    if twice:
        raise DataError(f"ids that stand twice: {', '.join(twice)}", file=path)
    return rows


def read_phrases(path: Path) -> Phrases:
    """Return (kind, code) → (Swedish, English); a condition's code is its Swedish text."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["kind"], row["code"]): (row["sv"] or row["code"], row["en"]) for row in csv.DictReader(file)}


def read_rhythms(path: Path) -> dict[str, str]:
    """Return the code of each frequency concept → occurrences a year, as the terms write it."""
    graph = Graph().parse(path, format="turtle")
    home = scheme_iri("frekvens") + "/"
    found = graph.subject_objects(URIRef(FB.occurrencesPerYear))
    return {str(subject).removeprefix(home): str(value) for subject, value in found}


# --- how a term is written


def name(iri: str) -> str:
    """Return the IRI as prefix and local name, or in angle brackets where no prefix fits.

    >>> name("https://w3id.org/forebygg/id/norm/bra-01")
    'norm:bra-01'
    >>> name("https://example.org/x")
    '<https://example.org/x>'
    """
    fits = [(len(space), prefix) for prefix, space in PREFIXES.items() if iri.startswith(space)]
    if fits:
        _, prefix = max(fits)
        local = iri.removeprefix(PREFIXES[prefix])
        if re.fullmatch(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", local):
            return f"{prefix}:{local}"
    return f"<{iri}>"


def text(value: str, language: str = "") -> str:
    r"""Return a Turtle string, with its language where one is given.

    >>> print(text('de säger "råd"', "sv"))
    "de säger \"råd\""@sv
    """
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"' + (f"@{language}" if language else "")


def typed(value: str, datatype: str) -> str:
    """Return a literal of a type of XML Schema."""
    return f"{text(value)}^^xsd:{datatype}"


def block(subject: str, statements: Sequence[Statement]) -> str:
    """Return one description, one object a line."""
    lines = [f"{predicate} {value}" for predicate, value in statements]
    return f"{name(subject)} " + " ;\n    ".join(lines) + " .\n"


# --- what a row says


def phrase(phrases: Phrases, kind: str, code: str) -> tuple[str, str]:
    """Return the Swedish and English words; raise `DataError` where `phrases.csv` lacks them."""
    try:
        return phrases[kind, code]
    except KeyError:
        raise DataError(f"no phrase for {kind} {code!r}; add a row", file=NORMS / "phrases.csv") from None


def condition_of(row: Row) -> tuple[str, str]:
    """Return the condition's concept and county: `endast-lan-07` → ("endast-lan", "07").

    >>> condition_of({"condition_code": "vid-behov"})
    ('vid-behov', '')
    """
    code = row["condition_code"]
    county = re.fullmatch(r"(endast-lan)-(\d\d)", code)
    return (county[1], county[2]) if county else (code, "")


def rhythm_of(row: Row) -> str:
    """Return the frequency concept of a frequency row, wherever the row keeps it; "" where there is none."""
    if row["kind"] != "frequency":
        return ""
    found = re.search(r"frekvens:([a-z-]+)", f"{row['expected_thing']} {row['condition']} {row['note']}")
    return found[1] if found else ""


def condition_text_of(row: Row) -> str:
    """Return the words of the condition, without the code of a frequency."""
    return re.sub(r" \(frekvens:[a-z-]+\)", "", row["condition"])


def municipalities_spared(row: Row) -> list[str]:
    """Return the codes of municipalities that the norm must never judge, sorted.

    >>> municipalities_spared({"note": "Rests on two reports [not-for:0880 not-for:0780]."})
    ['0780', '0880']
    """
    return sorted(re.findall(r"not-for:(\d{4})", row["note"]))


def note_of(row: Row) -> str:
    """Return the note without the codes that have become statements."""
    return re.sub(r" \[not-for:[^\]]*\]", "", row["note"])


def known_from(row: Row, rows: Mapping[str, Row]) -> str:
    """Return the day from which a norm without a known start is known to hold, or "".

    That is 1 January after the year of the amending statute that the note names; a note that points at another row
    on the same paragraph borrows that row's statute.
    """
    if row["date_precision"] != "okand":
        return ""
    note = row["note"]
    other = rows.get("".join(re.findall(r"^See ([A-Z]+-\d+)\.$", note)), row)
    if (other["source_address"], other["source_locator"]) == (row["source_address"], row["source_locator"]):
        note = other["note"]
    year = re.search(r"Wording by SFS (\d{4}):\d+", note)
    return dt.date(int(year[1]) + 1, 1, 1).isoformat() if year else ""


def target_group_of(row: Row) -> str:
    """Return the IRI of the target group with the row's ages, or "" where it states none."""
    low, high = row["age_min"], row["age_max"]
    if low and high:
        return thing("malgrupp", f"alder-{low}-{high}")
    if low:
        return thing("malgrupp", f"alder-fran-{low}")
    return thing("malgrupp", f"alder-till-{high}") if high else ""


def act_iri(number: str) -> str:
    """Return the IRI of a statute from its number.

    >>> act_iri("2023:196")
    'https://w3id.org/forebygg/id/forfattning/sfs-2023-196'
    """
    return thing("forfattning", f"sfs-{number.replace(':', '-')}")


def is_statute(row: Row) -> bool:
    """Return whether the row's source is a statute and not a text about one."""
    return row["source_publisher"].startswith("Svensk författningssamling")


def source_of(row: Row) -> str:
    """Return the IRI of the source: a report, a statute or another document."""
    if row["source_address"].startswith(f"{BASE}res/kalla/"):
        return row["source_address"]
    if is_statute(row):
        return act_iri("".join(re.findall(r"\((\d{4}:\d+)\)", row["source_title"])))
    return thing("dokument", "norm", slug(row["source_title"]))


def legal_basis_of(row: Row) -> list[str]:
    """Return the IRIs of the statutes that a legal norm rests on, sorted: its source, and those that it cites."""
    if row["basis"] not in LEGAL:
        return []
    numbers = set(re.findall(r"\b(\d{4}:\d+)\)", f"{row['source_title']} {row['source_locator']}"))
    short = "|".join(ACTS_BY_SHORT_NAME)
    numbers |= {ACTS_BY_SHORT_NAME[found] for found in re.findall(rf"\b({short})\b", row["source_locator"])}
    return sorted(act_iri(number) for number in numbers)


def place_of(row: Row, phrases: Phrases) -> tuple[str, str]:
    """Return words for the forum of the row, or for the part of it that the condition names."""
    narrowed = ("forum", f"{row['forum_type']}/{row['condition_code']}")
    return phrases[narrowed] if narrowed in phrases else phrase(phrases, "forum", row["forum_type"])


def ages_of(row: Row) -> tuple[str, str]:
    """Return the ages of the row in words.

    >>> ages_of({"age_min": "", "age_max": "18"})
    ('till och med 18 år', 'up to 18')
    """
    low, high = row["age_min"], row["age_max"]
    if low and high:
        return f"{low}–{high} år", f"ages {low}–{high}"
    return (f"från {low} år", f"from {low}") if low else (f"till och med {high} år", f"up to {high}")


def label_of(row: Row, phrases: Phrases) -> tuple[str, str]:
    """Return a short Swedish and English label: who in what, what how often, or who does what."""
    if ("norm", row["id"]) in phrases:
        return phrases["norm", row["id"]]
    if row["kind"] in {"participation", "frequency"}:
        first = (
            phrase(phrases, "aktor", row["expected_actor_type"])
            if row["kind"] == "participation"
            else phrase(phrases, "frekvens", rhythm_of(row))
        )
        place = place_of(row, phrases)
        return f"{first[0]} i {place[0]}", f"{first[1]} in {place[1]}"
    if row["expected_actor_type"]:
        who = phrase(phrases, "aktor", row["expected_actor_type"])
    elif row["forum_type"]:
        who = place_of(row, phrases)
    else:
        who = phrase(phrases, "klass", row["scope_class"])
    what = (
        ages_of(row)
        if row["expected_thing"] == "foreteelse:malgrupp-alder"
        else phrase(phrases, *row["expected_thing"].split(":"))
    )
    return f"{_capital(who[0])}: {what[0]}", f"{_capital(who[1])}: {what[1]}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def labels_of(rows: Sequence[Row], phrases: Phrases) -> dict[str, tuple[str, str]]:
    """Return the labels of all rows by id; rows that would share one get their basis in brackets.

    Raises `DataError` where that does not tell them apart.
    """
    plain = {row["id"]: label_of(row, phrases) for row in rows}
    shared = Counter(plain.values())
    labels: dict[tuple[str, str], str] = {}
    for row in rows:
        swedish, english = plain[row["id"]]
        if shared[swedish, english] > 1:
            basis = phrase(phrases, "grund", row["basis"])
            swedish, english = f"{swedish} ({basis[0]})", f"{english} ({basis[1]})"
        if (swedish, english) in labels:
            both = f"{labels[swedish, english]} and {row['id']} are both called {swedish!r}"
            raise DataError(f"{both}; add a phrase of kind norm", file=NORMS / "phrases.csv")
        labels[swedish, english] = row["id"]
    return {row_id: label for label, row_id in labels.items()}


# --- what is written


def norm(
    row: Row, rows: Mapping[str, Row], label: tuple[str, str], phrases: Phrases, rhythms: Mapping[str, str]
) -> str:
    """Return the Turtle of one row."""
    return block(
        thing("norm", row["id"].lower()),
        [
            ("a", f"fb:{CLASSES[row['kind']]}"),
            ("skos:notation", text(row["id"])),
            ("skos:prefLabel", text(label[0], "sv")),
            ("skos:prefLabel", text(label[1], "en")),
            ("skos:definition", text(row["statement_sv"], "sv")),
            ("skos:definition", text(row["statement_en"], "en")),
            *_expectation(row, rhythms),
            *_condition(row, phrases),
            ("fb:obligationLevel", name(concept("forpliktelsegrad", row["obligation"]))),
            ("fb:normBasis", name(concept("normgrund", row["basis"]))),
            *(("fb:legalBasis", name(act)) for act in legal_basis_of(row)),
            *(
                ("fb:topic", name(concept("amne", topic)))
                for topic in [TOPICS.get(row["id"].partition("-")[0])]
                if topic
            ),
            *_dates(row, rows),
            ("dcterms:source", name(source_of(row))),
            ("fb:locator", text(row["source_locator"])),
            ("fb:verification", name(concept("verifiering", row["verified"].lower()))),
            ("fb:evidenceCount", row["evidence_count"]),
            *(("skos:editorialNote", text(note, "en")) for note in [note_of(row)] if note),
        ],
    )


def _expectation(row: Row, rhythms: Mapping[str, str]) -> Iterator[Statement]:
    scheme, _, code = row["expected_thing"].partition(":")
    if row["forum_type"]:
        for forum_type in (row["forum_type"], *ALSO_JUDGES.get(row["forum_type"], ())):
            yield "fb:appliesToForumType", name(concept("forumtyp", forum_type))
    if row["scope_class"]:
        yield "fb:appliesToClass", name(getattr(FB, row["scope_class"]))
    if row["level"]:
        yield "fb:level", name(concept("forumniva", row["level"]))
    if group := target_group_of(row):
        yield "fb:hasTargetGroup", name(group)
    if row["expected_actor_type"]:
        yield "fb:expectsActorType", name(concept("aktorstyp", row["expected_actor_type"]))
    if code and scheme != "frekvens":
        yield "fb:expectsExistenceOf", name(concept(scheme, code))
    if rhythm := rhythm_of(row):
        yield "fb:frequency", name(concept("frekvens", rhythm))
    if scheme == "frekvens":
        yield "fb:meetingsPerYearMin", rhythms[code]


def _condition(row: Row, phrases: Phrases) -> Iterator[Statement]:
    code, county = condition_of(row)
    if code:
        yield "fb:condition", name(concept("normvillkor", code))
    if words := condition_text_of(row):
        swedish, english = phrase(phrases, "villkor", words)
        yield "fb:conditionText", text(swedish, "sv")
        yield "fb:conditionText", text(english, "en")
    if county:
        yield "fb:countyCode", text(county)
    for municipality in municipalities_spared(row):
        yield "fb:notForMunicipality", name(thing("kommun", municipality))


def _dates(row: Row, rows: Mapping[str, Row]) -> Iterator[Statement]:
    for term, day in (
        ("fb:validFrom", row["valid_from"]),
        ("fb:validThrough", row["valid_to"]),
        ("fb:knownFrom", known_from(row, rows)),
    ):
        if day:
            yield term, typed(day, "date")
    yield "fb:datePrecision", name(concept("tidsprecision", row["date_precision"]))


def sources(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the statutes and documents, sorted by IRI; raise `DataError` where two would share one IRI."""
    described: dict[str, tuple[str, str, str]] = {}
    for row in rows:
        iri, words = source_of(row), (row["source_title"], row["source_publisher"], row["source_address"])
        if iri.startswith(f"{BASE}res/kalla/"):
            continue
        if described.setdefault(iri, words) != words:
            raise DataError(f"{iri} would be both {described[iri]} and {words}", file=NORMS / "register.csv")
    cited = {act for row in rows for act in legal_basis_of(row)}
    for iri in sorted(described.keys() | cited):
        yield source(iri, described.get(iri))


def source(iri: str, words: tuple[str, str, str] | None) -> str:
    """Return the Turtle of one source, or of a statute that is cited without being read."""
    is_act = iri.startswith(PREFIXES["forfattning"])
    number = iri.rpartition("/sfs-")[2].replace("-", ":")
    label = words[0] if words else CITED_ACTS[number]
    return block(
        iri,
        [
            ("a", "fb:LegalAct" if is_act else "foaf:Document"),
            ("skos:prefLabel", text(label, "sv")),
            *([("skos:notation", text(f"SFS {number}"))] if is_act else []),
            ("dcterms:title", text(label, "sv")),
            *([("dcterms:publisher", text(words[1])), ("schema:url", typed(words[2], "anyURI"))] if words else []),
        ],
    )


def target_groups(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the target groups that the rows name, by lowest and then highest age."""
    found = {group: row for row in rows if (group := target_group_of(row))}
    for iri, row in sorted(found.items(), key=lambda item: _age_order(item[1])):
        swedish, english = ages_of(row)
        yield block(
            iri,
            [
                ("a", "fb:TargetGroup"),
                ("skos:prefLabel", text(swedish, "sv")),
                ("skos:prefLabel", text(english, "en")),
                *([("fb:minAge", row["age_min"])] if row["age_min"] else []),
                *([("fb:maxAge", row["age_max"])] if row["age_max"] else []),
                ("fb:ageBasis", name(concept("aldersgrund", "angiven"))),
            ],
        )


def _age_order(row: Row) -> tuple[int, int]:
    return int(row["age_min"] or -1), int(row["age_max"] or sys.maxsize)


def document(stem: str, blocks: Iterable[str]) -> str:
    """Return a whole file: where it comes from, the prefixes that it uses, and its descriptions."""
    body = "\n".join(blocks)
    used = sorted(prefix for prefix in PREFIXES if re.search(rf"(?<![\w:/]){prefix}:(?=[\w])", _outside_strings(body)))
    prefixes = "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in used)
    return f"# {TITLES[stem]}\n{MADE_BY}\n{prefixes}\n{body}"


def _outside_strings(turtle: str) -> str:
    return re.sub(r'"(?:[^"\\]|\\.)*"', '""', turtle)


def norm_files(folder: Path = NORMS, rhythms: Path = RHYTHMS) -> dict[str, str]:
    """Return file name → content for every file that the register gives.

    Raises `DataError` where an id or a source's IRI stands for two things, or a phrase is lacking.
    """
    rows = read_register(folder / "register.csv")
    by_id = {row["id"]: row for row in rows}
    phrases, numbers = read_phrases(folder / "phrases.csv"), read_rhythms(rhythms)
    labels = labels_of(rows, phrases)
    content = {
        basis: [norm(row, by_id, labels[row["id"]], phrases, numbers) for row in rows if row["basis"] == basis]
        for basis in sorted({row["basis"] for row in rows})
    }
    content |= {"kallor": list(sources(rows)), "malgrupper": list(target_groups(rows))}
    return {f"{stem}.ttl": document(stem, blocks) for stem, blocks in content.items()}


def main() -> None:
    """Write the files beside the register."""
    for file_name, content in norm_files().items():
        (NORMS / file_name).write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
