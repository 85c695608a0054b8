"""Whether the marker orders short answers as their writers meant them.

Every pair of answers to one item that differ in quality is looked at: it is ordered right when the
better one has more marks. Equal marks are no order. `python -m benchmarks.written`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import click

from interviewer.assessment.written.pointing import points_shown
from interviewer.content.library import Library
from interviewer.content.written import ShortAnswer, WorkProduct
from interviewer.interview.written.key import Point
from interviewer.wiring import Settings, open_library

FOLDER = Path(__file__).parent
QUALITIES = ("poor", "middling", "good")


@dataclass(frozen=True, slots=True)
class Written:
    """One answer of the set.

    Attributes:
        item: Post and id of its item.
        quality: What its writer meant it to be.
        share: Share of the item's marks it got.
        text: The answer.
    """

    item: tuple[str, str]
    quality: str
    share: float
    text: str


def marked(library: Library, language: str) -> Iterator[Written]:
    """Yield the answers of a language with the marks they get."""
    path = FOLDER / f"answers.{language}.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        bank = library.written[entry["post"]]
        item = next(item for item in bank.items if item.id == entry["item"])
        if not isinstance(item, ShortAnswer | WorkProduct):
            raise click.ClickException(f"{entry['item']} has no key points.")
        points = tuple(Point(p.text[language], p.says[language]) for p in item.points)
        shown = points_shown(entry["text"], points, item.text[language], language)
        share = sum(map(bool, shown)) / len(points)
        yield Written((bank.id, item.id), entry["quality"], share, entry["text"])


def pairs(answers: list[Written]) -> Iterator[tuple[Written, Written]]:
    """Yield pairs of answers to one item, the worse one first."""
    by_item: dict[tuple[str, str], list[Written]] = defaultdict(list)
    for answer in answers:
        by_item[answer.item].append(answer)
    for group in by_item.values():
        ranked = sorted(group, key=lambda answer: QUALITIES.index(answer.quality))
        yield from ((a, b) for a, b in combinations(ranked, 2) if a.quality != b.quality)


@click.command()
@click.option("--wrong", is_flag=True, help="Print the pairs that are not ordered right.")
def main(wrong: bool) -> None:
    """Print the share of pairs that is ordered right, by language."""
    library = open_library(Settings.from_environment())
    for language in ("en", "zh"):
        answers = list(marked(library, language))
        looked_at = list(pairs(answers))
        missed = [(a, b) for a, b in looked_at if a.share >= b.share]
        equal = sum(a.share == b.share for a, b in missed)
        right = len(looked_at) - len(missed)
        click.echo(
            f"{language}: {len(answers)} answers, {len(looked_at)} pairs, "
            f"{right / max(len(looked_at), 1):.1%} ordered right, {equal} equal"
        )
        for quality in QUALITIES:
            shares = [answer.share for answer in answers if answer.quality == quality]
            click.echo(f"  {quality:9} {sum(shares) / max(len(shares), 1):.0%} of the marks")
        for worse, better in missed if wrong else ():
            click.echo(f"  {worse.item[1]}: {worse.quality} {worse.share:.0%} "
                       f"≥ {better.quality} {better.share:.0%}")  # fmt: skip


if __name__ == "__main__":
    main()
