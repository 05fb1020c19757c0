"""What every ChatModel promises, whoever is behind it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from interviewer.adapters.anthropic_chat import AnthropicChat
from interviewer.adapters.openai_chat import OpenAIChat
from interviewer.adapters.scripted_chat import ScriptedChat
from interviewer.domain.chat import ChatReply, ChatRequest, JsonFormat, Message
from interviewer.errors import ModelError
from interviewer.ports import ChatModel
from tests.fake_provider import FakeProvider, says, status
from tests.llm.access import access_to

Build = Callable[[str], ChatModel]
ASK = ChatRequest(
    messages=(
        Message(role="system", content="You are an interviewer. Answer in JSON."),
        Message(role="user", content='{"answer": "Größe 10 €, 漢字"}'),
    ),
    format=JsonFormat(
        name="verdicts",
        json_schema={
            "type": "object",
            "properties": {"ok": {"type": "boolean"}},
            "required": ["ok"],
            "additionalProperties": False,
        },
    ),
)


@pytest.fixture(params=["openai", "anthropic", "scripted"])
def model_that_says(request: pytest.FixtureRequest) -> Iterator[Build]:
    """Builds a model that gives this reply twice, and then fails."""
    with ExitStack() as stack:

        def build(text: str) -> ChatModel:
            if request.param == "scripted":
                return ScriptedChat([text, text])
            server = stack.enter_context(FakeProvider())
            server.misbehave(says(text), says(text), status(500), status(500))
            access = access_to(server, request.param, retries=0)
            model = OpenAIChat(access) if request.param == "openai" else AnthropicChat(access)
            stack.callback(model.close)
            return model

        yield build


def test_a_reply_comes_back_whole_with_its_tokens(model_that_says: Build) -> None:
    reply = model_that_says('{"ok": true} – “ja”, 漢字').complete(ASK)
    assert reply.text == '{"ok": true} – “ja”, 漢字'
    assert reply.stop == "end"
    assert reply.tokens is not None
    assert reply.tokens.input > 5
    assert reply.tokens.output > 0


def test_a_stream_is_the_same_reply_in_pieces(model_that_says: Build) -> None:
    model = model_that_says("Good morning. Shall we begin with the first question?")
    *pieces, last = model.stream(ASK)
    assert len(pieces) > 1
    assert isinstance(last, ChatReply)
    assert "".join(str(piece) for piece in pieces) == last.text == model.complete(ASK).text
    assert last.tokens is not None
    assert last.tokens.output > 0


def test_an_empty_reply_is_a_reply(model_that_says: Build) -> None:
    assert model_that_says("").complete(ASK).text == ""


def test_a_failure_is_one_line_with_a_remedy(model_that_says: Build) -> None:
    model = model_that_says("hello")
    model.complete(ASK)
    list(model.stream(ASK))
    with pytest.raises(ModelError, match=r"^[^\n]+\.$"):
        model.complete(ASK)
    with pytest.raises(ModelError):
        list(model.stream(ASK))


def test_it_says_who_it_is(model_that_says: Build) -> None:
    model = model_that_says("hello")
    assert model.provider in ("openai", "anthropic", "scripted")
    assert model.model
