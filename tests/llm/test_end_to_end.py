"""From environment variables to a graded answer, over real HTTP, with the real SDKs, for both providers."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from interviewer.adapters.hashing_embedder import HashingEmbedder
from interviewer.adapters.memory_store import MemoryStore
from interviewer.adapters.scripted_grader import ScriptedGrader
from interviewer.bootstrap import Product, build
from interviewer.cli.app import app
from interviewer.domain.chat import Provider
from interviewer.domain.grade import Grade
from interviewer.settings import OwnModel, Settings, read_settings
from tests.fake_provider import FakeProvider, Fault, status
from tests.llm.access import KEY
from tests.llm.faults import FAULTS, PARTIAL, SLOW, UNTIDY
from tests.llm.samples import ANSWER, QUESTION, met


def graded(product: Product, answer: str = ANSWER) -> Grade:
    return product.service.grade_text(QUESTION, answer)


def product(settings: Settings | None = None) -> Product:
    return build(settings, store=MemoryStore(), local=ScriptedGrader(), embedder=HashingEmbedder())


def terminal(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, obj=product)


def test_the_terminal_grades_with_nothing_but_environment_variables(server: FakeProvider) -> None:
    shown = terminal("grade", QUESTION, ANSWER, "--json")
    assert shown.exit_code == 0
    grade = json.loads(shown.stdout)
    assert {key["id"] for key in grade["keys"] if key["verdict"] == "met"} == {"champion-kept", "switch-pointer"}
    assert grade["grader"]["fallback_reason"] is None
    assert grade["grader"]["name"] == "llm"
    assert KEY not in shown.output


def test_the_model_is_shown_what_the_study_material_says(server: FakeProvider) -> None:
    made = product()
    graded(made)
    cited = made.passages.citations(QUESTION, "champion-kept")[0].text
    assert json.dumps(cited, ensure_ascii=False)[1:-1] in server.requests[-1].text


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_every_fault_ends_in_a_graded_and_honestly_labelled_answer(
    server: FakeProvider, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault in SLOW:
        monkeypatch.setenv("INTERVIEWER_LLM_TIMEOUT", "0.2")
    server.misbehave(fault)
    grade = graded(product())
    assert grade.score is not None, "the local grader has judged"
    assert {key.decided_by for key in grade.keys} == {""}, "no verdict of the model's was believed"
    assert grade.grader.fallback_reason
    assert any("The local grader" in note for note in grade.notes)
    assert KEY not in grade.model_dump_json()


@pytest.mark.parametrize("untidy", UNTIDY.values(), ids=UNTIDY.keys())
def test_an_untidy_reply_that_says_all_is_believed(server: FakeProvider, untidy: Fault) -> None:
    server.misbehave(untidy)
    grade = graded(product())
    assert met(grade) == {"champion-kept", "switch-pointer"}
    assert {key.decided_by for key in grade.keys} == {"llm"}
    assert grade.grader.fallback_reason is None


@pytest.mark.parametrize("partial", PARTIAL.values(), ids=PARTIAL.keys())
def test_what_is_missing_or_made_up_in_a_reply_is_judged_locally_and_said(
    server: FakeProvider, partial: Fault
) -> None:
    server.misbehave(partial)
    grade = graded(product())
    assert met(grade) == {"champion-kept", "switch-pointer"}
    assert {key.decided_by for key in grade.keys} == {"llm", ""}
    assert grade.grader.fallback_reason
    assert any("The local grader judged" in note for note in grade.notes)


def test_grading_again_later_replaces_the_stand_in(server: FakeProvider) -> None:
    made = product()
    server.misbehave(status(503))
    assert graded(made).grader.fallback_reason
    assert graded(made).grader.fallback_reason is None


def test_no_key_at_all_is_said_and_not_silently_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_GRADER", "llm")
    grade = graded(product())
    assert grade.score is not None
    assert "Set OPENAI_API_KEY or ANTHROPIC_API_KEY" in (grade.grader.fallback_reason or "")


def test_a_session_uses_its_own_key_and_leaves_the_others_alone(
    server: FakeProvider, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{provider.upper()}_API_KEY", "sk-wrong-key-000000")
    made = product()
    own = made.for_session(OwnModel(provider=provider, api_key=SecretStr(KEY), model="my-model"))
    assert met(graded(own)) == {"champion-kept", "switch-pointer"}
    assert server.last.body["model"] == "my-model"
    assert "refused the key" in (graded(made, f"{ANSWER} Once more.").grader.fallback_reason or "")
    assert own.service.store is made.service.store


def test_every_session_has_its_own_budget(server: FakeProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_BUDGET_TOKENS", "4500")
    made = product()
    one, other = made.for_session(), made.for_session()
    assert graded(one).grader.fallback_reason is None
    second = graded(one, f"{ANSWER} And again.")
    assert "budget of 4,500 tokens is used up" in (second.grader.fallback_reason or "")
    assert graded(other, f"{ANSWER} Somebody else.").grader.fallback_reason is None
    assert one.budget.spent.calls == other.budget.spent.calls == 1
    chosen_anew = one.for_session(OwnModel(grader="auto"), one.budget)
    assert chosen_anew.budget is one.budget


def test_usage_and_cost_are_what_the_provider_counted(server: FakeProvider) -> None:
    grade = graded(product())
    assert grade.usage is not None
    assert grade.usage.calls == 1
    assert grade.usage.input_tokens > 1000
    price = 0.10 * grade.usage.input_tokens + 0.50 * grade.usage.output_tokens
    assert grade.usage.usd == pytest.approx(price / 1e6)  # the default models of both providers cost the same


@pytest.mark.parametrize(
    ("variable", "value"),
    [("INTERVIEWER_LLM_RETRIES", "-1"), ("INTERVIEWER_PROVIDER", "acme"), ("INTERVIEWER_JUDGE_RUNS", "x")],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    shown = terminal("grade", QUESTION, ANSWER)
    assert shown.exit_code == 1
    assert variable in shown.output


def test_a_price_table_of_ones_own_is_used_and_a_wrong_one_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "prices.yaml"
    own.write_text("date: 2027-01-01\nsource: my contract\nmodels: {llama: {input: 1, output: 2}}\n")
    monkeypatch.setenv("INTERVIEWER_PRICES", str(own))
    assert build(store=MemoryStore()).models.prices.models.keys() == {"llama"}
    own.write_text("date: tomorrow\n")
    monkeypatch.setenv("INTERVIEWER_GRADER", "llm")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    shown = terminal("grade", QUESTION, ANSWER)
    assert shown.exit_code == 1
    assert "prices.yaml:1: date" in shown.output


def test_settings_never_show_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    settings = read_settings()
    own: Any = OwnModel(api_key=SecretStr(KEY))
    assert KEY not in repr(settings) + str(settings) + settings.model_dump_json() + repr(own) + str(own)
