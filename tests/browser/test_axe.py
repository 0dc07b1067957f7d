"""axe-core finds no violation in any view of the map, in both languages."""

from __future__ import annotations

import pytest

from tests.browser.axe import judge, violations

STATES = (
    *("", "&node=forum/9999/bra&questions=1", "&show=overlaps"),
    "&age=9-14&show=path&from=org/9999/naringslivet&to=forum/9999/torsdagsgruppen",
)


@pytest.mark.parametrize("view", ["levels", "network", "tables"])
def test_no_view_of_the_map_breaks_a_rule_and_each_is_the_same_in_english_but_for_its_words(ekby_pages, show, view):
    page, english = (show(ekby_pages[lang], bypass_csp=True).page for lang in ("sv", "en"))
    for state in STATES:
        assert judge(page, english, f"#view={view}{state}") == [], state
    assert violations(english, contrast=False) == []
