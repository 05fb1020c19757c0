"""A bank of three questions on disk, so that the app's tests know what is asked."""

from pathlib import Path

from interviewer.content.roots import built_in_root

TOPICS = """\
topics:
  - {id: release, title: Releases, summary: Bringing models out.}
  - {id: watching, title: Watching, summary: Seeing what models do.}
"""
QUESTION = """\
---
id: {id}
kind: {kind}
topic: {topic}
level: {level}
seconds: 90
---

## Question

{prompt}

## Reference answer

Send a **small share** of the traffic first, watch it, and go back by switch.
"""
CANARY = """\
question: canary
keys:
  - {id: small-share, claim: A small share of the traffic goes first., weight: 3}
  - {id: watched, claim: Its errors are watched., weight: 2}
  - {id: way-back, claim: It goes back by a switch., weight: 1}
traps:
  - {id: half-at-once, claim: Half of the traffic goes first.}
numbers:
  - {id: five-percent, claim: It begins with 1 to 10 percent., values: [{min: 1, max: 10, unit: percent}]}
probes:
  - {key: watched, ask: How do you know that it is well?}
"""
PLAIN = """\
question: {id}
keys:
  - {{id: first-point, claim: The first point., weight: 2}}
  - {{id: second-point, claim: The second point., weight: 1}}
"""
EXERCISE = """\
question: canary
structure: Share, watch, way back.
options:
  - {id: a, text: Everything at once., best: false, why: Nobody could go back.}
  - {id: b, text: "A small share, then more.", best: true, why: It limits the damage.}
  - {id: c, text: On Friday., best: false, why: Nobody is there.}
  - {id: d, text: Never., best: false, why: Nothing gets better.}
"""


def write_bank(folder: Path) -> Path:
    """The bank's files under `folder`, which is returned."""
    for path, text in {
        "corpus/topics.yaml": TOPICS,
        "corpus/questions/canary.md": QUESTION.format(
            id="canary", kind="concept", topic="release", level="medium", prompt="What is a canary release?"
        ),
        "corpus/questions/drift.md": QUESTION.format(
            id="drift", kind="rapid-fire", topic="watching", level="easy", prompt="What is drift?"
        ),
        "corpus/questions/skew.md": QUESTION.format(
            id="skew", kind="rapid-fire", topic="watching", level="hard", prompt="What is skew?"
        ),
        "corpus/exercises/canary.yaml": EXERCISE,
        "corpus/conversation.yaml": (built_in_root().corpus / "conversation.yaml").read_text(encoding="utf-8"),
        "rubrics/canary.yaml": CANARY,
        "rubrics/drift.yaml": PLAIN.format(id="drift"),
        "rubrics/skew.yaml": PLAIN.format(id="skew"),
    }.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
