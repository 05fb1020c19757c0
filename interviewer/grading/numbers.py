"""Which figures of a rubric an answer gives: a value in range, beside a word that says what it is a value of."""

import re
from collections.abc import Sequence
from functools import lru_cache

from interviewer.domain.grade import EvidenceSpan, NumberVerdict
from interviewer.domain.rubric import NumberRule
from interviewer.grading.text import sentences, words
from interviewer.grading.values import Said, values

NEARBY_WORDS = 14


def judge_numbers(
    rules: Sequence[NumberRule], answer: str, void: Sequence[tuple[int, int]]
) -> tuple[NumberVerdict, ...]:
    """A verdict for each rule; values inside a `void` span (a question, a note to the grader) do not count."""
    sites = [site for span in sentences(answer) for site in _sites(answer, *span, void)]
    return tuple(_judge(rule, sites) for rule in rules)


class _Site:
    """A value where it was said, with the words around it inside its sentence."""

    def __init__(self, said: Said, span: EvidenceSpan, nearby: str) -> None:
        self.said = said
        self.span = span
        self.nearby = nearby


def _sites(answer: str, start: int, end: int, void: Sequence[tuple[int, int]]) -> list[_Site]:
    sentence = answer[start:end]
    found = []
    for said in values(sentence):
        left, right = start + said.start, start + said.end
        if any(a <= left < b for a, b in void) or not answer[left:right].strip():
            continue
        found.append(_Site(said, EvidenceSpan.of(answer, left, right), _around(sentence, said)))
    return found


def _around(sentence: str, said: Said) -> str:
    before, after = sentence[: said.start].split(), sentence[said.end :].split()
    inside = sentence[said.start : said.end]
    return " ".join([*before[-NEARBY_WORDS:], inside, *after[:NEARBY_WORDS]]).lower()


def _judge(rule: NumberRule, sites: Sequence[_Site]) -> NumberVerdict:
    evidence: dict[int, EvidenceSpan] = {}
    used: set[tuple[float, float]] = set()
    for i, wanted in enumerate(rule.values):
        for site in sites:
            value = (site.said.low, site.said.high)
            if value not in used and site.said.within(wanted) and _in_context(rule.context, site.nearby):
                evidence[i] = site.span
                used.add(value)
                break
    met = len(evidence) >= rule.at_least
    return NumberVerdict(id=rule.id, met=met, evidence=tuple(evidence.values()) if met else ())


def _in_context(context: tuple[str, ...], nearby: str) -> bool:
    return not context or bool(_context_pattern(context).search(nearby))


@lru_cache(maxsize=1024)
def _context_pattern(context: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, also with an ending; those of three letters or fewer only as whole words."""
    forms = []
    for word in context:
        parts = r"[\s-]+".join(re.escape(part) for part in words(word)) or re.escape(word)
        forms.append(parts if len(word) > 3 else rf"{parts}\b")  # noqa: PLR2004
    return re.compile(r"(?<![a-z0-9])(?:" + "|".join(forms) + ")", re.IGNORECASE)
