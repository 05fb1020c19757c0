"""How people mark questions and answers: labels, numbers, and words that ask without a question mark."""

import re

QUESTION_WORDS_AT_MOST = 80

_DASHES = r"[.:)\]–—-]"
ASKED = re.compile(
    rf"^(?:(?:q|que|ques|question|frage)\s*[.#]?\s*\d*\s*{_DASHES}|(?:question|frage|q)\s*#?\d+\b\s*{_DASHES}?"
    r"|interviewer\s*:)\s*",
    re.IGNORECASE,
)
"""What a question may be labelled with: Q:, Q1., Question 2 -, Interviewer:."""
ANSWERED = re.compile(
    rf"^(?:(?:a|ans)\s*[.#]?\s*\d*\s*{_DASHES}|(?:(?:sample|model|reference|expected|suggested|short|possible)\s+)?"
    rf"(?:answer|antwort|solution|response)\s*#?\d*\s*(?:{_DASHES}|$)|candidate\s*:"
    r"|(?:show|see|reveal|view)\s+(?:the\s+)?(?:answer|solution)\W*$|click\s+(?:here\s+)?to\s+\w+.*$)\s*",
    re.IGNORECASE,
)
"""What an answer may be labelled with: A:, Ans., Answer, Sample answer:, Show answer."""
NUMBER = re.compile(r"^(?:\(?\d{1,3}\s*[.):]|#\d{1,3}[.:)]?|[-*•])\s+")
_OPTION = re.compile(r"^\(?(?P<letter>[a-h])\s*[.):]\s+(?P<text>\S.*)$", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:what(?:'s|\s+(?:is|are|does|do|did|was|were|would|happens|kinds?|types?|makes?|causes?))"
    r"|how\s+(?:is|are|does|do|did|was|would|can|could|should|will|many|much|often|long)"
    r"|why\s+(?:is|are|does|do|did|would|should|can)|when\s+(?:is|are|do|does|would|should)"
    r"|which|who|(?:can|could|would)\s+you|do\s+you|have\s+you"
    r"|explain|describe|compare|contrast|define|discuss|differentiate|distinguish|differences?\s+between|name|list"
    r"|give|tell\s+me|walk\s+me|talk\s+me|outline|state|write|design|implement|sketch)\b",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Whether a line asks: by its question mark, or by how it begins."""
    plain = unnumbered(text)
    if len(plain.split()) > QUESTION_WORDS_AT_MOST:
        return False
    return plain.endswith("?") or bool(ASKED.match(text)) or bool(_ASKS.match(plain))


def unnumbered(text: str) -> str:
    """A question on one line without its number and label."""
    flat = " ".join(text.split())
    return ASKED.sub("", NUMBER.sub("", flat)).strip()


def chosen(question: str, answer: str) -> str:
    """What an answer of one letter stands for among the options in its question; the answer itself otherwise."""
    letter = re.fullmatch(r"\(?([a-h])[.):]?", answer.strip(), re.IGNORECASE)
    if letter is None:
        return answer
    options = (_OPTION.match(line.lstrip("- ").strip()) for line in question.split("\n"))
    found = (option["text"] for option in options if option and option["letter"].lower() == letter[1].lower())
    return next(found, answer)


def is_option(text: str) -> bool:
    """Whether a line is a second or later option to choose from: B) or c. and so on."""
    option = _OPTION.match(text.strip())
    return option is not None and option["letter"].lower() != "a"
