"""Asks a language model which claims an answer makes, and believes only what it can check.

The model says which claims are made and with which words; whether those words stand in the answer is looked up
here. Credit without such words is not given, and what cannot be read or checked is left open for another grader.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from interviewer import prompts
from interviewer.domain.chat import CHARACTERS_PER_TOKEN, ChatReply, ChatRequest, JsonFormat, Message, Tokens
from interviewer.domain.grade import BY_MODEL, Citation, KeyVerdict, TrapVerdict, Usage, Verdict
from interviewer.domain.pricing import PriceTable
from interviewer.domain.rubric import Key, Trap
from interviewer.errors import InterviewerError, ModelError
from interviewer.grading.decoy import decoy, hidden_among
from interviewer.grading.folding import visible
from interviewer.grading.gate import Screened
from interviewer.grading.judge_schema import reply_schema
from interviewer.grading.quotes import Quotable, claims_at_most
from interviewer.grading.verdict import Claimed, Reply, read_reply
from interviewer.grading.witness import Witness
from interviewer.ports import ChatModel, GradingTask, ReplyCache

Passages = Callable[[str, str], Sequence[Citation]]
"""Passages of the study material for a question id and a key id."""

Known = TypeVar("Known", KeyVerdict, TrapVerdict)

ONE_RUN_CONFIDENCE = 0.9
EXAMPLES = 2
PASSAGES_PER_KEY = 1
OUTPUT_TOKENS_AT_LEAST = 2000
OUTPUT_TOKENS_PER_CLAIM = 400
"""Several times what a verdict takes, since some models think aloud within the limit."""
SPREAD_TEMPERATURE = 0.7

_STOPPED = {
    "refusal": "the model refused to grade this answer",
    "filter": "the provider's content filter removed the model's reply",
    "length": "the model's reply was cut off at its length limit",
}


@dataclass(frozen=True)
class Judgement:
    """What was established by asking. Ids that are missing could not be judged; `problems` say why."""

    keys: dict[str, KeyVerdict] = field(default_factory=dict)
    traps: dict[str, TrapVerdict] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    model: str = ""


class Judge:
    """Judges keys and traps with a model. With `runs` over 1 it asks that often and takes the middle verdict.

    `setting` says on what else the model's replies depend; with another one, remembered replies do not count.
    """

    def __init__(
        self,
        model: ChatModel,
        prices: PriceTable,
        *,
        cache: ReplyCache | None = None,
        passages: Passages | None = None,
        runs: int = 1,
        setting: str = "",
    ) -> None:
        self._model = model
        self._prices = prices
        self._cache = cache
        self._passages = passages
        self._runs = runs
        self._setting = setting

    @property
    def model(self) -> str:
        """The model that is asked."""
        return self._model.model

    def judge(
        self,
        task: GradingTask,
        screened: Screened,
        keys: Sequence[Key],
        traps: Sequence[Trap],
        witness: Witness,
    ) -> Judgement:
        """The verdicts on these keys and traps; a model that fails leaves them out and says why."""
        false = decoy(task)
        asked = hidden_among(keys, false, task)
        request = self._request(task, screened.text, asked, traps, self._texts(task, keys))
        quotable = Quotable(task.answer, screened.removed, echo=task.question.prompt)

        def read(reply: ChatReply) -> _Checked:
            checked = _Checked.of(_read(reply, keys, traps, false), quotable, witness)
            return _unbelieved() if witness.contradicts(checked.keys.values()) else checked

        runs, problems = self._ask(request, read)
        checked = [run.checked for run in runs]
        problems += [problem for reply in checked for problem in reply.problems]
        return Judgement(
            keys=_known({key.id: _middle([c.keys.get(key.id) for c in checked]) for key in keys}),
            traps=_known({trap.id: _majority([c.traps.get(trap.id) for c in checked]) for trap in traps}),
            problems=tuple(dict.fromkeys(problems)),
            notes=_spread(keys, checked) if self._runs > 1 else (),
            usage=sum((run.usage for run in runs), Usage()),
            model=self.model,
        )

    def _request(
        self, task: GradingTask, text: str, keys: Sequence[Key], traps: Sequence[Trap], passages: Sequence[str]
    ) -> ChatRequest:
        return ChatRequest(
            messages=(
                Message(role="system", content=prompts.render(prompts.JUDGE)),
                Message(role="user", content=_document(task, text, keys, traps, passages)),
            ),
            format=JsonFormat(name="verdicts", json_schema=reply_schema(keys, traps)),
            max_output_tokens=OUTPUT_TOKENS_AT_LEAST + OUTPUT_TOKENS_PER_CLAIM * (len(keys) + len(traps)),
            temperature=SPREAD_TEMPERATURE if self._runs > 1 else 0.0,
        )

    def _texts(self, task: GradingTask, keys: Sequence[Key]) -> list[str]:
        if self._passages is None:
            return []
        try:
            found = [self._passages(task.question.id, key.id)[:PASSAGES_PER_KEY] for key in keys]
        except InterviewerError:
            return []  # they only help; without them the model judges all the same
        return list(dict.fromkeys(citation.text for citations in found for citation in citations))

    def _ask(self, request: ChatRequest, read: "_Reader") -> tuple[list["_Run"], list[str]]:
        """The runs that brought a reply, and why others did not."""
        if self._runs == 1:
            outcomes = [self._once(request, read, 0)]
        else:
            with ThreadPoolExecutor(self._runs) as pool:
                outcomes = list(pool.map(lambda run: self._once(request, read, run), range(self._runs)))
        runs = [outcome for outcome in outcomes if isinstance(outcome, _Run)]
        return runs, [str(outcome) for outcome in outcomes if isinstance(outcome, ModelError)]

    def _once(self, request: ChatRequest, read: "_Reader", run: int) -> "_Run | ModelError":
        """One run, from the cache or by asking. A reply with a problem is not kept: asking again may help."""
        digest = self._digest(request, run)
        stored = self._cache.get(digest) if self._cache else None
        if stored is not None:
            remembered = read(ChatReply(text=stored, model=self.model))
            if not remembered.problems:
                return _Run(remembered, Usage())
        try:
            reply = self._model.complete(request)
        except ModelError as error:
            return error
        checked = read(reply)
        if self._cache and not checked.problems:
            self._cache.put(digest, reply.text)
        tokens = reply.tokens or Tokens(
            input=request.estimated_tokens, output=len(reply.text) // CHARACTERS_PER_TOKEN + 1
        )
        return _Run(checked, Usage.of(tokens, self._prices.cost(self.model, tokens)))

    def _digest(self, request: ChatRequest, run: int) -> str:
        """Changes with the answer, the rubric, the prompt, the model and every parameter: all are in it."""
        model = [self._model.provider, self._model.model, self._setting]
        parts = [*model, prompts.JUDGE, str(run), request.model_dump_json()]
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class _Checked:
    """One reply, reduced to what can be checked against the answer."""

    keys: dict[str, KeyVerdict]
    traps: dict[str, TrapVerdict]
    problems: tuple[str, ...]

    @classmethod
    def of(cls, reply: Reply, quotable: Quotable, witness: Witness) -> "_Checked":
        proven = _known({id: _key(id, said, quotable) for id, said in reply.keys.items()})
        keys = _shared_fairly(proven, unseen=not witness.saw_it)
        traps = _known({id: _trap(id, said, quotable) for id, said in reply.traps.items()})
        problems = list(reply.problems)
        if unproven := len(reply.keys) + len(reply.traps) - len(keys) - len(traps):
            problems.append(
                f"{unproven} of the model's verdicts rested on words that are not in the answer or prove nothing"
            )
        return cls(keys, traps, tuple(problems))


def _unbelieved() -> _Checked:
    problem = "the model credited claims that the answer comes nowhere near, so none of it was believed"
    return _Checked({}, {}, (problem,))


_Reader = Callable[[ChatReply], _Checked]


@dataclass(frozen=True)
class _Run:
    """One reply, with what it took."""

    checked: _Checked
    usage: Usage


def _read(reply: ChatReply, keys: Sequence[Key], traps: Sequence[Trap], false: Key) -> Reply:
    if reply.stop != "end":
        return Reply(problems=(_STOPPED[reply.stop],))
    return read_reply(reply.text, [key.id for key in keys], [trap.id for trap in traps], decoy=false.id)


def _key(key_id: str, said: Claimed, quotable: Quotable) -> KeyVerdict | None:
    evidence = quotable.evidence(said.quotes) if said.verdict.earns else ()
    if evidence is None:
        return None
    return KeyVerdict(
        id=key_id,
        verdict=said.verdict,
        evidence=evidence,
        confidence=ONE_RUN_CONFIDENCE,
        reason=said.reason,
        decided_by=BY_MODEL,
    )


def _shared_fairly(keys: dict[str, KeyVerdict], *, unseen: bool) -> dict[str, KeyVerdict]:
    """Without those that rest on the very same words as more others than so few words can make claims."""
    resting = Counter(verdict.evidence for verdict in keys.values() if verdict.evidence)
    return {
        id: verdict
        for id, verdict in keys.items()
        if not verdict.evidence or resting[verdict.evidence] <= claims_at_most(verdict.evidence, unseen=unseen)
    }


def _trap(trap_id: str, said: Claimed, quotable: Quotable) -> TrapVerdict | None:
    triggered = said.verdict is Verdict.MET
    evidence = quotable.evidence(said.quotes) if triggered else ()
    if evidence is None:
        return None
    return TrapVerdict(id=trap_id, triggered=triggered, evidence=evidence, confidence=ONE_RUN_CONFIDENCE)


def _middle(verdicts: Sequence[KeyVerdict | None]) -> KeyVerdict | None:
    """The middle verdict of several runs, the lower of two middles, with the share of runs that agree with it."""
    given = sorted((v for v in verdicts if v is not None), key=lambda v: v.credit or 0)
    if 2 * len(given) <= len(verdicts):
        return None
    middle = given[(len(given) - 1) // 2]
    if len(verdicts) == 1:
        return middle
    agreeing = sum(v.verdict is middle.verdict for v in given)
    return middle.model_copy(update={"confidence": round(agreeing / len(verdicts), 2)})


def _majority(verdicts: Sequence[TrapVerdict | None]) -> TrapVerdict | None:
    given = sorted((v for v in verdicts if v is not None), key=lambda v: v.triggered)
    return given[(len(given) - 1) // 2] if 2 * len(given) > len(verdicts) else None


def _known(verdicts: dict[str, Known | None]) -> dict[str, Known]:
    return {id: verdict for id, verdict in verdicts.items() if verdict is not None}


def _spread(keys: Sequence[Key], checked: Sequence[_Checked]) -> tuple[str, ...]:
    """What several runs did not agree on, in words."""
    notes = []
    for key in keys:
        counts = Counter(c.keys[key.id].verdict.value for c in checked if key.id in c.keys)
        if len(counts) > 1:
            told = ", ".join(f"{count} said {verdict}" for verdict, count in counts.most_common())
            notes.append(f"The model's {len(checked)} runs differ on “{key.claim}”: {told}.")
    return tuple(notes)


def _document(
    task: GradingTask, text: str, keys: Sequence[Key], traps: Sequence[Trap], passages: Sequence[str]
) -> str:
    """All that the model is to examine, as data: a rubric may come from anybody's pack.

    The answer stands last, so that everything before it is the same for each answer to a question, and providers
    can cache it.
    """
    material: dict[str, object] = {
        "question": task.question.prompt,
        "claims": [_claim(key) for key in keys],
        "misconceptions": [{"id": trap.id, "claim": trap.claim} for trap in traps],
        "passages": passages,
        "answer": text,
    }
    return visible(json.dumps({name: part for name, part in material.items() if part}, ensure_ascii=False))


def _claim(key: Key) -> dict[str, object]:
    return {
        "id": key.id,
        "claim": key.claim,
        "said_like": list(key.phrasings[:EXAMPLES]),
        "not_enough": list(key.near_misses[:EXAMPLES]),
    }
