"""Small made-up values that tests share: a question, its rubric, verdicts, an interview at every state."""

from datetime import UTC, datetime, timedelta

from interviewer.domain.grade import (
    EvidenceSpan,
    Grade,
    GraderInfo,
    KeyVerdict,
    NumberVerdict,
    TrapVerdict,
    Verdict,
)
from interviewer.domain.interview import Choices, Interview
from interviewer.domain.question import Kind, Level, Question
from interviewer.domain.rubric import Key, NumberRule, Probe, Rubric, Trap, Unit, ValueRange
from interviewer.domain.scoring import score

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
QUESTIONS = ("canary", "drift", "skew")
ANSWER = "Send it a little traffic first, about 5 percent, and watch the errors."


def minute(number: float) -> datetime:
    """A moment so many minutes after the start."""
    return START + timedelta(minutes=number)


def question(id: str = "canary", **changes: object) -> Question:
    """A question; `changes` replace its fields."""
    fields: dict[str, object] = {
        "id": id,
        "kind": Kind.CONCEPT,
        "topic": "release",
        "level": Level.MEDIUM,
        "seconds": 120,
        "prompt": f"What is {id}?",
        "reference_answer": "All of it.",
    }
    return Question.model_validate(fields | changes)


RUBRIC = Rubric(
    question="canary",
    keys=(
        Key(id="small-share", claim="A small share of the traffic goes first.", weight=3),
        Key(id="watch", claim="Its errors are watched.", weight=2),
        Key(id="roll-back", claim="It is rolled back by itself.", weight=1),
    ),
    traps=(Trap(id="half", claim="Half of the traffic goes first."),),
    numbers=(
        NumberRule(id="share", claim="1 to 10 percent.", values=(ValueRange(min=1, max=10, unit=Unit.PERCENT),)),
    ),
    probes=(
        Probe(key="roll-back", ask="And when the errors rise?"),
        Probe(key="small-share", ask="Who sees it first?"),
        Probe(key="watch", ask="How do you know that it is well?"),
    ),
)

ANY_WORDS = (EvidenceSpan(start=0, end=4, quote="Send"),)


def key(id: str, verdict: str) -> KeyVerdict:
    """A verdict (`met`, `partly`, `missed` or `unscored`) with evidence where it needs some."""
    judged = Verdict(verdict)
    return KeyVerdict(id=id, verdict=judged, confidence=0.8, evidence=ANY_WORDS if judged.earns else ())


def keys(small_share: str, watch: str, roll_back: str) -> tuple[KeyVerdict, ...]:
    """Verdicts on the three keys of RUBRIC, whose weights are 3, 2 and 1."""
    return key("small-share", small_share), key("watch", watch), key("roll-back", roll_back)


def trap(*, triggered: bool = True) -> TrapVerdict:
    """A trap fallen into."""
    return TrapVerdict(id="half", triggered=triggered, evidence=ANY_WORDS if triggered else ())


def number(*, met: bool = True) -> NumberVerdict:
    """A number given."""
    return NumberVerdict(id="share", met=met, evidence=ANY_WORDS if met else ())


def grade(*verdicts: str) -> Grade:
    """A grade by RUBRIC with these verdicts on its three keys (all missed unless told otherwise)."""
    judged = keys(*(verdicts or ("missed", "missed", "missed")))
    return Grade(
        question_id="canary",
        score=score(RUBRIC, judged, [trap()], [number()]),
        keys=judged,
        traps=(trap(),),
        numbers=(number(),),
        grader=GraderInfo(name="keyword", version="1", rubric_version="1"),
        notes=("graded by ear",),
    )


PROBE = RUBRIC.probes[0]


def new_interview(id: str = "first", owner: str = "ada", *, at: float = 0) -> Interview:
    """Its first question of three is asked."""
    return Interview.begin(id=id, owner=owner, choices=Choices(probes=2), question_ids=QUESTIONS, now=minute(at))


ASKED = new_interview()
ANSWERED = ASKED.answer(ANSWER, minute(2))
GRADED = ANSWERED.graded(grade("met", "met", "met"), None, minute(3))
PROBED = ANSWERED.graded(grade("met", "partly", "missed"), PROBE, minute(3))
REPLIED = PROBED.answer("It goes back by itself.", minute(4))
PROBED_AGAIN = REPLIED.graded(grade("met", "partly", "met"), RUBRIC.probes[2], minute(5))
DECLINED = PROBED_AGAIN.skip(minute(6))
SECOND_ASKED = DECLINED.next(minute(7))
SECOND_SKIPPED = SECOND_ASKED.skip(minute(8))
FINISHED = SECOND_SKIPPED.next(minute(9)).answer("No idea.", minute(10)).finish(minute(11))
GREETED = ASKED.remarked("Welcome.")
THANKED = GREETED.answer(ANSWER, minute(2)).remarked("Thank you.")
CLOSED = FINISHED.remarked("That was all.")
REGRADED = FINISHED.regraded(0, grade("met", "met", "met"), minute(12))

STATES = {
    "asked": ASKED,
    "answered": ANSWERED,
    "graded": GRADED,
    "probed": PROBED,
    "replied": REPLIED,
    "probed again": PROBED_AGAIN,
    "declined": DECLINED,
    "second question asked": SECOND_ASKED,
    "second question skipped": SECOND_SKIPPED,
    "finished": FINISHED,
    "graded again": REGRADED,
    "greeted": GREETED,
    "thanked": THANKED,
    "closed": CLOSED,
}
