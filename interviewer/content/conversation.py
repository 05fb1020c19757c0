"""corpus/conversation.yaml: how the interviewer talks, and how an answer is told from what is said beside it."""

import re
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from interviewer.content.source import read_yaml
from interviewer.domain.base import Text, Value
from interviewer.domain.question import Kind


class Intent(StrEnum):
    """What a candidate may want who does not answer."""

    REVEAL = "reveal"
    REPEAT = "repeat"
    HINT = "hint"
    SKIP = "skip"
    STOP = "stop"
    DONT_KNOW = "dont-know"
    CLARIFY = "clarify"
    GREETING = "greeting"


class Move(StrEnum):
    """What the interviewer does of their own accord; the reply to each intent is a move of the same name."""

    INTRODUCE = "introduce"
    ACKNOWLEDGE = "acknowledge"
    PROBE = "probe"
    CLOSE = "close"


SLOTS: dict[str, frozenset[str]] = {
    Move.INTRODUCE: frozenset({"questions"}),
    Move.PROBE: frozenset({"ask", "quote"}),
    Intent.REPEAT: frozenset({"question"}),
    Intent.HINT: frozenset({"hint"}),
    Intent.CLARIFY: frozenset({"quote"}),
}
"""What the lines of a move may have filled in; those of the others have no slots."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression ({error})") from None
    return pattern


def _slots(line: str) -> frozenset[str]:
    return frozenset(name for _, name, *_ in Formatter().parse(line) if name is not None)


Pattern = Annotated[str, AfterValidator(_compiles)]


class IntentRule(Value):
    """How an intent is recognised; `questions_only` wants text that does nothing but ask."""

    id: Intent
    words_at_most: int = Field(ge=1)
    questions_only: bool = False
    patterns: tuple[Pattern, ...] = Field(min_length=1)


class MoveLines(Value):
    """What is said: `quoting` where there are words of the candidate's or the question's to take up."""

    says: tuple[Text, ...] = Field(min_length=1)
    quoting: tuple[Text, ...] = ()
    instruction: Text | None


class Talk(Value):
    """The file."""

    intents: tuple[IntentRule, ...]
    moves: dict[Move | Intent, MoveLines]
    hints: dict[Kind, Text]
    second_hint: Text
    probe_hint: Text
    never: tuple[Pattern, ...]

    @model_validator(mode="after")
    def _complete(self) -> "Talk":
        missing = [name for name in (*Move, *Intent) if name not in self.moves]
        missing += [kind for kind in Kind if kind not in self.hints]
        if missing:
            raise ValueError(f"there are no lines for {', '.join(missing)}; add them")
        for name, lines in self.moves.items():
            for line in (*lines.says, *lines.quoting, lines.instruction or ""):
                if unknown := _slots(line) - SLOTS.get(name, frozenset()):
                    raise ValueError(
                        f"a line of {name} has the slot {min(unknown)!r}, which nothing fills; remove it"
                    )
        for hint in (self.second_hint, self.probe_hint):
            if _slots(hint) != {"ask"}:
                raise ValueError("second_hint and probe_hint need the slot {ask} and no other; correct them")
        return self


def read_talk(corpus: Path) -> Talk:
    """The talk of a corpus folder; raises ContentError."""
    return read_yaml(corpus / "conversation.yaml", Talk)
