"""A model's reply read as hostile input: what it says of each key and trap, or why that cannot be told.

Pure. Nothing here gives credit; it only says what was claimed, with which quotes. JSON may stand bare, in a
code fence or in prose; if a reply holds two different objects that would do, or judges a key twice and
differently, nobody can say which one counts, and it is not guessed.
"""

import json
from collections.abc import Collection
from typing import Any

from pydantic import Field

from interviewer.domain.base import Value
from interviewer.domain.grade import Verdict
from interviewer.grading.thoughts import without_thoughts

REPLY_CHARACTERS_AT_MOST = 200_000
BRACES_AT_MOST = 200
REASON_CHARACTERS_AT_MOST = 300

_VERDICTS = {
    "met": Verdict.MET,
    "partly": Verdict.PARTLY,
    "partial": Verdict.PARTLY,
    "missed": Verdict.MISSED,
}


class Claimed(Value):
    """What a reply says of one key or trap. `verdict` of a trap is `met` where it is said to be triggered."""

    verdict: Verdict
    quotes: tuple[str, ...] = ()
    reason: str = ""


class Reply(Value):
    """A reply as far as it can be read. `problems` say what cannot, in words for the candidate."""

    keys: dict[str, Claimed] = Field(default_factory=dict)
    traps: dict[str, Claimed] = Field(default_factory=dict)
    problems: tuple[str, ...] = ()


class _RepeatedFieldError(ValueError):
    """A JSON object has one of its fields twice."""


def read_reply(text: str, keys: Collection[str], traps: Collection[str], *, decoy: str = "") -> Reply:
    """What the reply says of the keys and traps that were asked about; ids that were not are passed over.

    A reply that credits the `decoy`, which no answer makes, is not believed in anything.
    """
    if not text.strip():
        return Reply(problems=("the model's reply was empty",))
    if len(text) > REPLY_CHARACTERS_AT_MOST:
        return Reply(problems=("the model's reply was far too long",))
    found = _objects(without_thoughts(text))
    if not found and text.lstrip().startswith(("{", "```")):
        found = _objects(text)  # what looked like the mark of a thought stood in a quote
    if not found:
        return Reply(problems=("the model's reply was not the JSON that was asked for",))
    if any(other != found[0] for other in found[1:]):
        return Reply(problems=("the model's reply held several different results",))
    document, problems = found[0], []
    false, disputed = _entries(document.get("keys"), [decoy], _key)
    if disputed or any(said.verdict.earns for said in false.values()):
        return Reply(
            problems=("the model credited a claim that the answer cannot make, so none of it was believed",)
        )
    claimed_keys, twice = _entries(document.get("keys"), keys, _key)
    claimed_traps, trap_twice = _entries(document.get("traps"), traps, _trap)
    if twice or trap_twice:
        problems.append("the model judged something twice and differently")
    if missing := len(keys) - len(claimed_keys):
        problems.append(f"the model's reply left out or garbled {missing} of {len(keys)} claims")
    if missing := len(traps) - len(claimed_traps):
        problems.append(f"the model's reply left out or garbled {missing} of {len(traps)} misconceptions")
    return Reply(keys=claimed_keys, traps=claimed_traps, problems=tuple(problems))


def _objects(text: str) -> list[dict[str, Any]]:
    """Every outermost JSON object with a list of keys in the text."""
    decoder = json.JSONDecoder(object_pairs_hook=_unique)
    found: list[dict[str, Any]] = []
    at, tries = text.find("{"), 0
    while at >= 0 and tries < BRACES_AT_MOST:
        tries += 1
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if isinstance(value.get("keys"), list):
                found.append(value)
        at = text.find("{", end)
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise _RepeatedFieldError
    return dict(pairs)


def _entries(entries: object, asked: Collection[str], read: Any) -> tuple[dict[str, Claimed], bool]:
    """Entries by id; one that was judged twice and differently is left out, and told."""
    claimed: dict[str, Claimed] = {}
    disputed: set[str] = set()
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or entry["id"] not in asked:
            continue
        said = read(entry)
        if said is None:
            continue
        before = claimed.setdefault(entry["id"], said)
        if before.verdict is not said.verdict:
            disputed.add(entry["id"])
    return {id: said for id, said in claimed.items() if id not in disputed}, bool(disputed)


def _key(entry: dict[str, Any]) -> Claimed | None:
    verdict = _VERDICTS.get(str(entry.get("verdict", "")).strip().lower())
    if verdict is None:
        return None
    return Claimed(verdict=verdict, quotes=_quotes(entry), reason=_one_line(entry.get("reason")))


def _trap(entry: dict[str, Any]) -> Claimed | None:
    if not isinstance(entry.get("triggered"), bool):
        return None
    verdict = Verdict.MET if entry["triggered"] else Verdict.MISSED
    return Claimed(verdict=verdict, quotes=_quotes(entry))


def _quotes(entry: dict[str, Any]) -> tuple[str, ...]:
    quotes = entry.get("quotes")
    quotes = [quotes] if isinstance(quotes, str) else quotes
    return tuple(q for q in quotes if isinstance(q, str) and q.strip()) if isinstance(quotes, list) else ()


def _one_line(text: object) -> str:
    said = text if isinstance(text, str) else ""
    clean = "".join(c if c.isprintable() else " " for c in said)
    return " ".join(clean.split())[:REASON_CHARACTERS_AT_MOST]
