"""What the order of an answer is taken for: `python -m benchmarks.ordering`.

Strong planted answers with their sentences, or their clauses, in another order have to lose.
Answers as people gave them must not: the labelled ones of the reader, by halves.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click

from benchmarks.attacks_on_scorer import Attack, level_of_text
from benchmarks.planted_answers import planted
from benchmarks.reading_answers import HALVES, labelled
from interviewer.assessment.scoring.strength import JUMPS
from interviewer.content.library import Library
from interviewer.reading.order import disorder
from interviewer.research.sentences import sentences
from interviewer.wiring import Settings, open_library

ORDERS = 5
# Below these an answer has no order to lose: one or two sentences.
LEAST_SENTENCES = 3
_STRONG = 5
_CLAUSES = re.compile(r"(?<=[,;:，；：。.])\s*")


@dataclass(frozen=True, slots=True)
class Given:
    """Answers as given: of which language and half, how many, and how many lose by their order."""

    language: str
    half: str
    answers: int
    lose: int
    shuffled_lose: int


def sentences_of(text: str, language: str) -> list[str]:
    """Return the sentences of an answer."""
    return list(sentences(text, language))


def clauses_of(text: str, language: str) -> list[str]:
    """Return what stands between the marks of an answer, as sentences of their own."""
    end = "。" if language == "zh" else "."
    pieces = [piece.strip(" ,;:，；：。.") for piece in _CLAUSES.split(text)]
    return [f"{piece}{end}" for piece in pieces if piece]


def shuffled(parts: list[str], language: str, seed: int) -> str:
    """Return the parts of an answer in another order, the same for the same seed."""
    mixed = parts[:]
    while len(set(parts)) > 1 and mixed == parts:
        random.Random(seed).shuffle(mixed)
        seed += 1
    return ("" if language == "zh" else " ").join(mixed)


def strong_shuffled(
    library: Library, cut: Callable[[str, str], list[str]] = sentences_of
) -> Iterator[Attack]:
    """Yield strong planted answers in other orders, five each."""
    for number, entry in enumerate(planted(library)):
        if entry.meant == _STRONG:
            parts = cut(entry.text, entry.language)
            for place in range(ORDERS):
                text = shuffled(parts, entry.language, 100 * number + place)
                about = f"{entry.competency} {entry.language}"
                after = level_of_text(entry, text, library)
                yield Attack("shuffled", about, entry.level, after)


def as_given() -> Iterator[Given]:
    """Yield how many of the labelled answers lose by the order they have, and by another."""
    for language in ("en", "zh"):
        for half in HALVES:
            lose, mixed, count = 0, 0, 0
            for place, entry in enumerate(labelled(language)):
                parts = sentences_of(entry.answer, language)
                if entry.half != half or len(parts) < LEAST_SENTENCES:
                    continue
                count += 1
                asked = {"question": entry.question, "kind": entry.type}
                lose += disorder([entry.answer], language, **asked) > JUMPS
                other = shuffled(parts, language, place)
                mixed += disorder([other], language, **asked) > JUMPS
            yield Given(language, half, count, lose, mixed)


@click.command()
def main() -> None:
    """Print how many strong answers lose in another order, and how many as they were given."""
    library = open_library(Settings.from_environment())
    for name, cut in (("sentences", sentences_of), ("clauses", clauses_of)):
        found = list(strong_shuffled(library, cut))
        for language in ("en", "zh"):
            part = [entry for entry in found if entry.about.endswith(language)]
            lost = [-entry.gain for entry in part if entry.gain < 0]
            mean = sum(lost) / len(part)
            click.echo(
                f"strong, {name} in another order, {language}: lose {len(lost)} of {len(part)}, "
                f"mean {mean:.2f}, most gained {max(entry.gain for entry in part):.1f}"
            )
    for given in as_given():
        click.echo(
            f"as given, {given.language} {given.half}: lose {given.lose} of {given.answers}; "
            f"in another order {given.shuffled_lose}"
        )


if __name__ == "__main__":
    main()
