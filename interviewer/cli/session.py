"""One sitting at the terminal: the interview's state says what happens next."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Thread
from typing import Any

import typer
from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.text import Text

from interviewer.bootstrap import Product
from interviewer.cli.drafts import Draft
from interviewer.cli.keyboard import (
    HELP,
    Command,
    ask,
    ask_for_one,
    ask_number,
    ask_whether,
    ask_which,
    read_answer,
)
from interviewer.cli.report_sheet import report_sheet
from interviewer.cli.sheets import feedback_sheet, heading, prompt_sheet, score_text
from interviewer.cli.terminal import console, plain
from interviewer.domain.grade import Citation, Grade, Verdict
from interviewer.domain.interview import Choices, Interview, Item, Stage
from interviewer.domain.job import JobProfile
from interviewer.domain.passage import Passage
from interviewer.domain.question import Kind, Level
from interviewer.errors import InterviewerError, InvalidInput
from interviewer.service import LOCAL_OWNER

QUESTIONS = 5


class Session:
    """Runs one interview with the person at the keyboard. Every move is stored before the next is made."""

    def __init__(self, product: Product) -> None:
        self._library = product.library
        self._service = product.service
        self._product = product
        self._data_dir = product.settings.data_dir
        self._console = console()
        self._interview: Interview | None = None

    def resume_offered(self) -> bool:
        """Offer the latest interview that was cut off; True if it is taken up."""
        for interview in self._service.unfinished(LOCAL_OWNER)[:1]:
            when = f"{interview.updated_at.astimezone():%d %B, %H:%M}"
            place = f"question {interview.position + 1} of {len(interview.items)}"
            if ask_whether(f"An interview was interrupted on {when}, at {place}. Resume it?"):
                self._interview = interview
        return self._interview is not None

    def _warm_up(self) -> None:
        """Load the grader's model while the first question is read; what goes wrong shows at grading."""
        load = getattr(self._service.grader, "warm_up", None)
        if load is not None:
            Thread(target=_quietly, args=(load,), daemon=True).start()

    def start(self, given: dict[str, Any], seed: int, job: JobProfile | None = None) -> None:
        """Start an interview with the given choices; with none given and no job, ask for them."""
        choices = Choices(**(given if given or job else self._asked_for()), seed=seed)
        self._interview = self._service.start(LOCAL_OWNER, choices, job)
        typer.echo(f"\n{HELP}\n")

    def run(self) -> None:
        """Go through the interview to its report."""
        self._warm_up()
        interview = self._interview
        while interview is not None and not interview.finished:
            interview = self._interview = self._moved(interview)
        if interview is not None:
            self._console.print(report_sheet(self._service.report(interview), self._library.topics))

    def goodbye(self) -> None:
        """What to know on leaving early."""
        if self._interview is not None:
            typer.echo("\nEverything you said is kept. `interviewer practice` resumes the interview.")

    def _moved(self, interview: Interview) -> Interview:
        match interview.current.stage:
            case Stage.ASKED | Stage.PROBED:
                self._console.print(self._put(interview))
                return self._heard(interview)
            case Stage.ANSWERED:
                with self._console.status("Grading…"):
                    return self._service.grade(interview)
            case _:
                self._console.print(self._feedback(interview.current))
                return self._closed(interview)

    def _put(self, interview: Interview) -> RenderableType:
        """The question, or the follow-up question, as it is asked."""
        probe = interview.current.open_probe
        if probe is None:
            place = f"Question {interview.position + 1} of {len(interview.items)}"
            return prompt_sheet(self._service.question(interview), place)
        grade = interview.current.grade
        so_far = f"So far: {score_text(grade.score)}. A follow-up question:" if grade else "A follow-up question:"
        return Text(f"\n{so_far}\n{plain(probe.ask)}\n", style="bold")

    def _heard(self, interview: Interview) -> Interview:
        """The interview after the answer, or the command, to what was asked."""
        draft = Draft(self._data_dir, interview)
        while True:
            said = read_answer(draft)
            try:
                if isinstance(said, Command):
                    moved = self._commanded(said, interview, draft)
                else:
                    moved = self._service.submit(interview, said.rstrip("\n"))
                    draft.discard()
            except InvalidInput as error:
                typer.echo(plain(str(error)))
                continue
            if moved is not None:
                return moved

    def _commanded(self, command: Command, interview: Interview, draft: Draft) -> Interview | None:
        """The interview after a command; None where the question stays open."""
        match command:
            case Command.SKIP | Command.FINISH if draft.read().strip():
                raise InvalidInput("You have begun an answer. /clear forgets it; an empty line twice sends it.")
            case Command.SKIP:
                return self._service.skip(interview)
            case Command.FINISH:
                return self._service.finish(interview)
            case Command.QUIT:
                raise EOFError  # as if the input had ended
            case Command.EDIT:
                draft.edit()
            case Command.CLEAR:
                draft.discard()
            case Command.HELP:
                typer.echo(HELP)
        return None

    def _feedback(self, item: Item) -> RenderableType:
        question = self._library.question(item.question_id)
        if item.grade is not None:
            rubric = self._library.rubric(item.question_id)
            sources, reading = self._cited(item.grade)
            return feedback_sheet(question, rubric, item.transcript, item.grade, sources=sources, reading=reading)
        return Group(heading("Skipped. A strong answer"), Markdown(plain(question.reference_answer)))

    def _cited(self, grade: Grade) -> tuple[dict[str, Sequence[Citation]], list[Passage]]:
        """What the source material says of each key, and what to read about those that were missed."""
        with suppress(InterviewerError), self._console.status("Looking it up…"):
            passages = self._product.passages
            sources = {key.id: passages.citations(grade.question_id, key.id) for key in grade.keys}
            missed = [key.id for key in grade.keys if key.verdict is Verdict.MISSED]
            return sources, passages.read_next(grade.question_id, missed)
        return {}, []

    def _closed(self, interview: Interview) -> Interview:
        """On to the next question, when the person is ready for it."""
        if interview.position + 1 < len(interview.items):
            reply = ask("\nEnter for the next question, /finish for the report, /quit to go on later:")
            if reply == Command.FINISH:
                return self._service.finish(interview)
            if reply == Command.QUIT:
                raise EOFError
        return self._service.next(interview)

    def _asked_for(self) -> dict[str, Any]:
        library = self._library
        return {
            "role": ask_for_one("For which role?", {role.id: role.title for role in library.roles.values()}),
            "topics": ask_which("Which topics?", {topic.id: topic.title for topic in library.topics.values()}),
            "kinds": ask_which("Which kinds of question?", dict.fromkeys(Kind, "")),
            "levels": ask_which("Which levels?", dict.fromkeys(Level, "")),
            "questions": ask_number("How many questions?", QUESTIONS, len(library.questions)),
        }


def _quietly(load: Callable[[], None]) -> None:
    with suppress(InterviewerError):
        load()
