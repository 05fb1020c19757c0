"""Every seam of the product on one screen. Each port has several implementations under one contract suite."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from interviewer.domain.chat import ChatReply, ChatRequest
from interviewer.domain.grade import Grade
from interviewer.domain.interview import Interview
from interviewer.domain.passage import Hit, Passage
from interviewer.domain.question import Question
from interviewer.domain.rubric import Rubric

Vectors = npt.NDArray[np.float32]

Progress = Callable[[int, int], None]
"""Is told how many are done, of how many."""


def untold(_done: int, _of: int) -> None:
    """Progress that nobody asked about."""


@dataclass(frozen=True)
class GradingTask:
    """One answer to be graded: the question as put, the rubric, and the candidate's text.

    Lone surrogates, which no text contains, become question marks; every position stays as it was.
    """

    question: Question
    rubric: Rubric
    answer: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "answer", self.answer.encode("utf-8", "replace").decode("utf-8"))


class Grader(Protocol):
    """Judges answers. The same task gives the same grade."""

    @property
    def name(self) -> str:
        """`keyword`, `llm` or `auto`."""

    def grade(self, task: GradingTask) -> Grade:
        """Judge one answer; raises nothing for any text of the candidate's."""

    def grade_many(self, tasks: Iterable[GradingTask]) -> Iterator[Grade]:
        """Judge many, in order, sharing work between them; memory does not grow with their number."""


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Names model and version; caches are keyed by it."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), each of length 1; the same text always gives the same one."""


class InterviewStore(Protocol):
    """Keeps interviews. `save` returns once the data is durable."""

    def save(self, interview: Interview) -> None:
        """Store this state in place of an earlier one of the same id.

        Raises InvalidMove if that would take back something said or graded: the interview went on elsewhere.
        """

    def load(self, interview_id: str) -> Interview:
        """The stored interview; raises NotFound."""

    def unfinished(self, owner: str) -> list[Interview]:
        """Interviews of this owner that were not finished, the latest first."""

    def history(self, owner: str) -> list[Interview]:
        """Finished interviews of this owner, the latest first."""

    def delete(self, interview_id: str) -> None:
        """Forget an interview; unknown ids are ignored."""


class ChatModel(Protocol):
    """A language model. A call answers or raises ModelError with a reason fit for the candidate's eyes."""

    @property
    def provider(self) -> str:
        """Whose protocol it speaks: `openai`, `anthropic` or `scripted`."""

    @property
    def model(self) -> str:
        """The model's name as its provider knows it."""

    def complete(self, request: ChatRequest) -> ChatReply:
        """The whole reply; an empty one, a refusal or a cut-off one is returned as such, not raised."""

    def stream(self, request: ChatRequest) -> Iterator[str | ChatReply]:
        """Pieces of text as they are written, and last the whole reply with its tokens."""


class ReplyCache(Protocol):
    """Remembers what models replied. Losing an entry costs a call, never a result."""

    def get(self, digest: str) -> str | None:
        """The text stored under this digest."""

    def put(self, digest: str, text: str) -> None:
        """Store a text, replacing an earlier one."""


class PassageIndex(Protocol):
    """Finds passages, by whatever it goes by: meaning, words, or both."""

    def update(self, passages: Sequence[Passage], progress: Progress = untold) -> None:
        """Hold exactly these passages; only new and changed ones cost work, of which `progress` is told."""

    def search(self, query: str, k: int) -> list[Hit]:
        """The best `k` passages at most, the best first; the same query always gives the same ones."""
