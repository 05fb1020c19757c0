"""What one open page has of its own: who grades and speaks for it, what that may cost, and who has the floor."""

from dataclasses import dataclass

from pydantic import SecretStr

from interviewer.bootstrap import Product
from interviewer.content.conversation import Intent
from interviewer.domain.chat import Provider
from interviewer.errors import ModelError
from interviewer.service import InterviewService
from interviewer.settings import DEFAULT_MODELS, GraderName, OwnModel, Settings


@dataclass(frozen=True)
class Pending:
    """Something said beside an answer that the interviewer has heard and not replied to yet."""

    interview: str
    text: str
    intent: Intent


class Session:
    """Lives in this process only, and as long as the page is open: a key that it holds is stored nowhere.

    `showing` is the interview on screen, by its id. `floor` counts moves: whoever began to speak at an earlier one
    has been interrupted.
    """

    def __init__(self, shared: Product) -> None:
        self._shared = shared
        self._keys: dict[Provider, SecretStr] = {}
        self._own: OwnModel | None = None
        self.product = shared.for_session()
        self.pending: Pending | None = None
        self.showing = ""
        self.floor = 0

    def __deepcopy__(self, memo: object) -> "Session":
        """Gradio copies a state's first value for each page that is opened: each has a budget of its own."""
        return Session(self._shared)

    @property
    def service(self) -> InterviewService:
        """Runs the interviews of this page."""
        return self.product.service

    @property
    def has_model(self) -> bool:
        """Whether a language model is set up, in the environment or for this page."""
        try:
            self.product.settings.model_access()
        except ModelError:
            return False
        return True

    @property
    def has_key(self) -> bool:
        """Whether a key was entered for the provider that is asked."""
        return self._own is not None and self._own.api_key is not None

    def take_floor(self) -> None:
        """Whoever speaks is interrupted."""
        self.floor += 1

    def use(self, grader: GraderName, provider: Provider, model: str, key: str) -> None:
        """Grade and converse like this from now on; what was spent stays spent. Raises ValidationError.

        A key is kept for its own provider. Whoever enters one means it to be used, so `keyword` becomes `auto`.
        """
        if key:
            grader = "auto" if grader == "keyword" else grader
        own = OwnModel(
            grader=grader,
            provider=provider,
            model=model or self._other_default(provider),
            api_key=SecretStr(key) if key else self._keys.get(provider),
        )
        if own.api_key is not None:
            self._keys[provider] = own.api_key
        self._choose(None if own == self._of_environment else own)

    def forget(self) -> None:
        """Forget all keys, and do as the environment says."""
        self._keys.clear()
        self._choose(None)

    def _choose(self, own: OwnModel | None) -> None:
        if own != self._own:
            self._own = own
            self.product = self._shared.for_session(own, self.product.budget)

    @property
    def _of_environment(self) -> OwnModel:
        """What chooses nothing new: all pages that are content with the environment share its connections."""
        settings = self._shared.settings
        return OwnModel(grader=settings.grader, provider=provider_of(settings))

    def _other_default(self, provider: Provider) -> str | None:
        """The model where none is named: the environment's is of the environment's provider."""
        return None if provider == provider_of(self._shared.settings) else DEFAULT_MODELS[provider]


def provider_of(settings: Settings) -> Provider:
    """The provider that is asked, or would be."""
    try:
        return settings.model_access().provider
    except ModelError:
        return settings.provider or "openai"
