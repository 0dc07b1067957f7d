"""The kinds of forum that an invented municipality may have: who usually sits there, on which level, how often."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["AGES", "BLUEPRINTS", "BROADER_FORUM", "RHYTHMS", "Blueprint"]

BROADER_FORUM = MappingProxyType(
    {"bbg-styrgrupp": "styrgrupp", "bob-lokal": "bob-rad", "bob-regional": "bob-rad", "sip": "samordnad-planering"}
)
"""A kind of forum and the broader kind that it is also of."""

RHYTHMS = MappingProxyType(
    {
        "veckovis": (52, 52, "varje vecka"),
        "varannan-vecka": (26, 26, "varannan vecka"),
        "manadsvis": (12, 12, "en gång i månaden"),
        "varannan-manad": (6, 8, "sex till åtta gånger per år"),
        "kvartalsvis": (4, 4, "en gång i kvartalet"),
        "tva-ganger-per-termin": (4, 4, "två gånger per termin"),
        "halvarsvis": (2, 2, "två gånger per år"),
    }
)
"""Frequency concepts: meetings a year, lowest and highest, and the words of a report."""

AGES = MappingProxyType(
    {
        "0-6": (0, 6),
        "0-17": (0, 17),
        "6-15": (6, 15),
        "9-13": (9, 13),
        "10-18": (10, 18),
        "12-20": (12, 20),
        "13-15": (13, 15),
        "13-20": (13, 20),
        "13-25": (13, 25),
        "15-20": (15, 20),
        "16-19": (16, 19),
        "16-24": (16, 24),
        "18-29": (18, 29),
        "21-29": (21, 29),
    }
)
"""Target groups by the end of their IRI: lowest and highest age, both included."""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A kind of forum: names, share of municipalities that have it, usual members as codes, level, ages, rhythms.

    `cases` says whether single cases are handled there, None where reports are silent; `part_of` is the slug of the
    forum that it is a part of; `county` binds it to one county.
    """

    slug: str
    kind: str
    name: str
    english: str
    share: float
    expects: str
    level: str
    ages: tuple[str, ...] = ()
    rhythms: tuple[str, ...] = ("manadsvis", "kvartalsvis")
    cases: bool | None = None
    part_of: str = ""
    county: str = ""
    programme: bool = False

    @property
    def usual(self) -> tuple[str, ...]:
        """The codes of those who usually sit there."""
        return tuple(self.expects.split())


_YOUNG = ("10-18", "12-20", "13-20")

BLUEPRINTS = (
    Blueprint(
        "bra",
        "bra",
        "Brottsförebyggande rådet",
        "Crime prevention council",
        0.9,
        "kommunledning politik polis socialtjanst skola fritid trygghet-sakerhet samhallsbyggnad bostadsbolag",
        "strategisk",
        rhythms=("kvartalsvis", "halvarsvis", "varannan-manad"),
        cases=False,
    ),
    Blueprint(
        "trygghetsradet",
        "trygghetsrad",
        "Trygghetsrådet",
        "Safety council",
        0.4,
        "kommunledning polis trygghet-sakerhet politik",
        "strategisk",
        cases=False,
    ),
    Blueprint(
        "est",
        "est",
        "EST-gruppen",
        "EST group",
        0.5,
        "trygghet-sakerhet polis bostadsbolag bevakningsforetag civilsamhalle",
        "operativ",
        rhythms=("veckovis", "varannan-vecka"),
        cases=False,
    ),
    Blueprint(
        "sspf",
        "sspf",
        "SSPF-gruppen",
        "SSPF group",
        0.75,
        "skola socialtjanst polis fritid",
        "individ",
        ages=_YOUNG,
        rhythms=("manadsvis", "varannan-vecka"),
        cases=True,
    ),
    Blueprint(
        "sspf-styrgrupp",
        "styrgrupp",
        "SSPF:s styrgrupp",
        "Steering group of SSPF",
        0.5,
        "skola socialtjanst polis fritid",
        "strategisk",
        rhythms=("kvartalsvis", "tva-ganger-per-termin"),
        cases=False,
        part_of="sspf",
    ),
    Blueprint(
        "sspf-arbetsgrupp",
        "natverksgrupp",
        "SSPF:s arbetsgrupp",
        "Working group of SSPF",
        0.3,
        "skola socialtjanst polis fritid",
        "operativ",
        ages=("10-18", "9-13"),
        cases=True,
        part_of="sspf",
    ),
    Blueprint(
        "sig",
        "sig",
        "Sociala insatsgruppen",
        "Social intervention group",
        0.45,
        "socialtjanst polis skola arbetsmarknad kriminalvard",
        "individ",
        ages=("13-20", "15-20"),
        rhythms=("varannan-vecka",),
        cases=True,
    ),
    Blueprint(
        "insluss",
        "insluss-avhopp",
        "Insluss och avhopp",
        "Exit collaboration",
        0.2,
        "socialtjanst polis kriminalvard",
        "individ",
        ages=("15-20", "18-29"),
        cases=True,
    ),
    Blueprint(
        "lagesgruppen",
        "operativ-samverkansgrupp",
        "Lägesgruppen",
        "Operational group",
        0.45,
        "polis socialtjanst skola fritid trygghet-sakerhet",
        "operativ",
        rhythms=("veckovis", "varannan-vecka"),
    ),
    Blueprint(
        "skolteamet",
        "skolnara-team",
        "Skolnära teamet",
        "School-based team",
        0.4,
        "skola elevhalsa fritid socialtjanst",
        "operativ",
        ages=("6-15", "13-15"),
        rhythms=("veckovis",),
    ),
    Blueprint(
        "omradesgruppen",
        "omradesgrupp",
        "Områdesgruppen",
        "Area group",
        0.4,
        "socialtjanst skola fritid polis",
        "operativ",
        rhythms=("tva-ganger-per-termin", "kvartalsvis"),
    ),
    Blueprint(
        "omradesteamet",
        "omradesteam",
        "Områdesteamet",
        "Area team",
        0.25,
        "socialtjanst skola fritid civilsamhalle naringsliv",
        "operativ",
    ),
    Blueprint(
        "styrgruppen",
        "styrgrupp",
        "Styrgruppen för förebyggande arbete",
        "Steering group for prevention",
        0.6,
        "kommunledning polis socialtjanst skola",
        "strategisk",
        rhythms=("varannan-manad", "kvartalsvis"),
        cases=False,
    ),
    Blueprint(
        "beredningsgruppen",
        "beredningsgrupp",
        "Beredningsgruppen",
        "Preparatory group",
        0.35,
        "socialtjanst samordnare polis skola",
        "individ",
        rhythms=("varannan-vecka",),
        cases=True,
    ),
    Blueprint(
        "tjanstemannagruppen",
        "beredningsgrupp",
        "Tjänstemannagruppen",
        "Group of officials",
        0.3,
        "polis kommunledning trygghet-sakerhet",
        "strategisk",
        cases=False,
    ),
    Blueprint(
        "presidiet",
        "presidiesamverkan",
        "Presidieträffen",
        "Presidium meeting",
        0.35,
        "politik socialtjanst skola",
        "politisk",
        rhythms=("halvarsvis",),
        cases=False,
    ),
    Blueprint(
        "hlt",
        "hlt-mote",
        "HLT-mötet",
        "HLT meeting",
        0.3,
        "skola elevhalsa socialtjanst halsocentral modrahalsovard",
        "individ",
        ages=("6-15", "16-19"),
        cases=True,
    ),
    Blueprint(
        "familjecentralen",
        "familjecentral",
        "Familjecentralen",
        "Family centre",
        0.4,
        "modrahalsovard barnhalsovard oppen-forskola socialtjanst",
        "operativ",
        ages=("0-6",),
    ),
    Blueprint(
        "familjens-hus",
        "familjecentralsliknande",
        "Familjens hus",
        "Family house",
        0.25,
        "barnhalsovard oppen-forskola socialtjanst",
        "operativ",
        ages=("0-6",),
    ),
    Blueprint(
        "sip",
        "sip",
        "SIP-mötet",
        "SIP meeting",
        0.3,
        "socialtjanst halso-sjukvard skola",
        "individ",
        ages=("0-17", "13-25"),
        cases=True,
    ),
    Blueprint(
        "barnahuset",
        "barnahus",
        "Barnahuset",
        "Barnahus",
        0.3,
        "socialtjanst polis aklagare halso-sjukvard rattsmedicin",
        "individ",
        ages=("0-17",),
        cases=True,
    ),
    Blueprint(
        "mini-maria",
        "mini-maria",
        "Mini-Maria",
        "Mini-Maria clinic",
        0.25,
        "socialtjanst halso-sjukvard",
        "operativ",
        ages=("13-20", "13-25"),
    ),
    Blueprint(
        "avhopparna",
        "avhopparverksamhet",
        "Avhopparverksamheten",
        "Exit programme",
        0.25,
        "socialtjanst polis kriminalvard",
        "individ",
        ages=("18-29", "21-29"),
        cases=True,
    ),
    Blueprint(
        "gvi",
        "gvi",
        "GVI-gruppen",
        "Group violence intervention",
        0.15,
        "polis trygghet-sakerhet kriminalvard civilsamhalle",
        "operativ",
        rhythms=("varannan-vecka",),
    ),
    Blueprint(
        "tsi",
        "tsi",
        "Tidiga samordnade insatser",
        "Early coordinated efforts",
        0.2,
        "elevhalsa halso-sjukvard socialtjanst",
        "operativ",
        ages=("6-15",),
    ),
    Blueprint(
        "kaa",
        "kaa-samverkan",
        "KAA-nätverket",
        "Network on youth activity",
        0.4,
        "gymnasiehuvudman socialtjanst fritid arbetsmarknad socialforsakring",
        "operativ",
        ages=("16-19", "16-24"),
    ),
    Blueprint(
        "andts",
        "andts-samverkan",
        "ANDTS-nätverket",
        "ANDTS network",
        0.35,
        "samordnare skola socialtjanst fritid polis",
        "operativ",
    ),
    Blueprint(
        "samordningsforbundets-styrelse",
        "samordningsforbund",
        "Samordningsförbundets styrelse",
        "Coordination board",
        0.3,
        "socialforsakring arbetsmarknad region kommun",
        "strategisk",
        rhythms=("varannan-manad",),
        cases=False,
    ),
    Blueprint(
        "bob-lokalt",
        "bob-lokal",
        "Lokala Bob-rådet",
        "Local BOB council",
        0.15,
        "polis socialtjanst skola",
        "individ",
        ages=("13-20", "0-17"),
        cases=True,
    ),
    Blueprint(
        "bbg-styrgrupp",
        "bbg-styrgrupp",
        "Styrgruppen för barnens bästa",
        "Steering group on children",
        1.0,
        "region skola socialtjanst polis civilsamhalle",
        "strategisk",
        rhythms=("kvartalsvis",),
        cases=False,
        county="07",
    ),
    Blueprint(
        "trygg-uppvaxt",
        "program",
        "Trygg uppväxt",
        "Safe childhood",
        0.5,
        "socialtjanst skola polis halso-sjukvard",
        "strategisk",
        rhythms=(),
        programme=True,
    ),
    Blueprint(
        "barnens-basta",
        "program",
        "Barnen först",
        "Children first",
        0.4,
        "region skola socialtjanst civilsamhalle",
        "strategisk",
        rhythms=(),
        programme=True,
    ),
)
"""Every kind of forum; a part stands after the forum that it is a part of."""
