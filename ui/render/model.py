"""Who grades and speaks in a session, and what it has cost, in words."""

from interviewer.bootstrap import Product
from interviewer.domain.interview import Item
from interviewer.errors import ModelError
from interviewer.settings import Settings
from ui.render.page import fill
from ui.render.words import money, plural

PROVIDERS = {"openai": "OpenAI", "anthropic": "Anthropic"}


def model_line(product: Product, *, own_key: bool = False) -> str:
    """Who will grade, and with whose key; a warning where a language model is wanted and none is set up."""
    warning = ""
    try:
        who = who_grades(product.settings, own_key=own_key)
    except ModelError as error:
        who, warning = "Graded by the local grader", f"{error} A key can also be entered here."
    return fill("model.html", who=who, warning=warning, spent=spent(product))


def who_grades(settings: Settings, *, own_key: bool = False) -> str:
    """Who grades, such as "auto with gpt-6-luna (OpenAI)"; raises ModelError where there is no such model."""
    if settings.grader == "keyword":
        return "Graded by the local grader, without a language model"
    access = settings.model_access()
    server = f"{PROVIDERS[access.provider]}{'-compatible server' if access.base_url else ''}"
    with_key = ", with your own key" if own_key else ""
    if settings.grader == "llm":
        return f"Graded by {access.model} ({server}){with_key}"
    return f"Graded by the local grader and, where it is unsure, {access.model} ({server}){with_key}"


def meter(product: Product, item: Item | None = None) -> str:
    """What the session spent and has left, and why the model last failed to speak; nothing without a model.

    Where the card of `item` says that a model failed, it is not said twice.
    """
    if product.settings.grader == "keyword":
        return ""
    told = item is not None and item.grade is not None and item.grade.grader.fallback_reason is not None
    return fill("meter.html", spent=spent(product), trouble=None if told else product.conversation.trouble)


def spent(product: Product) -> str:
    """What the session spent and has left; nothing before its first call."""
    budget = product.budget
    used = budget.spent
    if not used.calls:
        return ""
    cost = "" if used.usd is None else f" and {money(used.usd)}"
    left = f"{max(0, budget.tokens_at_most - used.total_tokens):,} tokens"
    left += "" if used.usd is None else f" and {money(max(0.0, budget.usd_at_most - used.usd))}"
    return (
        f"This session has used {used.total_tokens:,} tokens{cost} in {used.calls} {plural(used.calls, 'call')}; "
        f"{left} are left."
    )
