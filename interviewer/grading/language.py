"""Whether an answer is in English, as far as the local grader must know to judge it at all."""

from interviewer.grading.assertion import FUNCTION_WORDS
from interviewer.grading.text import words

WORDS_AT_LEAST = 12
FUNCTION_SHARE_AT_LEAST = 0.08
LATIN_SHARE_AT_LEAST = 0.5


def is_english(text: str) -> bool:
    """False where most letters are not Latin, or a longer text has hardly any English function words.

    Code and lists of terms have few function words too: they count as English if they are short of other
    languages' letters, and other rules judge them.
    """
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return True
    latin = sum(c < "\u0250" for c in letters) / len(letters)
    if latin < LATIN_SHARE_AT_LEAST:
        return False
    said = words(text)
    foreign = sum(word in OTHER_LANGUAGES for word in said)
    own = sum(word in FUNCTION_WORDS for word in said)
    return len(said) < WORDS_AT_LEAST or own >= foreign or own / len(said) >= FUNCTION_SHARE_AT_LEAST


OTHER_LANGUAGES = frozenset(
    ["der", "die", "das", "und", "ist", "nicht", "ein", "eine", "mit", "auf", "für", "von", "dem", "den", "wir", "sind", "werden", "auch", "le", "la", "les", "des", "est", "une", "un", "pour", "dans", "que", "qui", "nous", "sur", "avec", "pas", "el", "los", "las", "del", "es", "en", "por", "con", "para", "una", "que", "se", "no", "como", "il", "lo", "gli", "di", "che", "per", "sono", "het", "een", "van", "niet", "voor", "met", "zijn", "o", "os", "da", "em", "um", "uma", "com", "não"]
)
