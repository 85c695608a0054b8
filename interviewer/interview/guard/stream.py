"""Cuts a reply into sentences while it is still being written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewer.research.sentences import spans

_THINKING = re.compile(r"^\s*<think(?:ing)?>.*?</think(?:ing)?>\s*", re.DOTALL | re.IGNORECASE)
_THINKS = re.compile(
    r"^\s*<(?:t(?:h(?:i(?:n(?:k(?:i(?:ng?)?)?)?)?)?)?(?:>.*)?)?$", re.DOTALL | re.I
)
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_OPENING_QUOTES = re.compile(r"^\s*[\"“”'「『]+")
_LATE_MARK = re.compile(r"\s*([.!?。！？])\s*((?:\[\d{1,3}\]\s?)*\[\d{1,3}\])")
_MARK_BEGUN = re.compile(r"^\[\d{0,3}\]?\s*$")
_CLOSING_QUOTES = re.compile(r"[\"“”'」』]+\s*$")


@dataclass(frozen=True, slots=True)
class SentenceStream:
    """A reply so far.

    Attributes:
        language: Language of the interview.
        speaker: The examiner's name, which some models put in front of what they say.
        text: Everything received.
        taken: How much of the speech has been handed out, in characters.
        waiting: How much of the speech has not, in characters.
    """

    language: str
    speaker: str = ""
    text: str = ""
    taken: int = 0
    waiting: int = 0

    def fed(self, piece: str) -> tuple[SentenceStream, tuple[str, ...]]:
        """Return the stream with one more piece, and the sentences after which another began."""
        text = self.text + piece
        speech = self._speech(text)
        found = [
            (start, end)
            for start, end in spans(speech, self.language)
            if start >= self.taken
        ]  # fmt: skip
        # A mark after the full stop belongs to the sentence before; wait until it is whole.
        begun = speech[found[-1][0] :] if found else ""
        complete = found[: -2 if _MARK_BEGUN.match(begun) else -1]
        taken = complete[-1][1] if complete else self.taken
        waiting = len(speech) - taken
        stream = SentenceStream(self.language, self.speaker, text, taken, waiting)
        return stream, tuple(_unmarked(speech[start:end]) for start, end in complete)

    def ended(self) -> tuple[str, ...]:
        """Return what is left when the reply has ended."""
        speech = self._speech(self.text)
        if _OPENING_QUOTES.match(self._unlabelled(self.text)):
            speech = _CLOSING_QUOTES.sub("", speech)
        found = [span for span in spans(speech, self.language) if span[0] >= self.taken]
        return tuple(_unmarked(speech[start:end]) for start, end in found)

    def _speech(self, text: str) -> str:
        """Return what is said of what was received: without thoughts, label and opening quote."""
        speech = _OPENING_QUOTES.sub("", self._unlabelled(text))
        return _LATE_MARK.sub(r" \2\1", speech)

    def _unlabelled(self, text: str) -> str:
        if _THINKS.match(text) and not _THINKING.match(text):
            return ""
        text = _THINKING.sub("", text).lstrip()
        if not self.speaker:
            return text
        names = "|".join(re.escape(name) for name in (self.speaker, self.speaker.split()[0]))
        return re.sub(rf"^(?:\*\*)?(?:{names})(?:\*\*)?\s*[:：](?:\*\*)?\s*", "", text)


def _unmarked(sentence: str) -> str:
    """Return a sentence without marks of emphasis."""
    return _EMPHASIS.sub("", sentence).strip()
