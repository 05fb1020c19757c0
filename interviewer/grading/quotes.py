"""Whether words that a model quotes really stand in the answer, and where.

White space, typography, quotation marks, case and invisible characters are folded on both sides; nothing else is.
A quote may leave something out with an ellipsis; each part must then stand in the answer, in order. Words that
stand there may still prove nothing: a bare term, a question, words that the answer denies right before them, and
the interviewer's own.
"""

import re
from collections.abc import Sequence

from interviewer.domain.grade import EvidenceSpan
from interviewer.grading.assertion import content_words
from interviewer.grading.folding import WALL, Span, fold, merged

QUOTES_AT_MOST = 5
QUOTE_CHARACTERS_AT_MOST = 2000
UNSPACED_FROM = "\u2e80"
DROPPED = "*_‘’‚‛“”„‟«»‹›`´\"'"
"""Emphasis and quotation marks: models drop or add these when they copy."""
ENOUGH_WORDS, ENOUGH_CONTENT_WORDS = 3, 2
ECHO_WORDS_AT_LEAST = 5
CLAIMS_AT_LEAST, CONTENT_WORDS_PER_CLAIM, CONTENT_WORDS_PER_CLAIM_UNSEEN = 2, 1, 3
BEFORE = 60

_ELLIPSIS = re.compile(r"\s*[\[(]?\.{3,}[\])]?\s*")
_SENTENCE_ENDS = re.compile(rf"[.!?](?=\s|$)|[。！？]|{WALL}")
_DENIED = re.compile(  # in folded text without apostrophes
    r"(?:\b(?:not|never|no|without|cannot|nobody|neither|nor|instead of|rather than"
    r"|(?:do|does|did|is|are|was|were|wo|ca|could|should|would|have|has|had|must|need)nt)"
    r"(?: (?:really|actually|always|ever|even|yet|longer|(?:need|have|want|going|able) to|be|been|a|an|the|any))?"
    r"|\b(?:not true|untrue|false|wrong|incorrect|not correct|not the case|a myth|nonsense)(?: to \w+)? that) $"
)
_ASKS = re.compile(
    r"\W*(?:(?:and|or|but|so|then) )?(?:what|why|how|which|who|when|where|whether|should|could|would|can|do|does"
    r"|did|is|are|was|were|shall|may|might|will|have|has)\b"
)


class Quotable:
    """An answer in which quotes can be found. `removed` stretches cannot be quoted, nor can what `echo` says."""

    def __init__(self, answer: str, removed: Sequence[Span] = (), *, echo: str = "") -> None:
        self._answer = answer
        self._folded = fold(answer, removed=removed, dropped=DROPPED)
        self._echo = _fold(echo)

    def evidence(self, quotes: Sequence[str]) -> tuple[EvidenceSpan, ...] | None:
        """The spans of the quotes in the order of the answer, without those that claim nothing.

        None if one of them does not stand in the answer, or none of them claims anything.
        """
        spans: set[Span] = set()
        for quote in quotes[:QUOTES_AT_MOST]:
            if not self._stands(quote):
                return None
            spans.update(self.find(quote))
        return tuple(EvidenceSpan.of(self._answer, *span) for span in merged(tuple(spans))) or None

    def find(self, quote: str) -> list[Span]:
        """Where the parts of a quote stand; empty if they do not, or if they claim nothing."""
        places = self._places(quote, claimed=True)
        texts = [self._folded.text[start:end] for start, end in places]
        if any(len(text.split()) >= ECHO_WORDS_AT_LEAST and text in self._echo for text in texts):
            return []
        if self._in_one_sentence(places):
            enough = _says_enough(" ".join(texts)) or (len(places) == 1 and self._is_whole_sentence(*places[0]))
        else:
            enough = all(map(_says_enough, texts))
        return [self._folded.span(*place) for place in places] if enough else []

    def _stands(self, quote: str) -> bool:
        return bool(self._places(quote, claimed=False))

    def _places(self, quote: str, *, claimed: bool) -> list[Span]:
        """Where the parts stand in the folded text; none at all if one of them does not, or has no content."""
        if len(quote) > QUOTE_CHARACTERS_AT_MOST:
            return []
        places, at = [], 0
        for part in _parts(quote):
            start = self._position(part, at, claimed=claimed)
            if start is None:
                return []
            at = start + len(part)
            places.append((start, at))
        return places

    def _position(self, part: str, at: int, *, claimed: bool) -> int | None:
        """Where `part` begins at a word's beginning and ends at a word's end, and is not denied or asked there."""
        text = self._folded.text
        start = text.find(part, at)
        while start >= 0:
            end = start + len(part)
            whole = not _one_word(text[start - 1 : start + 1]) and not _one_word(text[end - 1 : end + 1])
            if whole and not (claimed and (self._is_denied(start) or self._is_asked(start, end))):
                return start
            start = text.find(part, start + 1)
        return None

    def _is_denied(self, start: int) -> bool:
        return bool(_DENIED.search(self._folded.text[max(0, start - BEFORE) : start]))

    def _is_asked(self, start: int, end: int) -> bool:
        """Whether the sentence is a question by its beginning and its end; "…, right?" is none."""
        text = self._folded.text
        stop = _SENTENCE_ENDS.search(text, max(start, end - 1))
        if stop is None or stop[0] not in "?？":
            return False
        return _ASKS.match(text, self._sentence_start(start)) is not None

    def _sentence_start(self, place: int) -> int:
        ends = [match.end() for match in _SENTENCE_ENDS.finditer(self._folded.text, 0, place)]
        return ends[-1] if ends else 0

    def _in_one_sentence(self, places: Sequence[Span]) -> bool:
        return not places or not _SENTENCE_ENDS.search(self._folded.text, places[0][1], places[-1][0])

    def _is_whole_sentence(self, start: int, end: int) -> bool:
        """Whether nothing else stands in its sentence: "Redis." may be all that there is to say."""
        text = self._folded.text
        stop = _SENTENCE_ENDS.search(text, end)
        before, after = text[self._sentence_start(start) : start], text[end : stop.start() if stop else len(text)]
        return not any(c.isalnum() for c in before + after)


def claims_at_most(evidence: Sequence[EvidenceSpan], *, unseen: bool) -> int:
    """How many claims the same few words can make; fewer where nobody but the model could read them (`unseen`)."""
    said = {word for span in evidence for word in content_words(span.quote)}
    unspaced = sum(c >= UNSPACED_FROM for span in evidence for c in span.quote)
    words_per_claim = CONTENT_WORDS_PER_CLAIM_UNSEEN if unseen else CONTENT_WORDS_PER_CLAIM
    return max(CLAIMS_AT_LEAST, (len(said) + unspaced // 2) // words_per_claim)


def _parts(quote: str) -> list[str]:
    """The folded parts of a quote; none at all if one of them has no word that carries meaning."""
    parts = [part.strip(" .,;:!?-()[]{}") for part in _ELLIPSIS.split(_fold(quote))]
    parts = [part for part in parts if part]
    return parts if all(_says_something(part) for part in parts) else []


def _one_word(pair: str) -> bool:
    """Whether two neighbouring characters belong to one word; some scripts set no spaces between words."""
    return len(pair) == 2 and all(c.isalnum() and c < UNSPACED_FROM for c in pair)  # noqa: PLR2004


def _says_something(part: str) -> bool:
    return bool(content_words(part)) or any(c.isalpha() and c >= UNSPACED_FROM for c in part)


def _says_enough(text: str) -> bool:
    """Whether it can be a claim and not only a term."""
    unspaced = sum(c.isalpha() and c >= UNSPACED_FROM for c in text)
    return (
        len(text.split()) >= ENOUGH_WORDS
        or len(content_words(text)) >= ENOUGH_CONTENT_WORDS
        or unspaced >= ENOUGH_WORDS
    )


def _fold(text: str) -> str:
    return fold(text, dropped=DROPPED).text.strip()
