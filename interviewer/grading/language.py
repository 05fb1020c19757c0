"""Whether an answer is in English, as far as the local grader must know to judge it at all."""

from interviewer.grading.english import english
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
    foreign = sum(word in english().other_languages for word in said)
    own = sum(word in english().function_words for word in said)
    return len(said) < WORDS_AT_LEAST or own >= foreign or own / len(said) >= FUNCTION_SHARE_AT_LEAST
