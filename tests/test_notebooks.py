"""Notebooks are kept without what running them leaves behind; `make notebooks` runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kg.questions import question

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code)


def test_ten_named_questions_are_asked() -> None:
    asked = re.findall(r'ask\(\\"([\w-]+)\\"\)', NOTEBOOKS[0].read_text(encoding="utf-8"))
    assert len(set(asked)) == 10
    assert all(question(name).sv for name in asked)


@pytest.mark.parametrize("path", NOTEBOOKS[3:], ids=lambda path: path.stem)
def test_each_chart_is_told_in_words_before_it_is_drawn(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    drawn = [at for at, cell in enumerate(cells) if "plt.show()" in "".join(cell["source"])]
    assert drawn
    assert all("*Diagrammet i ord:" in "".join(cells[at - 1]["source"]) for at in drawn)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_begins_with_a_summary_in_english(path: Path) -> None:
    assert "*In short:" in "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
