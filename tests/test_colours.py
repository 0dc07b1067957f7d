"""Colours are held to what was promised of them: contrast of text, and distance for those who see colours otherwise."""

from __future__ import annotations

from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin

import pytest

from kg.maps.visnet import BAND_COLOURS, GAP, QUESTION, SECTOR_COLOURS, ink_on
from kg.network import Sector

PANEL = "#F3F5F8"
SEEN_AS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Linear RGB as it is seen, severity 1.0: Machado, Oliveira & Fernandes (2009), IEEE TVCG 15(6), 1291-1298."""

Triple = tuple[float, float, float]


def linear(colour: str) -> Triple:
    """Linear RGB of an sRGB colour, each part in 0-1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return red, green, blue


def lab(rgb: Triple) -> Triple:
    """CIELAB under D65 of linear RGB."""
    red, green, blue = rgb
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    a, b, c = (each ** (1 / 3) if each > 216 / 24389 else (24389 / 27 * each + 16) / 116 for each in (x, y, z))
    return 116 * b - 16, 500 * (a - b), 200 * (b - c)


def distance(one: Triple, other: Triple) -> float:
    """CIEDE2000 of two CIELAB colours: Sharma, Wu & Dalal (2005), Color Research and Application 30(1), 21-30."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = (1 - (mean**7 / (mean**7 + 25**7)) ** 0.5) / 2
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = (degrees(atan2(b, a)) % 360 if a or b else 0.0 for a, b in ((a1, b1), (a2, b2)))
    turn = h2 - h1 if c1 * c2 else 0.0
    turn -= 360 if turn > 180 else -360 if turn < -180 else 0
    light, chroma, hue = l2 - l1, c2 - c1, 2 * (c1 * c2) ** 0.5 * sin(radians(turn) / 2)
    mid, c = (l1 + l2) / 2, (c1 + c2) / 2
    h = h1 + h2
    if c1 * c2:
        h = h / 2 if abs(h1 - h2) <= 180 else (h + 360) / 2 if h < 360 else (h - 360) / 2
    t = (
        1
        - 0.17 * cos(radians(h - 30))
        + 0.24 * cos(radians(2 * h))
        + 0.32 * cos(radians(3 * h + 6))
        - 0.20 * cos(radians(4 * h - 63))
    )
    sl = 1 + 0.015 * (mid - 50) ** 2 / (20 + (mid - 50) ** 2) ** 0.5
    sc, sh = 1 + 0.045 * c, 1 + 0.015 * c * t
    spin = -2 * (c**7 / (c**7 + 25**7)) ** 0.5 * sin(radians(60 * exp(-(((h - 275) / 25) ** 2))))
    return ((light / sl) ** 2 + (chroma / sc) ** 2 + (hue / sh) ** 2 + spin * (chroma / sc) * (hue / sh)) ** 0.5


def seen(colour: str, eyes: str) -> Triple:
    """CIELAB of a colour as these eyes see it."""
    red, green, blue = linear(colour)
    rows = SEEN_AS[eyes]
    parts = [min(1.0, max(0.0, row[0] * red + row[1] * green + row[2] * blue)) for row in rows]
    return lab((parts[0], parts[1], parts[2]))


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, as WCAG 2.2 defines it."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("sector", Sector)
def test_the_code_of_a_sector_can_be_read_on_its_colour(sector: Sector) -> None:
    assert contrast(SECTOR_COLOURS[sector], ink_on(sector)) >= 4.5


@pytest.mark.parametrize("band", [each for each in BAND_COLOURS if BAND_COLOURS[each] != "#FFFFFF"])
def test_the_name_of_a_forum_can_be_read_on_its_level(band: str) -> None:
    assert contrast(BAND_COLOURS[band], "#FFFFFF") >= 4.5


@pytest.mark.parametrize("colour", [*SECTOR_COLOURS.values(), GAP, QUESTION])
def test_lines_and_frames_stand_out_from_the_panel(colour: str) -> None:
    assert contrast(colour, PANEL) >= 3


@pytest.mark.parametrize("ink", [GAP, QUESTION])
def test_pills_can_be_read(ink: str) -> None:
    assert contrast(ink, "#FFFFFF") >= 4.5


def test_the_distance_is_that_of_the_published_pairs() -> None:
    assert distance((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=5e-5)
    assert distance((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=5e-5)
    assert distance((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514)) == pytest.approx(0.9082, abs=5e-5)


@pytest.mark.parametrize("eyes", SEEN_AS)
def test_sectors_are_told_apart_by_every_kind_of_eye(eyes: str) -> None:
    pairs = {
        (one, other): distance(seen(SECTOR_COLOURS[one], eyes), seen(SECTOR_COLOURS[other], eyes))
        for one, other in combinations(Sector, 2)
    }
    assert min(pairs.values()) >= 15, min(pairs, key=lambda each: pairs[each])
