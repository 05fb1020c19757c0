"""Words in disguise, read as a person reads them.

Letters of other alphabets that look Latin, digits for letters, and text written backwards. Only for looking at
what a text might say to a grader; what counts as evidence is the text as it was written.
"""

import re

_LOOKALIKES = str.maketrans(  # Cyrillic, Greek, phonetic
    "\u0430\u0432\u0435\u0455\u0456\u0458\u043a\u043c\u043d\u043e"
    "\u0440\u0441\u0442\u0443\u0445\u0501\u04bb\u051b\u051d\u03b1"
    "\u03b2\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
    "\u03c9\u03f2\u0251\u0261\u0131\u026a\u029f\u1d00\u1d07\u0269",
    "abesijkmhopctyxdhqwabeikvoptuxwcagiilaei",
)
_DIGITS = str.maketrans("01345789@$!|", "oleastbgasil")
_OTHER_ONE = str.maketrans("01345789@$!|", "oieastbgasii")
_LATIN = re.compile(r"[a-z]")
_OTHER = re.compile(r"[\u0250-\u03ff\u0400-\u052f\u1d00-\u1d2b\u0131]")
_DISGUISED = re.compile(r"\b(?=\w*[a-z])(?=\w*\d)[\w@$!|]{2,}")
DISGUISED_WORDS_AT_LEAST = 3
"""Fewer are names: k8s, s3, p95."""
_BACKWARDS = re.compile(r"\b(?:eht|dna|lla|yreve|suoiverp|erongi|kram|tem|evig|stniop|snoitcurtsni|cirbur)\b")
BACKWARDS_WORDS_AT_LEAST = 2


def readings(sentence: str) -> list[str]:
    """The folded sentence as it stands, and as it reads with disguises taken off, if it wears any."""
    found = [sentence]
    if _OTHER.search(sentence) and _LATIN.search(sentence):
        found.append(sentence.translate(_LOOKALIKES))
    if len(_DISGUISED.findall(found[-1])) >= DISGUISED_WORDS_AT_LEAST:
        found += [found[-1].translate(_DIGITS), found[-1].translate(_OTHER_ONE)]
    if len(_BACKWARDS.findall(sentence)) >= BACKWARDS_WORDS_AT_LEAST:
        found.append(sentence[::-1])
    return found
