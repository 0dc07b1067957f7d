"""What is told on the map is what the commands tell, and each remark stands with those that it is about."""

from __future__ import annotations

import pytest

from kg.coverage import read_coverage
from kg.governance import find_governance
from kg.maps.model import build_map
from kg.maps.told import tell
from kg.maps.years import read_years
from kg.meetings import find_meetings
from kg.overlap import find_overlaps
from tests.maps import REPORTS, report_cases


def test_each_remark_stands_with_the_forums_and_actors_that_it_is_about(ekby):
    notes = {each.id: each for each in ekby.told.notes}
    assert len(notes) == len(ekby.told.notes)
    drawn = {each.key for each in (*ekby.forums, *ekby.actors)}
    assert all(set(each.about) | set(each.lit) <= drawn for each in notes.values())
    assert all(set(each.lit[: each.marked]) >= set(each.about) for each in notes.values())


def test_nothing_is_told_on_the_map_that_the_commands_do_not_tell():
    case = report_cases()["vaxjo-2022"]
    told = tell(case, build_map(case.graph, case.records, case.source, [])).told
    ids = {each.id for each in told.notes}
    expected = {each.id for found in (find_governance, find_overlaps, find_meetings) for each in found(case)}
    assert expected <= ids
    mobile = next(each for each in told.notes if each.code == "other-task" and "mobila-team" in each.id)
    assert set(mobile.about) == {"forum/0780/mobila-team", "forum/0780/omradesteam"}
    # 3.3.6 and 3.4.1 name both: the outreach team and the youth centres
    assert set(mobile.lit[mobile.marked :]) == {"org/0780/faltgruppen", "org/0780/fritidsgardarna"}
    load = next(each for each in told.notes if each.code == "meeting-load" and "rektor" in each.id)
    assert load.about == ("org/0780/hogstadieskolorna",)  # a function is told of with those whom it sits for


@pytest.mark.parametrize("key", REPORTS)
def test_the_strip_counts_what_kg_coverage_counts(key):
    case = report_cases()[key]
    coverage = read_coverage(case)
    model = build_map(case.graph, case.records, case.source, [])
    years = read_years(coverage, model)
    assert [each.closed + each.open for each in years.years] == [len(found) for found in coverage.by_age]
    assert [each.age for each in years.years if each.examined] == list(coverage.scope)
    assert years.unstated == sum(not any(group.stated for group in each.ages) for each in model.forums)
