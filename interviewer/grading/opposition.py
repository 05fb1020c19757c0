"""Whether words contradict what is true: they speak of the same things and say the opposite of them.

Vectors put a claim and its opposite side by side ("heat moves from warm to cold"), so this is told by rule. All
texts are taken apart into clauses, and each clause of what was said is laid beside the true one that has most of
its words of content. Where they share half of them, and the subject of one, it contradicts the true one if one of
these holds, and does not if two do, which cancel each other:

1. A word stands against its opposite ("before", "after"), or against its own denial ("cheap", "not cheap").
2. What one says the other denies.
3. The two sides of a relation are exchanged ("A before B", "B before A").
4. Most of the true one is repeated, with a word in the place of another that stands elsewhere in what is true
   ("mean" for "median").

A figure that is another one than the true one always contradicts it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from interviewer.domain.rubric import Unit, ValueRange
from interviewer.grading.assertion import stem
from interviewer.grading.english import english
from interviewer.grading.opposites import Stems, contrasts
from interviewer.grading.text import Window, clauses, normalise, sentences, words
from interviewer.grading.values import Said, values
from interviewer.ports import GradingTask

SHARED_AT_LEAST = 0.5
WORDS_SHARED_AT_LEAST = 2
REPEATED_AT_LEAST = 0.6
"""Shares of the words of content: of the shorter clause, and of the true one."""
PHRASE_WORDS_AT_MOST = 3
FIGURE_TOLERANCE = 0.15
"""So much off, a figure is still the same: people round."""
_RELATIONS = ("before", "after", "than", "into", "to", "by")
_JOINTS = frozenset({"and", "or", "but", "while", "whereas"})


@dataclass(frozen=True)
class Word:
    """A word or phrase of content or with an opposite.

    `content` is false for words such as "before"; `part` counts the parts that "and" and "or" join.
    """

    stems: Stems
    content: bool
    denied: bool
    place: int
    part: int

    @property
    def opposites(self) -> frozenset[Stems]:
        """What stands against it."""
        return contrasts().against.get(self.stems, frozenset())


@dataclass(frozen=True)
class Clause:
    """A clause taken apart: its words, the places of its relations, and its figures."""

    words: tuple[Word, ...]
    relations: dict[str, int]
    figures: tuple[Said, ...]

    @cached_property
    def stems(self) -> frozenset[Stems]:
        """The stems of its words."""
        return frozenset(word.stems for word in self.words)

    @cached_property
    def content(self) -> frozenset[Stems]:
        """The stems of its words of content."""
        return frozenset(word.stems for word in self.words if word.content)

    @property
    def subject(self) -> Stems:
        """Its first word of content; nothing where it has none."""
        return next((word.stems for word in self.words if word.content), ())


def sound(task: GradingTask, windows: Sequence[Window]) -> list[bool]:
    """For each window of the answer whether it overlaps none that contradicts a claim or the reference answer.

    Of windows within each other that contradict, the smallest counts: what stands beside it is sound.
    """
    truths = (*(key.claim for key in task.rubric.keys), task.question.reference_answer)
    wrong = bytearray(len(task.answer))
    for window in sorted(windows, key=lambda window: window.end - window.start):
        if wrong.find(1, window.start, window.end) < 0 and contradicts(window.text, truths):
            wrong[window.start : window.end] = b"\1" * (window.end - window.start)
    return [wrong.find(1, window.start, window.end) < 0 for window in windows]


def contradicts(said: str, truths: Iterable[str]) -> bool:
    """Whether a clause of what was said contradicts the one of the truths that is nearest to it."""
    true = [clause for truth in truths for clause in _clauses(truth)]
    known = frozenset(stems for clause in true for stems in clause.content)
    return any(_contradicts(_nearest(true, clause), clause, known) for clause in _clauses(said)) if true else False


@lru_cache(maxsize=20_000)
def _clauses(text: str) -> tuple[Clause, ...]:
    plain = normalise(text)
    spans = (clause for sentence in sentences(plain) for clause in clauses(plain, *sentence))
    return tuple(_taken_apart(plain[start:end]) for start, end in spans)


def _taken_apart(text: str) -> Clause:
    tokens = words(text)
    relations = {token: place for place, token in enumerate(tokens) if token in _RELATIONS}
    return Clause(tuple(_words(tokens)), relations, values(text))


def _words(tokens: Sequence[str]) -> Iterator[Word]:
    place, part, denied = 0, 0, False
    known = contrasts()
    while place < len(tokens):
        token = tokens[place]
        count = next(
            (n for n in range(PHRASE_WORDS_AT_MOST, 0, -1) if _phrase(tokens, place, n) in known.against), 0
        )
        if token in _JOINTS:
            part += 1
        elif token.endswith("n't") or stem(token) in known.denying:
            denied = not denied
        elif count:
            content = any(each not in english().function_words for each in tokens[place : place + count])
            yield Word(_phrase(tokens, place, count), content, denied and token not in _RELATIONS, place, part)
        elif token not in english().function_words and len(token) > 1:
            yield Word((stem(token),), True, denied, place, part)
        place += max(1, count)


def _phrase(tokens: Sequence[str], place: int, count: int) -> Stems:
    return tuple(map(stem, tokens[place : place + count]))


def _nearest(true: Sequence[Clause], said: Clause) -> Clause:
    """The clause that shares most with it; of equals the one that shares most of it word for word."""
    return max(true, key=lambda clause: (len(_shared(clause, said)), len(clause.stems & said.stems)))


def _shared(claimed: Clause, said: Clause) -> list[Word]:
    """Words of content of the claim that were said, or whose opposite was."""
    return [
        word
        for word in claimed.words
        if word.content and (word.stems in said.stems or word.opposites & said.stems)
    ]


def _contradicts(claimed: Clause, said: Clause, known: frozenset[Stems]) -> bool:
    shared = _shared(claimed, said)
    same = claimed.content & said.content
    smaller = min(len(claimed.content), len(said.content))
    if not same or len(shared) < max(WORDS_SHARED_AT_LEAST, SHARED_AT_LEAST * smaller):
        return False
    if not (_repeated(claimed, said) or _speaks_of(said, claimed.subject) or _speaks_of(claimed, said.subject)):
        return False
    if _other_figures(claimed, said):
        return True
    flips = (
        _turned(claimed, said),
        _denied(claimed, said),
        _exchanged(claimed, said),
        _confused(claimed, said, known),
    )
    return sum(flips) % 2 == 1


def _other_figures(claimed: Clause, said: Clause) -> bool:
    """Whether figures of a unit that the claim has were said, and all of them are others."""
    for unit in {figure.unit or Unit.NUMBER for figure in claimed.figures}:
        figures = [figure for figure in claimed.figures if (figure.unit or Unit.NUMBER) is unit]
        near = ValueRange(
            min=min(figure.low for figure in figures) * (1 - FIGURE_TOLERANCE),
            max=max(figure.high for figure in figures) * (1 + FIGURE_TOLERANCE),
            unit=unit,
        )
        comparable = [figure for figure in said.figures if figure.within(ValueRange(min=0, unit=unit))]
        if comparable and not any(figure.within(near) for figure in comparable):
            return True
    return False


def _turned(claimed: Clause, said: Clause) -> bool:
    """Whether in some part an odd number of words stands against its opposite, which the claim does not have."""
    turned: Counter[int] = Counter()
    for word in claimed.words:
        opposites = word.opposites - claimed.stems
        against = any(other.denied == word.denied for other in said.words if other.stems in opposites)
        free = [other for other in said.words if other.stems not in claimed.stems - {word.stems}]
        along = any(other.denied == word.denied for other in free if _means(word, other))
        turned[word.part] += against and not along
    return any(count % 2 for count in turned.values())


def _means(word: Word, other: Word) -> bool:
    """Whether two words stand for the same: they are the same, or have an opposite in common."""
    return word.stems == other.stems or bool(word.opposites & other.opposites)


def _denied(claimed: Clause, said: Clause) -> bool:
    """Whether one denies a word that the other does not; "not expensive" for "cheap" is no such denial."""
    pairs = [(word, other) for word in claimed.words for other in said.words]
    if any(other.stems in word.opposites and other.denied != word.denied for word, other in pairs):
        return False
    alike = {(word.stems, word.denied == other.denied) for word, other in pairs if word.stems == other.stems}
    return any((stems, True) not in alike for stems, _ in alike)


def _confused(claimed: Clause, said: Clause, known: frozenset[Stems]) -> bool:
    """Whether most of the claim is repeated with a word for another that is elsewhere in what is true."""
    missing = [word for word in claimed.words if word.content and not _speaks_of(said, word.stems)]
    added = [word for word in said.words if word.content and not _speaks_of(claimed, word.stems)]
    return bool(missing) and _repeated(claimed, said) and any(word.stems in known for word in added)


def _repeated(claimed: Clause, said: Clause) -> bool:
    """Whether most of the claim's words of content were said."""
    return len(claimed.content & said.content) >= REPEATED_AT_LEAST * len(claimed.content)


def _speaks_of(clause: Clause, stems: Stems) -> bool:
    """Whether a word or its opposite is in the clause."""
    return stems in clause.content or bool(contrasts().against.get(stems, frozenset()) & clause.stems)


def _exchanged(claimed: Clause, said: Clause) -> bool:
    """Whether what stands left of a relation in one stands right of it in the other."""
    return any(
        _sides_exchanged(_sides(claimed, relation), _sides(said, relation))
        for relation in claimed.relations.keys() & said.relations.keys()
    )


def _sides(clause: Clause, relation: str) -> tuple[frozenset[Stems], frozenset[Stems]]:
    place = clause.relations[relation]
    left = frozenset(word.stems for word in clause.words if word.content and word.place < place)
    right = frozenset(word.stems for word in clause.words if word.content and word.place > place)
    return left, right


def _sides_exchanged(
    one: tuple[frozenset[Stems], frozenset[Stems]], other: tuple[frozenset[Stems], frozenset[Stems]]
) -> bool:
    (left, right), (left_said, right_said) = one, other
    return len(right & left_said) > len(right & right_said) and len(right_said & left) > len(right_said & right)
