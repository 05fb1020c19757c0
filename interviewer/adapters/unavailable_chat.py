"""ChatModel that cannot be asked, and says why: what stands in where no model is set up."""

from collections.abc import Iterator

from interviewer.domain.chat import ChatReply, ChatRequest
from interviewer.errors import ModelError


class UnavailableChat:
    """Raises the same ModelError for every call."""

    provider = "none"
    model = "none"

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def complete(self, request: ChatRequest) -> ChatReply:  # noqa: ARG002
        """Raises ModelError."""
        raise ModelError(self._reason)

    def stream(self, request: ChatRequest) -> Iterator[str | ChatReply]:  # noqa: ARG002
        """Raises ModelError."""
        raise ModelError(self._reason)
