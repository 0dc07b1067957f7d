"""How many meetings each member sits in: sums worked out by hand, and what is left out of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from kg.cases import Case, open_cases
from kg.cli import cli
from kg.errors import UnknownName
from kg.findings import Rollup, Standing
from kg.meetings import Load, find_meetings, meeting_load
from kg.questions import named_query
from kg.sources import choose_sources
from kg.store import Store
from kg.wording import remark_advice, remark_sentence
from tests.synthetic import all_cases, real_store, synthetic_store
from tests.tiny import describe, records_of, store_of

SCHEMAS = Path(__file__).resolve().parent.parent / "kg" / "schemas"
OTHER = """f:andra a fb:Forum ; skos:prefLabel "Andra gruppen"@sv ; fb:forumType forumtyp:sspf ; {extra}
    fb:municipality k:9990 .
"""


def rate(low: float | None, high: float | None, extra: str = "") -> str:
    """Return a stated rhythm for a description."""
    said = f"; fb:meetingsPerYearMin {low:.1f} " if low is not None else ""
    return said + (f"; fb:meetingsPerYearMax {high:.1f} " if high is not None else "") + extra


def world(
    first: str = "a:polisen",
    second: str = "a:polisen",
    *,
    said: tuple[str, str] = ("", ""),
    extra: str = "",
    more: str = "",
) -> tuple[str, ...]:
    """Return two forums with these members and rhythms."""
    return (
        OTHER.format(extra=extra),
        describe(first, extra=said[0]),
        describe(second, forum="andra", extra=said[1]),
        more,
    )


def case_of(*texts: str) -> Case:
    records = records_of(*texts)
    return open_cases(records, choose_sources(records))[0]


def load_of(case: Case, name: str, level: Rollup = Rollup.FUNCTION) -> Load:
    (found,) = [each for each in meeting_load(case, level) if each.actor.sv == name]
    return found


def test_the_load_is_the_sum_of_the_stated_rhythms() -> None:
    # 52 a year and 6 to 8 a year: 58 to 60.
    case = case_of(*world(said=(rate(52, 52), rate(6, 8))))
    load = load_of(case, "Polisen")
    assert (load.low, load.high, load.forums) == (58, 60, 2)
    assert remark_sentence(find_meetings(case)[0]) == (
        "Polisen: 58–60 möten om året (ungefär 4,8–5 i månaden) i 2 forum med angiven rytm: Andra gruppen (6–8) och "
        "Gruppen (52). Räknat på årets alla veckor, utan avdrag för skollov och andra uppehåll: Gruppen. "
        "(räknat per funktion; Provstad 2022, 2022-03-17; avsnitt 1; visshet: uttalad)"
    )


def test_a_forum_of_unknown_rhythm_is_named_and_not_counted() -> None:
    case = case_of(*world(said=(rate(4, 4), "")))
    load = load_of(case, "Polisen")
    assert (load.low, load.high, load.forums) == (4, 4, 2)
    first, last = find_meetings(case)
    assert "Inte medräknat, eftersom rapporten inte anger rytmen: Andra gruppen." in remark_sentence(first)
    assert (last.code, last.standing) == ("rhythm-unstated", Standing.UNSTATED)
    assert "för 1 av 2 forum: Andra gruppen. Summorna är en undre gräns." in remark_sentence(last)
    assert remark_advice(last) == "Fråga hur ofta de möts: Andra gruppen."


def test_without_any_rhythm_nothing_is_summed() -> None:
    case = case_of(*world())
    assert [(each.low, each.counted) for each in meeting_load(case)] == [(0, ())]
    (remark,) = find_meetings(case)
    assert "för något av de 2 forumen" in remark_sentence(remark)
    assert "Hur många möten det blir går inte att säga." in remark_sentence(remark)


def test_a_forum_without_a_highest_number_leaves_the_sum_open() -> None:
    case = case_of(*world(said=(rate(4, None), rate(6, 6))))
    load = load_of(case, "Polisen")
    assert (load.low, load.high) == (10, None)
    assert "minst 10 möten om året (ungefär minst 0,8 i månaden)" in remark_sentence(find_meetings(case)[0])


@pytest.mark.parametrize(
    "held",
    [
        "u:m-andra-0 fb:attendance narvaro:ibland .",
        "u:m-andra-0 fb:attendance narvaro:vid-behov .",
        "u:m-andra-0 org:role deltagarroll:adjungerad .",
    ],
)
def test_who_comes_at_times_or_at_need_is_told_apart(held: str) -> None:
    case = case_of(*world(said=(rate(52, 52), rate(12, 12)), more=held))
    load = load_of(case, "Polisen")
    assert (load.low, load.high, [each.forum.thing.sv for each in load.at_times]) == (52, 52, ["Andra gruppen"])
    assert "inte medräknat: Andra gruppen (12) om året." in remark_sentence(find_meetings(case)[0])


def test_who_is_stated_to_come_regularly_counts_as_adjunct_too() -> None:
    held = "u:m-andra-0 org:role deltagarroll:adjungerad ; fb:attendance narvaro:regelbunden ."
    assert load_of(case_of(*world(said=(rate(52, 52), rate(12, 12)), more=held)), "Polisen").low == 64


def test_a_paused_forum_and_an_ended_one_do_not_count() -> None:
    paused = case_of(*world(said=(rate(52, 52), rate(12, 12, "; fb:status status:pausad "))))
    assert (load_of(paused, "Polisen").low, load_of(paused, "Polisen").forums) == (52, 2)
    assert "Pausat och inte medräknat: Andra gruppen." in remark_sentence(find_meetings(paused)[0])
    ended = case_of(*world(said=(rate(52, 52), rate(12, 12, "; fb:status status:upphord "))))
    assert (load_of(ended, "Polisen").low, load_of(ended, "Polisen").forums) == (52, 1)


def test_the_meetings_of_a_part_may_be_among_those_of_the_whole() -> None:
    # 24 a year of which a larger circle sits in 12: at least 24, at most 36.
    case = case_of(*world(said=(rate(24, 24), rate(12, 12)), extra="org:subOrganizationOf f:gruppen ;"))
    load = load_of(case, "Polisen")
    assert (load.low, load.high) == (24, 36)
    assert "Är en del av ett annat av dem, så att mötena kan vara desamma: Andra gruppen." in remark_sentence(
        find_meetings(case)[0]
    )


def test_forums_that_are_parts_of_each_other_do_not_hang_the_sum() -> None:
    ring = world(
        said=(rate(24, 24), rate(12, 12)),
        extra="org:subOrganizationOf f:gruppen ;",
        more="f:gruppen org:subOrganizationOf f:andra .",
    )
    assert load_of(case_of(*ring), "Polisen").low == 24


def test_a_forum_counts_once_however_many_sit_there() -> None:
    case = case_of(*world("a:faltgruppen a:socialforvaltningen", "a:faltgruppen", said=(rate(10, 10), rate(4, 4))))
    assert load_of(case, "Fältgruppen", Rollup.UNIT).low == 14
    assert load_of(case, "Socialförvaltningen", Rollup.ADMINISTRATION).low == 14
    assert load_of(case, "Provstads kommun", Rollup.ORGANISATION).low == 14


@pytest.mark.parametrize(
    ("words", "several"),
    [("en gång i veckan på respektive högstadieskola", True), ("vid varje skola", True), ("varje vecka", False)],
)
def test_a_rhythm_of_each_of_several_groups_is_said_to_be_that_of_one_of_them(words: str, several: bool) -> None:
    (load,) = meeting_load(
        case_of(describe("a:faltgruppen", extra=rate(52, 52, f'; fb:frequencyAsStated "{words}"@sv ')))
    )
    assert [each.parallel for each in load.counted] == [several]


def test_weekly_meetings_are_said_to_be_counted_without_holidays() -> None:
    cases = [case_of(describe("a:faltgruppen", extra=rate(often, often))) for often in (52, 12)]
    weekly, monthly = (remark_sentence(find_meetings(case)[0]) for case in cases)
    assert "utan avdrag för skollov och andra uppehåll: Gruppen." in weekly
    assert "skollov" not in monthly


def test_parallel_groups_and_meetings_at_need_are_said_and_not_added() -> None:
    extra = rate(4, 4, "; fb:parallelGroups 3 ; fb:meetsOnDemand true ")
    case = case_of(*world(said=(extra, rate(2, 2))))
    assert load_of(case, "Polisen").low == 6
    said = remark_sentence(find_meetings(case)[0])
    assert "Möts därtill vid behov: Gruppen." in said
    assert "Är flera parallella grupper, räknade för den som sitter i en av dem: Gruppen." in said


def test_a_party_sits_in_no_meeting() -> None:
    seats = describe("a:polisen", extra=rate(12, 12)).replace("deltagarroll:ledamot", "deltagarroll:part")
    assert meeting_load(case_of(seats)) == []


Sums = dict[tuple[str, str], tuple[int, int, float, float, int]]


def _by_query(store: Store) -> Sums:
    rows = store.select(named_query("definitions/meeting-load")).values()
    return {(row[1], row[2]): (int(row[3]), int(row[4]), float(row[5]), float(row[6]), int(row[7])) for row in rows}


def _by_sets(cases: tuple[Case, ...]) -> Sums:
    found: Sums = {}
    for case in cases:
        for load in meeting_load(case, Rollup.UNIT):
            low, high = (sum(getattr(each, end) or 0.0 for each in load.counted) for end in ("low", "high"))
            assert load.low <= low
            assert load.high in {None, high}
            opened = sum(each.high is None for each in load.counted)
            found[case.source.thing.iri, load.actor.iri] = (load.forums, len(load.counted), low, high, opened)
    return found


@pytest.mark.parametrize("store", [real_store, synthetic_store], ids=["real", "synthetic"])
def test_the_sums_are_those_that_the_query_defines(store: object) -> None:
    opened: Store = store()  # type: ignore[operator]
    wanted = _by_query(opened)
    assert wanted
    assert _by_sets(all_cases(opened)) == wanted


RATES = st.sampled_from([rate(None, None), rate(4, 4), rate(6, 8), rate(6, None), rate(None, 8)])
STATUS = st.sampled_from(["", "; fb:status status:pausad ", "; fb:status status:planerad "])
HELD = st.sampled_from(
    ["", "fb:attendance narvaro:ibland", "fb:attendance narvaro:regelbunden", "org:role deltagarroll:adjungerad"]
)


@settings(max_examples=30, deadline=None)
@given(RATES, RATES, STATUS, HELD, HELD)
def test_the_sums_are_those_that_the_query_defines_on_any_small_graph(
    first: str, second: str, status: str, one: str, other: str
) -> None:
    more = "".join(f"u:m-andra-{index} {held} .\n" for index, held in enumerate((one, other)) if held)
    seats = "a:polisen a:polisen"
    store = store_of(*world("a:polisen a:skolan", seats, said=(first, second + status), more=more))
    assert _by_sets(all_cases(store)) == _by_query(store)


def test_what_a_reader_finds_in_the_reports() -> None:
    cases = {each.source.key: each for each in all_cases(real_store())}
    # Växjö 2024 3.4.1: the preparatory group twice a month and the operational group once a week: 24 + 52.
    coordinator = load_of(cases["vaxjo-2024"], "SSPF-samordnare")
    assert (coordinator.low, coordinator.high) == (76, 76)
    # The police come every other time: 12.
    assert load_of(cases["vaxjo-2024"], "Polismyndigheten").low == 12
    # Kalmar 2021: EST once a week, the council four times, area groups twice a term; the operational council at times.
    police = load_of(cases["kalmar-2021"], "Polismyndigheten")
    assert (police.low, police.high) == (60, 60)
    assert [each.forum.thing.sv for each in police.at_times] == ["Operativa trygghetsrådet"]
    # Växjö 2022 3.1.1: six to eight times a year. The council is paused; the weekday in a name is no rhythm.
    chief = load_of(cases["vaxjo-2022"], "förvaltningschef för utbildning")
    assert (chief.low, chief.high) == (6, 8)
    assert "Tisdagsgruppen" in remark_sentence(find_meetings(cases["vaxjo-2022"])[-1])
    # Ljungby 2021 states no rhythm at all.
    assert [each.code for each in find_meetings(cases["ljungby-2021"])] == ["rhythm-unstated"]


def test_every_remark_has_words_in_both_languages_and_an_id_of_its_own() -> None:
    for case in (*all_cases(real_store()), *all_cases(synthetic_store())):
        for level in Rollup:
            remarks = find_meetings(case, level)
            assert len({each.id for each in remarks}) == len(remarks)
            for said in (remark_sentence(each, lang) for each in remarks for lang in ("sv", "en")):  # type: ignore[arg-type]
                assert "()" not in said
                assert "  " not in said


@pytest.mark.parametrize("level", ["function", "organisation"])
def test_the_json_of_the_command_fits_its_schema(level: str) -> None:
    schema = json.loads((SCHEMAS / "meetings.json").read_text(encoding="utf-8"))
    registry = Registry().with_resources([(schema["$id"], Resource.from_contents(schema))])
    run = CliRunner().invoke(cli, ["meetings", "--all-reports", "--level", level, "--format", "json"])
    assert run.exit_code == 0, run.output
    found = json.loads(run.stdout)
    assert found
    Draft202012Validator(schema, registry=registry).validate(found)


@pytest.mark.parametrize("output_format", ["table", "csv", "md"])
def test_every_format_names_who_and_where(output_format: str) -> None:
    said = CliRunner().invoke(cli, ["meetings", "--report", "kalmar-2021", "--format", output_format]).stdout
    assert "Kalmarhem" in said
    assert "EST-gruppen (52)" in said


def test_a_member_is_known_without_its_dots_and_an_unknown_one_suggests_near_ones() -> None:
    said = CliRunner().invoke(cli, ["meetings", "--report", "vaxjo-2022", "--who", "faltgruppen"]).stdout
    assert "Fältgruppen" in said
    assert "Elevhälsan" not in said
    arguments = ["meetings", "--report", "vaxjo-2022", "--who", "rektr"]
    with pytest.raises(UnknownName, match="rektor"):
        CliRunner().invoke(cli, arguments, catch_exceptions=False, standalone_mode=False)
