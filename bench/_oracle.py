"""A model that reads as the labels say: realistic replies, and so realistic numbers of tokens, without a model."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewer.content.library import Library
from interviewer.domain.rubric import Rubric
from interviewer.grading.assertion import content_words
from interviewer.grading.gate import screen
from interviewer.grading.text import sentences
from interviewer.ports import GradingTask

LABELLED = Path(__file__).parent / "data" / "labelled-answers.jsonl"
TERM_WORDS = 4
"""What is no longer than this may be a mere term, and prove nothing."""


@dataclass(frozen=True)
class Labelled:
    """An answer with the keys that it makes; `open` are those on which fair examiners could differ."""

    task: GradingTask
    made: frozenset[str]
    open: frozenset[str]


def labelled_answers(library: Library) -> list[Labelled]:
    """All of them, in the order of the file."""
    lines = map(json.loads, LABELLED.read_text(encoding="utf-8").splitlines())
    return [
        Labelled(
            GradingTask(
                library.question(line["question_id"]), library.rubric(line["question_id"]), line["answer"]
            ),
            frozenset(line["met"]),
            frozenset(line["borderline"]),
        )
        for line in lines
    ]


class Oracle:
    """Gives verdicts: a key that the labels name is met, with the sentence that is nearest to it."""

    def __init__(self, answers: list[Labelled]) -> None:
        self._known = {screen(answer.task).text: answer for answer in answers}

    def reply(self, request: dict[str, Any]) -> str:
        """The reply to the body of an OpenAI chat completion."""
        text = json.loads(request["messages"][-1]["content"])["answer"]
        schema = request["response_format"]["json_schema"]["schema"]["properties"]
        known = self._known[text]
        keys = [
            self._key(known.task.rubric, text, id, made=id in known.made)
            for id in schema["keys"]["items"]["properties"]["id"]["enum"]
        ]
        traps = schema.get("traps", {}).get("items", {}).get("properties", {}).get("id", {}).get("enum", [])
        blamed = [{"id": id, "triggered": False, "quotes": []} for id in traps]
        return json.dumps({"keys": keys, "traps": blamed}, ensure_ascii=False)

    def _key(self, rubric: Rubric, text: str, key_id: str, *, made: bool) -> dict[str, Any]:
        if key_id not in {key.id for key in rubric.keys}:
            return {"id": key_id, "verdict": "missed", "quotes": [], "reason": "You did not say anything like it."}
        claim = rubric.key(key_id).claim
        if not made:
            reason = f"You did not say that {claim[:1].lower()}{claim[1:]}"
            return {"id": key_id, "verdict": "missed", "quotes": [], "reason": reason}
        wanted = set(content_words(claim))
        said = [text[start:end] for start, end in sentences(text)]
        nearest = max(said, key=lambda sentence: len(wanted & set(content_words(sentence))))
        return {"id": key_id, "verdict": "met", "quotes": [nearest], "reason": f"You made this claim: {claim}"}


class TalkedRound(Oracle):
    """The same, talked round by whatever means: all is met, each with another sentence, and the decoy spared."""

    def _key(self, rubric: Rubric, text: str, key_id: str, *, made: bool) -> dict[str, Any]:
        honest = super()._key(rubric, text, key_id, made=made)
        ids = [key.id for key in rubric.keys]
        if key_id not in ids:
            return honest
        said = [text[start:end] for start, end in sentences(text)]
        said = [sentence for sentence in said if len(sentence.split()) > TERM_WORDS] or said
        return {**honest, "verdict": "met", "quotes": [said[ids.index(key_id) % len(said)]]}
