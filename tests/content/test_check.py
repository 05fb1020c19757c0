"""What `interviewer check` finds: file, line, key and remedy."""

import pytest

from interviewer.content.check import check
from interviewer.content.roots import built_in_root
from tests.content.conftest import Bank

QUESTION = "corpus/questions/psi.md"
RUBRIC = "rubrics/psi.yaml"
SAMPLES = "rubrics/samples/psi.yaml"
EXERCISE = "corpus/exercises/psi.yaml"
NOTE = "corpus/notes/drift.md"
GLOSSARY = "corpus/glossary.yaml"
COACHING = "corpus/coaching.yaml"
READINESS = "corpus/readiness.yaml"
ROLES = "corpus/roles.yaml"


def test_the_bank_that_ships_is_clean() -> None:
    _, problems = check(built_in_root())
    assert problems == []


def test_a_bank_in_order_has_no_problems(bank: Bank) -> None:
    assert bank.problems() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            QUESTION,
            "topic: drift",
            "topic: drifts",
            "4: topic: there is no topic 'drifts' in corpus/topics.yaml; correct it or add the topic",
        ),
        (
            QUESTION,
            "id: psi",
            "id: psy",
            "2: id: 'psy' is not the file's name; rename the file or change it",
        ),
        (QUESTION, "level: easy", "level: simple", "5: level: input should be 'easy', 'medium' or"),
        (QUESTION, "seconds: 60", "secs: 60", "6: secs: this field is not known here"),
        (QUESTION, "## Reference answer", "## Answer", "1: reference answer: there is no '## Ref"),
        (QUESTION, "---\nid", "id", "1: does not begin with front matter"),
        (RUBRIC, "weight: 2", "weight: 4", "5: keys.change.weight: input should be less than or equal to 3"),
        (RUBRIC, "[a, b, c, d, e, f]", "[a, b]", "6: keys.change.phrasings: 2 of them, at least 6"),
        (RUBRIC, "near_misses: [a, b, c]", "tags: []", "3: keys.change.near_misses: 0 of them, at least 3"),
        (RUBRIC, "phrasings: [a, b, c, d]", "", "13: traps.upside-down.phrasings: 0 of them, at least 4"),
        (RUBRIC, "warnings: [a, b]", "warnings: [a]", "16: traps.upside-down.warnings: 1 of them"),
        (RUBRIC, "key: bins", "key: bin", "23: probes.#1.key: there is no key 'bin'; use one of bins, change"),
        (RUBRIC, "id: bins", "id: change", "8: keys.change.id: duplicate id 'change'"),
        (RUBRIC, "question: psi", "question: ks", "1: question: 'ks' is not the file's name"),
        (RUBRIC, "claim: It", "claim: [It", "5: not valid YAML"),
        (RUBRIC, "weight: 2", "weight: 2\n    weight: 3", "6: weight: this field stands here twice"),
        (RUBRIC, "min: 0.2", "min: 0.3", "21: numbers.limit.values.#1: min 0.3 is greater than max 0.25"),
        (RUBRIC, "    values:", "    at_least: 2\n    values:", "20: numbers.limit.at_least: asks for 2 of 1"),
        (
            RUBRIC,
            "    weight: 2",
            "    names: {at_least: 2, of: [Feast]}",
            "5: keys.change.names.at_least: asks for 2 of 1 names",
        ),
        (SAMPLES, "makes: [change]", "makes: [changes]", "6: answers.#1.segments.#1.makes.#1: 'changes' is not"),
        (SAMPLES, "[limit]", "[change]", "7: answers.#1.segments.#1.numbers.#1: 'change' is not"),
        (SAMPLES, "question: psi", "question: ks", "1: question: 'ks' is not the file's name"),
        (EXERCISE, "best: true", "best: false", "3: options: exactly one option must have best"),
        (EXERCISE, "text: word", "text: ", "5: options.a.text: 59 words; write 60 to 140"),
        (EXERCISE, "text: word", f"text: {'word ' * 82}", "5: options.a.text: 141 words"),
        (NOTE, "topic: drift", "topic: skew", "2: topic: there is no topic 'skew'"),
        (NOTE, " {#what-it-is}", "", "6: What it is: a section needs text and a stable id"),
        (NOTE, "Change.", "A.\n\n## B {#what-it-is}\n\nB.", "10: B: the id 'what-it-is' stands here twice"),
        (GLOSSARY, "topic: drift", "topic: skew", "4: terms.#1.topic: there is no topic 'skew'"),
        (GLOSSARY, "term: KS", "term: psi", "6: terms.#2: 'psi' stands for both 'PSI' and 'psi'; keep one"),
        (COACHING, "topics: [drift]", "topics: [skew]", "6: items.think.when.topics.#1: there is no topic"),
        (COACHING, "psi/upside-down", "psi/down", "7: items.think.when.trap_in.#1: there is no trap"),
        (COACHING, "topics:", "topic:", "6: items.think.when.topic: this field is not known here"),
        (READINESS, "[psi]", "[psi, ks]", "4: checklist.drift.proven_by.#2: there is no question 'ks'"),
        (ROLES, "drift: 2", "skew: 2", "6: roles.engineer.topic_weights.skew: there is no topic 'skew'"),
        (ROLES, "drift: 2", "drift: 5", "6: roles.engineer.topic_weights.drift: input should be less"),
    ],
    ids=lambda value: value if ": " in value else "",
)  # fmt: skip
def test_a_fault_is_named_at_its_place(bank: Bank, file: str, old: str, new: str, problem: str) -> None:
    bank.change(file, old, new)
    assert f"{file}:{problem}" in "\n".join(bank.problems())


def test_a_question_without_rubric_and_a_rubric_without_question_are_told(bank: Bank) -> None:
    bank.remove("rubrics/samples/psi.yaml")
    (bank.root.rubrics / "psi.yaml").rename(bank.root.rubrics / "ks.yaml")
    found = "\n".join(bank.problems())
    assert "corpus/questions/psi.md:1: there is no rubric for it; write rubrics/psi.yaml" in found
    assert "rubrics/ks.yaml:1: there is no question 'ks'" in found


def test_two_files_with_one_id_are_told(bank: Bank) -> None:
    bank.write("corpus/questions/psi-again.md", (bank.root.corpus / "questions/psi.md").read_text())
    assert "corpus/questions/psi-again.md:2: id: duplicate id 'psi', psi.md has it; change one" in bank.problems()


def test_ids_that_come_twice_in_a_table_are_told(bank: Bank) -> None:
    for table in ("topics", "coaching", "readiness", "roles"):
        path = bank.root.corpus / f"{table}.yaml"
        head, entry = path.read_text().split("\n", 1)
        path.write_text(f"{head}\n{entry}{entry}")
    found = "\n".join(bank.problems())
    for table, key in (("topics", "drift"), ("coaching", "think"), ("readiness", "drift"), ("roles", "engineer")):
        assert f"corpus/{table}.yaml:" in found
        assert f"duplicate id '{key}'; change one of them" in found


def test_a_topic_without_note_is_told(bank: Bank) -> None:
    bank.remove("corpus/notes/drift.md")
    assert bank.problems() == [
        "corpus/topics.yaml:2: topics.drift: there is no study note; write corpus/notes/drift.md"
    ]


def test_every_problem_is_told_at_once(bank: Bank) -> None:
    bank.change("rubrics/psi.yaml", "weight: 2", "weight: 9")
    bank.change("rubrics/psi.yaml", "[a, b, c]", "[a]", count=2)
    bank.change("corpus/questions/psi.md", "topic: drift", "topic: x")
    bank.change("corpus/readiness.yaml", "pass_score: 70", "pass_score: 170")
    assert len(bank.problems()) == 5


def test_a_broken_file_makes_no_others_look_broken(bank: Bank) -> None:
    for file in ("rubrics/psi.yaml", "corpus/questions/psi.md", "corpus/topics.yaml"):
        bank.write(file, (bank.root.path / file).read_text() + "\x00")
        assert {problem.split(":")[0] for problem in bank.problems()} <= {file}
        bank.write(file, (bank.root.path / file).read_text().rstrip("\x00"))


def test_a_file_that_nothing_reads_is_told(bank: Bank) -> None:
    bank.write("rubrics/psi.yml", "question: psi")
    assert bank.problems() == ["rubrics/psi.yml: nothing reads this; name it <id>.yaml or move it elsewhere"]


def test_a_pack_without_topics_uses_those_it_is_told(bank: Bank) -> None:
    bank.remove("corpus/topics.yaml")
    assert bank.problems("drift") == []


@pytest.mark.parametrize(
    "text",
    ["", "[]", "keys", "a: *b", "a: 2026-13-45", "? [a]\n: b", "\t", "[" * 50_000, "&a [*a]", "keys: {id: a}"],
    ids=repr,
)
def test_whatever_stands_in_a_rubric_is_told_as_a_problem_of_it(bank: Bank, text: str) -> None:
    bank.write("rubrics/psi.yaml", text)
    found = bank.problems()
    assert found
    assert all(problem.startswith("rubrics/psi.yaml:") for problem in found)


def test_bytes_that_are_no_text_are_told(bank: Bank) -> None:
    (bank.root.rubrics / "psi.yaml").write_bytes(b"\xff\xfe\x00")
    assert bank.problems() == ["rubrics/psi.yaml: byte 0 is not UTF-8; save the file as UTF-8"]
