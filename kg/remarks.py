"""What every remark has in common: its report, whose it is, its day, and how sure its claims make it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.cases import certainty_of
from kg.findings import Analysis, Evidence, Remark, Rollup, Stability, Standing, Thing
from kg.sources import Source

__all__ = ["Figures", "make_remark"]

Figures = Sequence[tuple[str, int | float | str]]


def make_remark(
    source: Source,
    *key: str,
    analysis: Analysis,
    code: str,
    subjects: Iterable[Thing],
    names: Iterable[Thing] = (),
    figures: Figures = (),
    evidence: tuple[Evidence, ...] = (),
    standing: Standing = Standing.COMPUTED,
    certainty: Thing | None = None,
    rollup: Rollup | None = None,
    stability: Stability | None = None,
) -> Remark:
    """Return a remark on a report; its id is made of the report and what of `key` is not empty.

    It is as certain as the weakest of its claims, unless `certainty` says otherwise.
    """
    return Remark(
        id="/".join(filter(None, (source.key, *key))),
        analysis=analysis,
        code=code,
        standing=standing,
        municipality=source.municipality,
        report=source.thing,
        own=source.own,
        observed_on=source.observed_on.isoformat(),
        subjects=tuple(subjects),
        names=tuple(names),
        figures=tuple(figures),
        rollup=rollup,
        stability=stability,
        evidence=evidence,
        certainty=certainty or certainty_of(evidence),
    )
