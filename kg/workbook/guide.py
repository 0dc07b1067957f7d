"""The sheet that explains the workbook, and the example rows of the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.workbook.places import REGIONS, Place
from kg.workbook.sheets import Sheet

__all__ = ["EXAMPLES", "guide_rows"]

_STEPS: Final = (
    ("1. Källor", "Skriv en rad för varje källa: en rapport, en webbsida, ett beslut, eller egen uppgift med datum."),
    (
        "2. Aktörer och funktioner",
        "Skriv nämnder, förvaltningar, enheter, föreningar och roller. Funktioner, aldrig personer.",
    ),
    ("3. Forum", "Skriv de grupper och råd där aktörerna möts, och vilken källa som säger det."),
    ("4. Deltagande", "Skriv en rad för varje aktör i varje forum."),
    ("5. Resten när du vill", "Flöden, insatser, dokument och det som källan uttryckligen säger saknas."),
    (
        "6. Pröva",
        "kg workbook check FIL visar fel och frågor cell för cell; kg workbook import FIL -o MAPP gör kartan möjlig.",
    ),
)
_RULES: Final = (
    (
        "Tyst är inte nej",
        "Lämna cellen tom när källan inget säger. "
        "I bladet Det som saknas hör bara det hemma som källan uttryckligen nekar.",
    ),
    (
        "Hela listor",
        "Skriv fullständig i Deltagarlista bara om källan räknar upp alla. "
        "Då, och bara då, räknas den som fattas som saknad.",
    ),
    ("Inga personer", "Inga namn på personer, inga personnummer, inga e-postadresser, inga enskilda ärenden."),
    (
        "Samma namn",
        "Använd samma namn i alla blad. Andra skrivsätt kan stå i Andra namn. "
        "Kan ett namn betyda flera saker väljer du en gång i bladet Namnval.",
    ),
    ("Flera värden", "Skilj dem åt med semikolon: skola; socialtjänst."),
    (
        "Gissningar",
        "Tomma celler för slag och typ fylls i av namnet. "
        "Varje gissning visas som en varning; skriv in den om den stämmer.",
    ),
    ("Exempelrader", "Rader som börjar med Exempel: läses inte. Ta bort dem när du vill."),
    (
        "Egna kolumner",
        "Du får lägga till egna kolumner; de sparas som anmärkningar. Kolumnernas ordning spelar ingen roll.",
    ),
    ("Streck", "Ett ensamt tankstreck (–) betyder: fyll inte i något här."),
)


def guide_rows(place: Place, sheets: Sequence[Sheet]) -> list[list[str]]:
    """Return the rows of the guide: the municipality first, since the reader takes it from here."""
    rows = [
        ["Förebygg: beskriv din kommun"],
        [],
        ["Kommun", place.official],
        ["Kommunkod", place.code],
        ["Region", REGIONS[place.county]],
        [],
    ]
    rows += [["Så här gör du"], *map(list, _STEPS), [], ["Att tänka på"], *map(list, _RULES)]
    for sheet in sheets:
        rows += [[], [sheet.name], ["", sheet.meaning]]
        rows += [
            [f"{column.name}{' *' if column.required else ''}", column.meaning]
            for column in sheet.columns
            if column.first or not sheet.first
        ]
    return [*rows, [], ["", "* behövs i varje rad."]]


EXAMPLES: Final[Mapping[str, tuple[Mapping[str, str], ...]]] = {
    "Källor": (
        {
            "Källa": "Exempel: Granskning 2024",
            "Slag av källa": "rapport",
            "Titel": "Granskning av det brottsförebyggande arbetet",
            "Utgivare": "Kommunrevisionen",
            "Datum": "2024-03-17",
        },
        {"Källa": "Exempel: Egen uppgift", "Slag av källa": "egen uppgift", "Datum": "maj 2024"},
    ),
    "Aktörer och funktioner": (
        {
            "Namn": "Exempel: Socialförvaltningen",
            "Slag": "förvaltning",
            "Aktörstyp": "socialtjänst",
            "Lyder under": "Socialnämnden",
        },
        {"Namn": "Exempel: Fältgruppen", "Slag": "enhet", "Aktörstyp": "socialtjänst", "Del av": "Socialförvaltningen"},
        {"Namn": "Exempel: kommunpolis", "Slag": "funktion", "Del av": "Polismyndigheten"},
    ),
    "Forum": (
        {
            "Forum": "Exempel: Trygghetsrådet",
            "Forumtyp": "trygghetsråd",
            "Källa": "Granskning 2024",
            "Avsnitt": "3.1",
            "Nivå": "strategisk",
            "Deltagarlista": "fullständig",
            "Hur ofta": "fyra gånger per år",
        },
        {
            "Forum": "Exempel: SSPF",
            "Forumtyp": "SSPF-grupp",
            "Källa": "Granskning 2024",
            "Avsnitt": "3.2",
            "Målgrupp": "13–20 år",
        },
    ),
    "Deltagande": (
        {
            "Forum": "Exempel: Trygghetsrådet",
            "Aktör": "Polismyndigheten",
            "Funktion": "kommunpolis",
            "Källa": "Granskning 2024",
            "Avsnitt": "3.1",
        },
        {
            "Forum": "Exempel: SSPF",
            "Aktör": "Fältgruppen",
            "Närvaro": "vid behov",
            "Källa": "Granskning 2024",
            "Avsnitt": "3.2",
        },
    ),
    "Flöden": (
        {
            "Från": "Exempel: Fältgruppen",
            "Till": "Trygghetsrådet",
            "Innehåll": "lägesbild",
            "Källa": "Granskning 2024",
            "Avsnitt": "3.3",
        },
    ),
    "Insatser": (
        {
            "Insats": "Exempel: Föräldrastöd",
            "Källa": "Granskning 2024",
            "Avsnitt": "4.1",
            "Utförare": "Socialförvaltningen",
            "Målgrupp": "0–17 år",
        },
    ),
    "Dokument": (
        {
            "Dokument": "Exempel: Åtgärdsplan 2024–2027",
            "Slag": "styrdokument",
            "Dokumenttyp": "åtgärdsplan",
            "Källa": "Granskning 2024",
            "Avsnitt": "2.4",
            "Beslutad av": "Kommunstyrelsen",
            "Beslutsdatum": "2024-02-05",
        },
    ),
    "Det som saknas": (
        {
            "Aktör som inte deltar": "Exempel: Regionen",
            "I forum": "SSPF",
            "Källa": "Granskning 2024",
            "Avsnitt": "3.2",
            "Enligt källan": "regionen deltar inte",
        },
    ),
}
"""Example rows by sheet; the first filled cell of each begins with the word that keeps it from being read."""
