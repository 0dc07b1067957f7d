"""Who can sit in a forum: the actors of an invented municipality, and what each of them is, told by hand.

The truth that `kg.gaps` is held to rests on `Seat.meets` and `Seat.blurs`. They are written down here as a person
would say them, and not derived from the types in the graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from kg.namespaces import FB, concept, thing

__all__ = ["ACTORS", "FUNCTIONS", "NATIONAL", "SEATS", "SEATS_OF", "ActorKind", "Seat", "actor_iri", "function_iri"]

REGION, MUNICIPALITY, NATION = "region", "kommun", ""
MUNICIPAL = (
    *("politik", "kommunledning", "trygghet-sakerhet", "socialtjanst", "skola", "elevhalsa", "fritid"),
    *("samhallsbyggnad", "samordnare"),
)
OF_HEALTH = ("barnhalsovard", "modrahalsovard", "halsocentral")


@dataclass(frozen=True, slots=True)
class ActorKind:
    """An actor that every municipality has: class, kind of IRI, name, types, parent and the body it answers to."""

    key: str
    rdf_class: str
    kind: str
    name: str
    types: tuple[str, ...] = ()
    parent: str = MUNICIPALITY
    answers_to: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """One way to take part: an actor, through a function or not, and the words a report uses of it.

    `meets` are the codes of actor types that this seat is; `blurs` those that it may be, as far as anyone can tell;
    `whole` says that nobody else of its kind is left when this actor is said to stay away.
    """

    key: str
    actor: str
    function: str
    stated: str
    meets: frozenset[str]
    blurs: frozenset[str]
    whole: bool


def _actors() -> dict[str, ActorKind]:
    found = [
        ActorKind("kommunfullmaktige", FB.Assembly, "namnd", "Kommunfullmäktige", ("politik",)),
        ActorKind("kommunstyrelsen", FB.Committee, "namnd", "Kommunstyrelsen", ("politik",)),
        ActorKind("socialnamnden", FB.Committee, "namnd", "Socialnämnden", ("politik",)),
        ActorKind("utbildningsnamnden", FB.Committee, "namnd", "Utbildningsnämnden", ("politik",)),
        ActorKind("kultur-och-fritidsnamnden", FB.Committee, "namnd", "Kultur- och fritidsnämnden", ("politik",)),
        ActorKind("samhallsbyggnadsnamnden", FB.Committee, "namnd", "Samhällsbyggnadsnämnden", ("politik",)),
        ActorKind("revisorerna", FB.PoliticalBody, "namnd", "Kommunens revisorer", ("politik",)),
        *_administration(
            "kommunledningsforvaltningen", "Kommunledningsförvaltningen", "kommunledning", "kommunstyrelsen"
        ),
        *_administration("socialforvaltningen", "Socialförvaltningen", "socialtjanst", "socialnamnden"),
        *_administration("utbildningsforvaltningen", "Utbildningsförvaltningen", "skola", "utbildningsnamnden"),
        *_administration("fritidsforvaltningen", "Fritidsförvaltningen", "fritid", "kultur-och-fritidsnamnden"),
        *_administration(
            "byggforvaltningen", "Samhällsbyggnadsförvaltningen", "samhallsbyggnad", "samhallsbyggnadsnamnden"
        ),
        _department("barn-och-familj", "Avdelningen barn och familj", "socialforvaltningen", "socialtjanst"),
        _department("vuxen", "Avdelningen vuxen", "socialforvaltningen", "socialtjanst"),
        _department("grundskola", "Avdelningen grundskola", "utbildningsforvaltningen", "skola"),
        _department("elevhalsan", "Centrala elevhälsan", "utbildningsforvaltningen", "elevhalsa"),
        _department("arbetsmarknad", "Arbetsmarknadsavdelningen", "kommunledningsforvaltningen", "arbetsmarknad"),
        _department("ung-fritid", "Avdelningen ung fritid", "fritidsforvaltningen", "fritid"),
        _unit("trygghetsenheten", "Trygghetsenheten", "kommunledningsforvaltningen", "trygghet-sakerhet"),
        _unit("barn-och-unga", "Enheten barn och unga", "barn-och-familj", "socialtjanst"),
        _unit("oppenvard-ungdom", "Öppenvård ungdom", "barn-och-familj", "socialtjanst"),
        _unit("faltgruppen", "Fältgruppen", "oppenvard-ungdom", "socialtjanst"),
        _unit("missbruksenheten", "Missbruksenheten", "vuxen", "socialtjanst"),
        _unit("norra-skolan", "Norra skolan", "grundskola", "skola"),
        _unit("sodra-skolan", "Södra skolan", "grundskola", "skola"),
        _unit("centralskolan", "Centralskolan", "grundskola", "skola"),
        _unit("gymnasiet", "Gymnasiet", "utbildningsforvaltningen", "gymnasiehuvudman"),
        _unit("oppna-forskolan", "Öppna förskolan", "utbildningsforvaltningen", "oppen-forskola"),
        _unit("skolsocialt-team", "Skolsociala teamet", "elevhalsan"),
        _unit("ungdomsgarden", "Ungdomsgården", "ung-fritid", "fritid"),
        _unit("fritidsbanken", "Fritidsbanken", "ung-fritid", "fritid"),
        _unit("arbetsmarknadsenheten", "Arbetsmarknadsenheten", "arbetsmarknad", "arbetsmarknad"),
        _unit("park-och-gata", "Enheten park och gata", "byggforvaltningen", "samhallsbyggnad"),
        ActorKind("lokalpolisomradet", FB.Unit, "org", "Lokalpolisområdet", ("polis",), "polismyndigheten"),
        ActorKind("vardcentralen", FB.Unit, "org", "Vårdcentralen", ("halsocentral",), REGION),
        ActorKind("barnavardscentralen", FB.Unit, "org", "Barnavårdscentralen", ("barnhalsovard",), REGION),
        ActorKind("modravardscentralen", FB.Unit, "org", "Mödravårdscentralen", ("modrahalsovard",), REGION),
        _group("skolan", "Skolan", "skola"),
        _group("socialtjansten", "Socialtjänsten", "socialtjanst"),
        _group("fritiden", "Kultur och fritid", "fritid"),
        _group("halso-och-sjukvarden", "Hälso- och sjukvården", "halso-sjukvard"),
        _group("foreningar", "Föreningar", "civilsamhalle"),
        _group("naringslivet", "Näringslivet", "naringsliv"),
        _group("fastighetsagare", "Fastighetsägare", "naringsliv"),
        _group("invanare", "Boende i kommunen", "invanare"),
        _group("rapportorer", "Lokala rapportörer", "lokala-rapportorer"),
        _group("blaljus", "Blåljusverksamheterna", "polis", "raddningstjanst", "halso-sjukvard"),
        ActorKind(
            "idrottsforeningen", FB.CivilSocietyOrganisation, "org", "Idrottsföreningen", ("civilsamhalle",), NATION
        ),
        ActorKind("svenska-kyrkan", FB.CivilSocietyOrganisation, "org", "Församlingen", ("civilsamhalle",), NATION),
        ActorKind("bostadsbolaget", FB.Company, "bolag", "Bostadsbolaget", ("bostadsbolag",), NATION),
        ActorKind("kommunbolaget", FB.Company, "bolag", "Det kommunala bolaget", ("kommunalt-bolag",), NATION),
        ActorKind("vaktbolaget", FB.Company, "bolag", "Vaktbolaget", ("bevakningsforetag",), NATION),
        ActorKind(
            "raddningsforbundet", FB.JointAuthority, "forbund", "Räddningstjänstförbundet", ("raddningstjanst",), NATION
        ),
    ]
    return {each.key: each for each in found}


def _administration(key: str, name: str, code: str, board: str) -> Iterable[ActorKind]:
    yield ActorKind(key, FB.Administration, "org", name, (code,), MUNICIPALITY, board)


def _department(key: str, name: str, parent: str, code: str) -> ActorKind:
    return ActorKind(key, FB.Department, "org", name, (code,), parent)


def _unit(key: str, name: str, parent: str, *codes: str) -> ActorKind:
    return ActorKind(key, FB.Unit, "org", name, codes, parent)


def _group(key: str, name: str, *codes: str) -> ActorKind:
    return ActorKind(key, FB.ActorGroup, "org", name, codes, NATION)


ACTORS = MappingProxyType(_actors())
"""Actors of every municipality by key, parents before parts."""

NATIONAL = MappingProxyType(
    {
        "polismyndigheten": ("Polismyndigheten", "polis"),
        "arbetsformedlingen": ("Arbetsförmedlingen", "arbetsmarknad"),
        "forsakringskassan": ("Försäkringskassan", "socialforsakring"),
        "kriminalvarden": ("Kriminalvården", "kriminalvard"),
        "aklagarmyndigheten": ("Åklagarmyndigheten", "aklagare"),
        "statens-institutionsstyrelse": ("Statens institutionsstyrelse", "statens-institutionsstyrelse"),
        "lansstyrelserna": ("Länsstyrelserna", "lansstyrelse"),
        "rattsmedicinalverket": ("Rättsmedicinalverket", "rattsmedicin"),
        "skatteverket": ("Skatteverket", "ovrig-statlig-myndighet"),
    }
)
"""State agencies by the end of their IRI: name and type."""

FUNCTIONS = MappingProxyType(
    {
        "kommundirektor": ("Kommundirektör", MUNICIPALITY, "kommunledning"),
        "sakerhetschef": ("Säkerhetschef", MUNICIPALITY, "trygghet-sakerhet"),
        "preventionssamordnare": ("Preventionssamordnare", "socialforvaltningen", "samordnare"),
        "socialchef": ("Socialchef", "socialforvaltningen", ""),
        "skolchef": ("Skolchef", "utbildningsforvaltningen", ""),
        "rektor": ("Rektor", "centralskolan", "skola"),
        "fritidschef": ("Fritidschef", "fritidsforvaltningen", ""),
        "faltassistent": ("Fältassistent", "faltgruppen", ""),
        "kommunpolis": ("Kommunpolis", "polismyndigheten", "polis"),
        "lokalpolisomradeschef": ("Lokalpolisområdeschef", "lokalpolisomradet", ""),
        "kurator": ("Kurator", "skolsocialt-team", ""),
        "enhetschef": ("Enhetschef", "barn-och-unga", ""),
    }
)
"""Functions of every municipality by key: name, the actor they are in and a type of their own."""


def _seat(
    key: str, meets: str, *, actor: str = "", function: str = "", blurs: Iterable[str] = (), whole: bool = False
) -> Seat:
    actor = actor or key
    if function:
        stated = FUNCTIONS[function][0].lower()
    elif actor in ACTORS:
        stated = ACTORS[actor].name.lower()
    else:
        stated = NATIONAL[actor][0] if actor in NATIONAL else actor + "en"
    return Seat(key, actor, function, stated, frozenset(meets.split()), frozenset(blurs), whole)


SEATS = (
    _seat("kommunen", "kommun", actor=MUNICIPALITY, blurs=MUNICIPAL),
    _seat("kommundirektoren", "kommunledning kommun", actor=MUNICIPALITY, function="kommundirektor"),
    _seat("sakerhetschefen", "trygghet-sakerhet kommun", actor=MUNICIPALITY, function="sakerhetschef"),
    _seat("trygghetsenheten", "trygghet-sakerhet kommun"),
    _seat("kommunstyrelsen", "politik kommun"),
    _seat("socialnamnden", "politik kommun"),
    _seat("kommunledningsforvaltningen", "kommunledning kommun"),
    _seat("socialtjansten", "socialtjanst kommun", whole=True),
    _seat("socialchefen", "socialtjanst kommun", actor="socialforvaltningen", function="socialchef"),
    _seat(
        "samordnaren", "socialtjanst samordnare kommun", actor="socialforvaltningen", function="preventionssamordnare"
    ),
    _seat("barn-och-unga", "socialtjanst kommun"),
    _seat("faltgruppen", "socialtjanst kommun", function="faltassistent"),
    _seat("skolan", "skola kommun", blurs=("elevhalsa", "gymnasiehuvudman", "oppen-forskola"), whole=True),
    _seat(
        "skolchefen",
        "skola kommun",
        actor="utbildningsforvaltningen",
        function="skolchef",
        blurs=("elevhalsa", "gymnasiehuvudman", "oppen-forskola"),
    ),
    _seat(
        "rektorn",
        "skola kommun",
        actor="centralskolan",
        function="rektor",
        blurs=("elevhalsa", "gymnasiehuvudman", "oppen-forskola"),
    ),
    _seat("gymnasiet", "gymnasiehuvudman skola kommun"),
    _seat("oppna-forskolan", "oppen-forskola skola kommun"),
    _seat("elevhalsan", "elevhalsa skola kommun"),
    _seat("skolsocialt-team", "elevhalsa skola kommun", function="kurator"),
    _seat("fritiden", "fritid kommun", whole=True),
    _seat("fritidschefen", "fritid kommun", actor="fritidsforvaltningen", function="fritidschef"),
    _seat("ungdomsgarden", "fritid kommun"),
    _seat("byggforvaltningen", "samhallsbyggnad kommun"),
    _seat("arbetsmarknadsenheten", "arbetsmarknad kommun"),
    _seat("arbetsformedlingen", "arbetsmarknad"),
    _seat("polisen", "polis", actor="polismyndigheten", whole=True),
    _seat("kommunpolisen", "polis", actor="polismyndigheten", function="kommunpolis"),
    _seat("lokalpolisen", "polis", actor="lokalpolisomradet", function="lokalpolisomradeschef"),
    _seat("blaljus", "polis raddningstjanst halso-sjukvard region", blurs=OF_HEALTH),
    _seat("regionen", "region halso-sjukvard", actor=REGION, blurs=OF_HEALTH, whole=True),
    _seat("halso-och-sjukvarden", "halso-sjukvard region", blurs=OF_HEALTH),
    _seat("vardcentralen", "halsocentral halso-sjukvard region"),
    _seat("barnavardscentralen", "barnhalsovard halso-sjukvard region"),
    _seat("modravardscentralen", "modrahalsovard halso-sjukvard region"),
    _seat("forsakringskassan", "socialforsakring", whole=True),
    _seat("kriminalvarden", "kriminalvard", whole=True),
    _seat("aklagaren", "aklagare", actor="aklagarmyndigheten", whole=True),
    _seat("statens-institutionsstyrelse", "statens-institutionsstyrelse", whole=True),
    _seat("lansstyrelsen", "lansstyrelse", actor="lansstyrelserna", whole=True),
    _seat("rattsmedicinalverket", "rattsmedicin", whole=True),
    _seat("skatteverket", "ovrig-statlig-myndighet"),
    _seat("raddningsforbundet", "raddningstjanst", whole=True),
    _seat("bostadsbolaget", "bostadsbolag kommunalt-bolag", whole=True),
    _seat("kommunbolaget", "kommunalt-bolag", blurs=("bostadsbolag",)),
    _seat("vaktbolaget", "bevakningsforetag naringsliv"),
    _seat("naringslivet", "naringsliv", blurs=("bevakningsforetag",), whole=True),
    _seat("fastighetsagare", "naringsliv", blurs=("bevakningsforetag",)),
    _seat("foreningar", "civilsamhalle", whole=True),
    _seat("idrottsforeningen", "civilsamhalle"),
    _seat("forsamlingen", "civilsamhalle", actor="svenska-kyrkan"),
    _seat("invanare", "invanare", whole=True),
    _seat("rapportorer", "lokala-rapportorer", whole=True),
)
"""Every way to take part in a forum."""


def _by_code() -> dict[str, tuple[Seat, ...]]:
    codes = sorted({code for seat in SEATS for code in seat.meets})
    return {code: tuple(seat for seat in SEATS if code in seat.meets) for code in codes}


SEATS_OF = MappingProxyType(_by_code())
"""The seats that meet a code, in a fixed order."""


def actor_iri(key: str, code: str) -> str:
    """Return the IRI of an actor in the municipality with a code."""
    if key == MUNICIPALITY:
        return thing("kommun", code)
    if key == REGION:
        return thing("region", code[:2])
    if key in NATIONAL:
        return thing("myndighet", key)
    kind = ACTORS[key].kind
    return thing(kind, f"{key}-{code}") if kind in {"bolag", "forbund"} else thing(kind, code, key)


def function_iri(key: str, code: str) -> str:
    """Return the IRI of a function in the municipality with a code."""
    return thing("funktion", code, key)


def type_iris(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the IRIs of actor types."""
    return tuple(concept("aktorstyp", code) for code in codes)
