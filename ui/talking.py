"""What the interviewer says on screen, as it comes. It changes no marks and stops nobody from answering."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Protocol

from interviewer.content.conversation import Intent
from interviewer.domain.interview import Interview, Stage
from interviewer.errors import InterviewerError, InvalidMove
from ui.interview_panel import Busy, InterviewPanel, Updates, wanted
from ui.quick_gradio import gr
from ui.render.conversation import is_to_be_put, voice
from ui.render.model import meter
from ui.session import Pending, Session

ASKS = {Intent.REPEAT: "Can you repeat that?", Intent.HINT: "Can you give me a hint?"}
"""What the buttons say on the candidate's behalf."""


REMEMBERED_AT_LATEST = 2
"""Attempts to store a remark: the grade may be stored just then."""


class Shown(Protocol):
    """How a state of the interview looks; what is typed is left alone."""

    def __call__(self, session: Session, interview: Interview, busy: Busy = "") -> Updates:
        """The parts that differ."""


class Talking:
    """Streams the interviewer's words into the panel, for as long as nobody else takes the floor."""

    def __init__(self, panel: InterviewPanel, closing: Any, shown: Shown) -> None:
        self._panel = panel
        self._closing = closing
        self._shown = shown

    def introduce(self, session: Session, owner: str, id: str) -> Iterator[Updates]:
        """The greeting, above the first question, which is on screen already."""
        with suppress(InterviewerError):
            interview = session.service.load(owner, id)
            if interview.position or interview.current.stage is not Stage.ASKED:
                yield {self._panel.greeting: ""}
                return
            floor, said = session.floor, ""
            for said in _remarked(session, interview, session.product.conversation.introduce(interview)):
                yield {self._panel.greeting: voice(said)}
            if session.floor == floor:
                yield {self._panel.meter: meter(session.product)}
            elif not said:
                yield {self._panel.greeting: ""}

    def hear(self, session: Session, interview: Interview, text: str, intent: Intent) -> Updates:
        """What was said beside the answer, on screen; `respond` follows. Raises InvalidMove, InvalidInput."""
        heard = interview.aside(text, "", datetime.now(UTC))
        session.take_floor()
        session.pending = Pending(interview.id, text, intent)
        return self._shown(session, heard, busy="speaking")

    def respond(self, session: Session, owner: str, id: str) -> Iterator[Updates]:
        """The reply to what was heard; or, to an answer, that it was heard."""
        pending, session.pending = session.pending, None
        with suppress(InterviewerError):
            interview = session.service.load(owner, id)
            if pending is not None and pending.interview == id:
                yield from self._reply(session, interview, pending)
            elif interview.current.stage is Stage.ANSWERED:
                for said in _remarked(session, interview, session.product.conversation.acknowledge(interview)):
                    yield {self._panel.voice: voice(said, grading=True)}

    def _reply(self, session: Session, interview: Interview, pending: Pending) -> Iterator[Updates]:
        floor, said, kept = session.floor, "", None
        pieces = session.product.conversation.reply(interview, pending.text, pending.intent)
        try:
            for said in _spoken(session, pieces):
                yield {self._panel.voice: voice(said)}
        finally:  # also where the page was closed meanwhile
            kept = _keep(session, interview, pending.text, said)
        if kept is not None and session.floor == floor:
            yield {
                **self._shown(session, kept),
                **wanted(self._panel, pending.intent),
                self._panel.count: gr.update(visible=pending.text not in ASKS.values()),
            }

    def put(self, session: Session, owner: str, id: str) -> Iterator[Updates]:
        """The open follow-up question, in words that take up the candidate's."""
        with suppress(InterviewerError):
            interview = session.service.load(owner, id)
            if not is_to_be_put(interview.current):
                return
            floor, said = session.floor, ""
            for said in _spoken(session, session.product.conversation.probe(interview)):
                yield {self._panel.voice: voice(said, speaker="follow-up")}
            if session.floor == floor:
                with suppress(InvalidMove):  # it was answered, or put, in another window
                    session.service.worded(interview, said)
                yield self._shown(session, session.service.load(owner, id))

    def close(self, session: Session, owner: str, id: str) -> Iterator[Updates]:
        """The last words, above the report."""
        with suppress(InterviewerError):
            interview = session.service.load(owner, id)
            if interview.finished:
                for said in _remarked(session, interview, session.product.conversation.close(interview)):
                    yield {self._closing: voice(said)}


def _spoken(session: Session, pieces: Iterator[str]) -> Iterator[str]:
    """All that was said so far, as it grows; it ends where somebody else takes the floor."""
    floor, said = session.floor, ""
    for piece in pieces:
        if session.floor != floor:
            return
        said += piece
        yield said


def _remarked(session: Session, interview: Interview, pieces: Iterator[str]) -> Iterator[str]:
    """All that was said so far, as it grows; at the end it is stored as a remark on this state."""
    said = ""
    try:
        for said in _spoken(session, pieces):
            yield said
    finally:  # also where the page was closed meanwhile
        if said:
            _remember(session, interview, said)


def _remember(session: Session, interview: Interview, said: str) -> None:
    for _attempt in range(REMEMBERED_AT_LATEST):
        with suppress(InterviewerError):
            now = session.service.load(interview.owner, interview.id)
            if (now.position, now.current.times_said) == (interview.position, interview.current.times_said):
                session.service.remarked(now, said)
            return


def _keep(session: Session, interview: Interview, text: str, reply: str) -> Interview | None:
    """Store an aside with its reply; None where the interview has moved on from the question."""
    with suppress(InterviewerError):
        now = session.service.load(interview.owner, interview.id)
        if now.position == interview.position:
            return session.service.aside(now, text, reply)
    return None
