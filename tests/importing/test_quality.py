"""What imported questions are worth: a right answer scores high, a wrong one lower, an idle one nothing.

docs/import.md has the figures.
"""

from pathlib import Path
from statistics import mean

import pytest
import yaml

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.bootstrap import Product, build

DATA = yaml.safe_load(Path(__file__).with_name("answers.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[float]]:
    """Scores by kind of answer, from a list imported through the front door and graded by the local grader."""
    folder = tmp_path_factory.mktemp("quality")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEWER_DATA_DIR", str(folder / "data"))
        made = build(embedder=HashingEmbedder())
        (folder / "qa.md").write_text(
            "".join(f"## {pair['question']}\n\n{pair['answer']}\n\n" for pair in DATA["pairs"])
        )
        report = made.packs.import_files([folder / "qa.md"], "work")
        assert (report.pack.questions, report.remarks) == (len(DATA["pairs"]), ())
        ids = {question.prompt: question.id for question in made.library.questions.values() if question.pack}
        found: dict[str, list[float]] = {"verbatim": [], "paraphrased": [], "wrong": [], "off topic": []}
        for pair in DATA["pairs"]:
            said = (pair["answer"], pair["paraphrased"], pair["wrong"], DATA["off_topic"])
            for kind, answer in zip(found, said, strict=True):
                found[kind].append(score(made, ids[pair["question"]], answer))
    return found


def score(product: Product, question_id: str, answer: str) -> float:
    given = product.service.grade_text(question_id, answer).score
    assert given is not None
    return given


def test_the_answer_itself_scores_full_marks(scores: dict[str, list[float]]) -> None:
    assert min(scores["verbatim"]) == 100


def test_an_answer_in_other_words_scores_well(scores: dict[str, list[float]]) -> None:
    assert mean(scores["paraphrased"]) > 72


def test_a_wrong_answer_in_the_same_words_scores_little(scores: dict[str, list[float]]) -> None:
    assert mean(scores["wrong"]) < 40


def test_an_answer_to_something_else_scores_next_to_nothing(scores: dict[str, list[float]]) -> None:
    assert mean(scores["off topic"]) < 8
