"""`practice`: the interview in the terminal."""

import secrets
from typing import Annotated, Any

import typer

from interviewer.cli.bank import known_topics
from interviewer.cli.options import ChosenGrader, Kinds, Levels, PackName, Topics
from interviewer.cli.wiring import product, settings

INTERRUPTED = 130

Questions = Annotated[
    int | None, typer.Option("--questions", "-n", min=1, max=75, help="How many questions; 5 unless told.")
]
RoleId = Annotated[str | None, typer.Option("--role", "-r", help="Ask what interviewers for this role ask.")]
Probes = Annotated[
    int | None, typer.Option(min=0, max=3, help="Follow-up questions to each question; 1 unless told.")
]
New = Annotated[bool, typer.Option("--new", help="Start anew, without asking about an interrupted one.")]
Seed = Annotated[int | None, typer.Option(help="The same seed and choices give the same questions.")]


def practice(
    ctx: typer.Context,
    *,
    topic: Topics = None,
    kind: Kinds = None,
    level: Levels = None,
    questions: Questions = None,
    role: RoleId = None,
    pack: PackName = None,
    probes: Probes = None,
    new: New = False,
    seed: Seed = None,
    grader: ChosenGrader = None,
) -> None:
    """Practise an interview here in the terminal.

    Without options it asks what to practise. An interview that was cut off is offered for resumption. An empty
    line twice, or Ctrl-D, ends an answer; /help lists the commands.
    """
    from interviewer.cli.session import Session

    made = product(ctx, settings(grader.value if grader else None))
    topics = known_topics(made.library, topic)
    if role:
        made.library.role(role)
    if pack:
        made.packs.pack(pack)
    given = {
        "topics": topics,
        "kinds": kind,
        "levels": level,
        "questions": questions,
        "role": role,
        "pack": pack,
        "probes": probes,
    }
    session = Session(made)
    try:
        if new or not session.resume_offered():
            session.start(_given(given), secrets.randbelow(2**31) if seed is None else seed)
        session.run()
    except (KeyboardInterrupt, EOFError) as stop:
        session.goodbye()
        raise typer.Exit(INTERRUPTED if isinstance(stop, KeyboardInterrupt) else 0) from None


def _given(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value not in (None, (), [])}
