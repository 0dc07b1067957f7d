"""What others have and one municipality's reports do not describe: a comparison, and only a denial is a lack."""

from __future__ import annotations

from collections.abc import Sequence

from kg.cases import Case, finding_id
from kg.findings import Analysis, Remark, Standing, Thing
from kg.gaps.comparisons import FORM_ONLY
from kg.matrix import Cell, Column, Matrix, State, described_kinds
from kg.remarks import make_remark

__all__ = ["find_lacking"]


def find_lacking(
    cases: Sequence[Case], matrix: Matrix, municipality: str, *, fewest: int = 2, beside: Sequence[Case] = ()
) -> list[Remark]:
    """Return the kinds that others have and one municipality's reports do not describe, most common first.

    A kind is told where at least `fewest` others (all, where fewer are compared) describe it on more than the editor's
    reading. Kinds that only name the form of a meeting are left out, and so is a kind where only a broader one is known
    here. Unlike `q24-peers`, a narrower kind counts for a broader, and the reports are those chosen; where one of its
    other reports (`beside`) describes the kind, the remark says so. Only what a report denies is `lacking-denied`; the
    rest is not described, which is a question. Raises `ValueError` for a municipality that is not in the matrix.
    """
    column = next((each for each in matrix.columns if each.municipality.iri == municipality), None)
    if column is None:
        raise ValueError(f"{municipality} is not in the matrix")
    others = [each for each in matrix.columns if each is not column]
    case = [each for each in cases if each.source.municipality.iri == municipality][-1]
    told_beside: dict[str, list[str]] = {}
    for other in beside:
        for there_kind, name in (
            described_kinds(other, matrix.by) if other.source.municipality.iri == municipality else ()
        ):
            told_beside.setdefault(there_kind, []).append(f"{other.source.thing.sv} ({name.sv})")
    found = []
    for kind in matrix.kinds:
        cell = matrix.cells[kind.iri, municipality]
        having = [
            (each.municipality, there)
            for each in others
            if (there := matrix.cells[kind.iri, each.municipality.iri]).state is State.DESCRIBED and there.firm
        ]
        told = cell.state not in {State.DESCRIBED, State.UNSURE} and kind.iri not in FORM_ONLY
        if told and len(having) >= min(fewest, len(others)):
            where = ", ".join(sorted(set(told_beside.get(kind.iri, ()))))
            found.append(_lacking(case, matrix, column, kind, cell, having, where))
    return sorted(found, key=lambda each: (-int(each.figure("having") or 0), each.subjects[0].sv, each.id))


def _lacking(
    case: Case,
    matrix: Matrix,
    column: Column,
    kind: Thing,
    cell: Cell,
    having: Sequence[tuple[Thing, Cell]],
    where: str,
) -> Remark:
    names: list[Thing] = []
    counts = []
    for municipality, there in having:
        names += [municipality, *there.names]
        counts.append(str(len(there.names)))
    code = {State.DENIED: "lacking-denied", State.NOT_RUNNING: "lacking-not-running"}.get(cell.state, "lacking")
    return make_remark(
        case.source,
        f"{matrix.by}-{code}",
        finding_id(kind.iri),
        analysis=Analysis.CHANGE,
        code=f"{matrix.by}-{code}",
        standing=Standing.UNSTATED if cell.state is State.NOT_MENTIONED else Standing.STATED,
        subjects=(kind, column.municipality),
        names=(*cell.names, *names),
        figures=(
            ("own", len(cell.names)),
            ("having", len(having)),
            ("compared", len(matrix.columns) - 1),
            ("named", " ".join(counts)),
            ("forums", column.forums),
            ("whole", column.whole),
            ("unnamed", column.unnamed),
            ("other-reports", where),
            ("reports", ", ".join(each.sv for each in column.reports)),
            ("reports-en", ", ".join(each.label("en") for each in column.reports)),
            ("quotes", " / ".join(dict.fromkeys(each.as_stated for each in cell.evidence if each.as_stated))),
        ),
        evidence=cell.evidence,
    )
