"""Answers of known worth, scored: `python -m benchmarks.planted_answers`."""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import click

from interviewer.assessment.scoring.answer_score import Asked
from interviewer.assessment.scoring.competency_score import score_competency
from interviewer.content.library import Library
from interviewer.wiring import Settings, open_library

FOLDER = Path(__file__).with_name("planted")
LEVELS = (1, 2, 3, 4, 5)
AIM_TAU, AIM_ENTROPY = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Planted:
    """An answer with what it was meant to be worth, and the level it got (1 for none)."""

    competency: str
    language: str
    meant: int
    text: str
    asked: Asked
    level: float


def planted(library: Library) -> Iterator[Planted]:
    """Yield every answer of the set, scored."""
    questions = {q.id: (r, q) for r in library.rubrics.values() for q in r.questions}
    for language in ("en", "zh"):
        file = FOLDER / f"answers.{language}.toml"
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["answer"]:
            rubric, question = questions[entry["question"]]
            words = question.text[language]
            asked = Asked(words, question.type, (entry["text"],), (words,))
            level = score_competency(rubric, [asked], language).level or 1.0
            yield Planted(rubric.id, language, entry["level"], entry["text"], asked, level)


def tau(pairs: Sequence[tuple[float, float]]) -> float:
    """Return Kendall's tau-b of pairs."""
    agree = differ = first = second = 0
    for (a, b), (c, d) in combinations(pairs, 2):
        sign = (a - c) * (b - d)
        agree += sign > 0
        differ += sign < 0
        first += a != c
        second += b != d
    return (agree - differ) / (math.sqrt(first * second) or 1)


def entropy(levels: Sequence[float]) -> float:
    """Return how evenly whole levels are used, 0 to 1."""
    counts = Counter(math.floor(level + 0.5) for level in levels)
    total = sum(counts.values())
    return -sum(n / total * math.log(n / total) for n in counts.values()) / math.log(len(LEVELS))


@click.command()
@click.option("--answers", is_flag=True, help="Print every answer's level.")
def main(answers: bool) -> None:
    """Print how levels agree with what the answers were meant to be."""
    found = list(planted(open_library(Settings.from_environment())))
    for language in ("en", "zh", ""):
        part = [entry for entry in found if entry.language == language or not language]
        agreement = tau([(entry.meant, math.floor(entry.level + 0.5)) for entry in part])
        spread = entropy([entry.level for entry in part])
        used = Counter(math.floor(entry.level + 0.5) for entry in part)
        click.echo(
            f"{language or 'both'} | {len(part)} answers | tau {agreement:.3f} (aim {AIM_TAU}) | "
            f"entropy {spread:.3f} (aim {AIM_ENTROPY}) | levels {dict(sorted(used.items()))}"
        )
        by_length = tau([(entry.meant, len(entry.text)) for entry in part])
        click.echo(f"  length alone: tau {by_length:.3f}")
    for entry in found if answers else ():
        click.echo(f"{entry.competency} {entry.language} meant {entry.meant}: {entry.level}")


if __name__ == "__main__":
    main()
