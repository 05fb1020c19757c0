"""ChatModel that says what it was told to, for demonstrations and tests, under the common contract."""

from collections.abc import Callable, Iterable, Iterator
from threading import Lock

from interviewer.domain.chat import CHARACTERS_PER_TOKEN, ChatReply, ChatRequest, Tokens
from interviewer.errors import ModelError

Script = Callable[[ChatRequest], str | ChatReply] | Iterable[str | ChatReply | ModelError]


class ScriptedChat:
    """Replies from a function, or one after the other from a list; a ModelError in the list is raised."""

    provider = "scripted"

    def __init__(self, script: Script, model: str = "scripted") -> None:
        self.model = model
        self.requests: list[ChatRequest] = []
        self._function = script if callable(script) else None
        self._replies = iter(()) if callable(script) else iter(script)
        self._lock = Lock()

    def complete(self, request: ChatRequest) -> ChatReply:
        """The next reply of the script; raises ModelError once it is at its end."""
        with self._lock:
            self.requests.append(request)
            said = self._function(request) if self._function else next(self._replies, None)
        if said is None:
            raise ModelError("The script of this model is at its end. Give it more replies.")
        if isinstance(said, ModelError):
            raise said
        if isinstance(said, ChatReply):
            return said
        tokens = Tokens(input=request.estimated_tokens, output=len(said) // CHARACTERS_PER_TOKEN + 1)
        return ChatReply(text=said, model=self.model, tokens=tokens)

    def stream(self, request: ChatRequest) -> Iterator[str | ChatReply]:
        """The same reply word by word."""
        reply = self.complete(request)
        yield from (word for word in reply.text.replace(" ", " \0").split("\0") if word)
        yield reply
