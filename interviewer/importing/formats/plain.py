"""Bytes as text: UTF-8, or UTF-16 where the file says so. Nothing is guessed: a wrong guess is a silent fault."""

import codecs
import re

from interviewer.importing.document import Unreadable

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)")
"""What would colour a terminal or change its title."""
_CONTROL = dict.fromkeys((*range(9), 11, *range(14, 32), 127)) | {12: "\n"}


def decoded(data: bytes) -> str:
    """The text with lines ending in \\n and without control characters; raises Unreadable for another encoding."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    try:
        text = data[len(mark) :].decode(_MARKS.get(mark, "utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start} is not UTF-8; save the file as UTF-8") from None
    if "\0" in text:
        raise Unreadable("is not text, though its name says so; export it as text")
    return _TERMINAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL)
