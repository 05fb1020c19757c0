"""What `doctor` says of the language model: which one is set up, whether it answers, how to set one up."""

from collections.abc import Callable, Sequence

from interviewer.cli.findings import Finding, State, host_of
from interviewer.domain.chat import ModelAccess
from interviewer.errors import ModelError
from interviewer.settings import Settings

NAME = "language model"
SHOWN_NAMES = 8
HOW_TO = """\
Set one of these in the environment, then choose it with --grader auto or INTERVIEWER_GRADER=auto:
  OpenAI      OPENAI_API_KEY=...
  Anthropic   ANTHROPIC_API_KEY=...
  Ollama      OPENAI_BASE_URL=http://127.0.0.1:11434/v1 INTERVIEWER_MODEL=qwen3
  llama.cpp   OPENAI_BASE_URL=http://127.0.0.1:8080/v1
  vLLM        OPENAI_BASE_URL=http://127.0.0.1:8000/v1 INTERVIEWER_MODEL=the name that it serves
  LM Studio   OPENAI_BASE_URL=http://127.0.0.1:1234/v1 INTERVIEWER_MODEL=the name that it shows"""
STANDS_IN = "Meanwhile the local grader stands in, and says so."
CHOOSE_IT = "It is asked only if you choose it: --grader auto, or INTERVIEWER_GRADER=auto."


def language_model(settings: Settings, listed: Callable[[], Sequence[str]]) -> Finding:
    """Whether the model that is set up can be reached; `listed` names its server's models or raises ModelError.

    What does not work is a problem only where the settings have chosen to grade with a model.
    """
    amiss = State.OFF if settings.grader == "keyword" else State.PROBLEM
    try:
        access = settings.model_access()
    except ModelError:
        return Finding(NAME, amiss, "none is set up; everything works without one", HOW_TO)
    what = f"{access.model} {_whose(access)}"
    try:
        names = listed()
    except ModelError as error:
        return Finding(NAME, amiss, f"{what}: {error}", STANDS_IN if amiss is State.PROBLEM else "")
    if names and not _has(names, access.model):
        remedy = f"It has {_shown(names)}. Set INTERVIEWER_MODEL to one of them, unless it takes any name."
        return Finding(NAME, State.OFF, f"{what}: reached, but the server does not list this model", remedy)
    return Finding(NAME, State.OK, f"{what}: reached", CHOOSE_IT if settings.grader == "keyword" else "")


def _whose(access: ModelAccess) -> str:
    """Where it is; addresses can hold passwords, so only the host is told."""
    name = {"openai": "OpenAI", "anthropic": "Anthropic"}[access.provider]
    return f"with {name}'s protocol at {host_of(access.base_url)}" if access.base_url else f"of {name}"


def _has(names: Sequence[str], model: str) -> bool:
    """Whether the list has the model, also under a name with a tag or a date, as in `qwen3:latest`."""
    return any(name == model or name.startswith((f"{model}:", f"{model}-")) for name in names)


def _shown(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
    return ", ".join(name[:80] for name in names[:SHOWN_NAMES]) + more
