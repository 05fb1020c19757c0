"""British spelling folded into American, so that both earn the same marks."""

import re
from functools import lru_cache

from interviewer.grading.english import english

_ISE = re.compile(r"\b(\w{3,}?)is(e|ed|es|er|ers|ing|ation|ations|able)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(" + "|".join(sorted(english().british_to_american, key=len, reverse=True)) + r")(s?)\b", re.IGNORECASE
)


@lru_cache(maxsize=20_000)
def american(text: str) -> str:
    """The text with American spelling; case of the changed words is not kept."""
    text = _OTHERS.sub(lambda match: english().british_to_american[match[1].lower()] + match[2], text)
    return _ISE.sub(_ize, text)


def _ize(match: re.Match[str]) -> str:
    stem, ending = match.groups()
    base = f"{stem}ise".lower()
    if base in english().never_ize:
        return match.group()
    return f"{stem}iz{ending}"
