"""Language models made ready for use: connections and turns shared by all sessions, a budget for each.

Part of the composition root. Whoever grades offline never imports an SDK, nor what asking a model needs.
"""

from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from interviewer.adapters.unavailable_chat import UnavailableChat
from interviewer.content.prices import read_prices
from interviewer.domain.chat import ModelAccess
from interviewer.domain.pricing import PriceTable
from interviewer.errors import ModelError
from interviewer.metering import Budget, MeteredChat
from interviewer.once import Once
from interviewer.ports import ChatModel, Grader
from interviewer.settings import Settings

if TYPE_CHECKING:
    from interviewer.grading.judge import Passages


CHECK_SECONDS = 4.0


class Models:
    """The models of this process."""

    def __init__(self, settings: Settings, passages: "Passages | None" = None) -> None:
        self._settings = settings
        self._passages = passages
        self._turns = BoundedSemaphore(settings.llm_at_once)
        self._chats: dict[ModelAccess, ChatModel] = {}
        self._lock = Lock()
        self._prices = Once(lambda: read_prices(settings.prices))

    @property
    def prices(self) -> PriceTable:
        """What models cost; raises ContentError where a table of one's own is wrong."""
        return self._prices()

    def budget(self) -> Budget:
        """A fresh budget for a session."""
        return Budget(self._settings.budget_tokens, self._settings.budget_usd)

    def chat(self, settings: Settings, budget: Budget) -> ChatModel:
        """The model that these settings name; without one, one that says so whenever it is asked."""
        try:
            chat = self._connected(settings)
        except ModelError as error:
            return UnavailableChat(str(error))
        return MeteredChat(chat, budget, self.prices, self._turns, settings.llm_timeout)

    def listed(self) -> tuple[str, ...]:
        """What the server says that it has; raises ModelError where it cannot be asked, after seconds at most."""
        from interviewer.adapters.model_list import models_of

        access = self._settings.model_access()
        quick = {"timeout": min(CHECK_SECONDS, access.timeout), "retries": 0}
        return models_of(access.model_copy(update=quick))

    def grader(self, settings: Settings, chat: ChatModel, local: Grader) -> Grader:
        """The grader that these settings name, around the local one."""
        if settings.grader == "keyword":
            return local
        from interviewer.adapters.reply_cache import SqliteReplyCache
        from interviewer.grading.auto import AutoGrader
        from interviewer.grading.judge import Judge
        from interviewer.grading.llm import LlmGrader

        judge = Judge(
            chat,
            self.prices,
            cache=SqliteReplyCache(settings.cache_dir),
            passages=self._passages,
            runs=settings.judge_runs,
            setting=_setting(settings),
        )
        return {"llm": LlmGrader, "auto": AutoGrader}[settings.grader](judge, local)

    def _connected(self, settings: Settings) -> ChatModel:
        access = settings.model_access()
        if settings is not self._settings:
            return _adapter(access)  # a session's own key is forgotten with the session
        with self._lock:
            if access not in self._chats:
                self._chats[access] = _adapter(access)
            return self._chats[access]


def _setting(settings: Settings) -> str:
    """Besides its name, what makes a model answer as it does: where it runs, and how hard it thinks."""
    try:
        access = settings.model_access()
    except ModelError:
        return ""
    return f"{access.base_url or ''} {access.effort or ''}"


def _adapter(access: ModelAccess) -> ChatModel:
    try:
        if access.provider == "openai":
            from interviewer.adapters.openai_chat import OpenAIChat

            return OpenAIChat(access)
        from interviewer.adapters.anthropic_chat import AnthropicChat

        return AnthropicChat(access)
    except ImportError:
        package = access.provider
        raise ModelError(
            f"The {package} package is not installed. Install it with: pip install 'mlops-interviewer[llm]'"
        ) from None
