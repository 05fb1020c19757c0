"""Questions, rubrics, notes and topics as the files that their authors edit: the format of docs/authoring.md."""

from collections.abc import Iterable
from typing import Any

import yaml

from interviewer.content.library import Note
from interviewer.domain.question import Question, Topic
from interviewer.domain.rubric import Rubric
from interviewer.importing.material import Material

WIDTH = 110
_FastDumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_EDIT_ME = """\
# A draft, made from {source}. Change it as you like: importing the file again keeps your changes.
# Grading gets sharper with `phrasings` (ways people say it) and `near_misses`. Done? Remove `draft: true`.
"""


def files(material: Material) -> dict[str, str]:
    """Text by path below the pack's folder, without the topics: all sources share one file of those."""
    found = {f"corpus/notes/{note.topic}.md": note_text(note) for note in material.notes}
    for question, rubric in material.questions:
        found[f"corpus/questions/{question.id}.md"] = question_text(question)
        found[f"rubrics/{question.id}.yaml"] = rubric_text(rubric, question.sources[0])
    return found


def question_text(question: Question) -> str:
    """A question's Markdown file."""
    front: dict[str, Any] = {
        "id": question.id,
        "kind": question.kind.value,
        "topic": question.topic,
        "level": question.level.value,
        "seconds": question.seconds,
        "sources": list(question.sources),
    }
    front |= {name: True for name in ("draft", "private") if getattr(question, name)}
    body = f"## Question\n\n{question.prompt}\n\n## Reference answer\n\n{question.reference_answer}\n"
    return f"---\n{dumped(front)}---\n\n{body}"


def rubric_text(rubric: Rubric, source: str) -> str:
    """A rubric's YAML file."""
    data = rubric.model_dump(mode="json", exclude_defaults=True, exclude={"samples"})
    for key in data["keys"]:
        key.setdefault("weight", 1)
        key.setdefault("phrasings", [])
        key.setdefault("near_misses", [])
    return _EDIT_ME.format(source=" ".join(source.split())) + dumped(data)


def note_text(note: Note) -> str:
    """A study note's Markdown file."""
    parts = [f"---\n{dumped({'topic': note.topic, 'title': note.title})}---"]
    for section in note.sections:
        anchor = section.passage_id.partition("#")[2]
        parts.append(f"## {' '.join(section.title.split())} {{#{anchor}}}\n\n{section.text}")
    return "\n\n".join(parts) + "\n"


def topics_text(topics: Iterable[Topic]) -> str:
    """The file of a pack's topics."""
    return dumped({"topics": [topic.model_dump() for topic in topics]})


def dumped(data: Any) -> str:
    """Data as YAML, in the order given; the same text on every machine, or an edit would be seen where none is."""
    text = _dumped(data, _FastDumper)
    # libyaml is ten times as fast. Its text differs only where something stands in double quotes (emoji, tabs).
    return text if '"' not in text else _dumped(data, yaml.SafeDumper)


def _dumped(data: Any, dumper: Any) -> str:
    text: str = yaml.dump(data, Dumper=dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text
