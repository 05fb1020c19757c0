"""The sentences the product is made of: start, answer, grade, skip, go on, finish, resume."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from interviewer.content.library import Library
from interviewer.domain.grade import Grade
from interviewer.domain.interview import Choices, Interview, Stage
from interviewer.domain.job import JobProfile
from interviewer.domain.probing import next_probe
from interviewer.domain.question import Question
from interviewer.domain.report import Report, build_report
from interviewer.domain.rubric import Probe, Rubric
from interviewer.domain.selection import select
from interviewer.errors import InvalidInput, NotFound
from interviewer.ports import Grader, GradingTask, InterviewStore

RECENT_INTERVIEWS = 5
LOCAL_OWNER = "local"
"""Owner of the interviews held in the terminal; every browser has an owner of its own."""


def utc_now() -> datetime:
    """The present moment, with its zone."""
    return datetime.now(UTC)


class InterviewService:
    """Runs interviews: every state is stored before anything else is done with it."""

    def __init__(
        self,
        library: Library,
        grader: Grader,
        store: InterviewStore,
        *,
        now: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:
        self.library = library
        self.grader = grader
        self.store = store
        self._now = now
        self._new_id = new_id

    def start(self, owner: str, choices: Choices, job: JobProfile | None = None) -> Interview:
        """A stored interview whose first question is asked; `job` weights the questions besides the chosen role.

        Raises InvalidInput if no question matches the choices, NotFound for an unknown role.
        """
        recent = {
            item.question_id
            for interview in self.store.history(owner)[:RECENT_INTERVIEWS]
            for item in interview.items
        }
        known = self.library.questions.values()
        questions = select(known, choices, recent=recent, weights=self._weights(choices, job))
        if not questions:
            raise InvalidInput("No question matches these choices. Choose more topics, kinds or levels.")
        return self._stored(
            Interview.begin(
                id=self._new_id(),
                owner=owner,
                choices=choices,
                question_ids=tuple(question.id for question in questions),
                now=self._now(),
            )
        )

    def _weights(self, choices: Choices, job: JobProfile | None) -> dict[str, float] | None:
        """Question id to how likely it is asked; None where all are equally likely."""
        known = self.library.questions.values()
        by_role = self.library.role(choices.role).weights(known) if choices.role else None
        by_job = job.weights(known) if job else None
        if by_role is None or by_job is None:
            return by_role if by_job is None else by_job
        return {question_id: weight * by_job[question_id] for question_id, weight in by_role.items()}

    def load(self, owner: str, interview_id: str) -> Interview:
        """An interview of this owner; raises NotFound for another's, as if it did not exist."""
        interview = self.store.load(interview_id)
        if interview.owner != owner:
            raise NotFound(f"There is no interview {interview_id[:40]!r}. `interviewer history` lists yours.")
        return interview

    def unfinished(self, owner: str) -> list[Interview]:
        """Interviews that were cut off, the latest first."""
        return self.store.unfinished(owner)

    def history(self, owner: str) -> list[Interview]:
        """Finished interviews, the latest first."""
        return self.store.history(owner)

    def submit(self, interview: Interview, text: str) -> Interview:
        """Store an answer, or the reply to a probe, without grading it yet."""
        return self._stored(interview.answer(text, self._now()))

    def aside(self, interview: Interview, said: str, reply: str) -> Interview:
        """Store something said beside the answer, with the interviewer's reply."""
        return self._stored(interview.aside(said, reply, self._now()))

    def grade(self, interview: Interview) -> Interview:
        """Grade what was said to the current question and, where worth it, ask a follow-up question."""
        item = interview.current
        rubric = self.library.rubric(item.question_id)
        grade = self.grade_text(item.question_id, item.transcript)
        probe = next_probe(rubric, grade, item, interview.choices.probes)
        return self._stored(interview.graded(grade, probe, self._now()))

    def worded(self, interview: Interview, words: str) -> Interview:
        """Store how the interviewer put the open follow-up question."""
        return self._stored(interview.worded(words, self._now()))

    def remarked(self, interview: Interview, said: str) -> Interview:
        """Store a greeting, a word of thanks or the last words."""
        return self._stored(interview.remarked(said))

    def grade_again(self, interview: Interview, position: int) -> Interview:
        """Grade a question once more, for instance when a language model is reachable again.

        Where it fails again, what it judged before stays. Grading takes a while; what was said meanwhile stays
        too, and the grade of what has been added to since is not used.
        """
        item = interview.items[position]
        grade = self.grade_text(item.question_id, item.transcript)
        latest = self.store.load(interview.id)
        if latest.items[position].transcript != item.transcript:
            return latest
        if grade.grader.fallback_reason and item.grade and grade.keys_by_model < item.grade.keys_by_model:
            return latest
        return self._stored(latest.regraded(position, grade, self._now()))

    def may_grade_again(self, interview: Interview, position: int) -> bool:
        """Whether another try could bring what a language model did not; what is private is never sent to one."""
        item = interview.items[position]
        if item.grade is None or item.grade.grader.fallback_reason is None:
            return False
        question = self.library.questions.get(item.question_id)
        return question is not None and not question.private

    def skip(self, interview: Interview) -> Interview:
        """Pass over the question, or decline its follow-up."""
        return self._stored(interview.skip(self._now()))

    def next(self, interview: Interview) -> Interview:
        """Ask the next question, or finish after the last."""
        return self._stored(interview.next(self._now()))

    def report(self, interview: Interview) -> Report:
        """What the interview showed so far, and what to do about it."""
        known = [item.question_id for item in interview.items if item.question_id in self.library.questions]
        return build_report(
            interview,
            self.library.questions,
            {question_id: self.library.rubric(question_id) for question_id in known},
            coaching_items=self.library.coaching,
            checklist=self.library.checklist,
            earlier=self.store.history(interview.owner),
        )

    def finish(self, interview: Interview) -> Interview:
        """End the interview here; an answer that was stored but not graded is graded first."""
        interview = interview if interview.finished else self.resume(interview)
        return self._stored(interview.finish(self._now()))

    def discard(self, interview: Interview) -> None:
        """Forget an interview."""
        self.store.delete(interview.id)

    def resume(self, interview: Interview) -> Interview:
        """Carry on where it was cut off; an answer that was stored but not graded is graded now."""
        return self.grade(interview) if interview.current.stage is Stage.ANSWERED else interview

    def grade_text(self, question_id: str, answer: str) -> Grade:
        """The grade of a text as the answer to a question of the bank."""
        return self.grader.grade(self.task(question_id, answer))

    def grade_texts(self, answers: Iterator[tuple[str, str]]) -> Iterator[Grade]:
        """Grades of many (question id, answer) pairs, in order."""
        return self.grader.grade_many(self.task(question_id, answer) for question_id, answer in answers)

    def task(self, question_id: str, answer: str) -> GradingTask:
        """What a grader needs to judge `answer`."""
        return GradingTask(self.library.question(question_id), self.library.rubric(question_id), answer)

    def question(self, interview: Interview) -> Question:
        """The question that is being worked on."""
        return self.library.question(interview.current.question_id)

    def rubric(self, question_id: str) -> Rubric:
        """What earns marks in a question."""
        return self.library.rubric(question_id)

    def probe(self, interview: Interview) -> Probe | None:
        """The follow-up question that waits for a reply."""
        return interview.current.open_probe

    def _stored(self, interview: Interview) -> Interview:
        self.store.save(interview)
        return interview
