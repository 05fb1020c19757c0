"""Draft questions from prose by stated rules (docs/import.md lists them); a language model can stand in for them.

The rules see one section at a time, and the first that fits makes its question:

1. The heading is a question: it is asked as it stands.
2. The heading says that terms are explained (glossary, terms, definitions): each "Term: meaning" becomes
   "What is Term?".
3. One of the first two sentences defines something ("A canary is ..."): "What is a canary?".
4. The section has a list of two to twelve items and 15 words: "What belongs to “heading”? Explain each point."
5. Any other section of 40 words or more under a telling heading: "What can you tell me about “heading”?"

A heading of one or two words is asked about together with the one above it. What earns marks is derived from the
section's statements (claims.py).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from interviewer.grading.text import sentences
from interviewer.importing.claims import Claim, claims
from interviewer.importing.document import Block, BlockKind
from interviewer.importing.markdown import to_markdown

WORDS_AT_LEAST = 40
LIST_WORDS_AT_LEAST = 15
WORDS_ASKED_AT_MOST = 350
"""An answer of two minutes; what a longer section says further on is left to be read."""
LIST_ITEMS = range(2, 13)
TERM_WORDS_AT_MOST = 6
DEFINITION_WORDS_AT_LEAST = 5
HEADING_WORDS_AT_MOST = 20
VAGUE_WORDS_AT_MOST = 2

_TERMS = re.compile(
    r"\b(glossary|terms|terminology|definitions|vocabulary|abbreviations|acronyms)\b", re.IGNORECASE
)
_SAYS_NOTHING = re.compile(
    r"^(?:\d[\d.]*\s*)?(?:introduction|overview|summary|conclusions?|abstract|preface|foreword|motivation|background"
    r"|contents|table of contents|references|bibliography|further reading|see also|links|notes|footnotes|index"
    r"|acknowledge?ments|appendix|licen[cs]e|about(?: the author)?|next steps|part \d+|chapter \d+|text)\W*$",
    re.IGNORECASE,
)
_APPARATUS = re.compile(
    r"^(?:\d[\d.]*\s*)?(?:(?:table of )?contents|references|bibliography|index|acknowledge?ments|licen[cs]e)\W*$",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[A-Z][.)]|chapter \d+[:.]?|section \d+[:.]?)\s+", re.IGNORECASE)
_DEFINES = re.compile(
    r"^(?P<article>an?\s+|the\s+)?(?P<term>[\w][\w./+&'-]*(?:\s+[\w./+&'-]+){0,4}?)\s*(?:\([^)]{1,40}\)\s*)?,?\s+"
    r"(?:(?P<verb>is|are)\s+(?:(?:an?|the|any|one|how|that|when|where|what|short\s+for)\b"
    r"|[\w-]+(?:\s+[\w-]+)?s\s+(?:that|which|who|for|of|to|where|in)\b)|means|refers\s+to|stands\s+for|denotes)\s",
    re.IGNORECASE,
)
_NO_TERM = re.compile(
    r"^(?:this|that|these|those|it|its|they|there|here|he|she|we|you|i|one|what|which|who|when|where|why|how|if|as|in"
    r"|on|at|for|with|to|and|but|or|so|each|every|all|some|many|most|another|other|such|first|second|third|next|then"
    r"|our|your|their|his|her|my|no|not)\b",
    re.IGNORECASE,
)
_ITEM_TERM = re.compile(r"^(?P<term>[^:–—]{2,60}?)\s*(?::|\s[–—-])\s+(?P<meaning>.+)$", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, down to the next heading; `above` is the heading that it belongs to."""

    heading: str
    blocks: tuple[Block, ...]
    above: str = ""

    @property
    def text(self) -> str:
        """The section as Markdown, without its heading."""
        return to_markdown(self.blocks)


@dataclass(frozen=True)
class Draft:
    """A question that a person should look over before it counts."""

    prompt: str
    reference_answer: str
    claims: tuple[Claim, ...] = field(default=())


class Drafter(Protocol):
    """Makes questions of prose."""

    def draft(self, section: Section) -> Sequence[Draft]:
        """Questions that the section answers; none where it answers none worth asking."""


class RuleDrafter:
    """Drafts without a model. The same section always gives the same questions."""

    def draft(self, section: Section) -> Sequence[Draft]:
        """Questions by the first rule that fits."""
        heading = _NUMBERING.sub("", section.heading).strip()
        if _TERMS.search(heading):
            return list(_terms(section.blocks))
        text = opening(section.blocks)
        prompt = _prompt(heading, _NUMBERING.sub("", section.above).strip(), section.blocks, text)
        if not prompt or not text:
            return []
        return [Draft(prompt, text, claims(prompt, text))]


def sections(blocks: Iterable[Block]) -> list[Section]:
    """The document cut at its headings, without contents, references and the like."""
    found: list[Section] = []
    path: list[Block] = []
    under: list[Block] = []

    def close() -> None:
        above, heading = ["", "", *(" ".join(block.text.split()) for block in path)][-2:]
        if under and not _APPARATUS.match(heading):
            found.append(Section(heading, tuple(under), above))

    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            under.append(block)
            continue
        close()
        path, under = [*(higher for higher in path if higher.level < block.level), block], []
    close()
    return found


def says_nothing(heading: str) -> bool:
    """Whether a heading names a part of any document, such as Introduction or References, and no subject."""
    return bool(_SAYS_NOTHING.match(heading))


def _prompt(heading: str, above: str, blocks: Sequence[Block], text: str) -> str:
    if heading.endswith("?"):
        return heading
    defined = _defined(text)
    if defined:
        return defined
    telling = heading and not says_nothing(heading) and len(heading.split()) <= HEADING_WORDS_AT_MOST
    is_list = sum(block.kind in (BlockKind.ITEM, BlockKind.ROW) for block in blocks) in LIST_ITEMS
    if not telling or len(text.split()) < (LIST_WORDS_AT_LEAST if is_list else WORDS_AT_LEAST):
        return ""
    topic = f"“{heading.rstrip(' .:')}”"
    if len(heading.split()) <= VAGUE_WORDS_AT_MOST and above and not says_nothing(above):
        topic += f" ({above.rstrip(' .:')})"
    return f"What belongs to {topic}? Explain each point." if is_list else f"What can you tell me about {topic}?"


def _defined(text: str) -> str:
    """The question for what one of the first two sentences defines."""
    for start, end in sentences(text)[:2]:
        sentence = text[start:end]
        match = _DEFINES.match(sentence)
        if match and not _NO_TERM.match(match["term"]) and len(sentence.split()) > DEFINITION_WORDS_AT_LEAST:
            verb = "are" if (match["verb"] or "").lower() == "are" else "is"
            return f"What {verb} {(match['article'] or '').lower()}{match['term']}?"
    return ""


def _terms(blocks: Iterable[Block]) -> Iterator[Draft]:
    for block in blocks:
        match = _ITEM_TERM.match(block.text)
        term = block.term or (match["term"] if match else "")
        meaning = (
            block.text.removeprefix(block.term).lstrip(" :–—-")
            if block.term
            else match["meaning"]
            if match
            else ""
        )
        if term and len(term.split()) <= TERM_WORDS_AT_MOST and len(meaning.split()) >= DEFINITION_WORDS_AT_LEAST:
            prompt = f"What is {term.strip()}?"
            yield Draft(prompt, meaning, claims(prompt, meaning))


def opening(blocks: Sequence[Block]) -> str:
    """The section's text, down to the block that fills an answer."""
    taken: list[Block] = []
    words = 0
    for block in blocks:
        words += len(block.text.split())
        if taken and words > WORDS_ASKED_AT_MOST:
            break
        taken.append(block)
    return to_markdown(taken)
