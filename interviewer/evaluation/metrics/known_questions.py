"""Questions that stand in the content: those of the banks, and what else examiners ask by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from interviewer.content.library import Library
from interviewer.research.sentences import sentences

_PLACE = re.compile(r"\{\w+\}")
_LOOSE = re.compile(r"[\W_]+")
_END = 6
# The same sentence is sought among the probes of every part.
_KEPT = 4_096


def bank_questions(library: Library, language: str) -> tuple[str, ...]:
    """Return the main questions of rubrics and ladders in a language, each once."""
    return tuple(dict.fromkeys(_bank(library, language)))


def other_questions(library: Library, language: str) -> tuple[str, ...]:
    """Return probes, and phrases that ask something; `{…}` where something is put in."""
    return tuple(dict.fromkeys(_others(library, language)))


def probes_by_part(library: Library, language: str) -> Mapping[str, tuple[str, ...]]:
    """Return probes by the part of a story they ask for."""
    found: dict[str, dict[str, None]] = {}
    for rubric in library.rubrics.values():
        for question in rubric.questions:
            for part, probes in question.probes.items():
                told = (probe[language] for probe in probes if language in probe)
                found.setdefault(part, {}).update(dict.fromkeys(told))
    return {part: tuple(probes) for part, probes in found.items()}


class Ends:
    """Finds which of some questions a sentence ends with, whatever its spaces and marks."""

    def __init__(self, questions: Iterable[str], language: str) -> None:
        """Take questions; of each its last sentence is sought."""
        self._whole: dict[str, list[tuple[str, int]]] = {}
        gapped: list[tuple[str, int]] = []
        for at, question in enumerate(questions):
            first, *rest = map(_loose, _PLACE.split(_last(question, language)))
            if rest:
                gapped.append((".{1,40}".join(map(re.escape, (first, *rest))), at))
            elif first:
                self._whole.setdefault(first[-_END:], []).append((first, at))
        for known in self._whole.values():
            known.sort(key=lambda entry: -len(entry[0]))
        self._gapped = [(re.compile(f"(?:{pattern})$"), at) for pattern, at in gapped]

    def find(self, sentence: str) -> int | None:
        """Return the place of the question, None for none."""
        own = _loose(sentence)
        for text, at in self._whole.get(own[-_END:], ()):
            if own.endswith(text):
                return at
        return next((at for pattern, at in self._gapped if pattern.search(own)), None)


def _bank(library: Library, language: str) -> Iterator[str]:
    for rubric in library.rubrics.values():
        yield from (q.text[language] for q in rubric.questions if language in q.text)
    for file in library.ladders.values():
        rungs = (rung for ladder in file.ladders for rung in ladder.rungs)
        told = [question for rung in rungs for question in rung.questions]
        told += [sample.text for sample in file.samples]
        told += [words for entry in file.explains for words in (entry.lay, entry.expert)]
        yield from (text[language] for text in told if language in text)


def _others(library: Library, language: str) -> Iterator[str]:
    for rubric in library.rubrics.values():
        probes = (p for question in rubric.questions for p in question.probes.values())
        yield from (text[language] for found in probes for text in found if language in text)
    for file in library.ladders.values():
        asked = (q for sample in file.samples for q in (*sample.own_action, *sample.result))
        yield from (text[language] for text in asked if language in text)
    for persona in library.personas.values():
        book = persona.phrasebooks.get(language)
        for variants in book.phrases.values() if book else ():
            yield from (text for text in variants if re.search(r"[?？]\s*$", text))


def _last(question: str, language: str) -> str:
    return sentences(question, language)[-1]


@lru_cache(maxsize=_KEPT)
def _loose(text: str) -> str:
    return _LOOSE.sub("", text).casefold()
