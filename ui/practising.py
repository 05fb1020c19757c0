"""What happens on a press of a button while practising. A handler calls one service method."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from interviewer.bootstrap import Product
from interviewer.content.conversation import Intent
from interviewer.domain.interview import Choices, Interview, Stage
from interviewer.errors import InterviewerError
from ui.card_sources import CardSources
from ui.grading_again import GRADE_AGAIN, at_rest, at_work, grade_again
from ui.interview_panel import Busy, Updates, say, show, show_talk
from ui.practice_parts import Parts
from ui.quick_gradio import gr
from ui.render.conversation import is_to_be_put, voice
from ui.render.model import meter
from ui.render.report import Bank, notice, report_page, resume_line
from ui.session import Session
from ui.setup_form import chosen, new_seed
from ui.talking import ASKS, Talking

OWNER = re.compile(r"[0-9a-f]{32}")
NOT_GRADED = "The answer could not be graded. It is stored; try again."
BEGUN = "You have begun an answer. Send it, or clear the box first."
MODEL_FIELDS = 4
UNCHANGED: Updates = gr.skip()


class PracticeHandlers:
    """Holds nothing about anybody: every call names the page's session, its owner and the interview."""

    def __init__(self, product: Product, parts: Parts) -> None:
        self.product = product
        self.library = product.library
        self.sources = CardSources(product)
        self.parts = parts
        self.talking = Talking(parts.panel, parts.closing, self._talk_shown)

    def arrive(self, session: Session, owner: str | None) -> Updates:
        """Give a new browser an id, say who grades, and offer an interview that was cut off."""
        known = owner if isinstance(owner, str) and OWNER.fullmatch(owner) else uuid.uuid4().hex
        return {
            self.parts.session: session,  # stored here, Gradio forgets it some time after the page is closed
            self.parts.owner: known,
            self.parts.form.start: gr.update(interactive=True),
            **self.parts.model.tell(session),
            **self._offer(session, known),
        }

    def start(self, session: Session, owner: str, job: str | None, *values: Any) -> Updates:
        """Begin an interview as the form says; a job description weights its questions."""
        model, form = values[:MODEL_FIELDS], values[MODEL_FIELDS:]
        told = self.parts.model.choose(session, *model)
        try:
            profile = self.product.job(job) if job and job.strip() else None
            return told | self._begun(session, session.service.start(owner, chosen(*form), profile))
        except InterviewerError as error:
            return {**told, self.parts.problem: notice(str(error))}

    def practise(self, session: Session, owner: str, question_id: str | None) -> Updates:
        """Begin an interview of this question alone."""
        return self._chosen(
            session, owner, lambda: Choices(only=(self.library.question(question_id or "").id,), questions=1)
        )

    def practise_pack(self, session: Session, owner: str, name: str | None) -> Updates:
        """Begin an interview from this pack."""
        return self._chosen(
            session, owner, lambda: Choices(pack=self.product.packs.pack(name or "").name, seed=new_seed())
        )

    def go_on(self, session: Session, owner: str, offered: str, *model: Any) -> Updates:
        """Show the interview that was cut off; `grade` follows, for an answer that waits, and then `put`."""
        told = self.parts.model.choose(session, *model)
        try:
            return told | self._begun(session, session.service.load(owner, offered), after_a_break=True)
        except InterviewerError as error:
            return {**told, self.parts.problem: notice(str(error))}

    def discard(self, session: Session, owner: str, offered: str) -> Updates:
        """Forget the interview that was offered, and offer the one before it."""
        try:
            session.service.discard(session.service.load(owner, offered))
        except InterviewerError as error:
            return {self.parts.problem: notice(str(error))}
        return self._offer(session, owner)

    def answer(self, session: Session, owner: str, id: str, text: str | None) -> Updates:
        """Store an answer or a reply, `grade` follows; or hear what was said beside it, `respond` follows."""
        said = text or ""
        try:
            interview = session.service.load(owner, id)
            intent = session.product.conversation.intent(interview, said)
            if intent is None or interview.current.stage not in (Stage.ASKED, Stage.PROBED):
                return self._answered(session, session.service.submit(interview, said))
            heard = self.talking.hear(session, interview, said, intent)
            return {**heard, self.parts.panel.answer: gr.update(value="")}
        except InterviewerError as error:
            return say(self.parts.panel, str(error))

    def repeat(self, session: Session, owner: str, id: str) -> Updates:
        """Ask for the question once more; `respond` follows."""
        return self._asked_for(session, owner, id, Intent.REPEAT)

    def hint(self, session: Session, owner: str, id: str) -> Updates:
        """Ask for a hint; `respond` follows."""
        return self._asked_for(session, owner, id, Intent.HINT)

    def count(self, session: Session, owner: str, id: str) -> Updates:
        """Take as the answer what was taken for an aside; `grade` follows."""
        try:
            interview = session.service.load(owner, id)
            said = interview.current.asides[-1].said if interview.current.asides else ""
            return self._answered(session, session.service.submit(interview, said))
        except InterviewerError as error:
            return say(self.parts.panel, str(error))

    def wait(self, session: Session, owner: str, id: str) -> Updates:
        """Say that grading begins; `grade` follows."""
        return self._moved(session, owner, id, lambda interview: interview, busy="grading")

    def grade(self, session: Session, owner: str, id: str) -> Updates:
        """Grade what waits to be graded; `put` follows, for a follow-up question."""
        try:
            stored = session.service.load(owner, id)
            if stored.current.stage is not Stage.ANSWERED:
                return UNCHANGED
            graded = session.service.resume(stored)
        except InterviewerError as error:
            return self.not_graded(session, owner, id, str(error))
        if session.showing != id:  # another interview was begun meanwhile; this one is stored
            return UNCHANGED
        if graded.current.stage is Stage.PROBED:
            session.take_floor()
            return self._shown(session, graded, busy="asking")
        shown = self._shown(session, graded)
        del shown[self.parts.panel.voice]  # what was said to the answer stays below it
        return shown

    def not_graded(self, session: Session, owner: str, id: str, problem: str = NOT_GRADED) -> Updates:
        """What a failure to grade leaves on screen: the stored answer, and a way to try again."""
        if session.showing != id:
            return UNCHANGED
        return self._moved(session, owner, id, lambda interview: interview) | say(self.parts.panel, problem)

    def skip(self, session: Session, owner: str, id: str, typed: str | None) -> Updates:
        """Pass over the question or decline its follow-up, unless an answer was begun."""
        return self._unless_begun(typed) or self._moved(session, owner, id, session.service.skip)

    def next(self, session: Session, owner: str, id: str) -> Updates:
        """Ask the next question, or end with the report; then `close` follows."""
        return self._moved(session, owner, id, session.service.next)

    def finish(self, session: Session, owner: str, id: str, typed: str | None) -> Updates:
        """End here, with the report, unless an answer was begun; `close` follows."""
        return self._unless_begun(typed) or self._moved(session, owner, id, session.service.finish)

    def again(self, session: Session, owner: str) -> Updates:
        """Back to the form."""
        session.take_floor()
        session.showing = ""
        return {
            self.parts.interview: "",
            self.parts.setup: gr.update(visible=True),
            self.parts.report: gr.update(visible=False),
            **self.parts.model.show(session),
            **self._offer(session, owner),
        }

    def grade_again(self, session: Session, owner: str, id: str) -> Iterator[Updates]:
        """Ask the language model once more about the answer on screen."""
        panel = self.parts.panel
        yield {panel.again: at_work()}
        try:
            before = session.service.load(owner, id)
            after, problem = grade_again(session, before, before.position)
        except InterviewerError as error:
            yield {**say(panel, str(error)), panel.again: gr.update(value=GRADE_AGAIN, interactive=True)}
            return
        if session.showing == id and after.position == before.position and not after.finished:
            shown = self._shown(session, after)
            yield {part: shown[part] for part in (panel.talk, panel.feedback, panel.again, panel.meter)}
            yield say(panel, problem)

    def grade_report_again(self, session: Session, owner: str, id: str) -> Iterator[Updates]:
        """Ask it once more about every answer of the report that it did not grade."""
        yield {self.parts.regrade: at_work()}
        try:
            interview, problem = grade_again(session, session.service.load(owner, id))
            if session.showing == id:
                yield {**self._reported(session, interview), self.parts.report_problem: notice(problem)}
        except InterviewerError as error:
            regrade = gr.update(value=GRADE_AGAIN, interactive=True)
            yield {self.parts.report_problem: notice(str(error)), self.parts.regrade: regrade}

    def _unless_begun(self, typed: str | None) -> Updates:
        """A line that says so where an answer was typed and not sent: it would be lost."""
        return say(self.parts.panel, BEGUN) if (typed or "").strip() else {}

    def _asked_for(self, session: Session, owner: str, id: str, intent: Intent) -> Updates:
        try:
            return self.talking.hear(session, session.service.load(owner, id), ASKS[intent], intent)
        except InterviewerError as error:
            return say(self.parts.panel, str(error))

    def _answered(self, session: Session, interview: Interview) -> Updates:
        session.take_floor()
        return self._shown(session, interview, busy="grading")

    def _moved(
        self, session: Session, owner: str, id: str, step: Callable[[Interview], Interview], *, busy: Busy = ""
    ) -> Updates:
        session.take_floor()
        try:
            interview = step(session.service.load(owner, id))
            if interview.finished:
                return self._reported(session, interview)
            return self._shown(session, interview, busy=busy)
        except InterviewerError as error:
            return say(self.parts.panel, str(error))

    def _chosen(self, session: Session, owner: str, choices: Callable[[], Choices]) -> Updates:
        """A new interview that was chosen on another page, whatever is on screen; that stays stored."""
        try:
            shown = self._begun(session, session.service.start(owner, choices()))
            return {**shown, self.parts.report: gr.update(visible=False)}
        except InterviewerError as error:
            return {self.parts.problem: notice(str(error))}

    def _begun(self, session: Session, interview: Interview, *, after_a_break: bool = False) -> Updates:
        session.take_floor()
        session.showing = interview.id
        busy: dict[Stage, Busy] = {Stage.ANSWERED: "grading"}
        if is_to_be_put(interview.current):
            busy[Stage.PROBED] = "asking"
        shown = self._shown(
            session, interview, busy=busy.get(interview.current.stage, ""), after_a_break=after_a_break
        )
        return shown | self._remarks(interview, after_a_break=after_a_break)

    def _remarks(self, interview: Interview, *, after_a_break: bool) -> Updates:
        """What the interviewer remarked before a break; in a new interview the greeting is about to be said."""
        panel, item = self.parts.panel, interview.current
        if not after_a_break and interview.updated_at == interview.started_at:
            return {panel.greeting: voice()}
        greeting = "" if interview.position else item.remark(0)
        thanks = item.remark(1 + len(item.exchanges)) if item.stage is Stage.GRADED else ""
        return {
            panel.greeting: voice(greeting) if greeting else "",
            **({panel.voice: voice(thanks)} if thanks else {}),
        }

    def _shown(
        self, session: Session, interview: Interview, *, busy: Busy = "", after_a_break: bool = False
    ) -> Updates:
        panel = self.parts.panel
        sources = self.sources.of(interview.current)
        seconds = _seconds(interview, after_a_break=after_a_break)
        return {
            self.parts.interview: interview.id,
            self.parts.setup: gr.update(visible=False),
            self.parts.problem: "",
            **show(panel, self.library, interview, seconds, sources, busy=busy),
            **({panel.greeting: ""} if interview.position else {}),
            panel.again: at_rest(session.service, interview, interview.position),
            panel.meter: meter(session.product, interview.current),
        }

    def _talk_shown(self, session: Session, interview: Interview, busy: Busy = "") -> Updates:
        panel = self.parts.panel
        shown = show_talk(panel, self.library, interview, _seconds(interview), busy=busy)
        return {**shown, panel.meter: meter(session.product, interview.current)}

    def _reported(self, session: Session, interview: Interview) -> Updates:
        bank = Bank.of(self.library, interview)
        return {
            self.parts.panel.whole: gr.update(visible=False),
            self.parts.report: gr.update(visible=True),
            self.parts.report_text: report_page(interview, session.service.report(interview), bank),
            self.parts.report_problem: "",
            self.parts.regrade: at_rest(session.service, interview),
        }

    def _offer(self, session: Session, owner: str) -> Updates:
        try:
            cut_off = session.service.unfinished(owner)
        except InterviewerError as error:
            return {self.parts.problem: notice(str(error))}
        if not cut_off:
            return {self.parts.offered: "", self.parts.resume: gr.update(visible=False)}
        return {
            self.parts.offered: cut_off[0].id,
            self.parts.resume: gr.update(visible=True),
            self.parts.resume_text: resume_line(cut_off[0], datetime.now(UTC)),
        }


def _seconds(interview: Interview, *, after_a_break: bool = False) -> float:
    """What the clock shows. Time spent away is nobody's thinking time: after a break it starts anew."""
    asked_at = None if after_a_break else interview.current.asked_at
    return (datetime.now(UTC) - asked_at).total_seconds() if asked_at else 0.0
