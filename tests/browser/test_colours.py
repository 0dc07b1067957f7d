"""Colours are held to what was promised of them: contrast of text, and distance for those who see colours otherwise."""

from __future__ import annotations

import pytest

from kg.maps.visnet import BAND_COLOURS, GAP, QUESTION, SECTOR_COLOURS, ink_on
from kg.network import Sector

PANEL = "#F3F5F8"


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
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
