"""The agreement card in the documents shows what was measured, not what somebody typed."""

import json
from pathlib import Path

import pytest

from bench._agreement_card import BEGIN, DOCUMENTS, END, card, replaced

ROOT = Path(__file__).parents[2]
RESULTS = json.loads((ROOT / "bench" / "results" / "grading.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_shows_the_figures_of_the_last_run(name: str) -> None:
    document = (ROOT / name).read_text(encoding="utf-8")
    assert replaced(document, DOCUMENTS[name](RESULTS)) == document, "run: python -m bench.grading"


def test_a_figure_that_falls_short_is_said_to_be_short() -> None:
    results = json.loads(json.dumps(RESULTS))
    for each in results["ways"]["questions left out"]["measures"]:
        if each["id"] == "kappa":
            each["value"] = 0.1
    assert "| 0.50 | 0.65 | **short** |" in card(results)


def test_only_what_stands_between_the_marks_is_replaced() -> None:
    document = f"before\n{BEGIN}\nold\n{END}\nafter {END}"
    assert replaced(document, "new") == f"before\n{BEGIN}\n\nnew\n{END}\nafter {END}"
