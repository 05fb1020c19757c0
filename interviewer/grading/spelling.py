"""British spelling folded into American, so that both earn the same marks."""

import re
from functools import lru_cache

_WORDS = {
    "behaviour": "behavior",
    "colour": "color",
    "favour": "favor",
    "labour": "labor",
    "neighbour": "neighbor",
    "centre": "center",
    "catalogue": "catalog",
    "programme": "program",
    "artefact": "artifact",
    "licence": "license",
    "defence": "defense",
    "judgement": "judgment",
    "grey": "gray",
    "cheque": "check",
    "metre": "meter",
    "modelling": "modeling",
    "labelled": "labeled",
    "labelling": "labeling",
    "cancelled": "canceled",
    "cancelling": "canceling",
    "travelled": "traveled",
    "analogue": "analog",
    "dialogue": "dialog",
    "fulfil": "fulfill",
    "ageing": "aging",
    "analyse": "analyze",
    "analysed": "analyzed",
    "analysing": "analyzing",
    "catalyse": "catalyze",
    "practise": "practice",
    "practised": "practiced",
}
_NOT_IZE = ("promise", "precise", "concise", "exercise", "otherwise", "likewise", "raise", "praise", "noise", "wise",
            "rise", "arise", "surprise", "enterprise", "advise", "revise", "supervise", "devise", "expertise", "comprise",
            "compromise", "disguise", "franchise", "premise", "improvise", "merchandise", "paradise", "cruise", "bruise",
            "poise", "turquoise", "excise", "demise", "treatise", "televise", "appraise")  # fmt: skip
_ISE = re.compile(r"\b(\w{3,}?)is(e|ed|es|er|ers|ing|ation|ations|able)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")(s?)\b", re.IGNORECASE)
_EXCEPTIONS = frozenset(_NOT_IZE)


@lru_cache(maxsize=20_000)
def american(text: str) -> str:
    """The text with American spelling; case of the changed words is not kept."""
    text = _OTHERS.sub(lambda match: _WORDS[match[1].lower()] + match[2], text)
    return _ISE.sub(_ize, text)


def _ize(match: re.Match[str]) -> str:
    stem, ending = match.groups()
    base = f"{stem}ise".lower()
    if any(base.endswith(word) for word in _EXCEPTIONS):
        return match.group()
    return f"{stem}iz{ending}"
