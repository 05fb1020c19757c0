"""The interviewer's voice in the terminal: it is printed as it comes, and kept with the interview."""

from collections.abc import Iterator

import typer
from rich.console import Console
from rich.text import Text

from interviewer.bootstrap import Product
from interviewer.cli.terminal import plain
from interviewer.content.conversation import Intent
from interviewer.domain.interview import Interview
from interviewer.errors import InvalidInput, InvalidMove

COMMANDS_FOR = {
    Intent.SKIP: "/skip passes over it.",
    Intent.STOP: "/finish ends the interview with its report, /quit leaves it for later.",
    Intent.DONT_KNOW: "/hint asks for a hint, /skip passes over it.",
}
SEND_AGAIN = "If that was your answer, send it once more."


class Voice:
    """Speaks the lines of a conversation; what must not be lost is stored when it has been said."""

    def __init__(self, product: Product, console: Console) -> None:
        self._conversation = product.conversation
        self._service = product.service
        self._console = console
        self._told_to_send_again = False
        self._told_trouble: str | None = None

    def introduce(self, interview: Interview) -> None:
        """The greeting."""
        self._say(self._conversation.introduce(interview))

    def is_aside(self, interview: Interview, text: str) -> bool:
        """Whether the interviewer would reply to this rather than take it as an answer."""
        return self._conversation.intent(interview, text) is not None

    def hear(self, interview: Interview, text: str) -> Interview:
        """Take an answer, or reply to what was said beside one; raises InvalidInput."""
        intent = self._conversation.intent(interview, text)
        if intent is None:
            return self._service.submit(interview, text.rstrip("\n"))
        interview = self.reply(interview, text.strip(), intent)
        self._tell_what_to_type(intent)
        return interview

    def reply(self, interview: Interview, said: str, intent: Intent) -> Interview:
        """The reply to what was said beside an answer; the question stays open. Raises InvalidInput."""
        reply = self._say(self._conversation.reply(interview, said, intent))
        try:
            return self._service.aside(interview, said, reply)
        except InvalidMove as error:  # enough was said beside this question; answering it is still possible
            raise InvalidInput(str(error)) from None

    def acknowledge(self, interview: Interview) -> None:
        """What is said to an answer before it is graded."""
        self._say(self._conversation.acknowledge(interview))

    def probe(self, interview: Interview) -> Interview:
        """The open follow-up question, in the words in which it was put if it was put before."""
        exchange = interview.current.exchanges[-1]
        if exchange.worded is not None:
            self._say(iter([exchange.worded]))
            return interview
        return self._service.worded(interview, self._say(self._conversation.probe(interview)))

    def close(self, interview: Interview) -> None:
        """The last words."""
        self._say(self._conversation.close(interview))

    def _say(self, pieces: Iterator[str]) -> str:
        """Print each piece as it comes; returns all that was said."""
        self._console.print()
        with self._console.status("…"):
            said = next(pieces)
        self._console.print(Text(plain(said), style="bold"))
        for piece in pieces:
            self._console.print(Text(plain(piece.strip()), style="bold"))
            said += piece
        self._console.print()
        self._tell_trouble()
        return said

    def _tell_trouble(self) -> None:
        """Say, once for each reason, why the model did not find the words."""
        trouble = self._conversation.trouble
        if trouble is not None and trouble != self._told_trouble:
            self._console.print(Text(plain(f"(I speak without the language model. {trouble})\n"), style="dim"))
        self._told_trouble = trouble or self._told_trouble

    def _tell_what_to_type(self, intent: Intent) -> None:
        if intent in COMMANDS_FOR:
            typer.echo(COMMANDS_FOR[intent])
        if intent not in (Intent.REPEAT, Intent.HINT) and not self._told_to_send_again:
            typer.echo(SEND_AGAIN)
            self._told_to_send_again = True
