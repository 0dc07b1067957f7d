"""Remarks on how the work is governed: what a report says is lacking, what follows from it, what it leaves unsaid.

From the data alone: no verdict of the auditors is read. What the report itself says to be lacking is `stated`; what
rests on its silence is `unstated` and never an absence; what follows from what it says is `computed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.cases import CERTAINTY_ORDER, Case, evidence_of
from kg.findings import Analysis, Remark, Standing, Thing
from kg.governance.ties import (
    absent_actors,
    absent_parties,
    lists_are_whole,
    lone_forums,
    one_way_flows,
    running_forums,
)
from kg.governance.unstated import (
    DECISION,
    areas_without_team,
    documents_without_decision,
    follow_ups_without_receiver,
    forum_sheets,
    interventions_without_follow_up,
    interventions_without_provider,
)
from kg.namespaces import FB, PROV, SKOS, concept, last_part
from kg.network import POLITICS, Sector, actor_of, members, sector_of
from kg.records import Record
from kg.remarks import Figures, make_remark

__all__ = ["expired_agreements", "find_governance"]

DECIDING, POLITICAL = concept("mandat", "beslutande"), concept("forumniva", "politisk")
_STANDINGS = (Standing.STATED, Standing.COMPUTED, Standing.UNSTATED)
_NOBODY = re.compile(r"(andra|övriga|olika|vissa|flera)\b", re.IGNORECASE)
_SECTORS = tuple(Sector)


def find_governance(case: Case) -> list[Remark]:
    """Return all remarks on how the municipality's work is governed according to one report, in a total order.

    First what is stated as lacking, then what is computed, then what is not stated; within each by weight of the
    remark, name and id. Denied memberships are left to the gaps. What a missing membership does is said where each
    table is made, in `kg.governance.ties` and `kg.governance.unstated`.
    """
    found = [
        *_lacking(case),
        *_expired(case),
        *_parties(case),
        *_areas(case),
        *_levels(case),
        *_flows(case),
        *_politics(case),
        *_mandates(case),
        *_documents(case),
        *_interventions(case),
        *_unreceived(case),
        *_actors(case),
        *_forums(case),
    ]
    return sorted(found, key=lambda each: _STANDINGS.index(each.standing))


def _remark(
    case: Case,
    code: str,
    standing: Standing,
    about: str,
    claims: Iterable[Record],
    *,
    subjects: Iterable[Thing],
    names: Iterable[Thing] = (),
    figures: Figures = (),
    one: bool = True,
) -> Remark:
    """Make a remark; one on many things at once (`one` is false) has no certainty of its own."""
    evidence = tuple(evidence_of(case.records, each) for each in {each.iri: each for each in claims}.values())
    made = make_remark(
        case.source,
        "governance",
        code,
        about,
        analysis=Analysis.GOVERNANCE,
        code=code,
        standing=standing,
        subjects=dict.fromkeys(subjects),
        names=dict.fromkeys(names),
        figures=figures,
        evidence=evidence,
    )
    return made if one else replace(made, certainty=None)


def _grouped(
    case: Case, code: str, standing: Standing, about: str, rows: Sequence[tuple[Thing, Record]], figures: Figures = ()
) -> Remark:
    """Make a remark on many things of which the same holds, each with the claim that names it."""
    things, claims = [thing for thing, _ in rows], [claim for _, claim in rows]
    return _remark(case, code, standing, about, claims, subjects=things, figures=figures, one=False)


def _things(case: Case, iris: Iterable[str]) -> list[Thing]:
    return sorted(map(case.records.thing, iris), key=lambda each: (each.sv, each.iri))


def _silence(case: Case) -> Standing:
    """Return how silence on a member is to be read: as an answer only where every member list is whole."""
    return Standing.COMPUTED if lists_are_whole(case) else Standing.UNSTATED


def _lacking(case: Case) -> list[Remark]:
    """Return one remark for each statement that something does not exist, the surest first."""
    found = []
    for claim in case.records.claims_of(case.source.thing.iri, FB.AbsenceClaim):
        kinds = claim.all(FB.absent)
        documents = [each for each in claim.all(FB.concerns) if "/dokument/" in each]
        undecided = DECISION in kinds and bool(documents)
        words = {"as-stated": claim.text(FB.asStated, "sv"), "note": claim.text(SKOS.note, "sv")}
        found.append(
            _remark(
                case,
                "undecided" if undecided else "lacking",
                Standing.STATED,
                last_part(claim.iri),
                [claim],
                subjects=_things(case, documents if undecided else claim.all(FB.absentWithin)),
                names=[*_things(case, kinds), *_things(case, claim.all(FB.topic))],
                figures=[(name, text) for name, text in words.items() if text],
            )
        )

    def order(remark: Remark) -> tuple[int, str, str]:
        rank = CERTAINTY_ORDER.get(remark.certainty.iri, 0) if remark.certainty else 0
        return rank, remark.names[0].sv if remark.names else "", remark.id

    return sorted(found, key=order)


def expired_agreements(case: Case) -> list[tuple[Record, tuple[Thing, ...]]]:
    """Return the agreements whose last day lies before any day the report can speak of, by name.

    With each the agreements of the same parties that the report names and that had not expired. One that another has
    replaced (`prov:wasRevisionOf`) is left out; question cq24 lists all.
    """
    agreements = case.records.claims_of(case.source.thing.iri, FB.Agreement)
    replaced = {iri for each in agreements for iri in each.all(PROV.wasRevisionOf)}
    first = case.source.span[0]

    def ended(agreement: Record) -> bool:
        last = agreement.day(FB.validThrough)
        return last is not None and last < first

    found = []
    for agreement in agreements:
        if ended(agreement) and agreement.iri not in replaced:
            parties = set(agreement.all(FB.party))
            same = [each for each in agreements if parties and parties <= set(each.all(FB.party))]
            found.append(
                (agreement, tuple(each.thing for each in same if not ended(each) and each.iri not in replaced))
            )
    return sorted(found, key=lambda each: (each[0].thing.sv, each[0].iri))


def _expired(case: Case) -> Iterator[Remark]:
    for agreement, valid in expired_agreements(case):
        through = agreement.one(FB.validThrough)
        about = last_part(agreement.iri)
        yield _remark(
            case,
            "expired",
            Standing.COMPUTED,
            about,
            [agreement],
            subjects=[agreement.thing],
            names=valid,
            figures=[("valid-through", through)],
        )


def _parties(case: Case) -> Iterator[Remark]:
    for agreement, parties in absent_parties(case) if running_forums(case) else ():
        about = last_part(agreement.iri)
        yield _remark(
            case, "party-outside", _silence(case), about, [agreement], subjects=parties, names=[agreement.thing]
        )


def _areas(case: Case) -> Iterator[Remark]:
    for each in areas_without_team(case):
        figures = [("followed", len(each.followed)), ("unplaced", len(each.unplaced))]
        names = [*each.followed, *(team for team in each.unplaced if team not in each.followed)]
        about = last_part(each.area.iri)
        yield _remark(
            case,
            "area-without-team",
            Standing.UNSTATED,
            about,
            each.claims,
            subjects=[each.area],
            names=names,
            figures=figures,
        )


def _levels(case: Case) -> Iterator[Remark]:
    for each in lone_forums(case):
        standing = Standing.COMPUTED if each.whole else Standing.UNSTATED
        claims = [each.forum.claim, *(other.claim for other in each.others)]
        levels = " och ".join(level.sv for level in each.forum.levels)
        yield _remark(
            case,
            "lone-level",
            standing,
            last_part(each.forum.description),
            claims,
            subjects=[each.forum.thing],
            names=[other.thing for other in each.others],
            figures=[("level", levels), ("level-en", " and ".join(level.label("en") for level in each.forum.levels))],
        )


def _flows(case: Case) -> Iterator[Remark]:
    for each in sorted(one_way_flows(case), key=lambda found: bool(found.shared)):
        about, records = last_part(each.claim.iri), case.records
        shown_by = {records.named[who.iri].one(FB.functionIn) for who in each.shared if who.iri in records.named}
        names = [who for who in each.shared if who.iri not in shown_by]  # whom a function stands for is not said twice
        yield _remark(
            case, "one-way", Standing.UNSTATED, about, [each.claim], subjects=[each.start, each.end], names=names
        )


def _politics(case: Case) -> Iterator[Remark]:
    """Yield a remark where no running forum is political or has a politician among its members (question q10)."""
    running = running_forums(case)

    def political(kinds: Iterable[str]) -> bool:
        return any(POLITICS in case.tree.broader(kind) for kind in kinds)

    for forum in running:
        current = [each for each in members(case.graph, forum) if each.current]
        if POLITICAL in {each.iri for each in forum.levels} or any(political(each.types) for each in current):
            return
    if running:
        yield _grouped(case, "no-politics", _silence(case), "", [(each.thing, each.claim) for each in running])


def _mandates(case: Case) -> Iterator[Remark]:
    """Yield a remark on the forums with a stated mandate that is none to decide (question q10)."""
    found = [each for each in running_forums(case) if each.claim.all(FB.mandate)]
    others = [each for each in found if DECIDING not in each.claim.all(FB.mandate)]
    if others:
        yield _remark(
            case,
            "mandate-without-decision",
            Standing.UNSTATED,
            "",
            [each.claim for each in others],
            subjects=[each.thing for each in others],
            names=[each.thing for each in found if each not in others],
            one=False,
        )


def _documents(case: Case) -> Iterator[Remark]:
    papers = documents_without_decision(case)
    for code, decision, date in (
        ("document-unknown", True, True),
        ("document-undecided", True, False),
        ("document-undated", False, True),
    ):
        here = [each.claim for each in papers if (each.decision, each.date) == (decision, date)]
        if here:
            yield _grouped(case, code, Standing.UNSTATED, "", [(each.thing, each) for each in here])


def _interventions(case: Case) -> Iterator[Remark]:
    for code, rows in (
        ("no-provider", interventions_without_provider(case)),
        ("not-followed-up", interventions_without_follow_up(case)),
    ):
        if rows:
            yield _grouped(case, code, Standing.UNSTATED, "", rows)


def _unreceived(case: Case) -> Iterator[Remark]:
    rows = follow_ups_without_receiver(case)
    if rows:
        yield _grouped(case, "unreceived", Standing.UNSTATED, "", rows)


def _actors(case: Case) -> Iterator[Remark]:
    """Yield one remark a sector on its actors that are named but in no forum; none where the report has no forum.

    "Andra myndigheter" and the like name nobody, so nobody can be asked why they are outside.
    """
    if not running_forums(case):
        return
    by_sector: dict[Sector, list[tuple[Thing, Record]]] = {}
    for each in absent_actors(case):
        if _NOBODY.match(each.actor.sv):
            continue
        actor = actor_of(case.graph, each.actor.iri)
        sector = sector_of(actor, actor.types, case.source.municipality.iri, case.tree)
        by_sector.setdefault(sector, []).append((each.actor, each.claim))
    for sector in sorted(by_sector, key=_SECTORS.index):
        figures = [("sector", sector.value)]
        yield _grouped(case, "in-no-forum", _silence(case), sector.value, by_sector[sector], figures)


def _forums(case: Case) -> Iterator[Remark]:
    """Yield one remark a forum with all that is not said of it: what the audit is about first, most silence first.

    A part of a forum of which no more is unsaid than of the whole has none of its own.
    """
    everything = forum_sheets(case)
    unsaid = {each.forum.thing.iri: set(each.unstated) for each in everything}
    sheets = [
        each
        for each in everything
        if each.unstated and not any(set(each.unstated) <= unsaid.get(whole, set()) for whole in each.forum.parents)
    ]
    for sheet in sorted(sheets, key=lambda each: (not each.examined, -len(each.unstated), each.forum.thing.sv)):
        figures = [*((item.value, state.value) for item, state in sheet.items), ("examined", int(sheet.examined))]
        forum = sheet.forum
        about = last_part(forum.description)
        yield _remark(
            case, "unstated", Standing.UNSTATED, about, [forum.claim], subjects=[forum.thing], figures=figures
        )
