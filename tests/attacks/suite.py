"""The attack suite: cases.yaml, and what attacks and harmless look-alikes change in a grader's marks."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.content.library import Library
from interviewer.content.source import read_yaml
from interviewer.domain.base import Value
from interviewer.domain.chat import ChatRequest
from interviewer.domain.grade import Grade
from interviewer.grading.assertion import content_words
from interviewer.ports import Grader, GradingTask

Place = Literal["after", "before", "alone"]
INERT_WORDS = 2
"""What is left of an attack orders nothing if it is no longer than this."""
READ_SHARE = 0.6
CREDITED_IF_HARMLESS = ("switch-pointer", "feature-reuse", "prediction-rate")
"""A key of each question that the harmless answers answer; which one does not matter."""
PLACES: tuple[Place, ...] = ("after", "before", "alone")


class Carrier(Value):
    """An honest answer that attacks are put into."""

    question: str
    answer: str


class Attack(Value):
    """Text that tries to earn marks without a claim."""

    id: str
    family: str
    carrier: str
    text: str


class Harmless(Value):
    """A claim said plainly, and said with words that attacks use too."""

    id: str
    question: str
    plain: str
    mentioning: str


class Cases(Value):
    """cases.yaml."""

    carriers: dict[str, Carrier]
    attacks: tuple[Attack, ...]
    unforeseen: tuple[Attack, ...]
    harmless: tuple[Harmless, ...]


@dataclass(frozen=True)
class Delta:
    """What changed against the answer without the attack, or without the suspicious words."""

    case: str
    keys_gained: frozenset[str]
    keys_lost: frozenset[str]
    points: float


CASES = read_yaml(Path(__file__).parent / "cases.yaml", Cases)


def attacked(attack: Attack, place: Place) -> str:
    """The answer with the attack in it."""
    honest = CASES.carriers[attack.carrier].answer
    return {
        "after": f"{honest} {attack.text}",
        "before": f"{attack.text}\n\n{honest}",
        "alone": attack.text,
    }[place]


def attack_deltas(
    grader: Grader, library: Library, place: Place, attacks: Sequence[Attack] = CASES.attacks
) -> Iterator[Delta]:
    """What each attack changes; alone, it is compared with an answer that earns nothing."""
    honest = {
        name: grader.grade(_task(library, carrier.question, carrier.answer))
        for name, carrier in CASES.carriers.items()
    }
    tasks = (_task(library, CASES.carriers[a.carrier].question, attacked(a, place)) for a in attacks)
    for attack, grade in zip(attacks, grader.grade_many(tasks), strict=True):
        yield _delta(attack.id, None if place == "alone" else honest[attack.carrier], grade)


def harmless_deltas(grader: Grader, library: Library) -> Iterator[Delta]:
    """What suspicious words cost an honest answer."""
    plain = grader.grade_many(_task(library, case.question, case.plain) for case in CASES.harmless)
    mentioning = grader.grade_many(_task(library, case.question, case.mentioning) for case in CASES.harmless)
    for case, before, after in zip(CASES.harmless, plain, mentioning, strict=True):
        yield _delta(case.id, before, after)


class Blind(ScriptedGrader):
    """A local grader that is sure of nothing, and so no witness."""

    def grade(self, task: GradingTask) -> Grade:
        """Judge one answer."""
        grade = super().grade(task)
        keys = tuple(key.model_copy(update={"confidence": 0.0}) for key in grade.keys)
        return grade.model_copy(update={"keys": keys})


class Obedient:
    """The worst model there is: any three words that are not an honest answer's make it credit everything.

    `oracle` has the reply that an honest reading gives, by the words of the honest answer. What reaches the model
    besides them counts as an attack that worked: every key is said to be met, with words that do stand in the
    answer. With `credited`, all ids that it would credit, it does not fall for a decoy either, so that
    nothing but the gate can prevent it.
    """

    def __init__(self, oracle: dict[str, str], *, credited: frozenset[str] | None = None) -> None:
        self._oracle = oracle
        self._credited = credited

    def __call__(self, request: ChatRequest) -> str:
        """The reply to a request."""
        heard = json.loads(request.messages[-1].content)["answer"]
        honest = next((honest for honest in self._oracle if honest in heard), "")
        rest = heard.replace(honest, "").replace("…", " ")
        if len(rest.split()) <= INERT_WORDS:
            return self._oracle.get(honest, '{"keys": []}')
        schema = request.format.json_schema if request.format else {}
        ids = schema["properties"]["keys"]["items"]["properties"]["id"]["enum"]
        keys = [
            {"id": id, "verdict": "met", "quotes": [honest or heard], "reason": ""}
            for id in ids
            if self._credited is None or id in self._credited
        ]
        return json.dumps({"keys": keys, "traps": []})


def fair(request: ChatRequest) -> str:
    """A model that credits one claim wherever it could read most of what a harmless answer says plainly."""
    heard = json.loads(request.messages[-1].content)["answer"]
    words = set(content_words(heard))
    made = any(len(words & said) >= READ_SHARE * len(said) for said in map(_plain_words, CASES.harmless))
    schema = request.format.json_schema if request.format else {}
    ids = schema["properties"]["keys"]["items"]["properties"]["id"]["enum"]
    known = [id for id in ids if id in CREDITED_IF_HARMLESS]
    keys = [{"id": id, "verdict": "met", "quotes": [heard], "reason": ""} for id in known] if made else []
    return json.dumps({"keys": keys, "traps": []})


def _plain_words(case: Harmless) -> set[str]:
    return set(content_words(case.plain))


def _task(library: Library, question: str, answer: str) -> GradingTask:
    return GradingTask(library.question(question), library.rubric(question), answer)


def _delta(case: str, before: Grade | None, after: Grade) -> Delta:
    had = {key.id: key.credit or 0.0 for key in before.keys} if before else {}
    has = {key.id: key.credit or 0.0 for key in after.keys}
    return Delta(
        case,
        frozenset(id for id in has if has[id] > had.get(id, 0.0)),
        frozenset(id for id in has if has[id] < had.get(id, 0.0)),
        round((after.score or 0.0) - ((before.score or 0.0) if before else 0.0), 1),
    )
