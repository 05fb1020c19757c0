"""Terms of the field in text: misheard ones put right, names found in all their forms."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from interviewer.content.models import GlossaryTerm
from interviewer.grading.text import normalise

_NOT_IN_A_WORD = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"


class Terms:
    """A glossary put to use. Without terms it only normalises."""

    def __init__(self, glossary: Sequence[GlossaryTerm] = ()) -> None:
        self._glossary = tuple(glossary)
        self._cached_plain = lru_cache(maxsize=20_000)(self._plain)

    def plain(self, text: str) -> str:
        """The text normalised, with misheard terms ("cooper netties") written as they are meant."""
        return self._cached_plain(text)

    def found(self, names: Iterable[str], text: str) -> dict[str, tuple[int, int]]:
        """Which of the names occur in the text, each with the span of its first occurrence.

        Two names that are forms of one term count once.
        """
        hits: dict[str, tuple[int, int]] = {}
        seen: set[str] = set()
        for name in names:
            term = self._forms_of.get(name.lower())
            identity = term.term.lower() if term else name.lower()
            if identity in seen:
                continue
            match = self._pattern(name).search(text)
            if match:
                seen.add(identity)
                hits[name] = match.span()
        return hits

    def _plain(self, text: str) -> str:
        text = normalise(text)
        if self._spoken is None:
            return text
        return self._spoken.sub(lambda match: self._meant[_key(match[1])] + match[2], text)

    @cached_property
    def _forms_of(self) -> dict[str, GlossaryTerm]:
        return {form.lower(): entry for entry in self._glossary for form in entry.forms}

    @cached_property
    def _meant(self) -> dict[str, str]:
        written = {_key(form) for entry in self._glossary for form in (entry.term, *entry.aliases)}
        return {
            _key(form): entry.term
            for entry in self._glossary
            for form in entry.spoken
            if _key(form) not in written and _unusual(form)
        }

    @cached_property
    def _spoken(self) -> re.Pattern[str] | None:
        forms = sorted(self._meant, key=len, reverse=True)
        if not forms:
            return None
        alternatives = "|".join(_flexible(form) for form in forms)
        before, after = _NOT_IN_A_WORD
        return re.compile(f"{before}({alternatives})(s?){after}", re.IGNORECASE)

    @lru_cache(maxsize=4096)  # noqa: B019  (one Terms lives as long as the process)
    def _pattern(self, name: str) -> re.Pattern[str]:
        term = self._forms_of.get(name.lower())
        forms = {name, *(term.forms if term else ())}
        return re.compile(
            _bounded("|".join(_flexible(form) for form in sorted(forms, key=len, reverse=True))),
            re.IGNORECASE,
        )


def _bounded(alternatives: str) -> str:
    before, after = _NOT_IN_A_WORD
    return f"{before}(?:{alternatives})(?:s|es)?{after}"


def _flexible(form: str) -> str:
    """The form with any white space or hyphen between its words."""
    return r"[\s-]+".join(re.escape(part) for part in re.split(r"[\s-]+", form.strip()) if part)


def _key(form: str) -> str:
    return " ".join(re.split(r"[\s-]+", form.lower().strip()))


def _unusual(form: str) -> bool:
    """Whether a spoken form is surely no ordinary English: more than one word, so that "drift" stays "drift"."""
    return len(form.split()) > 1
