"""What an invented municipality is and what its reports say, drawn from a seed before anything is written.

A municipality is drawn from the seed and its own number alone: number 17 is the same whether 20 or 2,000 are made.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.blueprints import BLUEPRINTS, Blueprint
from bench.seats import ACTORS, SEATS, SEATS_OF, Seat

__all__ = [
    "COUNTIES",
    "FARTHER",
    "LIMIT",
    "Described",
    "Municipality",
    "Report",
    "draw_municipalities",
    "draw_municipality",
]

COUNTIES = ("07", *(str(number) for number in range(31, 51)))
"""County codes: one that norms bind, for their sake, and twenty that no county has."""
FARTHER = tuple(str(number) for number in range(51, 100))
"""Codes of counties for the municipalities that the first ones have no codes for; no county has them."""
NEAR = 100 * len(COUNTIES)
LIMIT = NEAR + 100 * len(FARTHER)
YEARS = tuple(range(2016, 2026))
ATTENDANCE = ("regelbunden", "ibland", "vid-behov")
STEERING = ("uppdrag", "styrning", "rapportering")
STATUSES = ("etablerad",) * 12 + ("under-etablering", "pausad", "planerad", "upphord")


@dataclass(frozen=True, slots=True)
class Described:
    """One forum as one report describes it: who sits there, in the list or beside it, who left, who does not.

    `denied` are seats that the report says stay away, `absent` kinds that it says are missing, `informing` seats that
    only pass information on. `level`, `cases` and `ages` are "" or None where the report is silent.
    """

    forum: Blueprint
    status: str
    level: str
    cases: bool | None
    ages: str
    rhythm: str
    completeness: str
    listed: tuple[Seat, ...]
    beside: tuple[Seat, ...]
    former: tuple[Seat, ...]
    denied: tuple[Seat, ...]
    absent: tuple[str, ...]
    informing: tuple[Seat, ...]

    @property
    def present(self) -> tuple[Seat, ...]:
        """The seats that are taken, in the list and beside it."""
        return (*self.listed, *self.beside)


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its key, its day, how exactly the day is known, and the forums that it describes.

    `flows` are pairs of the slugs of forums of which the first informs the second; `steering` says of each actor that
    answers to a body how it is steered by it.
    """

    key: str
    year: int
    day: str
    precision: str
    forums: tuple[Described, ...]
    flows: tuple[tuple[str, str], ...]
    steering: Mapping[str, str]
    seed: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality: number, code, name, the forums that it has and the reports on it, by year."""

    number: int
    code: str
    name: str
    forums: tuple[Blueprint, ...]
    reports: tuple[Report, ...]


def draw_municipalities(count: int, *, seed: int) -> Iterator[Municipality]:
    """Yield the first `count` municipalities of a seed; raises `ValueError` for more than there are codes for."""
    if not 0 <= count <= LIMIT:
        raise ValueError(f"there are codes for 0 to {LIMIT} municipalities, not for {count}")
    for number in range(count):
        yield draw_municipality(number, seed=seed)


def draw_municipality(number: int, *, seed: int) -> Municipality:
    """Return one municipality, the same whatever others are drawn."""
    rng = random.Random(f"forebygg/{seed}/{number}")
    counties, place = (COUNTIES, number) if number < NEAR else (FARTHER, number - NEAR)
    county = counties[place % len(counties)]
    code = f"{county}{place // len(counties):02d}"
    forums = tuple(_forums(rng, county))
    usual = {forum.slug: _members(rng, forum) for forum in forums}
    years = sorted(rng.sample(YEARS, rng.choice((2, 3, 3, 3, 4, 5))))
    reports = []
    for year in years:
        usual = {slug: _moved(rng, seats) for slug, seats in usual.items()}
        reports.append(_report(rng, number, year, forums, usual))
    return Municipality(number, code, f"Exempel {number:03d}", forums, tuple(reports))


def _forums(rng: random.Random, county: str) -> Iterator[Blueprint]:
    chosen: set[str] = set()
    for each in BLUEPRINTS:
        wanted = rng.random() < each.share
        if wanted and each.county in {"", county} and (not each.part_of or each.part_of in chosen):
            chosen.add(each.slug)
            yield each


def _members(rng: random.Random, forum: Blueprint) -> tuple[Seat, ...]:
    """Return who sits in a forum: most of those one would expect, each in one shape, and now and then others."""
    seats = [rng.choice(SEATS_OF[code]) for code in forum.usual if rng.random() < 0.85]
    seats += rng.sample(SEATS, rng.choice((0, 0, 1, 2)))
    return _unique(seats)


def _moved(rng: random.Random, seats: tuple[Seat, ...]) -> tuple[Seat, ...]:
    """Return who sits there some years later: a few have left, and sometimes one has come."""
    kept = [seat for seat in seats if rng.random() < 0.92]
    if rng.random() < 0.2:
        kept.append(rng.choice(SEATS))
    return _unique(kept)


def _unique(seats: list[Seat]) -> tuple[Seat, ...]:
    return tuple({seat.key: seat for seat in seats}.values())


def _report(
    rng: random.Random, number: int, year: int, forums: tuple[Blueprint, ...], usual: dict[str, tuple[Seat, ...]]
) -> Report:
    key = f"exempel-{number:03d}-{year}"
    described = [forum for forum in forums if rng.random() < 0.78]
    told = tuple(_described(rng, forum, usual[forum.slug]) for forum in described)
    ways = random.Random(f"{key}/{rng.getrandbits(32)}/ways")
    return Report(
        key=key,
        year=year,
        day=f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        precision=rng.choice(("dag",) * 6 + ("manad", "ar")),
        forums=told,
        flows=tuple(_flow(ways, described) for _ in range(3 if len(described) > 1 else 0)),
        steering={actor.key: ways.choice(STEERING) for actor in ACTORS.values() if actor.answers_to},
        seed=f"forebygg/{key}/{rng.getrandbits(32)}",
    )


def _flow(rng: random.Random, forums: Sequence[Blueprint]) -> tuple[str, str]:
    start, end = rng.sample(forums, 2)
    return start.slug, end.slug


def _described(rng: random.Random, forum: Blueprint, members: tuple[Seat, ...]) -> Described:
    completeness = rng.choice(("fullstandig",) * 6 + ("exemplifierande",) * 3 + ("ej-angiven",))
    named = () if completeness == "ej-angiven" else members
    if completeness == "exemplifierande":
        named = tuple(seat for seat in members if rng.random() < 0.7)
    beside = tuple(seat for seat in named if rng.random() < 0.05)
    outside = [seat for seat in SEATS if seat not in members and seat.actor not in {each.actor for each in members}]
    former = tuple(rng.sample(outside, 1)) if rng.random() < 0.08 else ()
    outside = [seat for seat in outside if seat.actor not in {each.actor for each in former}]
    return Described(
        forum=forum,
        status="" if rng.random() < 0.3 else rng.choice(STATUSES),
        level=forum.level if rng.random() < 0.9 else "",
        cases=forum.cases if rng.random() < 0.7 else None,
        ages=rng.choice(forum.ages) if forum.ages and rng.random() < 0.8 else "",
        rhythm=rng.choice(forum.rhythms) if forum.rhythms and rng.random() < 0.75 else "",
        completeness=completeness,
        listed=tuple(seat for seat in named if seat not in beside),
        beside=beside,
        former=former,
        denied=_denied(rng, forum, named, outside),
        absent=_absent(rng, forum, members),
        informing=tuple(rng.sample([seat for seat in outside if not seat.function], 1)) if rng.random() < 0.12 else (),
    )


def _denied(rng: random.Random, forum: Blueprint, named: tuple[Seat, ...], outside: list[Seat]) -> tuple[Seat, ...]:
    """Draw who is said to stay away: the whole of a kind that is expected and does not sit there in any shape.

    A part of the municipality is only said to stay away where another part sits: else it would be open whether the
    municipality as such stays away.
    """
    municipal = any("kommun" in seat.meets for seat in named)
    wanted = [
        seat
        for seat in outside
        if seat.whole
        and not seat.function
        and seat.meets & set(forum.usual)
        and (municipal or "kommun" not in seat.meets)
    ]
    return (rng.choice(wanted),) if wanted and rng.random() < 0.25 else ()


def _absent(rng: random.Random, forum: Blueprint, members: tuple[Seat, ...]) -> tuple[str, ...]:
    """Draw a kind that is said to be missing; kinds that have narrower ones are left out."""
    here = {code for seat in members for code in seat.meets}
    leaves = [
        code for code in forum.usual if code in {"polis", "fritid", "civilsamhalle", "politik", "samordnare"} - here
    ]
    return (rng.choice(leaves),) if leaves and rng.random() < 0.2 else ()
