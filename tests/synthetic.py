"""Graphs that the analyses are held to beside the tiny ones: the reports, and five synthetic municipalities."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from bench.generate import write_graph
from kg.cases import Case, open_cases
from kg.records import read_records
from kg.resources import data_files, norm_files, ontology_files
from kg.sources import choose_sources
from kg.store import Store, open_store


@cache
def real_store() -> Store:
    """Return a store of the shipped graph."""
    store = open_store("memory")
    store.load([*ontology_files(), *norm_files(), *data_files()])
    return store


@cache
def synthetic_store(municipalities: int = 5) -> Store:
    """Return a store of the terms and a synthetic graph, each source in a graph of its own."""
    store = open_store("memory")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic.nq"
        write_graph(path, municipalities, seed=1)
        store.load([*ontology_files(), path])
    return store


@cache
def all_cases(store: Store) -> tuple[Case, ...]:
    """Return a case for every source of a store."""
    records = read_records(store)
    return tuple(open_cases(records, choose_sources(records, all_reports=True)))


@cache
def norms_store(municipalities: int = 5) -> Store:
    """Return a store of the terms, the norms and a synthetic graph."""
    store = open_store("memory")
    store.extend(synthetic_store(municipalities).quads())
    store.load(norm_files())
    return store
