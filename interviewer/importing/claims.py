"""What a good answer claims, derived from a reference answer by stated rules (docs/import.md lists them).

1. A claim is a sentence, a list item or a row of a table; a sentence of over 30 words is cut at its clauses.
2. What leads over ("There are three kinds:", "In this section ..."), asks, speaks to a grader, repeats the
   question or another claim, or has fewer than three words of content is none.
3. Of more than ten the ten that say most of what the whole answer speaks of are kept, in their order.
4. Items and answers of up to three words are names: one claim asks for half of them.
5. The opening statement weighs 3; the items of a list 2; other statements 2 where they say much, else 1.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten

from interviewer.domain.rubric import NamesRule
from interviewer.grading.addressed import addressed_spans
from interviewer.grading.assertion import content_words, is_echo
from interviewer.grading.text import clauses, sentences
from interviewer.importing.contrasts import near_misses

CLAIMS_AT_MOST = 10
CLAIM_CHARACTERS_AT_MOST = 400
CONTENT_WORDS_AT_LEAST = 3
SENTENCE_WORDS_AT_MOST = 30
CLAUSE_WORDS_AT_LEAST = 6
HEAVY_CONTENT_WORDS = 9
NAME_WORDS_AT_MOST = 3
ITEM_SENTENCES = 2
"""So many sentences of a list item are one claim; a longer item is one claim a sentence."""
_LISTED = re.compile(r"\s*[,;/]\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+")
_ITEM = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")
_CODE = re.compile(r"^(```|~~~).*?^\1[^\S\n]*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6}\s.*$", re.MULTILINE)
_LEADS_OVER = re.compile(
    r"^(?:see\b|refer to|read (?:more|about|on)|click|for (?:more|further|details)|as (?:mentioned|shown|seen|we)"
    r"|in (?:this|the (?:next|previous|following)) (?:article|section|chapter|post|tutorial|guide|lesson)"
    r"|let['’]?s\b|let us\b|we (?:will|['’]ll) (?:see|look|learn|cover|discuss)|here (?:is|are)\b|the following"
    r"|(?:figure|fig\.|table|listing) \d|source:|credits?:|image:|tip:|copyright|©|https?://)",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:note(?: that|:)?|remember(?: that|:)|in (?:other words|short|general)[,:]|however,|therefore,|moreover,"
    r"|furthermore,|in addition,|additionally,|finally,|basically,|and|but|so|or|which|because|since|although"
    r"|while)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claim:
    """What an answer should say, its weight (1 to 3), other ways of saying it, what it is not, what it names."""

    text: str
    weight: int
    phrasings: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    names: NamesRule | None = None


@dataclass(frozen=True)
class _Statement:
    text: str
    is_item: bool

    @property
    def told(self) -> str:
        """The statement as a claim, which is not endless."""
        return shorten(self.text, CLAIM_CHARACTERS_AT_MOST, placeholder="…")

    @property
    def words(self) -> frozenset[str]:
        return frozenset(content_words(self.text))


def claims(question: str, answer: str) -> tuple[Claim, ...]:
    """The claims of a reference answer in Markdown; the answer itself where none of its statements is one."""
    found = list(_statements(without_code(answer)))
    names = tuple(_names(found))
    kept = [] if names and len(found) == 1 else _kept(question, found)
    if not kept and not names:
        whole = shorten(without_code(answer), CLAIM_CHARACTERS_AT_MOST, placeholder="…")
        return (Claim(whole, 3, near_misses=near_misses(whole)),) if whole else ()
    made = tuple(
        Claim(statement.told, weight, near_misses=near_misses(statement.told))
        for statement, weight in _weighed(_telling(kept))
    )
    return (*made, *names)


def _kept(question: str, statements: Iterable[_Statement]) -> list[_Statement]:
    """The statements that claim something of their own."""
    asked = frozenset(content_words(question))
    kept: list[_Statement] = []
    for statement in statements:
        new = statement.words
        if (
            len(new) >= CONTENT_WORDS_AT_LEAST
            and not _is_idle(statement.text)
            and not is_echo(statement.text, asked)
            and all(new != other.words for other in kept)
        ):
            kept.append(statement)
    return kept


def _names(statements: Sequence[_Statement]) -> Iterator[Claim]:
    """What is only named: short items of a list, or the whole of a short answer."""
    listed = _LISTED.split(statements[0].text) if len(statements) == 1 else []
    if any(len(part.split()) > NAME_WORDS_AT_MOST for part in listed):
        return
    short = (part.strip(" .,;") for part in listed or (each.text for each in statements if each.is_item))
    names = tuple(dict.fromkeys(name for name in short if 0 < len(name.split()) <= NAME_WORDS_AT_MOST))
    if names:
        told = ", ".join(names)
        rule = NamesRule(at_least=(len(names) + 1) // 2, of=names, enough=True)
        yield Claim(f"It is {told}." if len(names) == 1 else f"Names of: {told}.", 2, names=rule)


def without_code(text: str) -> str:
    """Markdown without its code blocks and headings: they claim nothing."""
    return _HEADING.sub("", _CODE.sub("", text)).strip()


def _statements(text: str) -> Iterator[_Statement]:
    for paragraph in _paragraphs(text):
        is_item = bool(_ITEM.match(paragraph))
        plain = _ITEM.sub("", paragraph).replace(" | ", ": ", 1).strip() if is_item else paragraph
        spans = sentences(plain)
        if is_item and len(spans) <= ITEM_SENTENCES and len(plain.split()) <= SENTENCE_WORDS_AT_MOST:
            yield _Statement(" ".join(plain.split()), is_item)
            continue
        for start, end in spans:
            for part in _parts(plain, start, end):
                yield _Statement(" ".join(part.split()), is_item)


def _paragraphs(text: str) -> Iterator[str]:
    """Items with the lines that belong to them, and other lines as they stand."""
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        goes_on = bool(lines) and line[:2] == "  " and not _ITEM.match(line.strip())
        if lines and not goes_on:
            yield "\n".join(lines)
            lines = []
        if line.strip():
            lines.append(line.strip())


def _parts(text: str, start: int, end: int) -> Iterator[str]:
    """A sentence, or what a long one says one after the other."""
    if len(text[start:end].split()) <= SENTENCE_WORDS_AT_MOST:
        yield _opened(text[start:end])
        return
    begin = start
    for _, stop in clauses(text, start, end):
        rest = len(text[stop:end].split())
        if len(text[begin:stop].split()) >= CLAUSE_WORDS_AT_LEAST and (rest >= CLAUSE_WORDS_AT_LEAST or rest == 0):
            yield _opened(text[begin:stop].strip(" ,;:–—-("))
            begin = stop
    if text[begin:end].strip(" ,;:.–—-()"):
        yield _opened(text[begin:end].strip(" ,;:–—-("))


def _opened(sentence: str) -> str:
    """A statement without the word that ties it to the one before."""
    plain = _PREFIX.sub("", sentence.strip())
    return plain[:1].upper() + plain[1:] if plain != sentence.strip() else plain


def _is_idle(text: str) -> bool:
    return text.endswith(("?", ":")) or bool(_LEADS_OVER.match(text)) or bool(addressed_spans(text))


def _telling(statements: Sequence[_Statement]) -> list[_Statement]:
    """Those that share most words with the rest of the answer; the opening one always."""
    if len(statements) <= CLAIMS_AT_MOST:
        return list(statements)
    often = Counter(word for statement in statements for word in statement.words)
    ranked = sorted(
        range(1, len(statements)),
        key=lambda n: (-sum(often[word] > 1 for word in statements[n].words) - 2 * statements[n].is_item, n),
    )
    return [statements[n] for n in sorted([0, *ranked[: CLAIMS_AT_MOST - 1]])]


def _weighed(statements: Sequence[_Statement]) -> Iterator[tuple[_Statement, int]]:
    for place, statement in enumerate(statements):
        if statement.is_item:
            yield statement, 2
        elif place == 0:
            yield statement, 3
        else:
            yield statement, 2 if len(statement.words) >= HEAVY_CONTENT_WORDS else 1
