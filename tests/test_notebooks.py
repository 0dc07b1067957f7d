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
