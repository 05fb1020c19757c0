"""What imported questions are worth: a right answer scores high, a wrong one lower, an idle one nothing.

docs/import.md has the figures.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean

import pytest
import yaml

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.bootstrap import Product, build

Pairs = Sequence[dict[str, str]]
Scores = dict[str, list[float]]


def read(name: str) -> dict[str, Pairs]:
    data: dict[str, Pairs] = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return data


ANSWERS, INVERTED = read("answers.yaml"), read("inverted.yaml")


def scores_of(folder: Path, pairs: Pairs) -> Scores:
    """Scores by kind of answer, from a list imported through the front door and graded by the local grader."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEWER_DATA_DIR", str(folder / "data"))
        made = build(embedder=HashingEmbedder())
        (folder / "qa.md").write_text("".join(f"## {pair['question']}\n\n{pair['answer']}\n\n" for pair in pairs))
        report = made.packs.import_files([folder / "qa.md"], "work")
        assert (report.pack.questions, report.remarks) == (len(pairs), ())
        ids = {question.prompt: question.id for question in made.library.questions.values() if question.pack}
        kinds = [kind for kind in pairs[0] if kind != "question"]
        return {kind: [score(made, ids[pair["question"]], pair[kind]) for pair in pairs] for kind in kinds}


def score(product: Product, question_id: str, answer: str) -> float:
    given = product.service.grade_text(question_id, answer).score
    assert given is not None
    return given


def off_topic() -> Iterator[dict[str, str]]:
    for pair in ANSWERS["pairs"]:
        yield {**pair, "off topic": str(ANSWERS["off_topic"])}


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> Scores:
    """Of one field: the answer, other words, a fluent wrong answer, and one about something else."""
    return scores_of(tmp_path_factory.mktemp("quality"), list(off_topic()))


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Scores:
    """Of many fields: the answer, other words, and the same words with the claims turned round."""
    return scores_of(tmp_path_factory.mktemp("turned"), INVERTED["pairs"])


def test_the_answer_itself_scores_full_marks(scores: Scores, turned: Scores) -> None:
    assert min(scores["answer"] + turned["answer"]) == 100


def test_an_answer_in_other_words_scores_well(scores: Scores, turned: Scores) -> None:
    assert mean(scores["paraphrased"]) > 72
    assert mean(turned["paraphrased"]) > 78


def test_a_wrong_answer_scores_little(scores: Scores, turned: Scores) -> None:
    assert mean(scores["wrong"]) < 42
    assert mean(turned["inverted"]) < 34


def test_an_answer_to_something_else_scores_next_to_nothing(scores: Scores) -> None:
    assert mean(scores["off topic"]) < 8
