"""What a model thinks aloud before it speaks, and how to tell it from what it says.

Most servers keep the two apart. Where one does not, marks stand around the thoughts, and the first may be missing:
some templates write it themselves, so that a reply begins in the middle of a thought.
"""

import re

_BEGIN = re.compile(
    r"\s*(?:<(?:think|thinking|thought|reasoning)>|\[think\]|◁think▷|<\|begin_of_thought\|>|<\|channel\|>analysis)",
    re.IGNORECASE,
)
_END = re.compile(
    r"</(?:think|thinking|thought|reasoning)>|\[/think\]|◁/think▷|<\|end_of_thought\|>"
    r"|<\|channel\|>final<\|message\|>",
    re.IGNORECASE,
)


def without_thoughts(text: str) -> str:
    """What is said after the last thought; nothing while the first one is not at its end."""
    ends = [match.end() for match in _END.finditer(text)]
    if ends:
        return text[ends[-1] :]
    return "" if _BEGIN.match(text) else text
