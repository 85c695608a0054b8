"""Long JSON files entry by entry: the text of each, without holding the file in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TextIO

from interviewer.errors import InputError
from interviewer.evaluation.formats.source import LONGEST, TOO_LONG

_AT_ONCE = 1 << 20
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def entries_of(file: TextIO, key: str) -> Iterator[str]:
    """Yield the entries of a list, or of the list under a key of an object, as their JSON text.

    Raises:
        InputError: The text is no JSON from some place on, or an entry is too long; entries
            before it have been yielded.
    """
    window = _Window(file)
    sign = window.sign()
    if sign == "[":
        yield from window.items()
    elif sign == "{":
        yield from _under(window, key)
    else:
        raise InputError("is no JSON list or object.")


def _under(window: _Window, key: str) -> Iterator[str]:
    window.take("{")
    while window.sign() != "}":
        name = json.loads(window.value())
        window.take(":")
        if name == key and window.sign() == "[":
            yield from window.items()
            return
        window.value()
        if window.sign() == ",":
            window.take(",")


class _Window:
    """The part of a file that is looked at."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._place = 0
        self._passed = 0
        self._ended = False

    def sign(self) -> str:
        """Return the next sign that is no space, empty at the end."""
        while True:
            match = _SPACE.match(self._text, self._place)
            self._place = match.end() if match else self._place
            if self._place < len(self._text) or self._ended:
                return self._text[self._place : self._place + 1]
            self._more()

    def take(self, wanted: str) -> None:
        """Pass a sign that has to be there."""
        if self.sign() != wanted:
            raise InputError(
                f"is no JSON or is cut off at character {self._passed + self._place}."
            )
        self._place += 1

    def value(self) -> str:
        """Pass a value and return its text."""
        self.sign()
        while True:
            try:
                _, end = _DECODER.raw_decode(self._text, self._place)
            except (ValueError, RecursionError):
                end = 0
            # A number at the end of what is read may go on.
            if end and (end < len(self._text) or self._ended):
                found = self._text[self._place : end]
                self._place = end
                return found
            if self._ended:
                at = self._passed + self._place
                raise InputError(f"is no JSON or is cut off after character {at}.")
            if len(self._text) - self._place > LONGEST:
                raise InputError(f"has an entry that {TOO_LONG}")
            self._more()

    def items(self) -> Iterator[str]:
        """Yield the entries of a list."""
        self.take("[")
        while self.sign() != "]":
            yield self.value()
            if self.sign() == ",":
                self.take(",")
            elif self.sign() != "]":
                self.take("]")
        self.take("]")

    def _more(self) -> None:
        # As much again as is waiting, so that a long entry is not tried too often.
        size = max(_AT_ONCE, len(self._text) - self._place)
        read = self._file.read(size)
        self._ended = not read
        self._passed += self._place
        self._text = self._text[self._place :] + read
        self._place = 0
