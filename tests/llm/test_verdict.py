"""A model's reply is hostile input: what is read from it, and what is not guessed."""

import json

import pytest

from interviewer.domain.grade import Verdict
from interviewer.grading.verdict import Reply, read_reply

PLAIN = '{"keys": [{"id": "skew", "verdict": "met", "quotes": ["one path"], "reason": "Said."}]}'


def read(text: str, keys: tuple[str, ...] = ("skew",), traps: tuple[str, ...] = ()) -> Reply:
    return read_reply(text, keys, traps)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        f"```json\n{PLAIN}\n```",
        f"Here is my judgement:\n\n{PLAIN}\n\nI hope that this helps {{a lot}}.",
        f"<think>Perhaps {PLAIN.replace('met', 'missed')}? No.</think>{PLAIN}",
        f"Perhaps {PLAIN.replace('met', 'missed')}? No.\n</think>\n{PLAIN}",
        f"[THINK]{{no[/THINK]{PLAIN}",
        PLAIN.replace("Said.", "You said </think> twice."),
        f"{PLAIN}\n{PLAIN}",
        PLAIN.replace('"met"', '"MET "'),
        PLAIN.replace('["one path"]', '"one path"'),
        PLAIN.replace("}]}", '}, {"id": "invented", "verdict": "met", "quotes": ["x"]}]}'),
        PLAIN.replace("}]}", ', "confidence": 1e999}], "total": 100}'),
    ],
    ids=[
        "bare",
        "fenced",
        "in prose",
        "thought aloud",
        "thought without a beginning",
        "thought in brackets",
        "the mark of a thought in a reason",
        "said twice",
        "shouted",
        "one quote",
        "unknown id",
        "more",
    ],
)
def test_a_verdict_is_read_however_it_is_wrapped(text: str) -> None:
    said = read(text)
    assert said.problems == ()
    assert said.keys.keys() == {"skew"}
    assert said.keys["skew"].verdict is Verdict.MET
    assert said.keys["skew"].quotes == ("one path",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("The candidate did well.", "not the JSON"),
        (PLAIN[:-8], "not the JSON"),
        (f"<think>I might say {PLAIN}", "not the JSON"),
        ('{"keys": "all of them"}', "not the JSON"),
        ("[" * 100_000, "not the JSON"),
        ('{"keys": ' * 5000, "not the JSON"),
        ("x" * 10_000_000, "far too long"),
        (f"{PLAIN}{PLAIN.replace('met', 'missed')}", "several different results"),
        (PLAIN.replace('"verdict": "met"', '"verdict": "met", "verdict": "missed"'), "not the JSON"),
        (PLAIN.replace('"met"', '"10/10"'), "left out or garbled 1 of 1"),
        (PLAIN.replace('"met"', "true"), "left out or garbled 1 of 1"),
        ('{"keys": [null, 7, "skew", {"id": ["skew"]}]}', "left out or garbled 1 of 1"),
        (
            PLAIN.replace("}]}", '}, {"id": "skew", "verdict": "missed", "quotes": []}]}'),
            "judged something twice and differently",
        ),
    ],
)
def test_what_cannot_be_read_is_told_and_not_guessed(text: str, problem: str) -> None:
    said = read(text)
    assert said.keys == {}
    assert any(problem in told for told in said.problems)


@pytest.mark.parametrize("verdicts", [["met"], ["partly"], ["missed", "met"]])
def test_a_reply_that_credits_the_decoy_is_not_believed(verdicts: list[str]) -> None:
    false = [{"id": "false", "verdict": verdict, "quotes": ["one path"]} for verdict in verdicts]
    keys = [*json.loads(PLAIN)["keys"], *false]
    said = read_reply(json.dumps({"keys": keys}), ["skew"], [], decoy="false")
    assert said.keys == {}
    assert "a claim that the answer cannot make" in said.problems[0]


def test_a_decoy_that_was_not_credited_is_not_spoken_of() -> None:
    false = {"id": "false", "verdict": "missed", "quotes": []}
    for extra in ([false], []):
        said = read_reply(json.dumps({"keys": [*json.loads(PLAIN)["keys"], *extra]}), ["skew"], [], decoy="false")
        assert said.keys.keys() == {"skew"}
        assert said.problems == ()


def test_a_key_judged_twice_alike_counts_once() -> None:
    twice = json.loads(PLAIN)
    twice["keys"] *= 2
    assert read(json.dumps(twice)).keys["skew"].verdict is Verdict.MET


def test_a_missing_key_is_counted() -> None:
    said = read(PLAIN, ("skew", "reuse", "registry"))
    assert said.keys.keys() == {"skew"}
    assert said.problems == ("the model's reply left out or garbled 2 of 3 claims",)


def test_a_trap_is_triggered_only_by_a_plain_yes() -> None:
    traps = [{"id": "a", "triggered": True, "quotes": ["q"]}, {"id": "b", "triggered": "yes"}, {"id": "c"}]
    said = read(json.dumps({"keys": [], "traps": traps}), keys=(), traps=("a", "b", "c"))
    assert said.traps.keys() == {"a"}
    assert said.problems == ("the model's reply left out or garbled 2 of 3 misconceptions",)


def test_a_reason_is_one_short_clean_line() -> None:
    reason = json.dumps("You\nsaid\u202e so.\x1b[31m" + "!" * 1000)
    said = read(PLAIN.replace('"Said."', reason)).keys["skew"].reason
    assert said.startswith("You said so.")
    assert "\u202e" not in said
    assert "\x1b" not in said
    assert len(said) <= 300
