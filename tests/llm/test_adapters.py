"""The adapters against a server that misbehaves in every way that providers are known to."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from interviewer.adapters.anthropic_chat import AnthropicChat
from interviewer.adapters.openai_chat import OpenAIChat
from interviewer.domain.chat import ChatReply, ChatRequest, JsonFormat, Message, Provider
from interviewer.errors import ModelError
from tests.fake_provider import (
    FakeProvider,
    Fault,
    broken_envelope,
    compressed,
    cut_off,
    drips,
    drips_head,
    empty,
    error_in_stream,
    filtered,
    huge,
    in_another_form,
    not_json,
    redirects,
    refuses,
    resets_in_stream,
    says,
    sends,
    status,
    stays_silent,
    talks_without_end,
)
from tests.llm.access import KEY, access_to
from tests.llm.self_signed import self_signed_server

PROVIDERS: tuple[Provider, ...] = ("openai", "anthropic")
ASK = ChatRequest(messages=(Message(role="user", content="Answer in JSON."),))
ASK_FOR_JSON = ASK.model_copy(update={"format": JsonFormat(name="x", json_schema={"type": "object"})})
Chat = OpenAIChat | AnthropicChat
Connect = Callable[..., Chat]


@pytest.fixture(params=PROVIDERS)
def provider(request: pytest.FixtureRequest) -> Provider:
    name: Provider = request.param
    return name


@pytest.fixture
def server() -> Iterator[FakeProvider]:
    with FakeProvider("Good morning. Tell me about feature stores.") as server:
        yield server


@pytest.fixture
def connect(provider: Provider) -> Iterator[Connect]:
    with ExitStack() as stack:

        def make(server: FakeProvider, **changes: Any) -> Chat:
            access = access_to(server, provider, **{"retries": 0, **changes})
            chat = OpenAIChat(access) if provider == "openai" else AnthropicChat(access)
            stack.callback(chat.close)
            return chat

        yield make


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (status(401, f"Incorrect API key provided: {KEY}"), "refused the key"),
        (status(402), "paid"),
        (status(403), "does not allow this key"),
        (status(404), "does not know"),
        (status(413), "too long"),
        (status(429), "too many requests"),
        (status(429, "You exceeded your current quota"), "quota is used up"),
        (status(500), "internal error"),
        (status(503), "unavailable"),
        (status(529), "overloaded"),
        (status(400, "context of 8192 tokens exceeded"), "context of 8192 tokens exceeded"),
        (broken_envelope, "cannot be read"),
        (not_json, "something that is not a"),
        (status(418, "<html>teapot</html>"), "no reason given"),
        (status(418, '{"detail": "teapot"}'), "no reason given"),
        (sends(b'{"choices": [], "content": [], "usage": ' + b"9" * 5000 + b"}"), "cannot be read"),
        (sends(b"["), "cannot be read"),
        (sends(b'{"choices": ["x"], "content": 5}'), "something that is not a"),
        (huge(), "far too large"),
        (compressed, "compressed"),
        (redirects("http://127.0.0.1:1/elsewhere"), "has moved"),
    ],
)
def test_a_fault_is_told_in_plain_words(connect: Connect, server: FakeProvider, fault: Fault, told: str) -> None:
    server.misbehave(fault)
    with pytest.raises(ModelError, match=told) as error:
        connect(server).complete(ASK)
    assert "\n" not in str(error.value)
    assert KEY not in str(error.value)
    assert len(server.requests) == 1


@pytest.mark.parametrize("fault", [stays_silent, drips, drips_head])
def test_an_answer_that_takes_too_long_is_given_up_and_not_asked_for_again(
    connect: Connect, server: FakeProvider, fault: Fault
) -> None:
    server.misbehave(fault, fault)
    chat = connect(server, timeout=0.2, retries=2)
    with pytest.raises(ModelError, match=r"did not answer within 0\.2 s"):
        chat.complete(ASK)
    with pytest.raises(ModelError, match=r"did not answer within 0\.2 s"):
        list(chat.stream(ASK))
    assert len(server.requests) == 2


def test_a_stream_that_goes_on_and_on_is_given_up(connect: Connect, server: FakeProvider) -> None:
    server.misbehave(talks_without_end)
    said: list[Any] = []
    with pytest.raises(ModelError, match=r"did not answer within 0\.5 s"):
        said.extend(connect(server, timeout=0.5).stream(ASK))
    assert "".join(said).startswith("and so on")


def test_further_attempts_have_no_time_of_their_own(connect: Connect, server: FakeProvider) -> None:
    server.misbehave(*[status(500, retry_after_ms="150")] * 6)
    with pytest.raises(ModelError, match=r"did not answer within 0\.4 s"):
        connect(server, timeout=0.4, retries=5).complete(ASK)
    assert len(server.requests) <= 3


@pytest.mark.parametrize("fault", [huge(), compressed])
def test_an_answer_out_of_all_bounds_is_not_asked_for_again(
    connect: Connect, server: FakeProvider, fault: Fault
) -> None:
    server.misbehave(fault)
    with pytest.raises(ModelError):
        connect(server, retries=2).complete(ASK)
    assert len(server.requests) == 1


def test_half_a_character_in_a_reply_can_be_stored_and_shown(connect: Connect, server: FakeProvider) -> None:
    text = json.dumps({"type": "text", "text": "a\ud800b"})
    server.misbehave(
        sends(f'{{"choices": [{{"message": {{"content": "a\\ud800b"}}}}], "content": [{text}]}}'.encode())
    )
    assert connect(server).complete(ASK).text == "a?b"


@pytest.mark.parametrize("event", [b'{"choices": ["x"]}', b'{"type": "content_block_delta"}', b"9" * 5000, b"{"])
def test_a_stream_of_nonsense_ends_in_a_plain_error(connect: Connect, server: FakeProvider, event: bytes) -> None:
    server.misbehave(sends(b"event: content_block_delta\ndata: " + event + b"\n\n", "text/event-stream"))
    with pytest.raises(ModelError):
        list(connect(server).stream(ASK))


def test_a_server_that_is_not_there_is_named(connect: Connect, server: FakeProvider) -> None:
    with pytest.raises(ModelError, match=r"could not be reached at 127\.0\.0\.1"):
        connect(server, base_url="http://user:pass@127.0.0.1:9/v1").complete(ASK)


@pytest.mark.parametrize("fault", [resets_in_stream, error_in_stream])
def test_a_stream_that_breaks_off_says_so_after_what_was_said(
    connect: Connect, server: FakeProvider, fault: Fault
) -> None:
    server.misbehave(fault)
    said: list[Any] = []
    with pytest.raises(ModelError, match="broke off"):
        said.extend(connect(server).stream(ASK))
    said = []
    server.misbehave(fault)
    with pytest.raises(ModelError):
        for piece in connect(server).stream(ASK):
            said.append(piece)
    assert "".join(said).startswith("Good morning")


def test_a_reset_in_the_middle_of_a_document_is_told(connect: Connect, server: FakeProvider) -> None:
    server.misbehave(resets_in_stream)
    with pytest.raises(ModelError, match="broke off"):
        connect(server).complete(ASK)


@pytest.mark.parametrize(
    ("fault", "stop"),
    [(refuses(), "refusal"), (cut_off("half a"), "length"), (empty(), "end"), (says("{"), "end")],
)
def test_what_the_model_did_is_returned_and_not_raised(
    connect: Connect, server: FakeProvider, fault: Fault, stop: str
) -> None:
    server.misbehave(fault)
    assert connect(server).complete(ASK).stop == stop


def test_a_content_filter_shows(connect: Connect, server: FakeProvider) -> None:
    server.misbehave(filtered())
    assert connect(server).complete(ASK).stop in ("filter", "refusal")


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {},
        {"prompt_tokens": None, "completion_tokens": "12", "input_tokens": "x"},
        {"prompt_tokens": 10**400, "input_tokens": 10**400},
        {"prompt_tokens": -5, "input_tokens": -5},
        {"prompt_tokens": 0, "completion_tokens": 0, "input_tokens": 0, "output_tokens": 0},
        {"prompt_tokens": float("nan"), "input_tokens": float("inf")},
    ],
)
def test_tokens_that_were_not_counted_are_not_invented(
    connect: Connect, server: FakeProvider, usage: dict[str, Any] | None
) -> None:
    said = {"content": "hello"}, [{"type": "text", "text": "hello"}]
    server.misbehave(in_another_form(*said, usage=usage), in_another_form(*said))
    assert connect(server).complete(ASK).tokens is None
    assert connect(server).complete(ASK).tokens is None


def test_a_server_that_cannot_stream_says_it_in_one_piece_and_is_not_asked_to_again(connect: Connect) -> None:
    with FakeProvider("Hello there.", lacks=("stream",)) as server:
        chat = connect(server)
        for _ in range(2):
            piece, reply = chat.stream(ASK)
            assert isinstance(reply, ChatReply)
            assert piece == reply.text == "Hello there."
            assert reply.tokens is not None
        assert [bool(request.body.get("stream")) for request in server.requests][-2:] == [False, False]
        assert len(server.requests) <= 4


def test_a_document_in_place_of_a_stream_is_read_all_the_same(connect: Connect, server: FakeProvider) -> None:
    parts = [{"type": "text", "text": "Good "}, {"type": "text", "text": "morning."}]
    server.misbehave(in_another_form({"content": parts}, parts))
    piece, reply = connect(server).stream(ASK)
    assert isinstance(reply, ChatReply)
    assert piece == reply.text == "Good morning."


def test_what_a_tool_was_to_be_called_with_is_read_where_nothing_was_said(
    connect: Connect, server: FakeProvider
) -> None:
    called = {"type": "function", "function": {"name": "f", "arguments": '{"a": 1}'}}
    block = {"type": "tool_use", "id": "t", "name": "f", "input": {"a": 1}}
    silent = in_another_form({"content": None, "tool_calls": [called]}, [block])
    text = [{"type": "text", "text": "Said."}]
    server.misbehave(silent, in_another_form({"content": "Said.", "tool_calls": [called]}, [*text, block]))
    chat = connect(server)
    assert chat.complete(ASK).text == '{"a": 1}'
    assert chat.complete(ASK).text == "Said."


def test_it_tries_again_after_as_long_as_the_server_asks(
    connect: Connect, server: FakeProvider, caplog: pytest.LogCaptureFixture
) -> None:
    server.misbehave(status(429, retry_after_ms="50"), status(529, retry_after="0.06"))
    with caplog.at_level(logging.INFO):
        assert connect(server, retries=2).complete(ASK).text.startswith("Good morning")
    waits = [m for m in caplog.messages if m.startswith("Retrying")]
    assert ["0.05" in waits[0], "0.06" in waits[1]] == [True, True]
    assert len(server.requests) == 3


def test_it_tries_again_without_being_told_when(connect: Connect, server: FakeProvider) -> None:
    server.misbehave(status(429))
    assert connect(server, retries=1).complete(ASK).text
    assert len(server.requests) == 2


@pytest.mark.parametrize("asked", ["3600", "1e999", "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_nobody_waits_for_an_hour(connect: Connect, server: FakeProvider, asked: str) -> None:
    server.misbehave(status(429, retry_after=asked))
    with pytest.raises(ModelError, match="too many requests"):
        connect(server, retries=2).complete(ASK)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "asked",
    ["-5", "nan", "soon", "", "Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 99999999999 07:28:00 GMT"],
)
def test_a_wait_that_makes_no_sense_is_an_ordinary_pause(
    connect: Connect, server: FakeProvider, asked: str
) -> None:
    server.misbehave(status(503, retry_after=asked))
    assert connect(server, retries=1).complete(ASK).text
    assert len(server.requests) == 2


@pytest.mark.parametrize("url", ["{url}/", " {url}\n", "{url}//"])
def test_an_address_may_be_written_loosely(
    connect: Connect, provider: Provider, server: FakeProvider, url: str
) -> None:
    loose = url.format(url=server.base_url(provider))
    assert connect(server, base_url=loose).complete(ASK).text


@pytest.mark.parametrize(
    "url", ["127.0.0.1:11434/v1", "localhost", "ftp://127.0.0.1", "http:///v1", "http://[::1/v1", "http://h:99999"]
)
def test_an_address_that_is_none_is_told_before_anything_is_sent(
    connect: Connect, server: FakeProvider, url: str
) -> None:
    with pytest.raises(ModelError, match="_BASE_URL is not a web address"):
        connect(server, base_url=url).complete(ASK)


def test_a_server_that_is_not_at_the_address_is_told_with_what_addresses_look_like(
    connect: Connect, server: FakeProvider
) -> None:
    server.misbehave(status(404, "404 page not found"))
    with pytest.raises(ModelError, match=r"INTERVIEWER_MODEL .*_BASE_URL.*end in /v1"):
        connect(server).complete(ASK)


def test_with_keys_of_both_providers_a_model_of_the_other_one_is_told(
    connect: Connect, server: FakeProvider, provider: Provider
) -> None:
    server.misbehave(status(404))
    model = {"openai": "claude-haiku-5-5", "anthropic": "gpt-6-luna"}[provider]
    with pytest.raises(ModelError, match="INTERVIEWER_PROVIDER"):
        connect(server, model=model).complete(ASK)


def test_a_password_in_the_address_is_sent_and_never_logged(
    connect: Connect, provider: Provider, server: FakeProvider, caplog: pytest.LogCaptureFixture
) -> None:
    url = server.base_url(provider).replace("http://", "http://someone:hunter%402@")
    with caplog.at_level(logging.DEBUG):
        connect(server, base_url=url).complete(ASK)
    assert server.last.headers["authorization"] == "Basic c29tZW9uZTpodW50ZXJAMg=="
    assert "hunter" not in caplog.text


@pytest.mark.parametrize("key", ["sk-schlüssel", "sk-one\nsk-two", "sk-\0", " "])
def test_a_key_that_is_none_is_told_and_neither_sent_nor_shown(
    connect: Connect, server: FakeProvider, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(ModelError, match="characters that no key has") as error:
        connect(server, api_key=SecretStr(key)).complete(ASK)
    assert "sk-" not in caplog.text + str(error.value)
    assert server.requests == []


def test_a_key_copied_with_a_line_end_works(connect: Connect, server: FakeProvider) -> None:
    connect(server, api_key=SecretStr(f" {KEY}\n")).complete(ASK)
    assert KEY in str(server.last.headers)


def test_no_proxy_stands_between_us_and_this_computer(
    connect: Connect, server: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    assert connect(server).complete(ASK).text


def test_a_server_that_cannot_prove_who_it_is_gets_no_key(
    connect: Connect, server: FakeProvider, tmp_path: Path
) -> None:
    with (
        self_signed_server(tmp_path) as url,
        pytest.raises(ModelError, match="certificate that cannot be trusted"),
    ):
        connect(server, base_url=url).complete(ASK)


def test_a_redirect_does_not_carry_the_key_away(connect: Connect, server: FakeProvider) -> None:
    with FakeProvider() as elsewhere:
        server.misbehave(redirects(f"{elsewhere.url}/v1/messages"))
        with pytest.raises(ModelError):
            connect(server).complete(ASK)
        assert elsewhere.requests == []


def test_what_a_server_lacks_is_left_out_and_remembered(connect: Connect, provider: Provider) -> None:
    lacks = ["temperature", "json_schema", "effort"]
    if provider == "openai":
        lacks += ["json_object", "max_tokens"]
    with FakeProvider("{}", lacks=tuple(lacks)) as server:
        chat = connect(server, effort="low")
        assert chat.complete(ASK_FOR_JSON).text == "{}"
        first = len(server.requests)
        assert chat.complete(ASK_FOR_JSON).text == "{}"
        assert len(server.requests) == first + 1
        assert not {"temperature", "response_format", "output_config"} & server.last.body.keys()


def test_what_did_not_help_is_not_left_out_of_the_next_request(
    connect: Connect, server: FakeProvider, provider: Provider
) -> None:
    too_long = status(400, "max_tokens: 9000 and the messages, temperature and schema are over the context")
    chat = connect(server)
    server.misbehave(*[too_long] * 6)
    with pytest.raises(ModelError, match="over the context"):
        chat.complete(ASK_FOR_JSON)
    server.misbehave()
    while server.next_fault():
        pass
    chat.complete(ASK_FOR_JSON)
    assert server.last.body["temperature"] == 0
    assert server.last.body["response_format" if provider == "openai" else "output_config"]


def test_a_server_without_stream_options_still_streams() -> None:
    with FakeProvider("Hello there.", lacks=("stream_options",)) as server:
        chat = OpenAIChat(access_to(server, "openai"))
        *pieces, reply = chat.stream(ASK)
        assert "".join(str(piece) for piece in pieces) == "Hello there."
        assert isinstance(reply, ChatReply)
        assert reply.tokens is None
        chat.close()


def test_the_request_asks_for_the_same_answer_every_time(
    connect: Connect, server: FakeProvider, provider: Provider
) -> None:
    connect(server).complete(ASK_FOR_JSON)
    body = server.last.body
    assert body["temperature"] == 0
    format = body["response_format"]["json_schema"] if provider == "openai" else body["output_config"]["format"]
    assert format["schema"] == {"type": "object"}


def test_a_local_server_needs_no_key_and_gets_none(
    connect: Connect, server: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-the-environment")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-from-the-environment")
    connect(server, api_key=None).complete(ASK)
    assert "sk-from-the-environment" not in str(server.last.headers)


def test_the_key_is_sent_and_shown_nowhere(connect: Connect, server: FakeProvider) -> None:
    chat = connect(server, api_key=SecretStr(KEY))
    chat.complete(ASK)
    assert KEY in str(server.last.headers)
    assert KEY not in repr(chat) + repr(vars(chat)) + str(access_to(server, "openai"))
