"""`auto`: the local grader first, and a model only where it is unsure."""

import json

from interviewer.adapters.scripted_chat import ScriptedChat
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.domain.grade import Verdict
from interviewer.errors import ModelError
from interviewer.grading.auto import AutoGrader
from interviewer.grading.judge import Judge
from tests.llm.samples import KEPT, PRICES, entry, met, task, verdicts

SURE = "We name minutes and champion-kept here."
UNSURE = f"We name minutes here and champion-kept? {KEPT} Then rehearsed! too."


def auto(model: ScriptedChat) -> AutoGrader:
    return AutoGrader(Judge(model, PRICES), ScriptedGrader())


def test_a_sure_local_grade_costs_no_call() -> None:
    model = ScriptedChat([])
    grade = auto(model).grade(task(SURE))
    assert model.requests == []
    assert met(grade) == {"minutes", "champion-kept"}
    assert grade.notes == ("The local grader was sure of every claim, so the language model was not asked.",)
    assert grade.usage is not None
    assert grade.usage.calls == 0


def test_only_the_unsure_keys_are_asked_about() -> None:
    verdicts_of_two = {"keys": [entry("champion-kept", "met", KEPT), entry("rehearsed", "missed")]}
    model = ScriptedChat([json.dumps(verdicts_of_two)])
    grade = auto(model).grade(task(UNSURE))
    document = json.loads(model.requests[0].messages[1].content)
    about = {claim["id"] for claim in document["claims"]}
    assert {"champion-kept", "rehearsed"} < about
    assert len(about) == 3, "one more is a decoy"
    assert "misconceptions" not in document
    assert verdicts(grade)["champion-kept"] is Verdict.MET
    assert verdicts(grade)["rehearsed"] is Verdict.MISSED
    assert {key.id: key.decided_by for key in grade.keys if key.decided_by} == {
        "champion-kept": "llm",
        "rehearsed": "llm",
    }
    assert grade.notes == ("The language model judged 2 of 7 claims; the local grader was sure of the others.",)


def test_without_the_model_the_local_verdicts_stand_and_it_is_said() -> None:
    grade = auto(ScriptedChat([ModelError("The model server is overloaded (529).")])).grade(task(UNSURE))
    assert verdicts(grade)["champion-kept"] is Verdict.PARTLY
    assert verdicts(grade)["rehearsed"] is Verdict.UNSCORED
    assert grade.grader.name == "auto"
    assert grade.grader.fallback_reason == "The model server is overloaded (529)"
    assert "could not grade this" in grade.notes[0]
