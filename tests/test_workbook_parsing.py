"""What people write in cells, understood or not: dates, rhythms, ages, names, personal data."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UnknownName
from kg.namespaces import FB
from kg.workbook.ages import parse_ages
from kg.workbook.frequencies import parse_rhythm
from kg.workbook.guessing import bare, guess_class, guess_concept, guess_several
from kg.workbook.parsing import parse_day, parse_number, parse_yes, split_cell
from kg.workbook.places import REGIONS, find_place, municipalities
from kg.workbook.privacy import has_address, has_personal_number, looks_like_a_person
from tests.workbooks import context


def test_there_are_290_municipalities_with_codes_of_four_digits_in_21_counties() -> None:
    places = municipalities()
    assert len(places) == 290
    assert len({place.code for place in places}) == len({place.name for place in places}) == 290
    assert all(len(place.code) == 4 and place.code.isdigit() for place in places)
    assert {place.county for place in places} == set(REGIONS)
    assert len(REGIONS) == 21


def test_each_county_has_its_number_of_municipalities() -> None:
    counts = {county: sum(place.county == county for place in municipalities()) for county in REGIONS}
    # as the division has been since 2007, when Heby moved to Uppsala county
    assert counts == {
        "01": 26,
        "03": 8,
        "04": 9,
        "05": 13,
        "06": 13,
        "07": 8,
        "08": 12,
        "09": 1,
        "10": 5,
        "12": 33,
        "13": 6,
        "14": 49,
        "17": 16,
        "18": 12,
        "19": 10,
        "20": 15,
        "21": 10,
        "22": 7,
        "23": 8,
        "24": 15,
        "25": 14,
    }


def test_names_of_the_shipped_register_and_of_the_list_are_the_same() -> None:
    for place in municipalities():
        known = context().shared[place.iri]
        assert known.label == place.official


def test_habo_with_and_without_a_ring_are_two_and_every_municipality_is_found_by_name_code_and_official_name() -> None:
    assert find_place("Håbo").code != find_place("Habo").code
    for place in municipalities():
        assert find_place(place.name) == find_place(place.code) == find_place(place.official.upper()) == place


@pytest.mark.parametrize("name", ["½", "²", "ú", "-", ""])
def test_a_name_without_a_letter_is_no_municipality(name: str) -> None:
    with pytest.raises(UnknownName):
        find_place(name)


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("varannan vecka", 26, 26),
        ("var 14:e dag", 26, 26),
        ("1 g/mån", 12, 12),
        ("6–8 ggr/år", 6, 8),
        ("6-8 tillfällen om året", 6, 8),
        ("två gånger per termin", 4, 4),
        ("en till två gånger i månaden", 12, 24),
        ("varje vecka", 52, 52),
        ("var sjätte vecka", 8.7, 8.7),
        ("var 6:e vecka", 8.7, 8.7),
        ("varje tertial", 3, 3),
        ("vartannat år", 0.5, 0.5),
        ("Cirka en gång i månaden", 12, 12),
        ("minst två gånger per år", 2, None),
        ("högst fyra gånger per år", None, 4),
        ("varje tisdag", 52, 52),
        ("4 gånger årligen", 4, 4),
        ("varje v.", 52, 52),
        ("fre och lör", 104, 104),
        ("varje fredag och lördag", 104, 104),
        ("v. udda", 26, 26),
        ("2 ggr/termin", 4, 4),
        ("en gång i kvartalet", 4, 4),
        ("höst och vår", 2, 2),
        ("sista torsdagen i månaden", 12, 12),
        ("mån-fre", 260, 260),
        ("12", 12, 12),
    ],
)
def test_a_rhythm_is_understood_in_times_a_year(said: str, low: float | None, high: float | None) -> None:
    rhythm = parse_rhythm(said)
    assert rhythm
    assert (rhythm.low, rhythm.high) == (low, high)


@pytest.mark.parametrize(
    "said", ["regelbundet", "kontinuerligt", "ofta", "", "någon gång", "varannan träff", "löpande", "tis", "v 36"]
)
def test_words_without_a_rhythm_give_no_number(said: str) -> None:
    assert parse_rhythm(said) is None


@pytest.mark.parametrize(
    ("said", "low", "high", "basis"),
    [
        ("13-20 år", 13, 20, "angiven"),
        ("13–20", 13, 20, "angiven"),
        ("under 20", None, 19, "angiven"),
        ("ej fyllt 18", None, 17, "angiven"),
        ("upp till 25 år", None, 25, "angiven"),
        ("från 16 år", 16, None, "angiven"),
        ("över 20 år", 21, None, "angiven"),
        ("18+", 18, None, "angiven"),
        ("högstadiet", 13, 15, "skolstadium"),
        ("årskurs 4–6", 10, 12, "skolstadium"),
        ("F–6", 6, 12, "skolstadium"),
        ("högstadiet och gymnasiet", 13, 19, "skolstadium"),
        ("15-åringar", 15, 15, "angiven"),
        ("fr o m 13", 13, None, "angiven"),
        ("< 18", None, 17, "angiven"),
        ("upp till 21", None, 21, "angiven"),
        ("mellan- och högstadiet", 10, 15, "skolstadium"),
        ("år 7-9", 13, 15, "skolstadium"),
        ("7-9 år", 7, 9, "angiven"),
        ("åk 5 och uppåt", 11, None, "skolstadium"),
        ("F-klass – åk 9", 6, 15, "skolstadium"),
        ("åk 4-gy", 10, 19, "skolstadium"),
        ("tonåringar", 13, 19, "ordval"),
    ],
)
def test_ages_are_understood(said: str, low: int | None, high: int | None, basis: str) -> None:
    ages = parse_ages(said)
    assert ages
    assert (ages.low, ages.high, ages.basis) == (low, high, basis)


@pytest.mark.parametrize(
    "said", ["ungdomar", "barn och unga", "vuxna", "20-13 år", "", "unga i riskzon", "barn i förskola och skola"]
)
def test_words_without_ages_give_none(said: str) -> None:
    assert parse_ages(said) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_read_back_from_its_common_spellings(day: date) -> None:
    for said in (
        day.isoformat(),
        day.strftime("%Y%m%d"),
        f"{day.day}/{day.month} {day.year}",
        f"{day.isoformat()} 00:00:00",
    ):
        found = parse_day(said)
        assert found
        assert found.day == day


@given(st.text(max_size=40))
def test_no_text_breaks_a_parser(said: str) -> None:
    ages, rhythm, day = parse_ages(said), parse_rhythm(said), parse_day(said)
    assert ages is None or ages.low is None or ages.high is None or ages.low <= ages.high
    assert rhythm is None or rhythm.low is None or rhythm.high is None or 0 <= rhythm.low <= rhythm.high <= 366
    assert day is None or day.precision in {"dag", "manad", "ar"}
    parse_number(said)
    parse_yes(said)
    assert all(part == part.strip() and part for part in split_cell(said))
    bare(said)
    has_personal_number(said)
    has_address(said)
    looks_like_a_person(said)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Bildningsförvaltningen", "skola"),
        ("Socialförvaltningen", "socialtjänst"),
        ("Kultur- och fritidsförvaltningen", "kultur och fritid"),
        ("Elevhälsan", "elevhälsa"),
        ("Räddningstjänsten Syd", "räddningstjänst"),
        ("Socialnämnden", "politik"),
        ("Frivården", "kriminalvård"),
        ("Närpolisen", "polis"),
        ("KSO", "politik"),
        ("VC-chef", "hälsocentral eller vårdcentral"),
        ("MVC", "mödrahälsovård"),
        ("IOGT-NTO", "civilsamhälle"),
        ("Securitas", "bevakningsföretag"),
        ("soc.sekr", "socialtjänst"),
        ("familjebehandlare", "socialtjänst"),
        ("SSPF-koordinator", "samordnare"),
        ("Brå-samordnare", "trygghet och säkerhet"),
        ("AB Svedalahem", "bostadsbolag"),
        ("Köpmannaföreningen", "näringsliv"),
        ("Sosialförvaltningen", "socialtjänst"),
        ("serviceförv", "samhällsbyggnad"),
        ("fältsekr.", "socialtjänst"),
        ("Oppositionen", "politik"),
        ("Kalmarhem", "bostadsbolag"),
    ],
)
def test_the_kind_of_an_actor_is_guessed_from_its_name_and_never_with_certainty(name: str, kind: str) -> None:
    guess = guess_concept(name, context().concepts["aktorstyp"])
    assert guess
    assert guess.label == kind
    assert guess.confidence < 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Trygghets- och folkhälsorådet", "lokalt brottsförebyggande råd"),
        ("SSPF Norr", "SSPF-grupp"),
        ("EST-gruppen", "EST-grupp"),
        ("Styrgrupp för SSPF", "styrgrupp"),
        ("Områdesgrupp Öster", "områdesgrupp"),
        ("Bråttsförebyggande rådet", "lokalt brottsförebyggande råd"),
        ("ANDTS-nätverk", "drogförebyggande samverkan"),
        ("TSG", "operativ samverkansgrupp"),
    ],
)
def test_the_kind_of_a_forum_is_guessed_from_its_name(name: str, kind: str) -> None:
    guess = guess_concept(name, context().concepts["forumtyp"], forums=True)
    assert guess
    assert guess.label == kind


@pytest.mark.parametrize(
    "name", ["EHT-möte", "Närvaroteam", "Krisgrupp", "POSOM", "Ungdomsråd", "Folkhälsorådet", "SSP"]
)
def test_a_forum_of_a_kind_that_no_norm_knows_is_not_guessed(name: str) -> None:
    assert guess_concept(name, context().concepts["forumtyp"], forums=True) is None


def test_a_name_that_says_nothing_is_not_guessed() -> None:
    assert guess_concept("Xyzzy", context().concepts["aktorstyp"]) is None
    assert guess_class("Xyzzy").iri == FB.ActorGroup


@pytest.mark.parametrize("said", ["811218-9876", "19811218-9876", "8112189876", "nr 811278-9873", "20101231+1234"])
def test_a_personal_number_is_seen(said: str) -> None:
    assert has_personal_number(said)


@pytest.mark.parametrize(
    "said", ["556029-6740", "2024-03-17", "KS 2024/0123-45", "1234567890", "2021:1174", "070-123 45 67"]
)
def test_numbers_of_other_things_are_let_through(said: str) -> None:
    assert not has_personal_number(said)


def test_addresses_and_names_of_persons_are_seen() -> None:
    assert has_address("skriv till anna.svensson@lund.se")
    assert has_address("anna.svensson (at) lund.se")
    assert not has_address("se bilaga [1] i rapporten")
    assert looks_like_a_person("Kommunpolis Anna Svensson") == "Anna Svensson"
    assert not any(looks_like_a_person(place.official) for place in municipalities())
    assert not any(looks_like_a_person(known.label) for known in context("Växjö").own.values())


@given(st.text(alphabet=string.ascii_letters + "åäöÅÄÖ -", max_size=30))
def test_a_bare_name_is_the_same_in_any_case(name: str) -> None:
    assert bare(name) == bare(name.upper().lower())


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Skola, soc och polis", ("skola", "socialtjänst", "polis")),
        ("Socialtjänst + polis", ("socialtjänst", "polis")),
        ("Barn- och utbildningsförvaltningen, socialförv. och polis", ("skola", "socialtjänst", "polis")),
        (
            "Barn- och utbildning-, Kultur- och fritid- och Socialförvaltningen",
            ("skola", "kultur och fritid", "socialtjänst"),
        ),
        ("Kultur-, fritids- och turistförvaltningen", ()),
        ("kultur och fritid", ()),
        ("skolan/rektor", ()),
        ("Kultur- och fritidsförvaltningen", ()),
        ("Förvaltningen för arbete och välfärd", ()),
        ("Nämnden för utbildning och fritid", ()),
    ],
)
def test_a_name_that_lists_actors_of_several_kinds_is_seen(name: str, kinds: tuple[str, ...]) -> None:
    assert guess_several(name, context().concepts["aktorstyp"]) == kinds
