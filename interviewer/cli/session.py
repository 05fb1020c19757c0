"""One sitting at the terminal: the interview's state says what happens next."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Any

import typer

from interviewer.bootstrap import Product
from interviewer.cli.drafts import Draft
from interviewer.cli.feedback import feedback_on
from interviewer.cli.keyboard import (
    COMMANDS,
    HOW_TO_TALK,
    Command,
    ask,
    ask_for_one,
    ask_number,
    ask_whether,
    ask_which,
    read_answer,
)
from interviewer.cli.regrading import TRY_AGAIN, waiting_positions
from interviewer.cli.report_sheet import report_sheet
from interviewer.cli.sheets import prompt_sheet, rows, score_text, spent_text
from interviewer.cli.terminal import console, plain
from interviewer.cli.voice import Voice
from interviewer.content.conversation import Intent
from interviewer.domain.interview import Choices, Interview, Stage
from interviewer.domain.job import JobProfile
from interviewer.domain.question import Kind, Level
from interviewer.errors import InterviewerError, InvalidInput
from interviewer.service import LOCAL_OWNER

QUESTIONS = 5
AGAIN = "/again"
ASKS = {
    Command.REPEAT: (Intent.REPEAT, "Can you repeat that?"),
    Command.HINT: (Intent.HINT, "Can you give me a hint?"),
}


class Session:
    """Runs one interview with the person at the keyboard. Every move is stored before the next is made."""

    def __init__(self, product: Product) -> None:
        self._library = product.library
        self._service = product.service
        self._product = product
        self._data_dir = product.settings.data_dir
        self._asks_a_model = product.settings.grader != "keyword"
        self._console = console()
        self._voice = Voice(product, self._console)
        self._interview: Interview | None = None
        self._is_new = False

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
        self._is_new = True
        self._console.print()
        self._help()

    def run(self) -> None:
        """Go through the interview to its report."""
        self._warm_up()
        interview = self._interview
        if interview is not None and self._is_new:
            self._voice.introduce(interview)
        while interview is not None and not interview.finished:
            interview = self._interview = self._moved(interview)
        if interview is not None:
            self._console.print(report_sheet(self._service.report(interview), self._library.topics))
            self._tell_what_it_took()
            if waiting_positions(self._service, interview):
                typer.echo(f"\n{TRY_AGAIN}")

    def _tell_what_it_took(self) -> None:
        """What the language model was paid."""
        budget = self._product.budget
        if budget.spent.calls:
            limit = f"It may take {budget.tokens_at_most:,} tokens and ${budget.usd_at_most:.2f}."
            self._console.print(f"\nThis session took {spent_text(budget.spent)} of the language model. {limit}")

    def goodbye(self) -> None:
        """What to know on leaving early."""
        if self._interview is not None:
            typer.echo("\nEverything you said is kept. `interviewer practice` resumes the interview.")
            self._tell_what_it_took()

    def _moved(self, interview: Interview) -> Interview:
        match interview.current.stage:
            case Stage.ASKED | Stage.PROBED:
                return self._heard(self._put(interview))
            case Stage.ANSWERED:
                self._voice.acknowledge(interview)
                with self._console.status("Grading…"):
                    return self._service.grade(interview)
            case _:
                self._show_feedback(interview)
                return self._closed(interview)

    def _put(self, interview: Interview) -> Interview:
        """Ask the question, or the follow-up question."""
        if interview.current.open_probe is None:
            place = f"Question {interview.position + 1} of {len(interview.items)}"
            self._console.print(prompt_sheet(self._service.question(interview), place))
            return interview
        grade = interview.current.grade
        so_far = f"So far: {score_text(grade.score)}. " if grade else ""
        typer.echo(f"{so_far}A follow-up question:")
        return self._voice.probe(interview)

    def _heard(self, interview: Interview) -> Interview:
        """The interview after the answer, or a command that moves it on; asides in between are replied to."""
        draft = Draft(self._data_dir, interview)
        stage = interview.current.stage
        while not interview.finished and interview.current.stage is stage:
            said = read_answer(draft, partial(self._voice.is_aside, interview))
            try:
                if isinstance(said, Command):
                    interview = self._commanded(said, interview, draft)
                else:
                    interview = self._voice.hear(interview, said)
                    draft.discard()
            except InvalidInput as error:
                typer.echo(plain(str(error)))
        return interview

    def _commanded(self, command: Command, interview: Interview, draft: Draft) -> Interview:
        """The interview after a command; the same one where nothing moved."""
        match command:
            case Command.REPEAT | Command.HINT:
                intent, said = ASKS[command]
                return self._voice.reply(interview, said, intent)
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
                self._help()
        return interview

    def _help(self) -> None:
        self._console.print(HOW_TO_TALK, rows(COMMANDS.items()), sep="\n")

    def _show_feedback(self, interview: Interview) -> None:
        with self._console.status("Looking it up…"):
            sheet = feedback_on(self._product, interview.current)
        self._console.print(sheet)

    def _closed(self, interview: Interview) -> Interview:
        """On to the next question, when the person is ready for it; the last one leads to the report."""
        last = interview.position + 1 == len(interview.items)
        while (again := self._may_try_again(interview)) or not last:
            offers = [f"Enter for {'the report' if last else 'the next question'}"]
            offers += [f"{AGAIN} to have the language model try once more"] if again else []
            offers += [] if last else [f"{Command.FINISH} for the report"]
            reply = ask(f"\n{', '.join(offers)}, {Command.QUIT} to go on later:", at_end="" if last else None)
            if reply == AGAIN and again:
                interview = self._graded_again(interview)
            elif reply == Command.QUIT:
                raise EOFError
            elif reply == Command.FINISH:
                return self._service.finish(interview)
            elif reply:
                typer.echo("That is none of them, and nothing was done.")
            else:
                break
        if last:
            self._voice.close(interview)
        return self._service.next(interview)

    def _may_try_again(self, interview: Interview) -> bool:
        return self._asks_a_model and self._service.may_grade_again(interview, interview.position)

    def _graded_again(self, interview: Interview) -> Interview:
        with self._console.status("Grading…"):
            interview = self._service.grade_again(interview, interview.position)
        self._show_feedback(interview)
        return interview

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
