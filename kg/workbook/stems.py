"""The stems and abbreviations that names of Swedish actors and forums are built of, each with what it makes likely.

A row is a pattern on the folded name, what it points at, and how sure that is. The surest pattern that fits decides;
of two equally sure ones the first.
"""

from __future__ import annotations

from typing import Final

from kg.namespaces import FB

__all__ = ["ACTORS", "CLASSES", "FORUMS"]

Stems = tuple[tuple[str, str, float], ...]

CLASSES: Final[Stems] = (
    (r"^(kso|ks-?ordf\w*)$", FB.Function, 0.85),
    (r"fullmäktige$", FB.Assembly, 0.95),
    (r"^länsstyrelse(n)?\b", FB.StateAgency, 0.95),
    (r"(nämnd(en)?|styrelse(n)?|utskott(et)?)$|^ks$", FB.Committee, 0.9),
    (r"^nämnden för ", FB.Committee, 0.95),
    (r"(presidi(um|et)|revisorer(na)?|kommunrevision(en)?|beredning(en)?)$", FB.PoliticalBody, 0.7),
    (r"(förvaltning(en)?|kontor(et)?|stab(en)?)$", FB.Administration, 0.85),
    (r"^region(en)?( |$)|regionen$|landstinget$", FB.Region, 0.5),
    (r"avdelning(en)?$", FB.Department, 0.9),
    (r"(myndighet(en)?|verket|kronofogden|försäkringskassan|förmedlingen)\b", FB.StateAgency, 0.85),
    (r"(förbund(et)?)$", FB.JointAuthority, 0.6),
    (r"( ab|bolag(et)?|bostäder|hem ab)$|^ab ", FB.Company, 0.8),
    (
        r"(förening(en)?|kyrka(n)?|församling(en)?|kåren|klubb(en)?|ideella|stadsmission(en)?)$|"
        r"^(iogt(-nto)?|ntf|röda korset|rädda barnen|rotary|lions|bris|nattvandrarna|\w*jouren)$",
        FB.CivilSocietyOrganisation,
        0.8,
    ),
    (
        r"(chef(en)?|direktör(en)?|samordnare(n)?|strateg(en)?|ledare(n)?|sekreterare(n)?|kurator(n)?|rektor(n)?|"
        r"kommunpolis(en)?|områdespolis(en)?|ordförande(n)?|handläggare(n)?|utvecklare(n)?|sköterska(n)?|psykolog(en)?|"
        r"koordinator(n)?|assistent(en)?|lots(en)?|pedagog(en)?|coach(en)?|specialist(en)?)$",
        FB.Function,
        0.85,
    ),
    (
        r"(enhet(en)?|team(et)?|grupp(en)?|mottagning(en)?|central(en)?|gård(en)?|gymnasi(um|et)|skola|hälsan|jour(en)?|"
        r"öppenvård(en)?|institution(en)?|bibliotek(et)?)$",
        FB.Unit,
        0.7,
    ),
)
"""Which class of actor a name is likely to be of; the first pattern that fits decides."""

ACTORS: Final[Stems] = (
    (
        r"nämnd(en)?$|styrelse(n)?$|fullmäktige$|utskott|presidi|politik|förtroendevald|revisor|kommunrevision",
        "politik",
        0.9,
    ),
    (
        r"^kso$|^ks$|^bun$|^ks[- ]?ordf|kommunalråd|majoritet|opposition|gruppledare|"
        r"(styrelse|nämnd|utskott|fullmäktige)(n|en|et)?s? ?(1:e |2:e |förste |vice )?ordf",
        "politik",
        0.85,
    ),
    (r"\b(bup|barn- ?och ungdomspsykiatri|psykiatri|sjukvård|beroende)", "halso-sjukvard", 0.8),
    (r"ungdomsmottagning|^umo?$|(mini[- ]?)?maria-?mottagning|^(mini-)?maria$", "halso-sjukvard", 0.7),
    (r"\bmvc\b|mödravård|mödrahälsov|barnmorske", "modrahalsovard", 0.9),
    (r"\bbvc\b|barnavårdscentral|barnhälsov", "barnhalsovard", 0.9),
    (r"\b[vh]c\b|vårdcentral|hälsocentral", "halsocentral", 0.85),
    (r"polis|\blpo\b", "polis", 0.9),
    (r"elevhäls|skolkurator|skolsköterska|skolsocial|skolpsykolog|specialpedagog|\beht\b", "elevhalsa", 0.85),
    (r"gymnasieförbund|fristående gymnasi", "gymnasiehuvudman", 0.85),
    (r"gymnasi", "gymnasiehuvudman", 0.6),
    (
        r"skol|utbildning|bildning|rektor|lärare|elevassist|elevcoach|\bsyv\b|studie- ?och yrkesvägled|^bou$",
        "skola",
        0.75,
    ),
    (
        r"social|\bsoc\b|\bsoc\.? ?s?ekr?\b|socsek|individ- ?och familj|\bifo\b|fält(grupp|ar|assist|sek|team)|"
        r"öppenvård|familjehem|familjebehandl|barnhandlägg|ungdomshandlägg|stöd och omsorg",
        "socialtjanst",
        0.75,
    ),
    (r"^kultur(?!skol)", "fritid", 0.7),
    (r"fritid|ungdomens hus|ungdomsgård|mötesplats|^k(o|f)f$", "fritid", 0.75),
    (r"trygghet|säkerhet|brottsförebygg", "trygghet-sakerhet", 0.7),
    (r"\bbrå[- ]?(samordn|koordinat|strateg|handlägg)", "trygghet-sakerhet", 0.85),
    (
        r"\b(sspf|sig|est|ia|bob|andts?|antd|drog\w*|sluta skjut|gvi)[- ]?(förebyggande )?(samordn|koordinat|strateg)",
        "samordnare",
        0.85,
    ),
    (r"^(?!.*(barn|famil|ungdoms|behandlings|ålderdoms|vård|stöd|kollektiv|jour))\w{4,}hem$", "bostadsbolag", 0.7),
    (r"bostäder|bostads|fastighet|hyresvärd|hyreshus|allmännytta", "bostadsbolag", 0.7),
    (
        r"\b(mkb|lkf|hsb|riksbyggen|rikshem|willhem|heimstaden|stångåstaden|victoria ?hem|victoria park|hyresbostäder|"
        r"gavlegårdarna|mitthem|poseidon)\b|\w\w(hem|bostad|bo|hus) ab$|^ab \w+(hem|bostäder|bo|hus)$",
        "bostadsbolag",
        0.75,
    ),
    (
        r"förening|idrott|kyrka|församling|civilsamhäll|ideell|trossamfund|moské|studieförbund|stadsmission|scout",
        "civilsamhalle",
        0.75,
    ),
    (
        r"\b(iogt|ntf|röda korset|rädda barnen|rotary|lions|bris|unf|kfum|kfuk)\b|nattvandr|hyresgästför|"
        r"(kvinno|tjej|brottsoffer)jour|\brf[- ]sisu",
        "civilsamhalle",
        0.8,
    ),
    (r"\b(securitas|avarn|nokas|tempest)\b|väktar|vaktbolag|ordningsvakt|bevakning", "bevakningsforetag", 0.85),
    (r"räddningstjänst|brandkår|\brtj\b", "raddningstjanst", 0.9),
    (
        r"samhällsbygg|teknisk|miljö- ?och|miljökontor|miljöförvalt|stadsbygg|gatu|gata- ?och|gata/|park- ?och|"
        r"park/|alkoholhandlägg|bygglov",
        "samhallsbyggnad",
        0.7,
    ),
    (r"kommunledning|kommundirektör|kommunchef|kommunkansli|förvaltningschef", "kommunledning", 0.75),
    (r"arbetsmarknad|arbetsförmedling|^af$|^ame$|^ami$", "arbetsmarknad", 0.85),
    (
        r"näringsliv|köpman|\bhandlar(e|na)\b|handlarför|företagar|centrumhandel|centrumför|citysamverkan|krögar|"
        r"restaurang|systembolag|\b(ica|coop|willys)\b",
        "naringsliv",
        0.8,
    ),
    (r"åklagar", "aklagare", 0.9),
    (r"länsstyrelse", "lansstyrelse", 0.95),
    (r"vårdnadshavare|föräldrar", "vardnadshavare-ungdom", 0.75),
    (r"^region|regionen$", "region", 0.7),
)
"""Which kind of actor a name is likely to be of."""

FORUMS: Final[Stems] = (
    (r"\bsspf", "sspf", 0.95),
    (r"\best\b", "est", 0.85),
    (r"\bsig\b|social insatsgrupp|sociala insatsgrupper", "sig", 0.9),
    (
        r"\bbrå\b|brottsförebyggande råd|trygghets- ?och (folkhälso|säkerhets)?råd|folkhälso- ?och trygghetsråd|"
        r"trygghets- ?och brotts",
        "bra",
        0.85,
    ),
    (r"trygghetsråd", "trygghetsrad", 0.8),
    (r"områdesgrupp", "omradesgrupp", 0.85),
    (r"styrgrupp", "styrgrupp", 0.96),
    (r"nätverk", "natverksgrupp", 0.6),
    (r"\bandts?\b|drogförebyggande (råd|grupp|nätverk|samverkan|team)", "andts-samverkan", 0.8),
    (r"familjecentral", "familjecentral", 0.85),
    (r"barnahus", "barnahus", 0.9),
    (r"presidi", "presidiesamverkan", 0.6),
    (r"\btsi\b", "tsi", 0.85),
    (r"\bhlt\b", "hlt-mote", 0.85),
    (r"\bsip\b", "sip", 0.85),
    (r"\bkaa\b", "kaa-samverkan", 0.8),
    (r"\bgvi\b|sluta skjut", "gvi", 0.85),
    (r"\bavhopp", "avhopparverksamhet", 0.75),
    (
        r"samverkansgrupp|samordningsgrupp|trygghetsgrupp|trygghetssamverkan|trygghetsteam|lägesbilds?(grupp|möte)|^tsg$",
        "operativ-samverkansgrupp",
        0.5,
    ),
)
"""Which kind of forum a name is likely to be of; the last row is a kind that no norm speaks of."""
