"""What grading costs: time beside one encoding of the same words, a thousand answers, a cold start, and memory.

    python -m bench.grading_speed

Writes bench/results/grading-speed.json. Nothing else should run on the machine meanwhile.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

from sentence_transformers import SentenceTransformer

from interviewer.adapters.minilm import OnnxEncoder, minilm, model_folder, rubric_encoder
from interviewer.bootstrap import local_grader
from interviewer.content.library import Library
from interviewer.grading.assertion import content_words
from interviewer.grading.calibration import shipped
from interviewer.grading.local import LocalGrader
from interviewer.grading.records import grade_record
from interviewer.grading.scope import hear
from interviewer.grading.terms import Terms
from interviewer.grading.text import sentences
from interviewer.ports import GradingTask
from interviewer.settings import read_settings

RESULTS = Path(__file__).parent / "results" / "grading-speed.json"
WORDS, KEYS, ANSWERS, RUNS = 150, 9, 24, 5
FEW, MANY = 100, 1_000
RATIO_AT_MOST, COLD_SECONDS_AT_MOST = 1.5, 2.0


def main() -> None:
    """Measure, print and write."""
    library = Library()
    results = {
        "one_answer": one_answer(library),
        "grade_file": grade_file(library),
        "cold_grade": cold_grade(),
        "same_bytes": same_bytes(library),
        "cores": os.cpu_count(),
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1))


def one_answer(library: Library) -> dict[str, float]:
    """Median milliseconds of grading an answer, and of encoding its windows in two ways, taken in turn.

    Every answer is another text, so that nothing is remembered from the one before.
    """
    tasks = list(islice(_long_tasks(library), ANSWERS))
    terms, published = Terms(library.glossary), minilm()
    transformer = SentenceTransformer(str(model_folder()), device="cpu")
    grader = local_grader(library, read_settings().cache_dir)
    grader.grade(GradingTask(tasks[0].question, tasks[0].rubric, "A first answer loads what is loaded once."))
    published.embed(["ready"])
    transformer.encode(["ready"])
    texts = [_window_texts(terms, task) for task in tasks]
    grade, onnx, torch = [], [], []
    for task, windows in zip(tasks, texts, strict=True):
        torch.append(_ms(partial(transformer.encode, windows)))
        grade.append(_ms(partial(grader.grade, task)))
        onnx.append(_ms(partial(published.embed, windows)))
    medians = {
        name: statistics.median(times) for name, times in (("grade", grade), ("onnx", onnx), ("torch", torch))
    }
    return {
        "words": WORDS,
        "keys": KEYS,
        "windows": statistics.median(len(windows) for windows in texts),
        "grade_ms": round(medians["grade"], 1),
        "encode_onnx_ms": round(medians["onnx"], 1),
        "encode_sentence_transformers_ms": round(medians["torch"], 1),
        "times_onnx": round(medians["grade"] / medians["onnx"], 2),
        "times_sentence_transformers": round(medians["grade"] / medians["torch"], 2),
        "at_most": RATIO_AT_MOST,
    }


def grade_file(library: Library) -> dict[str, dict[str, float]]:
    """Seconds and peak memory of `grade-file` with a hundred answers and with a thousand."""
    with tempfile.TemporaryDirectory() as folder:
        return {str(count): _run_grade_file(library, count, Path(folder)) for count in (FEW, MANY)}


def cold_grade() -> dict[str, float]:
    """Median seconds of `interviewer grade` from the shell: rubric read before, and never read before."""
    command = [
        sys.executable,
        "-m",
        "interviewer",
        "grade",
        "rapid-psi",
        "PSI compares two distributions.",
        "--json",
    ]
    with tempfile.TemporaryDirectory() as empty:
        new = [_seconds(command, {"INTERVIEWER_CACHE_DIR": f"{empty}/{run}"}) for run in range(RUNS)]
    known = [_seconds(command, {}) for _ in range(RUNS)]
    return {
        "seconds": round(statistics.median(known), 2),
        "first_time_seconds": round(statistics.median(new), 2),
        "at_most": COLD_SECONDS_AT_MOST,
    }


def same_bytes(library: Library) -> dict[str, bool]:
    """Whether one thread, two threads and a second run give the same bytes."""
    tasks = list(islice(_long_tasks(library), ANSWERS))

    def graded(encoder: OnnxEncoder) -> str:
        grader = LocalGrader(encoder, Terms(library.glossary), shipped(), None)
        return json.dumps([grade_record("", grade) for grade in grader.grade_many(tasks)])

    one, two, again = graded(rubric_encoder(1)), graded(rubric_encoder(2)), graded(rubric_encoder(2))
    return {"one_thread_and_two": one == two, "repeated": two == again}


def _long_tasks(library: Library) -> Iterator[GradingTask]:
    """Answers of 150 words, each another text, to one question with nine keys."""
    rubrics = (library.rubric(id) for id in library.questions)
    rubric = next(rubric for rubric in rubrics if len(rubric.keys) == KEYS)
    question = library.question(rubric.question)
    for other in library.questions.values():
        words = other.reference_answer.split(" ")
        if len(words) >= WORDS:
            yield GradingTask(question, rubric, " ".join(words[:WORDS]))


def _window_texts(terms: Terms, task: GradingTask) -> list[str]:
    heard = hear(task.answer, frozenset(content_words(task.question.prompt)))
    return list(dict.fromkeys(terms.plain(window.text) for window in heard.windows))


def _ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1_000 * (time.perf_counter() - started)


def _run_grade_file(library: Library, count: int, folder: Path) -> dict[str, float]:
    answers, out = folder / f"{count}.jsonl", folder / f"{count}.graded.jsonl"
    answers.write_text("\n".join(islice(_lines(library), count)) + "\n", encoding="utf-8")
    started = time.perf_counter()
    command = [sys.executable, "-m", "interviewer", "grade-file", str(answers), "--out", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    assert len(out.read_text(encoding="utf-8").splitlines()) == count
    return {"seconds": round(time.perf_counter() - started, 1), "peak_mib": round(used.ru_maxrss / 1024)}


def _lines(library: Library) -> Iterator[str]:
    """Answers of ten sentences each, put together from the reference answers of the whole bank."""
    said = [
        question.reference_answer[start:end]
        for question in library.questions.values()
        for start, end in sentences(question.reference_answer)
    ]
    ids = list(library.questions)
    for number in range(MANY):
        answer = " ".join(said[(number * 7 + step * 31) % len(said)] for step in range(10))
        yield json.dumps({"id": number, "question_id": ids[number % len(ids)], "answer": answer})


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=os.environ | environment)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
