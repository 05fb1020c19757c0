"""What the interviewer says: with a language model in its own words, without one in the lines of the corpus.

The code decides what is done (ask, repeat, hint, probe); a model only finds words for it. It is never shown the
rubric or the reference answer, and what it writes is spoken sentence by sentence only after a check: no praise, no
marks, nothing that gives a claim away. Where it fails, is silent or breaks a rule, the corpus has the line.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cached_property

from interviewer.content.conversation import Intent, Move, MoveLines, Talk, read_talk
from interviewer.content.library import Library
from interviewer.domain.chat import ChatReply, ChatRequest, Message
from interviewer.domain.grade import Verdict
from interviewer.domain.interview import Interview, Item
from interviewer.errors import ModelError
from interviewer.grading.assertion import content_words
from interviewer.grading.folding import fold, visible
from interviewer.grading.gate import readable
from interviewer.grading.text import sentences, words
from interviewer.grading.thoughts import without_thoughts
from interviewer.patience import in_time
from interviewer.ports import ChatModel

SENTENCES_AT_MOST = 3
SPOKEN_CHARACTERS_AT_MOST = 600
STREAMED_CHARACTERS_AT_MOST = 20_000
"""More than a model says that keeps to its limit of tokens, thinking aloud included."""
OUTPUT_TOKENS = 1500
"""Far more than three sentences take, since some models think aloud within the limit."""
QUOTE_WORDS = (3, 18)
GIVEN_AWAY_WORDS = 3
HINTED_WORDS, HINTED_ONE_IN = 2, 3
HEARD_TURNS = 8
PATIENCE = 12.0
"""Seconds that a person is kept waiting for the next sentence; then the corpus has the line."""
ASKED_REPEATEDLY = (Intent.REPEAT, Intent.HINT)
LEAD_IN_WORDS = 5
SHARED_WORDS = 2
"""So many words in common make a sentence worth quoting back."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")


class Conversation:
    """The interviewer's side of an interview. It changes nothing; marks are none of its business.

    `trouble` says why the model last failed to speak; None once it speaks again.
    """

    def __init__(self, library: Library, chat: ChatModel | None = None, *, patience: float = PATIENCE) -> None:
        self._library = library
        self._chat = chat
        self._patience = patience
        self.trouble: str | None = None

    @cached_property
    def _talk(self) -> Talk:
        return read_talk(self._library.roots[0].corpus)

    def intent(self, interview: Interview, text: str) -> Intent | None:
        """What the candidate wants who says this; None where it is an answer.

        Text that the interviewer has just taken for an aside is an answer when it is sent again, unless it asks
        for a repeat or a hint: of those one may want more.
        """
        intent = self._wanted(text)
        if intent in ASKED_REPEATEDLY:
            return intent
        asides = interview.current.asides
        return None if asides and asides[-1].said.strip() == text.strip() else intent

    def _wanted(self, text: str) -> Intent | None:
        plain = " ".join(fold(text).text.split())
        for rule in self._talk.intents:
            if len(words(plain)) > rule.words_at_most or (rule.questions_only and not _only_asks(text)):
                continue
            if any(re.search(pattern, plain) for pattern in rule.patterns):
                return rule.id
        return None

    def introduce(self, interview: Interview) -> Iterator[str]:
        """The greeting, in pieces; the first question follows it."""
        count = len(interview.items)
        questions = "one question" if count == 1 else f"{count} questions"
        return self._say(interview, Move.INTRODUCE, "", questions=questions)

    def reply(self, interview: Interview, text: str, intent: Intent) -> Iterator[str]:
        """What the interviewer says to an aside, in pieces. Store it with `InterviewService.aside`."""
        item = interview.current
        probe = item.open_probe
        question = self._library.question(item.question_id)
        asked = item.exchanges[-1].ask if probe else question.prompt
        quote = _bearing_on(text, question.prompt) if intent is Intent.CLARIFY and not probe else None
        return self._say(interview, intent, text, question=asked, quote=quote, hint=self._hint(interview))

    def acknowledge(self, interview: Interview) -> Iterator[str]:
        """What is said when an answer has been heard, before anything is known of its marks."""
        return self._say(interview, Move.ACKNOWLEDGE, _latest(interview.current))

    def probe(self, interview: Interview) -> Iterator[str]:
        """The open follow-up question in words that take up the candidate's own; nothing where none is open."""
        item = interview.current
        if item.open_probe is None:
            return iter(())
        quote = self._vague_words(item, item.open_probe.key)
        return self._say(interview, Move.PROBE, _latest(item), ask=item.open_probe.ask, quote=quote)

    def close(self, interview: Interview) -> Iterator[str]:
        """The last words."""
        return self._say(interview, Move.CLOSE, "")

    def _say(
        self, interview: Interview, move: Move | Intent, heard: str, quote: str | None = None, **slots: str
    ) -> Iterator[str]:
        lines = self._talk.moves[move]
        line = _filled(_chosen(lines, interview, quote), quote=quote or "", **slots)
        private = self._library.question(interview.current.question_id).private
        chat = None if private else self._chat
        if chat is None or lines.instruction is None:
            yield line
            return
        must_ask = slots.get("ask") if move is Move.PROBE else None
        request = self._request(interview, _filled(lines.instruction, **slots), heard, must_ask)
        spoken: list[str] = []
        try:
            for sentence in in_time(self._checked(interview, chat.stream(request), must_ask), self._patience):
                spoken.append(sentence)
                yield sentence if len(spoken) == 1 else f" {sentence}"
            self.trouble = None
        except ModelError as error:
            self.trouble = str(error)  # the line below stands in
        if not spoken:
            yield line
        elif must_ask and not any("?" in sentence for sentence in spoken):
            yield f" {must_ask}"

    def _request(self, interview: Interview, instruction: str, heard: str, ask: str | None) -> ChatRequest:
        from interviewer import prompts  # only with a model: its template engine takes a while to load

        instructions = prompts.render(prompts.CONVERSE, instruction=instruction, sentences=SENTENCES_AT_MOST)
        document = {
            "question": self._library.question(interview.current.question_id).prompt,
            "follow_up": ask,
            "talk": _talk_so_far(interview.current),
            "candidate": readable(heard),
        }
        return ChatRequest(
            messages=(
                Message(role="system", content=instructions),
                Message(role="user", content=visible(json.dumps(document, ensure_ascii=False))),
            ),
            max_output_tokens=OUTPUT_TOKENS,
        )

    def _checked(self, interview: Interview, stream: Iterator[str | ChatReply], ask: str | None) -> Iterator[str]:
        """The model's sentences as they come, up to the first that may not be spoken."""
        said = 0
        for number, sentence in enumerate(_sentences(_pieces(stream))):
            said += len(sentence)
            if number >= SENTENCES_AT_MOST or said > SPOKEN_CHARACTERS_AT_MOST:
                return
            if not self._may_be_spoken(interview, sentence, ask):
                return
            yield sentence

    def _may_be_spoken(self, interview: Interview, sentence: str, ask: str | None) -> bool:
        plain = fold(sentence).text
        if any(re.search(pattern, plain) for pattern in self._talk.never):
            return False
        item = interview.current
        question = self._library.question(item.question_id)
        heard = [question.prompt, item.transcript, ask or "", *(aside.said for aside in item.asides)]
        known = {word for text in heard for word in content_words(text)}
        said = set(content_words(sentence))
        claims = [key.claim for key in self._library.rubric(item.question_id).keys]
        return not any(_gives_away(claim, said, known) for claim in claims)

    def _hint(self, interview: Interview) -> str:
        """The hint that comes next: how to go about it, then a question that leads on."""
        item = interview.current
        if item.open_probe is not None:
            return _filled(self._talk.probe_hint, ask=item.open_probe.ask)
        question = self._library.question(item.question_id)
        rubric = self._library.rubric(item.question_id)
        first = _filled(self._talk.hints[question.kind])
        given = sum(self._is_hint(aside.reply, first) for aside in item.asides)
        probes = sorted(rubric.probes, key=lambda probe: -rubric.key(probe.key).weight)
        if not given or not probes:
            return first
        return _filled(self._talk.second_hint, ask=probes[(given - 1) % len(probes)].ask)

    def _is_hint(self, reply: str, first: str) -> bool:
        beginning = self._talk.second_hint.partition("{")[0]
        return reply == first or bool(beginning and reply.startswith(beginning))

    def _vague_words(self, item: Item, key_id: str) -> str | None:
        """Words of the candidate's that a probe can take up: those that came close, or those nearest to it."""
        judged = item.grade.key(key_id) if item.grade else None
        if judged is not None and judged.verdict is Verdict.PARTLY:
            return _quotable(judged.evidence[0].quote)
        claim = self._library.rubric(item.question_id).key(key_id).claim
        return _bearing_on(claim, item.transcript)


def _chosen(lines: MoveLines, interview: Interview, quote: str | None) -> str:
    """The line whose turn it is: another one at the next place, the same when it is asked for again."""
    pool = lines.quoting if quote and lines.quoting else lines.says
    first = int(hashlib.sha256(interview.id.encode()).hexdigest(), 16)
    said = sum(item.times_said + len(item.asides) for item in interview.items)
    return pool[(first + said) % len(pool)]


def _filled(line: str, **slots: str) -> str:
    """The line with its slots filled. What is filled in is never a template itself."""
    return line.format_map(slots)


def _latest(item: Item) -> str:
    """What the candidate said last."""
    replies = [exchange.reply for exchange in item.exchanges if exchange.reply]
    return replies[-1] if replies else item.answer or ""


def _talk_so_far(item: Item) -> list[dict[str, str]]:
    """The last turns about this question, as data. Stretches that talk to a grader are left out."""
    talk = [{"who": "candidate", "said": readable(item.answer)}] if item.answer else []
    for exchange in item.exchanges:
        talk.append({"who": "interviewer", "said": exchange.ask})
        if exchange.reply:
            talk.append({"who": "candidate", "said": readable(exchange.reply)})
    for aside in item.asides:
        talk.append({"who": "candidate", "said": readable(aside.said)})
        talk.append({"who": "interviewer", "said": aside.reply})
    return talk[-HEARD_TURNS:]


def _pieces(stream: Iterator[str | ChatReply]) -> Iterator[str]:
    """The text of a stream; raises ModelError where the model declined to speak, or talks without end."""
    streamed = 0
    for piece in stream:
        if isinstance(piece, ChatReply):
            if piece.stop in ("refusal", "filter"):
                raise ModelError("The model declined to speak.")
            return
        streamed += len(piece)
        if streamed > STREAMED_CHARACTERS_AT_MOST:
            raise ModelError("The model talked without end.")
        yield piece


def _sentences(pieces: Iterator[str]) -> Iterator[str]:
    """Whole sentences as soon as they are complete; what a model thinks aloud first is not said."""
    text = ""
    for piece in pieces:
        text += piece
        said = without_thoughts(text)
        if text and not said:
            continue
        *whole, text = _SENTENCE_END.split(said)
        yield from (clean for sentence in whole if (clean := _speakable(sentence)))
    if last := _speakable(without_thoughts(text)):
        yield last


def _speakable(sentence: str) -> str:
    return " ".join(visible(sentence).replace("*", "").replace("#", "").split())


def _only_asks(text: str) -> bool:
    """Whether the text does nothing but ask; a few words of lead-in are allowed."""
    parts = [text[start:end].strip() for start, end in sentences(text)]
    return bool(parts) and parts[-1].endswith("?") and all(_may_accompany(p) for p in parts)


def _may_accompany(sentence: str) -> bool:
    return sentence.endswith("?") or len(words(sentence)) <= LEAD_IN_WORDS


def _bearing_on(text: str, material: str) -> str | None:
    """The sentence of the material that shares most words with the text, if it shares enough to be quoted."""
    wanted = set(content_words(text))
    found = [material[start:end] for start, end in sentences(material)]
    best = max(found, key=lambda sentence: len(wanted & set(content_words(sentence))), default="")
    return _quotable(best) if len(wanted & set(content_words(best))) >= SHARED_WORDS else None


def _quotable(text: str) -> str | None:
    """The text as a quotation, cut to a length that can be said in passing; None if there is too little of it."""
    said = " ".join(readable(text).split()).strip(" .,;:…")
    fewest, most = QUOTE_WORDS
    if len(said.split()) < fewest:
        return None
    return said if len(said.split()) <= most else " ".join(said.split()[:most]) + "…"


def _gives_away(claim: str, said: set[str], known: set[str]) -> bool:
    """Whether a sentence brings in what a claim says and nobody has said yet: much of it, or little besides it."""
    given = said & (set(content_words(claim)) - known)
    little_else = HINTED_ONE_IN * len(given) >= len(said)
    return len(given) >= GIVEN_AWAY_WORDS or (len(given) >= HINTED_WORDS and little_else)
