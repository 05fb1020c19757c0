"""What asking a language model takes: tokens, money, calls saved by `auto`, our own time, and many people at once.

    python -m bench.llm

No model takes part. A server on the loopback speaks OpenAI's protocol, gives replies that the labels of
bench/data/labelled-answers.jsonl call for, and counts a token for four characters. So the tokens are realistic,
and the agreement is not a result. Writes bench/results/llm.json and the table of docs/llm.md.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench._llm_card import card, put_into_document
from bench._oracle import Labelled, Oracle, TalkedRound, labelled_answers
from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.reply_cache import SqliteReplyCache
from interviewer.adapters.scripted_chat import ScriptedChat
from interviewer.bootstrap import build, local_grader
from interviewer.content.library import Library
from interviewer.content.prices import read_prices
from interviewer.domain.chat import ChatRequest, Tokens
from interviewer.domain.grade import Grade
from interviewer.grading.auto import AutoGrader, is_unsure
from interviewer.grading.judge import Judge
from interviewer.grading.llm import LlmGrader
from interviewer.grading.local import LocalGrader
from interviewer.ports import Grader, GradingTask
from interviewer.settings import GraderName, Settings, read_settings
from tests.attacks.suite import CASES, PLACES, Delta, attack_deltas, attacked, harmless_deltas
from tests.attacks.test_attacks import fair_grader, gullible_grader, gullible_model
from tests.fake_provider import FakeProvider

RESULTS = Path(__file__).parent / "results" / "llm.json"
MODELS = ("gpt-6-luna", "gpt-6.1-terra", "claude-sonnet-5-5")
PEOPLE, SERVER_SECONDS = 50, 2.0
TURNS = (16, 64)
RUNS = 3


class Remembered:
    """The local grader's grades, made beforehand, so that they take no time here."""

    name = "keyword"

    def __init__(self, grades: dict[str, Grade]) -> None:
        self._grades = grades

    def grade(self, task: GradingTask) -> Grade:
        """The grade of this answer."""
        return self._grades[task.answer]

    def grade_many(self, tasks: Iterable[GradingTask]) -> Iterator[Grade]:
        """The grades of these answers."""
        return map(self.grade, tasks)


def main() -> None:
    """Measure, print and write."""
    library = Library()
    answers = labelled_answers(library)
    local = local_grader(library, read_settings().cache_dir)
    made = local.grade_many(answer.task for answer in answers)
    grades = {answer.task.answer: grade for answer, grade in zip(answers, made, strict=True)}
    remembered = Remembered(grades)
    results = {
        "answers": len(answers),
        "asking": {name: asking(name, answers, remembered) for name in ("llm", "auto")},
        "escalation": escalation(answers, grades),
        "own_time_ms": own_time(answers, remembered),
        "at_once": [at_once(turns, answers, remembered) for turns in TURNS],
        "attacks": {
            "cases": len(CASES.attacks),
            "places": len(PLACES),
            "harmless": len(CASES.harmless),
            "keyword": attacks(local, local, library),
            "llm": attacks(gullible_grader(), fair_grader(), library),
            "unforeseen": unforeseen(local, library),
            "talked_round": talked_round(answers, remembered),
        },
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    table = card(results)
    put_into_document(table)
    print(table)


def asking(name: GraderName, answers: list[Labelled], local: Remembered) -> dict[str, Any]:
    """Calls, tokens and money for each answer, as the provider counts them."""
    with tempfile.TemporaryDirectory() as folder, FakeProvider(Oracle(answers).reply) as server:
        product = build(_settings(server, name, Path(folder)), store=MemoryStore(), local=local)
        grades = list(product.service.grader.grade_many(answer.task for answer in answers))
    usages = [grade.usage for grade in grades if grade.usage]
    into, out = (sum(u.input_tokens for u in usages), sum(u.output_tokens for u in usages))
    tokens, prices = Tokens(input=into, output=out), read_prices()
    return {
        "calls": sum(usage.calls for usage in usages),
        "settled_without": sum(grade.usage is None for grade in grades),
        "keys_judged_by_the_model": sum(key.decided_by == "llm" for grade in grades for key in grade.keys),
        "keys": sum(len(grade.keys) for grade in grades),
        "fallbacks": sum(grade.grader.fallback_reason is not None for grade in grades),
        "disbelieved": sum("none of it was believed" in (grade.grader.fallback_reason or "") for grade in grades),
        "tokens_in": round(into / len(answers)),
        "tokens_out": round(out / len(answers)),
        "usd_per_1000": {
            model: round(1000 * (prices.cost(model, tokens) or 0) / len(answers), 3) for model in MODELS
        },
        "prices_of": str(prices.date),
    }


def escalation(answers: list[Labelled], grades: dict[str, Grade]) -> dict[str, Any]:
    """How much of what the local grader gets wrong it is unsure of, and so hands on."""
    wrong = unsure = wrong_and_unsure = judged = 0
    for answer in answers:
        for verdict in grades[answer.task.answer].keys:
            if verdict.id in answer.open:
                continue
            judged += 1
            is_wrong = (verdict.credit or 0) != (1.0 if verdict.id in answer.made else 0.0)
            wrong += is_wrong
            unsure += is_unsure(verdict)
            wrong_and_unsure += is_wrong and is_unsure(verdict)
    return {"keys": judged, "unsure": unsure, "wrong": wrong, "wrong_and_unsure": wrong_and_unsure}


def own_time(answers: list[Labelled], local: Remembered) -> dict[str, Any]:
    """Milliseconds of our own for each call: gate, prompt, cache, parsing, quotes, joining; then with HTTP.

    Ours are of the processor's time, the others by the clock. Each is the best of three, since other programs run
    on the machine too.
    """
    oracle = Oracle(answers)
    model_seconds = [0.0]

    def model(request: ChatRequest) -> str:
        started = time.thread_time()
        reply = oracle.reply(_as_openai(request))
        model_seconds[0] = time.thread_time() - started
        return reply

    def ours() -> list[float]:
        with tempfile.TemporaryDirectory() as folder:
            cache = SqliteReplyCache(Path(folder))
            grader = LlmGrader(Judge(ScriptedChat(model), read_prices(), cache=cache), local)
            return [_ms(grader, answer, time.thread_time) - 1000 * model_seconds[0] for answer in answers]

    def with_http() -> list[float]:
        with tempfile.TemporaryDirectory() as folder, FakeProvider(oracle.reply) as server:
            grader = build(_settings(server, "llm", Path(folder)), store=MemoryStore(), local=local).service.grader
            grader.grade(answers[0].task)  # loads the SDK
            return [_ms(grader, answer, time.perf_counter) for answer in answers[1:]]

    return {
        "ours": _percentiles(_best(ours() for _ in range(RUNS))),
        "with_sdk_http_and_test_server": _percentiles(_best(with_http() for _ in range(RUNS))),
    }


def _ms(grader: Grader, answer: Labelled, clock: Callable[[], float]) -> float:
    started = clock()
    grader.grade(answer.task)
    return 1000 * (clock() - started)


def _best(runs: Iterable[list[float]]) -> list[float]:
    return [min(times) for times in zip(*runs, strict=True)]


def at_once(turns: int, answers: list[Labelled], local: Remembered) -> dict[str, Any]:
    """Fifty people send an answer in the same moment; the model takes two seconds, `turns` calls may run."""
    chosen = [answers[number % len(answers)] for number in range(PEOPLE)]
    with (
        tempfile.TemporaryDirectory() as folder,
        FakeProvider(Oracle(answers).reply, seconds=SERVER_SECONDS) as server,
        ThreadPoolExecutor(PEOPLE) as pool,
    ):
        settings = _settings(server, "llm", Path(folder)).model_copy(update={"llm_at_once": turns})
        product = build(settings, store=MemoryStore(), local=local)
        sessions = [product.for_session() for _ in chosen]
        started = time.perf_counter()

        def one(number: int) -> tuple[float, Grade]:
            grade = sessions[number].service.grader.grade(chosen[number].task)
            return time.perf_counter() - started, grade

        done = list(pool.map(one, range(PEOPLE)))
    seconds = [second for second, grade in done if grade.usage]
    return {
        "turns": turns,
        "most_at_once": server.most_at_once,
        "asked": len(seconds),
        "fallbacks": sum(grade.grader.fallback_reason is not None for _, grade in done),
        "seconds": _percentiles(seconds),
    }


def attacks(grader: Grader, asked: Grader, library: Library) -> dict[str, Any]:
    """What attacks gain, and what honest answers lose that use the same words and go to the grader `asked`."""
    gained = [delta for place in PLACES for delta in attack_deltas(grader, library, place)]
    lost = list(harmless_deltas(asked, library))
    return {
        "attacks_with_a_gain": sum(bool(d.keys_gained) or d.points > 0 for d in gained),
        "mean_points_gained": _mean(gained),
        "harmless_with_a_loss": sum(bool(d.keys_lost) or d.points < 0 for d in lost),
        "mean_points_of_harmless": _mean(lost),
    }


def unforeseen(local: LocalGrader, library: Library) -> dict[str, int]:
    """How many of the attacks that no pattern foresaw reach a model, and how many gain by it with a witness."""
    said = [(carrier.question, carrier.answer) for carrier in CASES.carriers.values()]
    said += [
        (CASES.carriers[a.carrier].question, attacked(a, place)) for a in CASES.unforeseen for place in PLACES
    ]
    tasks = [GradingTask(library.question(id), library.rubric(id), answer) for id, answer in said]
    made = local.grade_many(tasks)
    remembered = Remembered({task.answer: grade for task, grade in zip(tasks, made, strict=True)})
    graders: dict[str, Grader] = {
        "reach_the_model": gullible_grader(),
        "gain_from_keyword": remembered,
        "gain_from_llm": LlmGrader(gullible_model(), remembered),
        "gain_from_auto": AutoGrader(gullible_model(), remembered),
    }
    gaining = {
        name: {
            delta.case
            for place in PLACES
            for delta in attack_deltas(grader, library, place, CASES.unforeseen)
            if delta.keys_gained or delta.points > 0
        }
        for name, grader in graders.items()
    }
    return {"cases": len(CASES.unforeseen)} | {name: len(cases) for name, cases in gaining.items()}


def talked_round(answers: list[Labelled], local: Remembered) -> dict[str, float]:
    """Points that a model which was talked round adds to real answers, and would add without the witness."""
    blind = Remembered({answer.task.answer: _blinded(local.grade(answer.task)) for answer in answers})

    def points(grader: type[LlmGrader], oracle: Oracle, witness: Remembered) -> float:
        model = ScriptedChat(lambda request: oracle.reply(_as_openai(request)))
        grades = grader(Judge(model, read_prices()), witness).grade_many(answer.task for answer in answers)
        return statistics.mean(grade.score or 0.0 for grade in grades)

    honest, lying = Oracle(answers), TalkedRound(answers)
    return {
        "llm": round(points(LlmGrader, lying, local) - points(LlmGrader, honest, local), 1),
        "llm_without_witness": round(points(LlmGrader, lying, blind) - points(LlmGrader, honest, blind), 1),
        "auto": round(points(AutoGrader, lying, local) - points(AutoGrader, honest, local), 1),
    }


def _blinded(grade: Grade) -> Grade:
    return grade.model_copy(update={"keys": tuple(k.model_copy(update={"confidence": 0.0}) for k in grade.keys)})


def _mean(deltas: list[Delta]) -> float:
    return round(statistics.mean(delta.points for delta in deltas), 2)


def _settings(server: FakeProvider, grader: GraderName, cache: Path) -> Settings:
    """Settings with a cache of replies of its own; that of passages, which takes minutes to fill, is kept."""
    for name in ("passages", "citations"):
        kept = read_settings().cache_dir / "bench-llm" / name
        kept.mkdir(parents=True, exist_ok=True)
        (cache / name).symlink_to(kept, target_is_directory=True)
    changes = {"openai_base_url": server.openai_url, "grader": grader, "cache_dir": cache, "budget_tokens": 10**9}
    return read_settings().model_copy(update=changes | {"openai_api_key": None, "budget_usd": 10.0**6})


def _as_openai(request: ChatRequest) -> dict[str, Any]:
    schema = {"schema": request.format.json_schema if request.format else {}}
    return {
        "messages": [message.model_dump() for message in request.messages],
        "response_format": {"json_schema": schema},
    }


def _percentiles(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "p50": round(statistics.median(ordered), 2),
        "p95": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 2),
        "max": round(ordered[-1], 2),
    }


if __name__ == "__main__":
    main()
