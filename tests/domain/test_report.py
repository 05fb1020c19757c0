"""The end report of an interview."""

from interviewer.domain.coaching import CoachingItem, When
from interviewer.domain.grade import Grade
from interviewer.domain.interview import Interview
from interviewer.domain.readiness import Ability, Shown
from interviewer.domain.report import Report, build_report
from interviewer.domain.rubric import Rubric
from tests import examples
from tests.examples import ASKED, DECLINED, FINISHED, QUESTIONS, RUBRIC, grade, minute, question

BANK = {id: question(id, topic="drift" if id == "drift" else "release") for id in QUESTIONS}
RUBRICS = {id: RUBRIC.model_copy(update={"question": id}) for id in QUESTIONS}


def report(interview: Interview, *, rubrics: dict[str, Rubric] = RUBRICS) -> Report:
    return build_report(interview, BANK, rubrics)


def graded_throughout(*grades: Grade) -> Interview:
    interview = ASKED
    for place, found in enumerate(grades):
        interview = interview.answer("Send it.", minute(2 * place + 1)).graded(found, None, minute(2 * place + 2))
        interview = interview.next(minute(2 * place + 2))
    return interview


def test_the_score_is_the_mean_of_graded_questions() -> None:
    both = graded_throughout(grade("met", "met", "met"), grade("met", "missed", "missed"))
    assert [result.score for result in report(both).questions] == [98, 48]  # 100 and 50, a trap, a number
    assert report(both).score == 73


def test_skipped_and_unreached_questions_are_listed_apart_and_not_counted() -> None:
    found = report(FINISHED)
    assert found.skipped == ("drift",)
    assert found.not_reached == ("skew",)
    assert len(found.questions) == 1


def test_topics_come_weakest_first() -> None:
    both = graded_throughout(grade("met", "met", "met"), grade("met", "missed", "missed"))
    assert [(topic.topic, topic.score) for topic in report(both).topics] == [("drift", 48), ("release", 98)]


def test_gaps_are_what_was_missed_by_weight_with_what_to_say() -> None:
    gaps = report(graded_throughout(grade("missed", "partly", "missed"))).gaps
    assert [(gap.key, gap.weight) for gap in gaps] == [("small-share", 3), ("watch", 2), ("roll-back", 1)]
    assert gaps[0].claim == "A small share of the traffic goes first."


def test_a_missed_key_weighs_more_than_one_partly_made() -> None:
    both = graded_throughout(grade("partly", "met", "met"), grade("missed", "met", "met"))
    assert [gap.question for gap in report(both).gaps] == ["drift", "canary"]


def test_strengths_are_what_was_met_by_weight() -> None:
    strengths = report(graded_throughout(grade("met", "missed", "met"))).strengths
    assert [strength.key for strength in strengths] == ["small-share", "roll-back"]


def test_traps_come_with_the_words_that_fell_into_them() -> None:
    (trap,) = report(DECLINED).traps
    assert (trap.trap, trap.claim, trap.quotes) == ("half", "Half of the traffic goes first.", ("Send",))


def test_numbers_that_were_not_given_are_listed() -> None:
    without = grade().model_copy(update={"numbers": (examples.number(met=False),)})
    assert [missing.number for missing in report(graded_throughout(without)).numbers_missing] == ["share"]
    assert report(graded_throughout(grade())).numbers_missing == ()


def test_what_could_not_be_judged_is_said_and_lowers_nothing() -> None:
    unscored = grade("unscored", "unscored", "unscored")
    found = report(graded_throughout(unscored, grade("met", "met", "met")))
    assert found.score == 98
    assert [key.key for key in found.unscored] == ["small-share", "watch", "roll-back"]
    assert report(graded_throughout(unscored)).score is None


def test_who_graded_is_said_with_the_reasons_for_falling_back() -> None:
    info = grade().grader.model_copy(update={"fallback_reason": "no network"})
    fallen_back = grade().model_copy(update={"grader": info})
    (share,) = report(graded_throughout(grade(), fallen_back)).graders
    assert (share.name, share.questions, share.fallback_reasons) == ("keyword", 2, ("no network",))


def test_keys_and_questions_that_the_bank_no_longer_has_do_not_stop_the_report() -> None:
    fewer = RUBRIC.model_copy(update={"keys": RUBRIC.keys[1:], "traps": ()})
    found = report(graded_throughout(grade(), grade()), rubrics={"canary": fewer})
    assert {gap.key for gap in found.gaps} == {"watch", "roll-back"}
    assert len(found.questions) == 1
    assert found.score == 0


def test_an_interview_without_answers_has_a_report_too() -> None:
    found = report(ASKED)
    assert found.score is None
    assert found.not_reached == QUESTIONS


def test_earlier_interviews_count_for_readiness() -> None:
    checklist = [Ability(id="releases", ability="Can release.", proven_by=("canary",), pass_score=70)]
    earlier = graded_throughout(grade("met", "met", "met"))
    (line,) = build_report(ASKED, BANK, RUBRICS, checklist=checklist, earlier=[earlier]).readiness
    assert (line.shown, line.score) == (Shown.SHOWN, 98)


def test_advice_is_drawn_from_graded_and_skipped_questions() -> None:
    items = [
        CoachingItem(id="passed-over", says="Try.", when=When(describe="skipped", skipped=True)),
        CoachingItem(id="low", says="Say more.", when=When(describe="low", score_below=90)),
    ]
    advice = build_report(FINISHED, BANK, RUBRICS, coaching_items=items).advice
    assert [(item.id, item.questions) for item in advice] == [("passed-over", ("drift",)), ("low", ("canary",))]
