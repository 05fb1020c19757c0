"""`check`: is everything in corpus/ and rubrics/ as it should be?"""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interviewer.cli.options import AsJson
from interviewer.cli.terminal import plain, print_json
from interviewer.errors import InvalidInput

if TYPE_CHECKING:
    from interviewer.content.check import Content
    from interviewer.content.roots import ContentRoot
    from interviewer.content.source import Problem


def check(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A folder with corpus/ and rubrics/; without it, the bank that is in use."),
    ] = None,
    as_json: AsJson = False,
    write_schemas: Annotated[
        bool, typer.Option("--write-schemas", help="Write the JSON Schemas for editors beside the files.")
    ] = False,
) -> None:
    """Validate questions, rubrics, exercises, notes and tables; exit code 1 where something is wrong.

    A pack, and a folder without a corpus/topics.yaml of its own, may use the topics of the bank. Drafts need no
    phrasings yet.
    """
    from interviewer.content.check import check as check_content

    root = _root(folder)
    if write_schemas:
        _write_schemas(root)
    content, problems = check_content(root, _other_topics(root))
    if as_json:
        print_json({"problems": [_fields(problem) for problem in problems], "counts": counts(content)})
    else:
        _print(content, problems)
    if problems:
        raise typer.Exit(1)


def counts(content: "Content") -> dict[str, dict[str, int]]:
    """How much there is of everything; questions by kind, topic and level."""
    questions = [question for question in content.questions.values() if question]
    rubrics = [rubric for rubric in content.rubrics.values() if rubric]
    keys = [key for rubric in rubrics for key in rubric.keys]
    return {
        "files": {
            "questions": len(content.questions),
            "rubrics": len(content.rubrics),
            "sample files": len(content.samples),
            "exercises": len(content.exercises),
            "notes": len(content.notes),
        },
        "contents": {
            "keys": len(keys),
            "phrasings": sum(len(key.phrasings) for key in keys),
            "near-misses": sum(len(key.near_misses) for key in keys),
            "traps": sum(len(rubric.traps) for rubric in rubrics),
            "numbers": sum(len(rubric.numbers) for rubric in rubrics),
            "probes": sum(len(rubric.probes) for rubric in rubrics),
            "glossary terms": len(content.glossary.terms) if content.glossary else 0,
            "coaching items": len(content.coaching.items) if content.coaching else 0,
            "readiness lines": len(content.readiness.checklist) if content.readiness else 0,
            "roles": len(content.roles.roles) if content.roles else 0,
        },
        "kind": dict(Counter(question.kind.value for question in questions)),
        "level": dict(Counter(question.level.value for question in questions)),
        "topic": dict(Counter(question.topic for question in questions)),
    }


def _root(folder: Path | None) -> "ContentRoot":
    from interviewer.content.roots import built_in_root, root_at

    if folder is None:
        return built_in_root()
    root = root_at(folder.resolve())
    if not root.corpus.is_dir() and not root.rubrics.is_dir():
        raise InvalidInput(f"{folder} has neither corpus/ nor rubrics/. Name the folder that holds them.")
    return root


def _other_topics(root: "ContentRoot") -> list[str]:
    from interviewer.content.library import Library

    own = root.pack is None and (root.corpus / "topics.yaml").exists()
    return [] if own else list(Library().topics)


def _write_schemas(root: "ContentRoot") -> None:
    from interviewer.content.schemas import write_schemas

    try:
        paths = write_schemas(root)
    except OSError as error:
        raise InvalidInput(f"{error.filename}: {error.strerror}. Choose a folder that you can write.") from None
    for path in paths:
        typer.echo(f"Wrote {_near(str(path))}", err=True)


def _print(content: "Content", problems: "list[Problem]") -> None:
    for problem in problems:
        typer.echo(plain(str(problem).replace(problem.file, _near(problem.file), 1)))
    for title, found in counts(content).items():
        typer.echo(f"{title}: {', '.join(f'{number} {name}' for name, number in found.items())}")
    what = "No problems." if not problems else f"{len(problems)} problem{'' if len(problems) == 1 else 's'}."
    typer.echo(what)


def _fields(problem: "Problem") -> dict[str, object]:
    return {
        "file": _near(problem.file),
        "line": problem.line,
        "key": problem.key,
        "message": problem.message,
    }


def _near(file: str) -> str:
    """The path as seen from here, where that is shorter."""
    path, here = Path(file), Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else file
