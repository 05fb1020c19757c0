"""Which models a server has: the cheapest thing to ask it, and nothing of a candidate's is in the question."""

from typing import Any

from interviewer.adapters import anthropic_chat, openai_chat
from interviewer.adapters.model_errors import failure, import_sdk, plain_errors
from interviewer.adapters.model_http import clean, client_options
from interviewer.domain.chat import ModelAccess

NO_LIST = (404, 405, 501)
_CLIENTS = {
    "openai": ("OpenAI", openai_chat.OFFICIAL_URL),
    "anthropic": ("Anthropic", anthropic_chat.OFFICIAL_URL),
}


def models_of(access: ModelAccess) -> tuple[str, ...]:
    """Names of the models that a server lists; raises ModelError where it cannot be asked.

    Every server with OpenAI's protocol has such a list; of the others that have none, the names are left out.
    """
    sdk = import_sdk(access.provider)
    client_class, url = _CLIENTS[access.provider]
    with plain_errors(access.provider, access):
        try:
            with getattr(sdk, client_class)(**client_options(access.provider, access, url)) as client:
                # raw, since the SDKs stumble over what is no list at all
                return _names(client.models.with_raw_response.list().http_response.json())
        except sdk.APIStatusError as error:
            if error.status_code not in NO_LIST:
                raise
    if access.provider == "anthropic":
        return ()
    raise failure(access, "has no list of models. Check OPENAI_BASE_URL: most such addresses end in /v1")


def _names(document: Any) -> tuple[str, ...]:
    listed = document.get("data") if isinstance(document, dict) else None
    names = [model.get("id") for model in listed if isinstance(model, dict)] if isinstance(listed, list) else []
    return tuple(clean(name) for name in names if isinstance(name, str) and name)
