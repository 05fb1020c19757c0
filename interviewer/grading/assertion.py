"""Whether a candidate asserts what their words say.

A claim that is asked, doubted, attributed to others, echoed from the question, listed without a predicate or
addressed to the grader is not a claim of the candidate's, however well its words fit.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from interviewer.grading.text import normalise, words

ECHO_SHARE = 0.75
ECHO_NEW_WORDS_AT_MOST = 3
LIST_ITEMS_AT_LEAST = 4
LIST_ITEM_WORDS = 4
LIST_SHARE = 0.9

FUNCTION_WORDS = frozenset(
    ["a", "an", "the", "this", "that", "these", "those", "and", "or", "but", "nor", "so", "yet", "if", "then", "than", "as", "at", "by", "for", "from", "in", "into", "of", "off", "on", "onto", "out", "over", "to", "under", "up", "with", "within", "without", "about", "after", "before", "between", "during", "per", "via", "is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "do", "does", "did", "doing", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "i", "you", "he", "she", "it", "we", "they", "me", "him", "her", "us", "them", "my", "your", "his", "its", "our", "their", "mine", "who", "whom", "whose", "which", "what", "when", "where", "why", "how", "there", "here", "not", "no", "n't", "don't", "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "won't", "wouldn't", "can't", "cannot", "couldn't", "shouldn't", "it's", "that's", "i'm", "i'd", "i've", "i'll", "we'd", "we've", "we're", "we'll", "you'd", "you're", "you'll", "they're", "they'd", "let's", "also", "just", "only", "very", "more", "most", "each", "every", "all", "any", "both", "some", "one", "other", "same", "such", "own", "too", "again", "once", "because", "while", "until", "since", "though", "although", "whether", "however"]
)

_IGNORANCE = re.compile(
    r"""\b(?: i\s+(?:really\s+|honestly\s+|just\s+)?(?:don'?t|do\s+not|didn'?t|did\s+not|wouldn'?t|never)\s+
          (?:really\s+|quite\s+|exactly\s+|actually\s+)?(?:know|remember|recall|check(?:ed)?|understood|understand|looked|learn(?:ed|t))
        | (?:i\s+have|i'?ve|got)\s+no\s+(?:idea|clue|opinion|experience)
        | no\s+(?:idea|clue|opinion)(?:\s+(?:how|what|why|about))?
        | i(?:'?m|\s+am)\s+not\s+(?:really\s+|quite\s+|so\s+|too\s+|at\s+all\s+)?(?:sure|certain|familiar|clear)
        | not\s+(?:really\s+)?sure\s+(?:how|what|why|whether|if|about)
        | (?:i\s+)?(?:can'?t|cannot|couldn'?t|could\s+not)\s+(?:really\s+|honestly\s+)?(?:tell\s+you|say|explain|recall|remember|name)
        | i(?:'?ve|\s+have)?\s+(?:only\s+)?(?:heard|read|come\s+across|seen)\s+(?:of|about|the\s+(?:term|name|word))
        | i(?:'?d|\s+would)\s+have\s+to\s+(?:look|read|check|guess|google)
        | (?:i(?:'?ve|\s+have)?|we(?:'?ve)?)\s+never\s+(?:used|done|set|built|worked|touched|tried|seen|had)
        | i\s+(?:didn'?t|did\s+not|haven'?t|have\s+not)\s+work(?:ed)?\s+on
        | (?:i'?d|i\s+would|i)\s+(?:start\s+by\s+|begin\s+(?:with|by)\s+|probably\s+|also\s+|just\s+|first\s+)*(?:read(?:ing)?|study(?:ing)?|look(?:ing)?\s+(?:at|up|into)|check(?:ing)?|google|watch(?:ing)?|consult)\s+(?:up\s+(?:on\s+)?)?(?:the\s+|some\s+|a\s+(?:few|couple\s+of)\s+|their\s+|it\s+)?(?:official\s+)?(?:docs?|documentation|blogs?|blog\s+posts?|articles?|tutorials?|papers?|talks|videos?|books?|courses?|up\b)
        | (?:ask|talk\s+to|check\s+with)\s+(?:a\s+|the\s+|my\s+|our\s+|some\s+)?(?:more\s+)?(?:senior|experienced|platform)\s+(?:colleagues?|engineers?|people|folks|team)
        | (?:take|do)\s+an?\s+(?:online\s+)?course
        | (?:fast|quick)\s+learner | learn\s+(?:very\s+)?(?:fast|quickly)
        | (?:follow|apply)\s+(?:the\s+|industry\s+)?best\s+practices?
        | (?:i'?d|i\s+would)\s+(?:only\s+)?be\s+guessing
        | wouldn'?t\s+know | beats\s+me | don'?t\s+ask\s+me )""",
    re.VERBOSE | re.IGNORECASE,
)
HEARSAY = re.compile(
    r"""\b(?: (?:some|many|most|lots\s+of|plenty\s+of|a\s+lot\s+of|other|certain)\s+(?:people|folks|teams|engineers|colleagues|candidates|companies|blogs?|vendors?|articles?)?\s*
          (?:will\s+|would\s+|still\s+|often\s+|seem\s+to\s+|like\s+to\s+)?(?:say|think|believe|claim|argue|assume|tell\s+you|confuse|mix|suppose|imagine|insist|recommend)
        | (?:people|folks|they)\s+(?:often\s+|sometimes\s+|always\s+|will\s+)?(?:say|think|believe|claim|argue|assume|confuse)
        | it\s+is\s+(?:often|sometimes|commonly|widely)\s+(?:said|believed|claimed|assumed|thought)
        | (?:common|popular|frequent|classic|usual)\s+(?:myth|misconception|mistake|misunderstanding|belief|confusion|trap|error)
        | (?:supposedly|allegedly|apparently|reportedly) )\b""",
    re.VERBOSE | re.IGNORECASE,
)
DENIED = re.compile(
    r"""(?: \b(?:it\s+is|it'?s|that\s+is|that'?s|this\s+is)\s+(?:simply\s+|just\s+|plainly\s+|absolutely\s+)?(?:not\s+(?:true|the\s+case|correct|right|so)|untrue|a\s+myth|nonsense)
        | \b(?:that\s+is|that'?s|this\s+is)\s+(?:simply\s+|just\s+|plainly\s+)?(?:false|wrong|incorrect)
        | \b(?:i|we)\s+(?:strongly\s+|would\s+)?(?:disagree|deny|doubt|dispute|reject)\b
        | \bnot\s+(?:true|correct|the\s+case)\s+that\b
        | ,?\s*which\s+is\s+(?:wrong|false|not\s+true|a\s+mistake|nonsense|incorrect)
        | \bno,?\s+that\s+is\s+wrong )""",
    re.VERBOSE | re.IGNORECASE,
)
_TO_THE_GRADER = re.compile(
    r"""(?: \b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,40}\b(?:rubric|instruction|prompt|criteria|guideline|previous|above|rules?\b)
        | \b(?:note|message|attention|memo|instruction|reminder|hint|dear|hello|hi|hey)\s*(?:to|for)?\s*(?:the\s+)?(?:grader|examiner|evaluator|grading|assessor|marker|reviewer|ai\b|llm|assistant|model\s+grading)
        | \b(?:mark|grade|score|tick|give|award|treat|consider)\b.{0,40}\b(?:full\s+(?:marks?|credit|points|score)|(?:every|each|all)\s+(?:key|criteri|point|item|claim|rubric)\w*|as\s+(?:met|fulfilled|satisfied)|10\s*/\s*10|a\s+perfect)
        | \b(?:notice|note|message|memo|instructions?|attention)\s*(?:to|for)\s+(?:the\s+)?(?:\w+\s+){0,2}(?:model|grader|grading|evaluat\w+|examiner|assessor|ai|llm|system)\b
        | \bgrading\s+(?:is\s+)?(?:complete|finished|over|done)\b | \bpass(?:ed)?\s+with\s+(?:distinction|honou?rs)\b
        | \b(?:rubric|mark\s+scheme)\b.{0,60}\b(?:withdrawn|waived|cancell?ed|suspended|void|outdated|replaced|does\s+not\s+apply)
        | \b(?:this|the)\s+(?:response|answer|submission|candidate)\b.{0,40}\b(?:pre-?approved|approved|verified|certified|complete\s+and\s+correct|deserves)
        | \bscore\s+(?:of\s+)?(?:100|one\s+hundred|10\s*/\s*10)\b
        | \b(?:full|maximum|perfect)\s+(?:marks?|credit|score|points)\b
        | \b(?:system|developer|assistant|tool)\s*(?:message|prompt|note|override)?\s*:\s
        | \b(?:end\s+of\s+(?:note|message|answer|transcript|candidate)|begin\s+(?:system|instructions?))\b
        | \b(?:this|the)\s+candidate\s+(?:has|is|was|gave|should|deserves|made|mentioned|meets|demonstrates|covers)
        | \b(?:the\s+)?(?:rubric|grader|examiner|grading\s+(?:model|prompt|system))\b.{0,60}\b(?:met|should|must|said|says|satisfied|ignore|complete|already|award|pass)
        | "(?:verdict|score|met|credit)"\s*: | <\s*/?\s*(?:system|instructions?|answer|candidate|grader|script)\b )""",
    re.VERBOSE | re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[,;/|•·\n]|\band\b|\bor\b|\bplus\b|\.\s)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Assertion:
    """Why a stretch of text may not be a claim of the candidate's."""

    ignorance: bool = False
    hearsay: bool = False
    denied: bool = False
    question: bool = False
    to_the_grader: bool = False
    bare_list: bool = False

    @property
    def void(self) -> bool:
        """Whether it cannot be a claim at all."""
        return self.denied or self.question or self.to_the_grader or self.bare_list or self.hearsay


@lru_cache(maxsize=8192)
def assertion(text: str) -> Assertion:
    """What the text itself says about being asserted; `text` is a sentence, a clause or two clauses."""
    plain = normalise(text)
    return Assertion(
        ignorance=bool(_IGNORANCE.search(plain)),
        hearsay=bool(HEARSAY.search(plain)),
        denied=bool(DENIED.search(plain)),
        question=text.rstrip().endswith("?"),
        to_the_grader=bool(_TO_THE_GRADER.search(text)),
        bare_list=is_bare_list(plain),
    )


def is_bare_list(text: str) -> bool:
    """Terms strung together without saying anything of them."""
    items = [item.split() for item in _ITEM.split(text) if item.strip()]
    if len(items) < LIST_ITEMS_AT_LEAST:
        return False
    bare = sum(
        len(item) <= LIST_ITEM_WORDS and not any(w.lower() in FUNCTION_WORDS for w in item) for item in items
    )
    return bare >= LIST_SHARE * len(items)


def content_words(text: str) -> list[str]:
    """Words that carry meaning, cut to their stems."""
    return [stem(word) for word in words(normalise(text)) if word not in FUNCTION_WORDS and len(word) > 1]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A rough stem: plural and verb endings cut. Good enough to compare two texts of one person."""
    for ending in (
        "ations",
        "ation",
        "ingly",
        "ments",
        "ment",
        "ings",
        "ing",
        "ies",
        "edly",
        "ed",
        "es",
        "s",
        "ly",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004
            return word[: -len(ending)]
    return word


def is_echo(text: str, question_words: frozenset[str]) -> bool:
    """Whether the text only repeats the question: nearly all of its content words stand in it."""
    said = set(content_words(text))
    if not said:
        return True
    new = said - question_words
    return len(new) <= ECHO_NEW_WORDS_AT_MOST and len(said & question_words) / len(said) >= ECHO_SHARE
