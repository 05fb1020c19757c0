"""A small bank on disk in which everything is as it should be, for tests to break."""

from pathlib import Path

import pytest

from interviewer.content.check import check
from interviewer.content.roots import ContentRoot
from interviewer.content.source import Problem

FILES = {
    "corpus/topics.yaml": """\
topics:
  - id: drift
    title: Drift
    summary: Change.
""",
    "corpus/questions/psi.md": """\
---
id: psi
kind: rapid-fire
topic: drift
level: easy
seconds: 60
---

## Question

What is PSI?

## Reference answer

A measure of change.
""",
    "corpus/exercises/psi.yaml": """\
question: psi
structure: Definition first.
options:
"""
    + "".join(
        f"""\
  - id: {option}
    text: {" ".join(["word"] * 60)}
    best: {"true" if option == "a" else "false"}
    why: Because.
"""
        for option in "abcd"
    ),
    "corpus/notes/drift.md": """\
---
topic: drift
title: Drift
---

## What it is {#what-it-is}

Change.
""",
    "corpus/glossary.yaml": """\
terms:
  - term: PSI
    kind: metric
    topic: drift
    meaning: A measure.
  - term: KS
    kind: metric
    meaning: Another.
""",
    "corpus/coaching.yaml": """\
items:
  - id: think
    says: Think.
    when:
      describe: Falls into the trap.
      topics: [drift]
      trap_in: [psi/upside-down]
""",
    "corpus/readiness.yaml": """\
checklist:
  - id: drift
    ability: Can find drift.
    proven_by: [psi]
    pass_score: 70
""",
    "corpus/roles.yaml": """\
roles:
  - id: engineer
    title: Engineer
    summary: Builds.
    topic_weights:
      drift: 2
""",
    "rubrics/samples/psi.yaml": """\
question: psi
answers:
  - style: plain
    segments:
      - text: It says how much has changed.
        makes: [change]
        numbers: [limit]
""",
    "rubrics/psi.yaml": """\
question: psi
keys:
  - id: change
    claim: It measures change.
    weight: 2
    phrasings: [a, b, c, d, e, f]
    near_misses: [a, b, c]
  - id: bins
    claim: It uses bins.
    phrasings: [a, b, c, d, e, f]
    near_misses: [a, b, c]
traps:
  - id: upside-down
    claim: High is stable.
    phrasings: [a, b, c, d]
    warnings: [a, b]
numbers:
  - id: limit
    claim: 0.2
    values:
      - {min: 0.2, max: 0.25, unit: number}
probes:
  - key: bins
    ask: And the bins?
""".replace("claim: 0.2\n", "claim: Over 0.2 is a lot.\n"),
}


class Bank:
    """The bank's folder, with what is wrong in it."""

    def __init__(self, folder: Path) -> None:
        self.root = ContentRoot(folder)
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Make or replace a file."""
        path = self.root.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str, count: int = 1) -> None:
        """Replace text of a file; it must be there."""
        assert old in FILES[name]
        self.write(name, (self.root.path / name).read_text(encoding="utf-8").replace(old, new, count))

    def remove(self, name: str) -> None:
        """Delete a file."""
        (self.root.path / name).unlink()

    def problems(self, *topics: str) -> list[str]:
        """Problems as a person reads them, with paths from the root."""
        _, found = check(self.root, topics)
        return [str(self._near(problem)) for problem in found]

    def _near(self, problem: Problem) -> Problem:
        near = str(Path(problem.file).relative_to(self.root.path))
        return Problem(near, problem.line, problem.key, problem.message)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    """A bank of this test alone."""
    return Bank(tmp_path / "bank")
