"""Which follow-up question is asked. In RUBRIC, small-share weighs 3, watch 2 and roll-back 1."""

from interviewer.domain.probing import next_probe
from interviewer.domain.rubric import Probe
from tests.examples import ANSWERED, PROBED, PROBED_AGAIN, RUBRIC, grade


def probed_key(*verdicts: str, at_most: int = 1) -> str | None:
    probe = next_probe(RUBRIC, grade(*verdicts), ANSWERED.current, at_most)
    return probe.key if probe else None


def test_the_heaviest_missed_key_is_probed() -> None:
    assert probed_key("missed", "missed", "missed") == "small-share"
    assert probed_key("met", "missed", "missed") == "watch"


def test_a_key_made_in_part_is_probed_too() -> None:
    assert probed_key("met", "partly", "met") == "watch"


def test_the_weight_counts_before_how_open_a_key_is() -> None:
    assert probed_key("partly", "missed", "missed") == "small-share"


def test_of_two_keys_of_one_weight_the_missed_one_is_probed() -> None:
    even = RUBRIC.model_copy(update={"keys": tuple(key.model_copy(update={"weight": 2}) for key in RUBRIC.keys)})
    probe = next_probe(even, grade("partly", "partly", "missed"), ANSWERED.current, 1)
    assert probe is not None
    assert probe.key == "roll-back"


def test_nothing_is_probed_when_all_was_said() -> None:
    assert probed_key("met", "met", "met") is None


def test_a_key_that_could_not_be_judged_is_not_probed() -> None:
    assert probed_key("unscored", "met", "met") is None


def test_a_key_without_a_probe_is_not_probed() -> None:
    rubric = RUBRIC.model_copy(update={"probes": (Probe(key="watch", ask="How do you know?"),)})
    assert next_probe(rubric, grade("missed", "met", "missed"), ANSWERED.current, 3) is None


def test_no_probe_is_asked_when_none_is_wanted() -> None:
    assert probed_key("missed", "missed", "missed", at_most=0) is None


def test_no_more_probes_than_wanted_are_asked() -> None:
    assert next_probe(RUBRIC, grade(), PROBED.current, 1) is None
    assert next_probe(RUBRIC, grade(), PROBED.current, 2) is not None


def test_no_probe_is_asked_twice() -> None:
    asked = {exchange.probe for exchange in PROBED_AGAIN.current.exchanges}
    third = next_probe(RUBRIC, grade("missed", "missed", "missed"), PROBED_AGAIN.current, 3)
    assert third is not None
    assert third not in asked
