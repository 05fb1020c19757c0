"""What a session may spend, and how many calls run at once."""

import datetime
import threading

import pytest

from interviewer.adapters.scripted_chat import ScriptedChat
from interviewer.domain.chat import ChatReply, ChatRequest, Message, Tokens
from interviewer.domain.grade import Usage
from interviewer.domain.pricing import Price, PriceTable
from interviewer.errors import ModelError
from interviewer.metering import Budget, MeteredChat

TABLE = PriceTable(
    date=datetime.date(2026, 11, 21),
    source="a test",
    models={"m": Price(input=1.0, cached=0.1, output=10.0), "m-large": Price(input=100, output=100)},
)
ASK = ChatRequest(messages=(Message(role="user", content="x" * 300),), max_output_tokens=100)
SAID = ChatReply(text="yes", model="m", tokens=Tokens(input=1000, output=200))


def metered(
    budget: Budget, *said: ChatReply | ModelError | str, at_once: int = 4, model: str = "m"
) -> MeteredChat:
    return MeteredChat(ScriptedChat(said, model=model), budget, TABLE, threading.BoundedSemaphore(at_once), 0.05)


def test_cost_is_arithmetic_on_a_dated_table() -> None:
    tokens = Tokens(input=1_000_000, cached=400_000, output=100_000)
    assert TABLE.cost("m", tokens) == pytest.approx(0.6 * 1.0 + 0.4 * 0.1 + 0.1 * 10.0)
    assert TABLE.cost("m-2026-09-22", tokens) == TABLE.cost("m", tokens)
    assert TABLE.cost("provider/m", tokens) == TABLE.cost("m", tokens)
    assert TABLE.price("m-large") == TABLE.models["m-large"]
    assert TABLE.cost("llama-on-my-desk", tokens) is None


def test_every_call_is_counted() -> None:
    budget = Budget(10_000, 1.0)
    chat = metered(budget, SAID, SAID)
    chat.complete(ASK)
    assert list(chat.stream(ASK))[-1] == SAID
    spent = budget.spent
    assert (spent.calls, spent.input_tokens, spent.output_tokens) == (2, 2000, 400)
    assert spent.usd == pytest.approx(0.006)


def test_a_failed_call_costs_nothing_and_gives_back_what_was_set_aside() -> None:
    budget = Budget(300, 1.0)
    chat = metered(budget, ModelError("down."), SAID)
    with pytest.raises(ModelError, match="down"):
        chat.complete(ASK)
    assert budget.spent == Usage()
    assert chat.complete(ASK) == SAID


@pytest.mark.parametrize(
    ("budget", "told"),
    [(Budget(1300, 1.0), "budget of 1,300 tokens"), (Budget(10_000, 0.0035), r"budget of \$0\.00 is used up")],
)
def test_a_budget_that_is_used_up_stops_before_the_call(budget: Budget, told: str) -> None:
    chat = metered(budget, SAID, SAID)
    chat.complete(ASK)
    with pytest.raises(ModelError, match=told):
        chat.complete(ASK)
    assert budget.spent.calls == 1


def test_the_budget_holds_when_fifty_ask_at_once() -> None:
    budget = Budget(12_000, 1.0)
    chat = metered(budget, *[SAID] * 50, at_once=50)
    told: list[str] = []

    def ask() -> None:
        try:
            chat.complete(ASK)
        except ModelError as error:
            told.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert budget.spent.total_tokens <= 12_000
    assert budget.spent.calls + len(told) == 50
    assert {"used up" in line for line in told} == {True}


def test_a_model_without_a_price_is_held_to_its_tokens() -> None:
    budget = Budget(1300, 0.0)
    chat = metered(budget, SAID, SAID, model="llama-on-my-desk")
    chat.complete(ASK)
    assert budget.spent.usd is None
    with pytest.raises(ModelError, match="tokens"):
        chat.complete(ASK)


def test_a_stream_that_nobody_reads_to_the_end_is_paid_for() -> None:
    budget = Budget(10_000, 1.0)
    stream = metered(budget, "a fairly long sentence to say").stream(ASK)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert budget.spent.calls == 1
    assert budget.spent.output_tokens > 0


def test_no_more_calls_at_once_than_allowed() -> None:
    chat = metered(Budget(10_000, 1.0), "one two three", SAID, at_once=1)
    stream = chat.stream(ASK)
    next(stream)
    with pytest.raises(ModelError, match="Too many people"):
        chat.complete(ASK)
    assert list(stream)
    assert chat.complete(ASK) == SAID
