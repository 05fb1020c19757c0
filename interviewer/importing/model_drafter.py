"""Drafts by a language model, checked against the section that they are made of; the rules stand by."""

import json
from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from interviewer import prompts
from interviewer.domain.chat import ChatRequest, JsonFormat, Message
from interviewer.errors import ModelError
from interviewer.grading.assertion import content_words
from interviewer.importing.claims import Claim
from interviewer.importing.contrasts import near_misses
from interviewer.importing.drafting import WORDS_AT_LEAST, Draft, Drafter, Section, opening
from interviewer.ports import ChatModel

QUESTIONS_A_SECTION = 2
CLAIMS_A_QUESTION = 8
PHRASINGS_A_CLAIM = 8
OUTPUT_TOKENS = 3_000
SUPPORT_AT_LEAST = 0.6
"""Share of a claim's content words that must stand in the section: what a model adds of its own is left out."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=600)]


class _Claim(BaseModel):
    claim: Line
    weight: int = Field(default=1, ge=1, le=3)
    phrasings: list[Line] = []


class _Question(BaseModel):
    question: Line
    claims: list[_Claim]


class _Reply(BaseModel):
    questions: list[_Question]


class ModelDrafter:
    """Asks a model for the questions of each section of 40 words or more. Where it fails, the rules draft.

    `problem` says why it failed, if it did.
    """

    def __init__(self, chat: ChatModel, rules: Drafter) -> None:
        self._chat = chat
        self._rules = rules
        self.problem = ""

    def draft(self, section: Section) -> Sequence[Draft]:
        """The model's questions, or those of the rules."""
        text = opening(section.blocks)
        if self.problem or len(text.split()) < WORDS_AT_LEAST:
            return self._rules.draft(section)
        try:
            reply = self._chat.complete(_request(section.heading, text))
            found = _Reply.model_validate_json(_object_in(reply.text)).questions
        except ModelError as error:
            self.problem = str(error)  # it would fail for every other section too
            return self._rules.draft(section)
        except ValidationError:
            return self._rules.draft(section)
        said = frozenset(content_words(f"{section.heading} {text}"))
        drafts = [_draft(question, text, said) for question in found[:QUESTIONS_A_SECTION]]
        return [draft for draft in drafts if draft.claims] or self._rules.draft(section)


def _request(heading: str, text: str) -> ChatRequest:
    instructions = prompts.render(prompts.DRAFT, questions=QUESTIONS_A_SECTION, claims=CLAIMS_A_QUESTION)
    document = json.dumps({"heading": heading, "text": text}, ensure_ascii=False)
    return ChatRequest(
        messages=(Message(role="system", content=instructions), Message(role="user", content=document)),
        format=JsonFormat(name="questions", json_schema=_Reply.model_json_schema()),
        max_output_tokens=OUTPUT_TOKENS,
    )


def _object_in(text: str) -> str:
    """The JSON object in a reply that may have words or a fence around it."""
    return text[text.find("{") : text.rfind("}") + 1]


def _draft(question: _Question, text: str, said: frozenset[str]) -> Draft:
    claims = tuple(
        Claim(each.claim, each.weight, tuple(each.phrasings[:PHRASINGS_A_CLAIM]), near_misses(each.claim))
        for each in question.claims[:CLAIMS_A_QUESTION]
        if _is_supported(each.claim, said)
    )
    return Draft(question.question, text, claims)


def _is_supported(claim: str, said: frozenset[str]) -> bool:
    words = set(content_words(claim))
    return bool(words) and len(words & said) >= SUPPORT_AT_LEAST * len(words)
