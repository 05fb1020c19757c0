"""A model that plays the interviewer of bank.py over HTTP, and can be made to wait."""

import json
import re
from threading import Event
from typing import Any

from tests.fake_provider.server import Exchange

GREETING = "Hello, I am Robin. Ask me whenever something is unclear."
REPLY = "The task leaves that open. Take what you would expect and say it aloud."
ACKNOWLEDGED = "Thank you, I have heard you."
PROBE = "You spoke of a first step. How would you know that things are well?"
CLOSING = "That was all from me. Your report is ready."
LINES = {"Greet": GREETING, "Acknowledge": ACKNOWLEDGED, "follow-up": PROBE, "Thank": CLOSING}
TOO_LONG = 30.0
"""Seconds after which a reply that nobody released goes out all the same."""


def answer(body: dict[str, Any]) -> str:
    """Credit the keys that the answer names by their id, quoting the sentence; speak a line of each move."""
    read = json.dumps([body.get("system"), body["messages"]])
    form = body.get("response_format") or body.get("output_config", {}).get("format")
    if not form:
        return next((line for sign, line in LINES.items() if f"{sign} " in read), REPLY)
    said = json.loads(body["messages"][-1]["content"])["answer"]
    schema = form.get("schema") or form["json_schema"]["schema"]
    asked = {name: part["items"]["properties"]["id"]["enum"] for name, part in schema["properties"].items()}
    return json.dumps(
        {
            "keys": [_verdict(key, said) for key in asked["keys"]],
            "traps": [{"id": trap, "triggered": False, "quotes": []} for trap in asked.get("traps", [])],
        }
    )


def _verdict(key: str, said: str) -> dict[str, Any]:
    quotes = [sentence for sentence in re.split(r"(?<=[.!?])\s", said) if key in sentence][:1]
    return {"id": key, "verdict": "met" if quotes else "missed", "quotes": quotes, "reason": ""}


class Gate:
    """Holds replies until it is opened."""

    def __init__(self) -> None:
        self.opened = Event()

    def open(self) -> None:
        """Let everything through."""
        self.opened.set()

    def before(self, exchange: Exchange) -> None:
        """The fault of a server that thinks first."""
        self.opened.wait(TOO_LONG)
        exchange.reply(exchange.normal_reply())

    def in_the_middle(self, exchange: Exchange) -> None:
        """The fault of a server that stops after the first sentence, and then goes on."""
        exchange.begin(200, exchange.content_type, length=None)
        sent = b""
        for event in exchange.payload(exchange.normal_reply()):
            if b". " in sent or b"open" in sent:
                self.opened.wait(TOO_LONG)
            exchange.send_chunk(event)
            sent = event
        exchange.end()
