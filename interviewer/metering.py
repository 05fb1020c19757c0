"""What a session may spend on a language model, and how many calls may run at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from interviewer.domain.chat import CHARACTERS_PER_TOKEN, ChatReply, ChatRequest, Tokens
from interviewer.domain.grade import Usage
from interviewer.domain.pricing import PriceTable
from interviewer.errors import ModelError
from interviewer.ports import ChatModel

TYPICAL_OUTPUT = 1000
"""Tokens set aside for a reply; its limit is several times what replies take."""


class Budget:
    """What one session may spend. Calls reserve what they will probably take, lest they overshoot together."""

    def __init__(self, tokens_at_most: int, usd_at_most: float) -> None:
        self.tokens_at_most = tokens_at_most
        self.usd_at_most = usd_at_most
        self._spent = Usage()
        self._reserved_tokens = 0
        self._reserved_usd = 0.0
        self._lock = Lock()

    @property
    def spent(self) -> Usage:
        """What was spent so far. The cost is of the models whose price is known."""
        return self._spent

    def reserve(self, tokens: int, usd: float) -> None:
        """Set an amount aside for a call; raises ModelError if it is no longer there."""
        with self._lock:
            if self._spent.total_tokens + self._reserved_tokens + tokens > self.tokens_at_most:
                raise ModelError(
                    f"This session's budget of {self.tokens_at_most:,} tokens is used up. "
                    "Raise INTERVIEWER_BUDGET_TOKENS, or start a new session."
                )
            if (self._spent.usd or 0) + self._reserved_usd + usd > self.usd_at_most:
                raise ModelError(
                    f"This session's budget of ${self.usd_at_most:.2f} is used up. "
                    "Raise INTERVIEWER_BUDGET_USD, or start a new session."
                )
            self._reserved_tokens += tokens
            self._reserved_usd += usd

    def settle(self, tokens: int, usd: float, used: Usage) -> None:
        """Replace what was set aside by what was used."""
        with self._lock:
            self._reserved_tokens -= tokens
            self._reserved_usd -= usd
            self._spent += used


class MeteredChat:
    """A ChatModel that keeps to a session's budget and waits for its turn among all sessions' calls."""

    def __init__(
        self, model: ChatModel, budget: Budget, prices: PriceTable, turns: BoundedSemaphore, patience: float
    ) -> None:
        self._model = model
        self._budget = budget
        self._prices = prices
        self._turns = turns
        self._patience = patience

    @property
    def provider(self) -> str:
        """Whose protocol it speaks."""
        return self._model.provider

    @property
    def model(self) -> str:
        """The model's name as its provider knows it."""
        return self._model.model

    def complete(self, request: ChatRequest) -> ChatReply:
        """The whole reply; raises ModelError, also when the budget is used up or all turns are taken."""
        with self._call(request) as metered:
            metered.reply = self._model.complete(request)
            return metered.reply

    def stream(self, request: ChatRequest) -> Iterator[str | ChatReply]:
        """Pieces of text, and last the whole reply; what was streamed is paid for even if nobody reads on."""
        with self._call(request) as metered:
            for piece in self._model.stream(request):
                if isinstance(piece, ChatReply):
                    metered.reply = piece
                else:
                    metered.streamed += len(piece)
                yield piece

    @contextmanager
    def _call(self, request: ChatRequest) -> Iterator["_Metered"]:
        output = min(TYPICAL_OUTPUT, request.max_output_tokens)
        likely = Tokens(input=request.estimated_tokens, output=output)
        usd = self._prices.cost(self.model, likely) or 0.0
        self._budget.reserve(likely.total, usd)
        metered = _Metered()
        try:
            if not self._turns.acquire(timeout=self._patience):
                raise ModelError("Too many people are asking the model at once. Try again in a minute.")
            try:
                yield metered
            finally:
                self._turns.release()
        finally:
            self._budget.settle(likely.total, usd, self._used(request, metered))

    def _used(self, request: ChatRequest, metered: "_Metered") -> Usage:
        if metered.reply is not None and metered.reply.tokens is not None:
            tokens = metered.reply.tokens
        elif metered.reply is not None or metered.streamed:
            said = len(metered.reply.text) if metered.reply else metered.streamed
            tokens = Tokens(input=request.estimated_tokens, output=said // CHARACTERS_PER_TOKEN + 1)
        else:
            return Usage()  # providers do not charge for a call that failed
        return Usage.of(tokens, self._prices.cost(self.model, tokens))


class _Metered:
    """What one call has brought so far."""

    reply: ChatReply | None = None
    streamed: int = 0
