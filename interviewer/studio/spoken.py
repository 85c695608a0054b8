"""What a content file makes an examiner say, sentence by sentence, with the line it stands on.

A text that cannot be read yet has words all the same: whatever of it is a table is looked through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from interviewer.content.copies import Piece
from interviewer.content.form import LANGUAGES, toml_in
from interviewer.content.phrasebook import SLOT, flattened, line_holding
from interviewer.errors import ContentError
from interviewer.research.sentences import sentences

_FILLED = MappingProxyType({"en": "it", "zh": "甲"})
_OF_PERSONA = ("name", "title", "mandate")
# A longer one is no sentence that anybody says.
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something an examiner says or is told in confidence.

    Attributes:
        text: The words, with a stand-in in every slot.
        written: The words as they stand in the file.
        language: `en` or `zh`.
        key: Where it belongs: a key of the phrasebook, `mandate`, a question's id.
        line: The line it stands on, from 1; None where that cannot be told.
    """

    text: str
    written: str
    language: str
    key: str
    line: int | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences."""
        return tuple(sentences(self.text, self.language))


def spoken_in(piece: Piece, text: str) -> tuple[Spoken, ...]:
    """Return what a file makes an examiner say; nothing where it is no table at all.

    A format has no words of its own, and a prompt is told to a model, not said.
    """
    lines = text.splitlines()
    try:
        found = [
            Spoken(
                _filled(written, language), written, language, key, line_holding(lines, written)
            )
            for key, language, written in _words(piece, text)
            if isinstance(written, str) and written.strip() and len(written) <= LONGEST
        ]
    except ContentError:
        return ()
    return tuple(entry for entry in found if entry.language in LANGUAGES)


def told_in(piece: Piece, text: str) -> tuple[Spoken, ...]:
    """Return what a prompt tells a model, line by line; nothing for another file."""
    if piece.kind != "prompt":
        return ()
    return tuple(
        Spoken(line, line, piece.language, "prompt", number)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and len(line) <= LONGEST
    )


def _filled(written: str, language: str) -> str:
    stand_in = _FILLED["zh" if language == "zh" else "en"]
    return SLOT.sub(lambda slot: "x?" if slot[1] == "question" else stand_in, written).strip()


def _words(piece: Piece, text: str) -> Iterator[tuple[str, str, object]]:
    """Yield key, language and words of everything that is said."""
    if piece.kind in ("prompt", "format"):
        return
    document = toml_in(text, Path(piece.file))
    if piece.kind == "phrases":
        for key, variants in flattened(document).items():
            yield from ((key, piece.language, variant) for variant in variants)
    elif piece.kind == "persona":
        for key in _OF_PERSONA:
            yield from _by_language(key, document.get(key))
        yield "tone", "en", document.get("tone")
    else:
        questions = document.get("questions")
        for question in questions if isinstance(questions, list) else ():
            if isinstance(question, Mapping):
                yield from _of_question(question)


def _of_question(question: Mapping[str, object]) -> Iterator[tuple[str, str, object]]:
    key = str(question.get("id", "questions"))
    yield from _by_language(key, question.get("text"))
    probes = question.get("probes")
    for told in probes.values() if isinstance(probes, Mapping) else ():
        for words in told if isinstance(told, list) else ():
            yield from _by_language(key, words)


def _by_language(key: str, words: object) -> Iterator[tuple[str, str, object]]:
    if isinstance(words, Mapping):
        yield from ((key, str(language), text) for language, text in words.items())
