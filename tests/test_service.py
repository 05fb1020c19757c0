"""An interview as an entry point holds it: through the service, with a grader that gives what the answer names."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import pytest

from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.content.library import Library
from interviewer.domain.grade import Grade, Verdict
from interviewer.domain.interview import Choices, Interview, Stage
from interviewer.errors import InvalidInput, InvalidMove, ModelError, NotFound, StorageError
from interviewer.ports import Grader, GradingTask
from interviewer.service import InterviewService
from tests.examples import minute

LIBRARY = Library()
TWO_QUESTIONS = Choices(questions=2, probes=1)


class Clock:
    """Every look at it is a minute later."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> datetime:
        self.looks += 1
        return minute(self.looks)


class BrokenGrader:
    """Cannot grade, but notes what it was asked to."""

    name = "llm"

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.stored_when_asked: list[Interview] = []

    def grade(self, task: GradingTask) -> Grade:
        self.stored_when_asked = self.store.unfinished("ada")
        raise ModelError("The language model cannot be reached. Try again.")

    def grade_many(self, tasks: Iterable[GradingTask]) -> Iterator[Grade]:
        return map(self.grade, tasks)


class FullStore(MemoryStore):
    """Takes one state, and then no more."""

    def save(self, interview: Interview) -> None:
        if self.unfinished(interview.owner):
            raise StorageError("The disk is full. Make room and try again.")
        super().save(interview)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def service(store: MemoryStore) -> InterviewService:
    return service_of(store)


def service_of(store: MemoryStore, grader: Grader | None = None) -> InterviewService:
    return InterviewService(LIBRARY, grader or ScriptedGrader(), store, now=Clock())


def test_a_new_interview_is_stored_with_its_first_question_asked(service: InterviewService) -> None:
    interview = service.start("ada", TWO_QUESTIONS)
    assert interview.current.stage is Stage.ASKED
    assert service.question(interview).id == interview.items[0].question_id
    assert service.unfinished("ada") == [interview]


def test_choices_that_no_question_matches_are_told_and_leave_nothing(service: InterviewService) -> None:
    with pytest.raises(InvalidInput, match="Choose more topics"):
        service.start("ada", Choices(topics=("gardening",)))
    assert service.unfinished("ada") == []


def test_questions_of_the_last_interviews_are_not_asked_again_at_once(service: InterviewService) -> None:
    asked: set[str] = set()
    for _ in range(3):
        interview = service.start("ada", Choices(questions=5))
        questions = {item.question_id for item in interview.items}
        assert not questions & asked
        asked |= questions
        service.finish(interview)


def test_an_answer_is_stored_before_it_is_graded(store: MemoryStore) -> None:
    grader = BrokenGrader(store)
    service = service_of(store, grader)
    submitted = service.submit(service.start("ada", TWO_QUESTIONS), "What I know.")
    with pytest.raises(ModelError):
        service.grade(submitted)
    assert grader.stored_when_asked == [submitted]


def test_a_grader_that_fails_loses_nothing(store: MemoryStore) -> None:
    service = service_of(store, BrokenGrader(store))
    submitted = service.submit(service.start("ada", TWO_QUESTIONS), "What I know.")
    with pytest.raises(ModelError):
        service.grade(submitted)

    repaired = service_of(store)
    (cut_off,) = repaired.unfinished("ada")
    resumed = repaired.resume(cut_off)
    assert resumed.current.answer == "What I know."
    assert resumed.current.grade is not None
    assert store.load(resumed.id) == resumed


def test_an_answer_that_waits_for_its_grade_gets_it_when_the_interview_is_ended(
    service: InterviewService,
) -> None:
    submitted = service.submit(service.start("ada", TWO_QUESTIONS), "What I know.")
    assert service.finish(submitted).current.grade is not None


def test_a_store_that_fails_leaves_the_interview_where_it_was() -> None:
    service = service_of(FullStore())
    interview = service.start("ada", TWO_QUESTIONS)
    with pytest.raises(StorageError, match="disk is full"):
        service.submit(interview, "What I know.")
    assert service.load("ada", interview.id) == interview


@pytest.mark.parametrize("text", ["", " \n", "x" * 200_000])
def test_an_answer_that_cannot_be_taken_leaves_the_question_open(service: InterviewService, text: str) -> None:
    interview = service.start("ada", TWO_QUESTIONS)
    with pytest.raises(InvalidInput):
        service.submit(interview, text)
    assert service.load("ada", interview.id) == interview


def test_what_was_named_earns_and_the_heaviest_missed_key_is_probed(service: InterviewService) -> None:
    interview = service.start("ada", TWO_QUESTIONS)
    rubric = service.rubric(interview.current.question_id)
    probed = sorted({probe.key for probe in rubric.probes}, key=lambda id: -rubric.key(id).weight)
    named = next(key.id for key in rubric.keys if key.id != probed[0])

    graded = service.grade(service.submit(interview, f"There is {named}."))
    probe = service.probe(graded)
    assert probe is not None
    assert rubric.key(probe.key).weight == rubric.key(probed[0]).weight

    replied = service.grade(service.submit(graded, f"Yes, {probe.key}."))
    assert replied.current.stage is Stage.GRADED
    assert service.probe(replied) is None
    grade = replied.current.grade
    assert grade is not None
    assert {key.id for key in grade.keys if key.verdict is Verdict.MET} == {named, probe.key}
    for key in grade.keys:
        for span in key.evidence:
            assert replied.current.transcript[span.start : span.end] == span.quote


def test_no_follow_up_question_is_asked_where_none_is_wanted(service: InterviewService) -> None:
    interview = service.start("ada", Choices(questions=1, probes=0))
    assert service.grade(service.submit(interview, "I do not know.")).current.stage is Stage.GRADED


def test_resuming_grades_a_stored_reply_that_was_not_graded(service: InterviewService) -> None:
    probed = service.grade(service.submit(service.start("ada", TWO_QUESTIONS), "I do not know."))
    service.submit(probed, "Still not.")
    (cut_off,) = service.unfinished("ada")
    resumed = service.resume(cut_off)
    assert resumed.current.stage is Stage.GRADED
    assert resumed.current.transcript == "I do not know.\n\nStill not."


def test_resuming_puts_the_same_question_again_with_nothing_changed(service: InterviewService) -> None:
    asked = service.start("ada", TWO_QUESTIONS)
    assert service.resume(service.load("ada", asked.id)) == asked
    probed = service.grade(service.submit(asked, "I do not know."))
    assert service.resume(service.load("ada", asked.id)) == probed


def test_the_interview_of_another_is_not_found_as_if_it_did_not_exist(service: InterviewService) -> None:
    interview = service.start("ada", TWO_QUESTIONS)
    with pytest.raises(NotFound) as of_another:
        service.load("bob", interview.id)
    service.discard(interview)
    with pytest.raises(NotFound) as gone:
        service.load("ada", interview.id)
    assert str(of_another.value) == str(gone.value)
    assert service.unfinished("bob") == service.history("bob") == []


def test_an_interview_goes_from_question_to_question_to_its_end(service: InterviewService) -> None:
    first = service.skip(service.start("ada", TWO_QUESTIONS))
    second = service.next(first)
    assert second.current.question_id != first.current.question_id
    over = service.next(service.skip(second))
    assert over.finished
    assert service.history("ada") == [over]
    assert service.unfinished("ada") == []
    with pytest.raises(InvalidMove, match="finished"):
        service.next(over)


def test_an_interview_can_be_ended_early(service: InterviewService) -> None:
    over = service.finish(service.start("ada", TWO_QUESTIONS))
    assert service.history("ada") == [over]


def test_a_finished_question_can_be_graded_again(service: InterviewService, store: MemoryStore) -> None:
    interview = service.start("ada", Choices(questions=1, probes=0))
    key = service.rubric(interview.current.question_id).keys[0].id
    over = service.finish(service.grade(service.submit(interview, f"{key}?")))
    again = service.grade_again(over, 0)
    assert again.current.grade == over.current.grade
    assert store.load(over.id) == again


class FadingGrader(ScriptedGrader):
    """A model that judges fewer and fewer keys, and says so."""

    by_model = 2

    def grade(self, task: GradingTask) -> Grade:
        grade = super().grade(task)
        keys = [key.model_copy(update={"decided_by": "llm"}) for key in grade.keys[: self.by_model]]
        self.by_model -= 1
        info = grade.grader.model_copy(update={"fallback_reason": "the model is tired"})
        return grade.model_copy(update={"keys": (*keys, *grade.keys[len(keys) :]), "grader": info})


def test_a_worse_second_try_does_not_replace_what_a_model_judged(store: MemoryStore) -> None:
    service = service_of(store, FadingGrader())
    interview = service.start("ada", Choices(questions=1, probes=0))
    over = service.finish(service.grade(service.submit(interview, "words")))
    assert service.may_grade_again(over, 0)
    assert service.grade_again(over, 0) == over == store.load(over.id)


def test_what_is_said_while_an_answer_is_graded_again_stays(store: MemoryStore) -> None:
    service = service_of(store, ScriptedGrader())
    graded = service.grade(service.submit(service.start("ada", TWO_QUESTIONS), "words"))
    closed = service.skip(graded) if graded.current.open_probe else graded
    went_on = service.submit(service.next(closed), "The second answer.")
    again = service.grade_again(closed, 0)
    assert again.current.answer == "The second answer."
    assert again.items == went_on.items


def test_only_what_a_model_left_open_may_be_graded_again(service: InterviewService) -> None:
    asked = service.start("ada", Choices(questions=1, probes=0))
    assert not service.may_grade_again(asked, 0)
    assert not service.may_grade_again(service.grade(service.submit(asked, "words")), 0)


def test_two_windows_cannot_answer_the_same_question(service: InterviewService) -> None:
    interview = service.start("ada", TWO_QUESTIONS)
    here = service.submit(interview, "Said here.")
    with pytest.raises(InvalidMove, match="another window"):
        service.submit(interview, "Said there.")
    assert service.load("ada", interview.id) == here


def test_many_texts_are_graded_in_order(service: InterviewService) -> None:
    question_id = next(iter(LIBRARY.questions))
    first, second = (key.id for key in LIBRARY.rubric(question_id).keys[:2])
    grades = service.grade_texts(iter([(question_id, first), (question_id, second), (question_id, "nothing")]))
    met = [[key.id for key in grade.keys if key.verdict is Verdict.MET] for grade in grades]
    assert met == [[first], [second], []]


def test_an_unknown_question_is_named_with_the_closest_ones(service: InterviewService) -> None:
    with pytest.raises(NotFound, match=r"Did you mean .*feature-store-purpose"):
        service.grade_text("feature-store-purposes", "x")
