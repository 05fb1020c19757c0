"""Changes of an answer that must not change its verdicts, and changes that must."""

import re
from collections.abc import Callable

import pytest

from interviewer.domain.grade import Grade, KeyVerdict, Verdict
from interviewer.grading.text import sentences
from tests.grading.conftest import LIBRARY, Answer, Grades, labelled_answers, verdicts

EVERY = 9
"""Every ninth labelled answer: some of each style, and seconds instead of minutes."""

SAMPLE = labelled_answers()[::EVERY]
WRONG_CREDITED_AT_MOST = 0.05
IRRELEVANT = "The coffee in our canteen is rather weak."
FILLED = re.compile(r"(?<=\w) (?=\w)")
SPELLINGS = {
    "behavior": "behaviour",
    "optimiz": "optimis",
    "labeled": "labelled",
    "catalog ": "catalogue ",
    "artifact": "artefact",
    "standardiz": "standardis",
    "center": "centre",
    "analyz": "analys",
}


def curly(text: str) -> str:
    """Typographic quotes and dashes."""
    return text.replace("'", "’").replace(" - ", " – ").replace("...", "…")


def british(text: str) -> str:
    """British spelling where it differs."""
    for american, spelling in SPELLINGS.items():
        text = text.replace(american, spelling)
    return text


def american(text: str) -> str:
    """American spelling where it differs."""
    for spelling, other in SPELLINGS.items():
        text = text.replace(other, spelling)
    return text


def said(text: str) -> list[str]:
    """The sentences of an answer."""
    return [text[start:end] for start, end in sentences(text)]


CHANGES: dict[str, Callable[[str], str]] = {
    "lower case": str.lower,
    "upper case": str.upper,
    "white space": lambda text: re.sub(r"(?<=\S) (?=\S)", "  ", f"  {text}\n\n"),
    "typographic quotes": curly,
    "British spelling": british,
    "American spelling": american,
    "another order of the sentences": lambda text: "\n".join(reversed(said(text))),
    "an irrelevant sentence before": lambda text: f"{IRRELEVANT}\n{text}",
    "an irrelevant sentence after": lambda text: f"{text}\n{IRRELEVANT}",
    "a filler at the beginning": lambda text: f"Um, {text}",
    "a filler in every sentence": lambda text: "\n".join(FILLED.sub(" um ", part, count=1) for part in said(text)),
    "everything said twice": lambda text: f"{text}\n{text}",
}


@pytest.fixture(scope="module")
def originals(grades: Grades) -> dict[str, Grade]:
    """The sample graded as it is."""
    found = grades([(answer.question, answer.text) for answer in SAMPLE])
    return {answer.id: grade for answer, grade in zip(SAMPLE, found, strict=True)}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_without_meaning_changes_no_verdict(
    change: str, originals: dict[str, Grade], grades: Grades
) -> None:
    found = grades([(answer.question, CHANGES[change](answer.text)) for answer in SAMPLE])
    changed = {
        answer.id: sorted(verdicts(grade).items() ^ verdicts(originals[answer.id]).items(), key=str)
        for answer, grade in zip(SAMPLE, found, strict=True)
        if verdicts(grade) != verdicts(originals[answer.id])
    }
    assert changed == {}


WORDS_TO_NEGATE = 30
"""A longer sentence, or one that begins in the middle of a thought, cannot be negated by words around it."""
OPENINGS = ("but ", "and ", "so ", "or ", "then ", "because ", "which ", "um ", "okay ", "yeah ")

NEGATIONS: dict[str, Callable[[str], str]] = {
    "it is not true that": lambda text: f"It is not true that {_inside(text)}",
    "I doubt that": lambda text: f"I doubt that {_inside(text)}",
    "some people say": lambda text: f"Some people say that {_inside(text)}",
    "which is wrong": lambda text: f"{text.rstrip('.!? ')}, which is wrong.",
    "asked": lambda text: f"Is it so that {_inside(text).rstrip('.!? ')}?",
}


@pytest.fixture(scope="module")
def earning(originals: dict[str, Grade], grades: Grades) -> list[tuple[Answer, KeyVerdict, str]]:
    """Sentences of the sample that earn a key on their own, each with that key."""
    found = []
    for answer in SAMPLE:
        for key in originals[answer.id].keys:
            if key.verdict is Verdict.MET:
                start = key.evidence[0].start
                span = next(span for span in sentences(answer.text) if span[0] <= start < span[1])
                sentence = answer.text[slice(*span)]
                if len(sentence.split()) <= WORDS_TO_NEGATE and not sentence.lower().startswith(OPENINGS):
                    found.append((answer, key, sentence))
    alone = grades([(answer.question, sentence) for answer, _, sentence in found])
    return [case for case, grade in zip(found, alone, strict=True) if _verdict(grade, case[1].id) is Verdict.MET]


def test_there_are_sentences_that_earn_a_key_on_their_own(earning: list[tuple[Answer, KeyVerdict, str]]) -> None:
    assert len(earning) >= 20


@pytest.mark.parametrize("negation", NEGATIONS)
def test_negating_the_sentence_that_earned_a_key_loses_it(
    negation: str, earning: list[tuple[Answer, KeyVerdict, str]], grades: Grades
) -> None:
    answers = [(answer.question, NEGATIONS[negation](sentence)) for answer, _, sentence in earning]
    kept = [
        (key.id, text)
        for (_, key, _), (_, text), grade in zip(earning, answers, grades(answers), strict=True)
        if _verdict(grade, key.id).earns
    ]
    assert kept == []


def test_deleting_the_sentence_that_earned_a_key_loses_it_unless_another_one_makes_it(
    earning: list[tuple[Answer, KeyVerdict, str]], grades: Grades
) -> None:
    without = grades([(answer.question, answer.text.replace(sentence, "")) for answer, _, sentence in earning])
    left = [_verdict(grade, key.id) for (_, key, _), grade in zip(earning, without, strict=True)]
    assert sum(verdict.earns for verdict in left) < len(left) / 4


def test_repeating_the_sentence_that_earned_a_key_gains_nothing(
    earning: list[tuple[Answer, KeyVerdict, str]], originals: dict[str, Grade], grades: Grades
) -> None:
    again = grades(
        [(answer.question, f"{answer.text}\n{sentence}\n{sentence}") for answer, _, sentence in earning]
    )
    for (answer, _, _), grade in zip(earning, again, strict=True):
        assert grade.score == originals[answer.id].score


def test_a_wrong_claim_in_a_well_toned_answer_is_not_credited(
    reference: Callable[[str], Grade], grades: Grades
) -> None:
    """The sentence of a reference answer that makes its heaviest key is exchanged for a confident near-miss."""
    cases = []
    for id, question in LIBRARY.questions.items():
        key = max(LIBRARY.rubric(id).keys, key=lambda key: key.weight)
        verdict = reference(id).key(key.id)
        assert verdict is not None
        answer = question.reference_answer
        for span in verdict.evidence[:1]:
            right = next(part for part in said(answer) if span.quote in part or part in span.quote)
            cases.append((id, key.id, key.near_misses[0], answer.replace(right, key.near_misses[0])))
    credited = []
    for (id, key_id, wrong, answer), grade in zip(
        cases, grades([(id, text) for id, _, _, text in cases]), strict=True
    ):
        at = answer.index(wrong)
        verdict = grade.key(key_id)
        assert verdict is not None
        credited += [(id, key_id, e.quote) for e in verdict.evidence if at <= e.start < at + len(wrong)]
    assert len(cases) > len(LIBRARY.questions) / 2
    assert len(credited) <= WRONG_CREDITED_AT_MOST * len(cases), credited


def _verdict(grade: Grade, key_id: str) -> Verdict:
    found = grade.key(key_id)
    assert found is not None
    return found.verdict


def _inside(text: str) -> str:
    """The sentence as it stands inside another one."""
    return text if text[:2].isupper() or text.startswith("I ") else f"{text[:1].lower()}{text[1:]}"
