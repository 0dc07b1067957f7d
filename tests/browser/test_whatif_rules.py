"""What the page answers when a membership is only supposed is what the rules in Python answer, finding for finding."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import kg.maps.page
from kg.cache import read_shipped
from kg.cases import Case, open_cases
from kg.findings import Finding, Outcome
from kg.gaps import find_gaps
from kg.maps.model import build_map
from kg.maps.rules import LETTERS, rule_table
from kg.maps.values import MapModel, key_of
from kg.records import read_records
from kg.sources import choose_sources
from kg.whatif.hypotheses import Change, Join, Leave, suppose
from kg.whatif.locality import local
from tests.synthetic import norms_store
from tests.tiny import describe, norm, records_of

STATIC = Path(kg.maps.page.__file__).parent / "static"
REPORTS = ("vaxjo-2022", "vaxjo-2024", "ljungby-2021", "kalmar-2021", "vannas-2018")
Switch = tuple[int, int]
"""An actor and a forum by their places in the table."""


@pytest.fixture(scope="module")
def answer(browser):
    """Return a function from a table and sets of switches to what the page answers for each, by id."""
    page = browser.new_page()
    page.evaluate(f"() => {{ {(STATIC / 'whatif.js').read_text(encoding='utf-8')}; window.whatif = whatif; }}")
    yield lambda table, sets: page.evaluate(
        """([table, sets]) => sets.map((set) => {
          const changes = set.map(([actor, forum]) => ({actor, forum, joins: !whatif.sits(table, forum, actor)}));
          return Object.fromEntries([...whatif.judge(table, changes)].map(([id, each]) => [id, [each.letter, each.kind]]));
        })""",
        [table, sets],
    )
    page.close()


class Held:
    """A case with its table, and what Python answers for a set of switches."""

    def __init__(self, case: Case) -> None:
        self.case = local(case)
        self.model: MapModel = build_map(self.case.graph, self.case.records, self.case.source, find_gaps_of(self.case))
        self.table = rule_table(self.case, self.model)
        things = {key_of(each.thing.iri): each.thing for each in self.case.forums}
        self.forums = [things[each["key"]] for each in self.table["forums"]]
        self.actors = [each.thing for each in self.model.actors]
        self.before = said(find_gaps_of(self.case))

    def sits(self, actor: int, forum: int) -> bool:
        return any(each[0] == actor and each[2] & 1 for each in self.table["forums"][forum]["seats"])

    def may(self, actor: int, forum: int) -> bool:
        return self.sits(actor, forum) or bool(self.table["actors"][actor][3])

    def changes(self, switches: list[Switch]) -> list[Change]:
        """Return the departures before the arrivals: who leaves is first said not to take part."""
        ordered = sorted(switches, key=lambda each: not self.sits(*each))
        return [
            (Leave if self.sits(actor, forum) else Join)(self.actors[actor], self.forums[forum])
            for actor, forum in ordered
        ]

    def after(self, switches: list[Switch]) -> dict[str, list[str]]:
        return said(find_gaps_of(suppose(self.case, self.changes(switches))))

    def switches(self) -> Iterator[Switch]:
        for forum, _ in enumerate(self.forums):
            for actor, _ in enumerate(self.actors):
                if self.may(actor, forum):
                    yield actor, forum

    def telling(self) -> Iterator[Switch]:
        """Yield every departure, and one arrival in each forum of all who are alike to the rules."""
        seen = set()
        for actor, forum in self.switches():
            profile, above, denied, _ = self.table["actors"][actor]
            barred = any(actor in each for each, _ in self.table["forums"][forum]["denials"])
            alike = (forum, profile, tuple(above), tuple(denied), barred)
            if self.sits(actor, forum) or alike not in seen:
                seen.add(alike)
                yield actor, forum


def find_gaps_of(case: Case) -> list[Finding]:
    return find_gaps(case.records, case.graph, [case.source], as_of=case.as_of)


def said(found: list[Finding]) -> dict[str, list[str]]:
    return {
        each.id: [LETTERS[each.outcome], each.kind.value] for each in found if each.outcome is not Outcome.OUT_OF_SCOPE
    }


def merged(
    before: dict[str, list[str]], first: dict[str, list[str]], page: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Return all findings with those that the page judges put in their place."""
    return {**{key: each for key, each in before.items() if key not in first}, **page}


def hold(held: Held, answer, sets: list[list[Switch]]) -> None:
    first, *pages = answer(held.table, [[], *sets])
    assert {key: each for key, each in first.items() if held.before.get(key, ["X", "not-applicable"]) != each} == {}
    for switches, page in zip(sets, pages, strict=True):
        expected, found = held.after(switches), merged(held.before, first, page)
        assert found == expected, [(each, describe_change(each)) for each in held.changes(switches)]


def describe_change(change: Change) -> str:
    return f"{type(change).__name__} {change.actor.sv} {change.forum.sv}"


@cache
def shipped() -> dict[str, Held]:
    records = read_shipped(())
    cases = open_cases(records, choose_sources(records, all_reports=True))
    return {each.source.key: Held(each) for each in cases if each.forums}


def pairs(held: Held, number: int, seed: int) -> list[list[Switch]]:
    drawn = random.Random(seed)
    every = sorted(held.switches())
    leaving = [each for each in every if held.sits(*each)]
    found = []
    for _ in range(number):
        one, other = drawn.choice(leaving), drawn.choice(every if drawn.random() < 0.5 else leaving)
        if drawn.random() < 0.5:
            other = (other[0], one[1])
        if other != one and held.may(*other):
            found.append([one, other])
    return found


@pytest.mark.parametrize("key", REPORTS)
def test_a_switch_in_a_report_gives_the_findings_of_python(answer, key):
    held = shipped()[key]
    hold(held, answer, [[each] for each in held.telling()])


@pytest.mark.parametrize("key", REPORTS)
def test_two_switches_at_once_give_the_findings_of_python(answer, key):
    held = shipped()[key]
    hold(held, answer, pairs(held, 60, 7))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_switch_in_a_synthetic_municipality_gives_the_findings_of_python(answer, place):
    records = read_records(norms_store())
    held = Held(open_cases(records, choose_sources(records))[place])
    singles = [[each] for each in held.telling()]
    hold(held, answer, [*random.Random(1).sample(singles, min(80, len(singles))), *pairs(held, 30, 3)])


WHO = ("a:polisen", "a:skolan", "a:elevhalsan", "a:socialforvaltningen", "a:faltgruppen", "n:socialnamnden", "k:9990")
CONDITIONS = (
    *("", "", "rapportor", "vid-behov", "fritext", "endast-styrgrupp-kommun-polis", "endast-arendeberedning"),
    *("minst-en-av", "minst-en-av", "del-arbetsgrupp", "del-arbetsgrupp"),
)
LEADING = """norm:tst-09 a fb:DutyNorm ; skos:prefLabel "Ledande"@sv ; skos:notation "TST-09" ; fb:evidenceCount 1 ;
    skos:definition "Ledande personer deltar."@sv ; fb:appliesToForumType forumtyp:est ; fb:normBasis normgrund:vagledning ;
    fb:expectsExistenceOf foreteelse:ledande-representation ; fb:obligationLevel forpliktelsegrad:bor ;
    fb:validFrom "2016-01-01"^^xsd:date ; fb:datePrecision tidsprecision:dag ."""


def small_world(drawn: random.Random) -> list[str]:
    """Return claims on two forums and norms of every kind, drawn at random."""

    def some(of: tuple[str, ...], most: int) -> list[str]:
        return drawn.sample(of, drawn.randint(0, most))

    part = drawn.choice(
        ["", "; org:subOrganizationOf f:gruppen", "; fb:forumType forumtyp:est ; org:subOrganizationOf f:gruppen"]
    )
    texts = [f'f:ovrig a fb:Forum ; skos:prefLabel "Övriga"@sv ; fb:municipality k:9990 {part} .']
    texts += [LEADING] if drawn.random() < 0.5 else []
    for forum in ("gruppen", "ovrig"):
        level = drawn.choice(["", "; fb:level forumniva:operativ ", "; fb:level forumniva:operativ "])
        cases = drawn.choice(["", "; fb:handlesIndividualCases true "])
        people = [*some(WHO, 4), *(["k:9990/sakerhetschef"] if drawn.random() < 0.3 else [])]
        whole = drawn.choice(["fullstandig", "fullstandig", "exemplifierande"])
        text = describe(" ".join(dict.fromkeys(people)), forum=forum, completeness=whole, extra=level + cases)
        if drawn.random() < 0.2:
            text = text.replace("fb:listedMembers ", "fb:listedMembers 1")  # not all of the list is in the graph
        texts.append(text)
        for index, who in enumerate(some(WHO, 2)):
            texts.append(
                f"u:n-{forum}-{index} a fb:NonMembership ; fb:excludedActor {who} ; fb:excludedFrom f:{forum} ;"
                " fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."
            )
        for index, who in enumerate(some(WHO, 2)):
            texts.append(
                f"u:f-{forum}-{index} a fb:InformationFlow ; fb:flowFrom {who} ; fb:flowTo f:{forum} ;"
                " fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."
            )
    if drawn.random() < 0.3:
        texts.append(
            "u:a-1 a fb:AbsenceClaim ; fb:absent aktorstyp:skola ; fb:absentWithin f:gruppen ;"
            " fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."
        )
    for index, actor in enumerate(
        drawn.choices(("polis", "skola", "elevhalsa", "socialtjanst", "kommun", "politik", "region"), k=6)
    ):
        code = drawn.choice(CONDITIONS)
        words = ' ; fb:conditionText "minst en av TST-00, TST-01 och TST-02"@sv' if code == "minst-en-av" else ""
        extra = f"; fb:condition normvillkor:{code}{words} " if code else ""
        texts.append(
            norm(
                f"tst-0{index}",
                actor=actor,
                extra=extra,
                valid=drawn.choice(["2016-01-01", "2016-01-01", "2023-01-01", ""]),
                obligation=drawn.choice(["ska", "bor", "kan"]),
            )
        )
    return texts


@pytest.mark.parametrize("seed", range(40))
def test_a_switch_in_a_small_world_gives_the_findings_of_python(answer, seed):
    drawn = random.Random(seed)
    records = records_of(*small_world(drawn))
    source = choose_sources(records, reports=("provstad-2022",))
    day = drawn.choice([None, None, date(2024, 1, 1)])
    held = Held(open_cases(records, source, as_of=day)[0])
    singles = [[each] for each in held.switches()]
    two = [[one, other] for [one] in singles for [other] in singles if one < other]
    hold(held, answer, [*singles, *drawn.sample(two, min(40, len(two)))])


def test_a_new_member_closes_the_gap_and_a_departure_opens_it(answer):
    """Worked by hand: a whole list of the school; the police are wanted, and sit in the other forum."""
    world = 'f:ovrig a fb:Forum ; skos:prefLabel "Övriga"@sv ; fb:municipality k:9990 .'
    records = records_of(world, describe("a:skolan"), describe("a:polisen", forum="ovrig"), norm())
    held = Held(open_cases(records, choose_sources(records))[0])
    keys = [each.key.rsplit("/", 1)[-1] for each in held.model.actors]
    forum = next(n for n, each in enumerate(held.table["forums"]) if each["key"].endswith("gruppen"))
    police = (keys.index("polisen"), forum)
    before, after = answer(held.table, [[], [police]])
    assert before == {"provstad-2022/b-gruppen/tst-01": ["M", "gap"]}
    assert after == {"provstad-2022/b-gruppen/tst-01": ["P", "met"]}
