"""What earns marks in an imported answer: claims that can be checked, and what they are not."""

import pytest

from interviewer.importing.claims import claims
from interviewer.importing.contrasts import near_misses


def said(answer: str, question: str = "How does it work?") -> list[tuple[str, int]]:
    return [(claim.text, claim.weight) for claim in claims(question, answer)]


def test_each_sentence_is_a_claim_and_the_first_weighs_most() -> None:
    assert said("A gate compares metrics with a threshold. A failing model never reaches production.") == [
        ("A gate compares metrics with a threshold.", 3),
        ("A failing model never reaches production.", 1),
    ]


def test_items_weigh_alike_and_what_leads_to_them_is_no_claim() -> None:
    answer = "There are two kinds of index in use here:\n\n- A graph is walked from node to node\n"
    answer += "- Inverted lists are searched one after another"
    assert said(answer) == [
        ("A graph is walked from node to node", 2),
        ("Inverted lists are searched one after another", 2),
    ]


@pytest.mark.parametrize(
    "idle",
    [
        "In this section we will look at the most important reasons.",
        "See also the official documentation of the project.",
        "But why would anybody want to do such a thing?",
        "Figure 3 shows how the parts work together.",
        "Yes, of course.",
    ],
)
def test_what_claims_nothing_is_left_out(idle: str) -> None:
    assert said(f"{idle} The registry keeps every version of a model.") == [
        ("The registry keeps every version of a model.", 3)
    ]


def test_a_claim_stands_once_and_without_the_word_that_ties_it_to_the_last() -> None:
    answer = "However, the registry keeps every version. Note that the registry keeps every version."
    assert said(answer) == [("The registry keeps every version.", 3)]


def test_a_long_sentence_is_cut_where_one_statement_ends() -> None:
    answer = (
        "The scheduler looks at the requests of each pod and finds a node with room for them, while the kubelet "
        "on that node pulls the image and starts the containers one after the other in order."
    )
    assert len(said(answer)) == 2
    assert said(answer)[1][0].startswith("The kubelet on that node pulls the image")


def test_names_without_a_statement_are_asked_for_as_names() -> None:
    (claim,) = claims("Which stores serve features online?", "- Redis\n- DynamoDB\n- Cassandra")
    assert claim.text == "Names of: Redis, DynamoDB, Cassandra."
    assert claim.names is not None
    assert (claim.names.at_least, claim.names.of, claim.names.enough) == (
        2,
        ("Redis", "DynamoDB", "Cassandra"),
        True,
    )
    (policies,) = claims("Name three cache eviction policies.", "LRU, LFU and FIFO.")
    assert policies.names is not None
    assert policies.names.of == ("LRU", "LFU", "FIFO")
    (port,) = claims("Which port does HTTPS use?", "443")
    assert port.names is not None
    assert port.names.of == ("443",)


def test_a_long_answer_gives_ten_claims_in_their_order() -> None:
    answer = " ".join(f"Part {n} of the pipeline handles batch number {n} of the records." for n in range(30))
    kept = [text for text, _ in said(answer)]
    assert len(kept) == 10
    assert kept == sorted(kept, key=answer.index)


@pytest.mark.parametrize(
    ("claim", "other"),
    [
        ("Transactions do not see unfinished work.", "Transactions do see unfinished work."),
        ("The lock is held by one writer.", "The lock is not held by one writer."),
        ("A store cannot guarantee both.", "A store can guarantee both."),
        ("A thread is cheaper than a process.", "A process is cheaper than a thread."),
        ("An index slows down writes.", "An index speeds up writes."),
        ("Pods talk to the gateway.", "It is not true that Pods talk to the gateway."),
    ],
)
def test_a_near_miss_says_the_opposite(claim: str, other: str) -> None:
    assert other in near_misses(claim)
    assert claim not in near_misses(claim)
