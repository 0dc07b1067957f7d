"""The graph of one synthetic report: source, sections, audit, documents and every kind of claim."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

from bench.blueprints import RHYTHMS
from bench.plan import ATTENDANCE, Described, Municipality, Report
from bench.registers import AREAS, AUDITOR, INTERVENTIONS, SYSTEMS, forum_iri
from bench.seats import ACTORS, Seat, actor_iri, function_iri
from bench.terms import Record, boolean, day, decimal, iri, plain, text, whole
from kg.namespaces import BASE, DCTERMS, FB, ORG, PROV, SKOS, concept, graph_iri, section_iri, source_iri, thing

__all__ = ["STEERED", "source_graph"]

STEERED = 3
"""How many of the forums of a report are said to report to the executive board: the first."""

SECTIONS = (
    ("1", "Sammanfattning"),
    ("2", "Inledning"),
    ("2.1", "Bakgrund"),
    ("2.2", "Syfte och frågor"),
    ("2.3", "Avgränsning"),
    ("2.4", "Metod"),
    ("3", "Iakttagelser"),
    ("3.1", "Organisation"),
    ("3.2", "Forum för samverkan"),
    ("3.3", "Insatser"),
    ("3.4", "Styrdokument"),
    ("3.5", "Information"),
    ("3.6", "Uppföljning"),
    ("4", "Bedömning"),
    ("5", "Rekommendationer"),
)
BODIES = ("kommunstyrelsen", "socialnamnden", "utbildningsnamnden")
ACTS = ("sfs-2001-453", "sfs-2010-800", "sfs-2017-725", "sfs-2023-196")
QUESTIONS = ("organisation", "samverkan", "insatser", "styrning", "uppfoljning")
VERDICTS = ("uppfyllt", "i-allt-vasentligt", "delvis", "ej-uppfyllt")
TOPICS = ("kriminalitet", "missbruk", "gang", "trygghet", "skolfranvaro")
MAIN_UNITS = tuple(actor for actor in ACTORS.values() if actor.rdf_class in {FB.Administration, FB.Department, FB.Unit})


class _Writer:
    """Makes the records of one report: each claim with certainty, section and, mostly, the words of the report."""

    def __init__(self, municipality: Municipality, report: Report) -> None:
        self.municipality, self.report, self.code = municipality, report, municipality.code
        self.graph, self.source = graph_iri(report.key), source_iri(report.key)
        self.rng = random.Random(report.seed)

    def actor(self, key: str) -> str:
        return iri(actor_iri(key, self.code))

    def section(self, number: str) -> str:
        return iri(section_iri(self.report.key, number))

    def claim_iri(self, name: str) -> str:
        return f"{BASE}id/utsaga/{self.report.key}/{name}"

    def claim(self, name: str, kind: str, section: str, stated: str = "") -> Record:
        """Return a claim; a third of them also say whether they rest on an interview or a document."""
        record = Record.of(self.graph, self.claim_iri(name), kind)
        certainty = self.rng.choice(("uttalad",) * 8 + ("antydd", "tolkad"))
        record.add(FB.certainty, iri(concept("visshet", certainty))).add(PROV.wasDerivedFrom, self.section(section))
        if stated:
            record.add(FB.asStated, text(stated))
        if self.rng.random() < 0.33:
            record.add(FB.evidenceBasis, iri(concept("underlag", self.rng.choice(("intervju", "dokument")))))
        return record

    def thing(self, kind: str, name: str, rdf_class: str, label: str, section: str) -> Record:
        """Return a thing that the report's own graph describes, such as a document."""
        record = Record.of(self.graph, thing(kind, *name.split("/")), rdf_class)
        return record.add(SKOS.prefLabel, text(label)).add(PROV.wasDerivedFrom, self.section(section))

    def unit(self) -> str:
        return self.rng.choice(MAIN_UNITS).key


def source_graph(municipality: Municipality, report: Report) -> Iterator[Record]:
    """Yield everything that one report says, in a fixed order."""
    writer = _Writer(municipality, report)
    yield from _source(writer)
    yield from _audit(writer)
    for described in report.forums:
        yield from _forum(writer, described)
    yield from _flows_and_steering(writer)
    yield from _places_and_interventions(writer)
    yield from _documents(writer)
    yield from _follow_ups(writer)
    yield from _findings(writer)


def _source(writer: _Writer) -> Iterator[Record]:
    report, name = writer.report, writer.municipality.name
    record = Record.of(writer.graph, writer.source, FB.Source)
    record.add(SKOS.prefLabel, text(f"{name} {report.year}")).add(
        DCTERMS.title, text("Granskning av förebyggande arbete")
    )
    record.add(DCTERMS.creator, iri(AUDITOR)).add(DCTERMS.issued, day(report.day)).add(FB.observedOn, day(report.day))
    record.add(FB.datePrecision, iri(concept("tidsprecision", report.precision)))
    record.add(FB.municipality, writer.actor("kommun"))
    yield record.add(FB.sha256, plain(hashlib.sha256(report.key.encode()).hexdigest()))
    for number, title in SECTIONS:
        record = Record.of(writer.graph, section_iri(report.key, number), FB.SourceSection)
        record.add(SKOS.prefLabel, text(f"{number} {title}")).add(FB.sectionNumber, plain(number))
        yield record.add(DCTERMS.isPartOf, iri(writer.source))


def _audit(writer: _Writer) -> Iterator[Record]:
    key, rng = writer.report.key, writer.rng
    questions = [thing("fraga", key, name) for name in QUESTIONS]
    record = writer.thing(
        "granskning", key, FB.Audit, f"Granskningen {writer.municipality.name} {writer.report.year}", "2.2"
    )
    record.add(PROV.generated, iri(writer.source))
    record.add(FB.auditedBody, *(writer.actor(body) for body in BODIES[: rng.randint(1, 3)]))
    record.add(FB.criterion, *(iri(thing("forfattning", act)) for act in rng.sample(ACTS, 2)))
    record.add(FB.topic, *(iri(concept("amne", topic)) for topic in rng.sample(TOPICS, 2)))
    if rng.random() < 0.6:
        record.add(FB.scopeMinAge, whole(rng.choice((0, 6, 10)))).add(FB.scopeMaxAge, whole(rng.choice((18, 20, 25))))
    yield record.add(FB.auditQuestion, *map(iri, questions))
    for name in QUESTIONS:
        yield writer.thing("fraga", f"{key}/{name}", FB.AuditQuestion, f"Är {name} ändamålsenlig", "2.2")


def _forum(writer: _Writer, described: Described) -> Iterator[Record]:
    forum = described.forum
    where = iri(forum_iri(forum, writer.code))
    record = writer.claim(f"b-{forum.slug}", FB.ForumDescription, "3.2", f"i {forum.name.lower()} träffas")
    record.add(FB.describesForum, where)
    record.add(FB.listingCompleteness, iri(concept("fullstandighet", described.completeness)))
    if described.completeness != "ej-angiven":
        record.add(FB.listedMembers, whole(len(described.listed)))
    record.add(FB.listsMembership, *(iri(writer.claim_iri(f"m-{forum.slug}-{seat.key}")) for seat in described.listed))
    _describe(writer, described, record)
    yield record
    for seat in (*described.listed, *described.beside, *described.former):
        yield _membership(writer, described, seat, where)
    for seat in described.denied:
        record = writer.claim(f"n-{forum.slug}-{seat.key}", FB.NonMembership, "3.2", f"{seat.stated} deltar inte")
        yield record.add(FB.excludedActor, writer.actor(seat.actor)).add(FB.excludedFrom, where)
    for code in described.absent:
        record = writer.claim(f"a-{forum.slug}-{code}", FB.AbsenceClaim, "3.2", f"{code} saknas i gruppen")
        yield record.add(FB.absent, iri(concept("aktorstyp", code))).add(FB.absentWithin, where)
    for seat in described.informing:
        yield _flow(writer, f"{forum.slug}-{seat.key}", writer.actor(seat.actor), where)


def _describe(writer: _Writer, described: Described, record: Record) -> None:
    if described.status:
        record.add(FB.status, iri(concept("status", described.status)))
    if described.level:
        record.add(FB.level, iri(concept("forumniva", described.level)))
    if described.cases is not None:
        record.add(FB.handlesIndividualCases, boolean(described.cases))
    if described.ages:
        record.add(FB.hasTargetGroup, iri(thing("malgrupp", f"alder-{described.ages}")))
    if described.rhythm:
        low, high, words = RHYTHMS[described.rhythm]
        record.add(FB.frequency, iri(concept("frekvens", described.rhythm))).add(FB.frequencyAsStated, text(words))
        record.add(FB.meetingsPerYearMin, decimal(low)).add(FB.meetingsPerYearMax, decimal(high))
    _describe_rarely(writer, described, record)


def _describe_rarely(writer: _Writer, described: Described, record: Record) -> None:
    rng = writer.rng
    if rng.random() < 0.2:
        record.add(FB.meetsOnDemand, boolean(True))
    if rng.random() < 0.3:
        record.add(FB.purpose, text("Tidiga och samordnade insatser"))
    if described.cases and rng.random() < 0.3:
        record.add(FB.sharingBasis, iri(concept("delningsgrund", rng.choice(("samtycke", "lag", "avidentifierat")))))
    if rng.random() < 0.05:
        record.add(FB.parallelGroups, whole(rng.randint(2, 4)))
    if rng.random() < 0.3:
        record.add(FB.forumOwner, writer.actor("kommunledningsforvaltningen"))
    if rng.random() < 0.3:
        record.add(FB.mandate, iri(concept("mandat", rng.choice(("beslutande", "samordnande", "informerande")))))
    if rng.random() < 0.2:
        record.add(FB.usesSystem, iri(thing("system", rng.choice(SYSTEMS))))
    if rng.random() < 0.2:
        record.add(FB.usesModel, iri(thing("modell", writer.code, "arbetssatt")))
    if rng.random() < 0.2:
        record.add(FB.covers, iri(thing("omrade", writer.code, rng.choice(AREAS)[0])))


def _membership(writer: _Writer, described: Described, seat: Seat, where: str) -> Record:
    rng = writer.rng
    record = writer.claim(f"m-{described.forum.slug}-{seat.key}", FB.ForumMembership, "3.2", seat.stated)
    record.add(ORG.organization, where).add(ORG.member, writer.actor(seat.actor))
    first = described.listed and seat == described.listed[0]
    role = "part" if described.forum.programme else "sammankallande" if first else "ledamot"
    record.add(ORG.role, iri(concept("deltagarroll", role)))
    if seat.function:
        record.add(FB.representedBy, iri(function_iri(seat.function, writer.code)))
    if seat in described.former:
        record.add(FB.status, iri(concept("status", "upphord")))
    elif rng.random() < 0.35:
        record.add(FB.attendance, iri(concept("narvaro", rng.choice(ATTENDANCE))))
    return record


def _flow(writer: _Writer, name: str, start: str, end: str) -> Record:
    content = writer.rng.choice(("lagesbild", "individarende", "statistik", "handelserapport"))
    record = writer.claim(f"f-{name}", FB.InformationFlow, "3.5", "lämnar information till")
    return (
        record.add(FB.flowFrom, start)
        .add(FB.flowTo, end)
        .add(FB.flowContent, iri(concept("informationsinnehall", content)))
    )


def _flows_and_steering(writer: _Writer) -> Iterator[Record]:
    """Yield flows between forums, and who steers whom; none of them makes an actor inform a forum."""
    forums = {each.forum.slug: iri(forum_iri(each.forum, writer.code)) for each in writer.report.forums}
    for number, (start, end) in enumerate(writer.report.flows, start=1):
        yield _flow(writer, f"forum-{number}", forums[start], forums[end])
    yield _flow(writer, "system", iri(thing("system", "lagesapp")), writer.actor("trygghetsenheten"))
    for key, kind in writer.report.steering.items():
        record = writer.claim(f"r-{key}", FB.SteeringRelation, "3.1", "på uppdrag av nämnden")
        record.add(FB.steers, writer.actor(ACTORS[key].answers_to)).add(FB.isSteered, writer.actor(key))
        yield record.add(FB.steeringKind, iri(concept("styrning", kind)))
    for number, forum in enumerate([*forums.values()][:STEERED], start=1):
        record = writer.claim(f"r-forum-{number}", FB.SteeringRelation, "3.1", "rapporterar till styrelsen")
        record.add(FB.steers, writer.actor("kommunstyrelsen")).add(FB.isSteered, forum)
        record.add(FB.steeringKind, iri(concept("styrning", "rapportering")))
        yield record.add(FB.timesPerYearMin, decimal(1)).add(FB.timesPerYearMax, decimal(2))


def _places_and_interventions(writer: _Writer) -> Iterator[Record]:
    rng = writer.rng
    for key, *_ in rng.sample(AREAS, 2):
        record = writer.claim(f"p-{key}", FB.AreaPriority, "3.1", "prioriterat område")
        record.add(FB.priorityArea, iri(thing("omrade", writer.code, key)))
        yield record.add(FB.prioritisedBy, writer.actor("kommunstyrelsen"))
    for key, name, provider, level, ages in rng.sample(INTERVENTIONS, rng.randint(4, 8)):
        record = writer.claim(f"i-{key}", FB.InterventionDescription, "3.3", name.lower())
        record.add(FB.describesIntervention, iri(thing("insats", writer.code, key))).add(
            FB.provider, writer.actor(provider)
        )
        record.add(FB.preventionLevel, iri(concept("preventionsniva", level)))
        record.add(FB.interventionLevel, iri(concept("insatsniva", rng.choice(("samhalle", "grupp", "individ")))))
        if ages:
            record.add(FB.hasTargetGroup, iri(thing("malgrupp", f"alder-{ages}")))
        if writer.report.forums and rng.random() < 0.1:
            record.add(FB.deliveredThrough, iri(forum_iri(rng.choice(writer.report.forums).forum, writer.code)))
        if rng.random() < 0.5:
            record.add(FB.partner, writer.actor(rng.choice(("skolan", "polismyndigheten", "foreningar"))))
        if level == "indikerad":
            record.add(FB.needsDecision, boolean(rng.random() < 0.5)).add(
                FB.legalBasis, iri(thing("forfattning", "sfs-2001-453"))
            )
        yield record


def _documents(writer: _Writer) -> Iterator[Record]:
    rng, code, year = writer.rng, writer.code, writer.report.year
    kinds = ("handlingsplan", "rutin", "riktlinje", "verksamhetsplan", "lagesbild", "strategi")
    for kind in rng.sample(kinds, rng.randint(2, 5)):
        record = writer.thing(
            "dokument", f"{code}/{kind}-{year}", FB.GoverningDocument, f"{kind.capitalize()} {year}", "3.4"
        )
        record.add(FB.documentType, iri(concept("dokumenttyp", kind))).add(FB.municipality, writer.actor("kommun"))
        if writer.report.forums and rng.random() < 0.3:
            record.add(FB.regulates, iri(forum_iri(rng.choice(writer.report.forums).forum, writer.code)))
        if rng.random() < 0.7:
            record.add(FB.decidedBy, writer.actor(rng.choice(BODIES))).add(FB.validFrom, day(f"{year - 1}-01-01"))
            record.add(FB.validThrough, day(f"{year + 2}-12-31")).add(
                FB.datePrecision, iri(concept("tidsprecision", "dag"))
            )
        yield record
    if rng.random() < 0.7:
        name = f"{code}/samverkansoverenskommelse-{year}"
        record = writer.thing("dokument", name, FB.Agreement, f"Samverkansöverenskommelse {year}", "3.4")
        record.add(FB.documentType, iri(concept("dokumenttyp", "overenskommelse"))).add(
            FB.municipality, writer.actor("kommun")
        )
        yield record.add(FB.party, writer.actor("kommun"), writer.actor("polismyndigheten"))
    record = writer.thing("mal", f"{code}/farre-brott-{year}", FB.Objective, "Färre brott bland unga", "3.4")
    yield record.add(FB.objectiveOwner, writer.actor("kommunstyrelsen")).add(FB.indicator, text("Antal anmälda brott"))
    for number, kind in enumerate(rng.sample(("rutin", "samverkansdokument", "budget"), rng.randint(0, 2)), start=1):
        record = writer.claim(f"a-dokument-{number}", FB.AbsenceClaim, "3.4", "någon sådan finns inte")
        yield record.add(FB.absent, iri(concept("dokumenttyp", kind))).add(
            FB.absentWithin, writer.actor("socialnamnden")
        )
    if rng.random() < 0.5:
        record = writer.claim("e-samordning", FB.ExistenceClaim, "3.1", "en samordnare finns")
        record.add(FB.existing, iri(concept("foreteelse", "samordningsfunktion")))
        yield record.add(FB.existsWithin, writer.actor("kommun"))


def _follow_ups(writer: _Writer) -> Iterator[Record]:
    rng = writer.rng
    for number, described in enumerate(writer.report.forums[:3], start=1):
        record = writer.claim(f"u-{number}", FB.FollowUp, "3.6", "följs upp varje år")
        record.add(FB.followUpOf, iri(forum_iri(described.forum, writer.code)))
        record.add(FB.followedUpBy, writer.actor(writer.unit())).add(FB.followUpTo, writer.actor("kommunstyrelsen"))
        if rng.random() < 0.3:
            record.add(FB.usesSurvey, iri(thing("system", "uppfoljaren")))
        yield record
    for number in range(1, 5):
        first, second = rng.sample(MAIN_UNITS, 2)
        record = writer.claim(f"s-{number}", FB.Collaboration, "3.2", "samverkar i vardagen")
        record.add(FB.party, writer.actor(first.key), writer.actor(second.key))
        record.add(FB.collaborationKind, iri(concept("samverkansform", rng.choice(("lopande", "arendevis", "avtal")))))
        record.add(FB.topic, iri(concept("amne", rng.choice(TOPICS))))
        yield record.add(
            FB.judgedQuality, iri(concept("omdome", rng.choice(("fungerar-val", "kan-utvecklas", "brister"))))
        )


def _findings(writer: _Writer) -> Iterator[Record]:
    rng, key = writer.rng, writer.report.key
    for name in QUESTIONS:
        record = writer.claim(f"k-{name}", FB.AuditFinding, "4", "vår bedömning är")
        record.add(FB.verdict, iri(concept("utslag", rng.choice(VERDICTS)))).add(
            FB.auditedBody, writer.actor("kommunstyrelsen")
        )
        yield record.add(FB.answersQuestion, iri(thing("fraga", key, name)))
    for number in range(1, rng.randint(3, 6)):
        record = writer.claim(f"rek-{number}", FB.Recommendation, "5", "vi rekommenderar")
        record.add(FB.directedAt, writer.actor(rng.choice(BODIES)))
        if writer.report.forums:
            record.add(FB.concerns, iri(forum_iri(rng.choice(writer.report.forums).forum, writer.code)))
        yield record
    if rng.random() < 0.4:
        record = writer.claim("sv-1", FB.Response, "5", "styrelsen svarar")
        record.add(FB.respondsTo, iri(writer.claim_iri("rek-1"))).add(FB.respondedBy, writer.actor("kommunstyrelsen"))
        yield record.add(FB.status, iri(concept("svarsstatus", rng.choice(("genomford", "pagaende", "planerad")))))
