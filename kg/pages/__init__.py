"""Findings and the atlas as closed HTML pages; functions return text and write nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import __version__
from kg.findings import Evidence, Finding, Kind, Lang, Thing
from kg.html import policy, template_environment
from kg.listings import FINDING_COLUMNS, finding_rows
from kg.pages.site import Site
from kg.phrases import alphabetic, decided, of_own, plural, section_name, section_title
from kg.sentences import advice, changed_by, clauses, earlier_report, norm_place, reference

__all__ = ["Entry", "findings_page", "index_page", "render_page", "words_of"]

_TEMPLATES = Path(__file__).resolve().parent / "templates"


@dataclass(frozen=True, slots=True)
class Entry:
    """One report in the atlas: its folder, names, and how many of each thing it tells; a programme is no forum."""

    folder: str
    municipality: Thing
    report: Thing
    observed_on: str
    latest: bool
    forums: int
    programmes: int
    actors: int
    gaps: int
    lacking: int
    comparisons: int
    questions: int


@cache
def _style(*names: str) -> str:
    return "".join((_TEMPLATES / name).read_text(encoding="utf-8") for name in names)


def render_page(
    name: str,
    lang: Lang,
    *,
    site: Site | None = None,
    styles: Sequence[str] = (),
    folders: Sequence[Path] = (),
    script: str = "",
    **values: object,
) -> str:
    """Return a page from its template and values, closed by its policy; within a site its forms may lead there.

    `styles` are names of further style sheets beside the templates, `folders` hold templates of the caller's own, and
    `script` is the one script that the page may run, if any.
    """
    style = _style("pages.css", *styles, *(["site.css"] if site else []))
    template = template_environment(*folders, _TEMPLATES).get_template(name)
    return template.render(
        lang=lang,
        sv=lang == "sv",
        site=site,
        style=style,
        script=script,
        policy=policy(styles=(style,), scripts=(script,) if script else (), forms="'self'" if site else "'none'"),
        version=__version__,
        plural=plural,
        decided=decided,
        **values,
    )


def _groups(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    def of(*kinds: Kind) -> list[Finding]:
        return [each for each in findings if each.kind in kinds]

    comparisons = [each for each in of(Kind.COMPARISON) if each.stands_out]
    return [
        ("gaps", of(Kind.GAP)),
        ("comparisons", comparisons),
        ("questions", of(Kind.QUESTION)),
        ("met", of(Kind.MET)),
    ]


def words_of(lang: Lang, *, own: bool) -> Callable[[str], str]:
    """Return what turns a sentence of ours on a report into one on a description of one's own, where it is one."""
    return (lambda text: of_own(text, lang)) if own else str


def findings_page(
    findings: Sequence[Finding],
    lang: Lang = "sv",
    *,
    lacking: Sequence[Evidence] = (),
    title: str = "",
    back: str = "",
    site: Site | None = None,
) -> str:
    """Return the findings as one page: gaps, what the report says is lacking, comparisons, questions, what is met."""
    return render_page(
        "findings.html",
        lang,
        site=site,
        title=title,
        back=back,
        told=words_of(lang, own=bool(findings) and all(each.own for each in findings)),
        groups=_groups(findings),
        lacking=lacking,
        columns=FINDING_COLUMNS[lang],
        rows=lambda each: finding_rows([each], lang)[0],
        words=lambda each: " ".join(filter(None, clauses(each, lang))),
        earlier=lambda each: earlier_report(each, lang),
        reference=lambda each: reference(each, lang),
        advice=lambda each: advice(each, lang),
        changed_by=lambda each: changed_by(each, lang),
        norm_place=lambda each: norm_place(each, lang),
        section_name=lambda each: section_name(each, lang),
        section_title=lambda each: section_title(each, lang),
    )


def index_page(entries: Sequence[Entry], lang: Lang = "sv", *, country: str = "", compared: Iterable[str] = ()) -> str:
    """Return the first page of the atlas: each municipality with its reports, and a link to the page of the country.

    `compared` are the paths of pages that compare: in the folder of a report with the one before it, else of all.
    """
    by_municipality: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: (alphabetic(each.municipality.sv), each.observed_on)):
        by_municipality.setdefault(entry.municipality.label(lang), []).append(entry)
    paths = [path.split("/") for path in compared]
    return render_page(
        "index.html",
        lang,
        municipalities=by_municipality,
        country=country,
        compared=next((path[0] for path in paths if len(path) == 1), ""),
        pairs={path[0]: "/".join(path) for path in paths if len(path) > 1},
    )
