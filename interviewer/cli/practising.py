"""`practice`: the interview in the terminal."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interviewer.cli.bank import known_topics
from interviewer.cli.keyboard import ask
from interviewer.cli.options import ChosenGrader, Kinds, Levels, PackName, Topics
from interviewer.cli.terminal import console, note
from interviewer.cli.wiring import product, settings
from interviewer.errors import InvalidInput

if TYPE_CHECKING:
    from interviewer.bootstrap import Product
    from interviewer.domain.job import JobProfile

INTERRUPTED = 130
QUESTIONS_AT_MOST = 75

Questions = Annotated[
    int | None,
    typer.Option("--questions", "-n", min=1, max=QUESTIONS_AT_MOST, help="How many questions; 5 unless told."),
]
RoleId = Annotated[str | None, typer.Option("--role", "-r", help="Ask what interviewers for this role ask.")]
Job = Annotated[
    Path | None,
    typer.Option("--job", metavar="FILE", help="Ask what this job description asks for; - reads it as typed."),
]
Resume = Annotated[
    Path | None,
    typer.Option("--resume", metavar="FILE", help="Ask about the projects of this résumé; it stays here."),
]
SendResume = Annotated[
    bool,
    typer.Option(
        "--send-resume", help="Let the language model read the résumé's questions and your answers, this time."
    ),
]
Probes = Annotated[
    int | None, typer.Option(min=0, max=3, help="Follow-up questions to each question; 1 unless told.")
]
Only = Annotated[
    list[str] | None, typer.Argument(metavar="[QUESTION_ID]...", help="Ask these questions and no others.")
]
New = Annotated[bool, typer.Option("--new", help="Start anew, without asking about an interrupted one.")]
Seed = Annotated[int | None, typer.Option(help="The same seed and choices give the same questions.")]


def practice(
    ctx: typer.Context,
    only: Only = None,
    *,
    topic: Topics = None,
    kind: Kinds = None,
    level: Levels = None,
    questions: Questions = None,
    role: RoleId = None,
    pack: PackName = None,
    job: Job = None,
    resume: Resume = None,
    send_resume: SendResume = False,
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
    only = [made.library.question(question_id).id for question_id in only or ()]
    topics = known_topics(made.library, topic)
    if role:
        made.library.role(role)
    if resume and (pack or job):
        raise InvalidInput("A résumé gives questions of its own. Leave out --pack and --job.")
    if resume:
        pack = _resume_pack(made, resume)
        if made.settings.grader != "keyword" and (send_resume or _may_be_sent()):
            made.library.share(pack)
    elif pack:
        made.packs.pack(pack)
    profile = _profile(made, job) if job else None
    given = {
        "only": only,
        "topics": topics,
        "kinds": kind,
        "levels": level,
        "questions": questions or min(len(only), QUESTIONS_AT_MOST) or None,
        "role": role,
        "pack": pack,
        "probes": probes,
    }
    session = Session(made)
    try:
        if new or job or resume or only or not session.resume_offered():
            session.start(_given(given), secrets.randbelow(2**31) if seed is None else seed, profile)
        session.run()
    except (KeyboardInterrupt, EOFError) as stop:
        session.goodbye()
        raise typer.Exit(INTERRUPTED if isinstance(stop, KeyboardInterrupt) else 0) from None


def _profile(made: "Product", job: Path) -> "JobProfile":
    """What the job description asks for, told before the interview begins."""
    from interviewer.cli.job_sheet import job_sheet
    from interviewer.importing.convert import text_of

    text = typer.get_text_stream("stdin").read() if str(job) == "-" else text_of(job)
    profile = made.job(text)
    console().print(job_sheet(profile, made.library.topics))
    return profile


def _resume_pack(made: "Product", resume: Path) -> str:
    """The pack of questions about the résumé's projects."""
    from interviewer.importing.convert import text_of

    report = made.resume(text_of(resume))
    note(f"{report.pack.questions} questions about your résumé are in {report.pack.path}, on this computer only.")
    return report.pack.name


def _may_be_sent() -> bool:
    """Whether the language model may read the résumé's questions; whoever says nothing has said no."""
    told = "Questions about your résumé, and your answers, are graded on this computer. Send them to the language "
    return ask(f"{told}model instead? [y/N]", at_end="").lower() in ("y", "yes")


def _given(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value not in (None, (), [])}
