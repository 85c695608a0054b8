"""Whether interviews keep the rules of their format. `python -m benchmarks.formats`.

Simulated candidates of every manner sit each format in each language its examiners speak, at the
four employers in turn. What breaks a rule is printed, and the exit code is 1.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product, zip_longest

import click

from benchmarks.format_rules import (
    LEAST_TO_DROP,
    broken_in,
    broken_in_report,
    total_of,
    trimmed_mean,
)
from interviewer.assessment.assess import assess
from interviewer.assessment.board import board_report
from interviewer.assessment.findings import Assessment
from interviewer.assessment.words import words_for
from interviewer.cli.interviewing import held_here, open_desk
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.plan import Plan
from interviewer.interview.session import plan_of
from interviewer.interview.wishing import make_wish
from interviewer.simulation.runs import Run
from interviewer.transcript import Transcript
from interviewer.transcript_file import load_all
from interviewer.wiring import Settings, open_library, open_research
from tests.conftest import TODAY

EXAMPLES = 3


@dataclass
class Seen:
    """What was seen of the formats.

    Attributes:
        interviews: How many, by format and language.
        broken: What broke a rule, by the rule.
        asked: What all candidates of a format, employer, post and language were asked, with the
            facts said before it, where the format asks all the same.
        levels: Levels given and left open, by format.
        moves: Moves of examiners by format.
        rated: Levels of candidates before a board and what they came to, by format; taken
            together as raters of one candidate as soon as there are enough to drop two.
        means: Means without the highest and the lowest total that were recalculated.
    """

    interviews: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[tuple[str, ...], set[tuple[str, ...]]] = field(
        default_factory=lambda: defaultdict(set)
    )
    levels: Counter[tuple[str, bool]] = field(default_factory=Counter)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    rated: dict[str, list[tuple[dict[str, float], Fraction]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    means: int = 0

    def take(self, name: str, transcript: Transcript, library: Library) -> None:
        """Look at one interview and its report."""
        plan = plan_of(transcript)
        self.interviews[name, plan.language] += 1
        for turn in transcript.turns:
            if turn.move is not None:
                self.moves[name, turn.move.kind] += 1
        if library.formats[plan.format].same_questions:
            items = tuple(
                f"{item.text} {item.lead.text if item.lead else ''}"
                for part in plan.rounds
                for item in part.items
            )
            self.asked[name, plan.company, plan.post, plan.language].add(items)
        report = assess(transcript, library)
        for part in report.rounds:
            for competency in part.competencies:
                self.levels[name, competency.score.level is not None] += 1
        found = [*broken_in(transcript, library), *broken_in_report(plan, report, library)]
        found += self._raters(name, plan, transcript, report, library)
        for rule, what in found:
            self.broken[rule].append(f"{name} {transcript.id}: {what}")

    def _raters(
        self, name: str, plan: Plan, transcript: Transcript, report: Assessment, library: Library
    ) -> Iterator[tuple[str, str]]:
        """Let the levels of several candidates stand for a board's raters of one of them."""
        board = report.board
        if board is None or board.combined.points is None:
            return
        levels = {
            entry.id: entry.score.level
            for part in report.rounds
            for entry in part.competencies
            if entry.score.level is not None
        }
        total = total_of([x.points for x in board.lines], [x.most for x in board.lines])
        self.rated[name] += [(levels, total)] if total is not None else []
        if len(self.rated[name]) < LEAST_TO_DROP:
            return
        rated, self.rated[name] = self.rated[name], []
        words = words_for(plan.language)
        made = board_report(plan, transcript, library, words, [own for own, _ in rated])
        totals = [one for _, one in rated]
        said = made.combined.points if made else None
        self.means += 1
        if said is None or Fraction(said) != trimmed_mean(totals):
            yield "the mean without highest and lowest", f"{said} of {[float(t) for t in totals]}"


def names(library: Library) -> list[str]:
    """Return all formats, one with rounds to choose from once for each."""
    return [
        f"{entry.id}:{part.persona}" if part else entry.id
        for entry in library.formats.values()
        for part in (entry.rounds if entry.take == "one" else [None])
    ]


def transcripts(
    settings: Settings, library: Library, chosen: Sequence[str], each: int
) -> Iterator[tuple[str, Transcript]]:
    """Yield interviews of each format with its name; a post it does not fit is passed over.

    Two candidates or more sit for each post that is taken, so that they can be compared; formats
    begin with different employers.
    """
    research = open_research(settings, library)
    for place, (name, language) in enumerate(product(chosen, library.languages)):
        fitting = [one for one in _posts(library) if _fits(library, *one, name, language)]
        taken = max(1, min(each // 2, len(fitting)))
        for number in range(taken if fitting else 0):
            company, role = fitting[(place + number) % len(fitting)]
            research.ensure(company)
            count = each // taken + (number < each % taken)
            run = Run(company, role, language, name, count, seed=100 * place + number)
            for _, text in held_here(open_desk(library, research, run), run.shards):
                yield from ((name, held) for held in load_all(text))
    research.close()


def _posts(library: Library) -> list[tuple[str, str]]:
    """Return all posts, each employer's first before any second."""
    packs = [pack.company for pack in library.packs.values()]
    rows = zip_longest(*([(pack.id, post.id) for post in pack.posts] for pack in packs))
    return [one for row in rows for one in row if one is not None]


def _fits(library: Library, company: str, role: str, name: str, language: str) -> bool:
    try:
        make_wish(
            library, company=company, role=role, seed=1, today=TODAY, passages=lambda _: (),
            language=language, format_id=name,
        )  # fmt: skip
    except InputError:
        return False
    return True


def told(seen: Seen, examples: int) -> Iterator[str]:
    """Yield what was seen, line by line."""
    yield f"interviews: {sum(seen.interviews.values())}"
    for (name, language), number in sorted(seen.interviews.items()):
        yield f"  {name} {language}: {number}"
    for name in sorted({name for name, _ in seen.moves}):
        given, left = seen.levels[name, True], seen.levels[name, False]
        counted = {kind: n for (of, kind), n in sorted(seen.moves.items()) if of == name}
        moves = ", ".join(f"{kind} {n}" for kind, n in counted.items())
        yield f"  {name}: {given} levels given, {left} left open; {moves}"
    differing = [key for key, items in seen.asked.items() if len(items) > 1]
    yield f"posts whose candidates were asked differently, of {len(seen.asked)}: {len(differing)}"
    yield f"means without highest and lowest recalculated: {seen.means}"
    yield f"rules broken: {sum(map(len, seen.broken.values())) or 'none'}"
    for rule, found in sorted(seen.broken.items()):
        yield f"  {rule}: {len(found)}"
        yield from (f"    {one[:240]}" for one in found[:examples])


@click.command()
@click.option("--each", default=8, show_default=True, help="Interviews a format and language.")
@click.option("--format", "chosen", multiple=True, help="Only these formats.")
@click.option("--examples", default=EXAMPLES, show_default=True, help="Printed for each rule.")
def main(each: int, chosen: tuple[str, ...], examples: int) -> None:
    """Hold interviews in every format and print which rules were broken."""
    settings = Settings.from_environment()
    library = open_library(settings)
    seen = Seen()
    for name, transcript in transcripts(settings, library, chosen or names(library), each):
        seen.take(name, transcript, library)
    for key, items in seen.asked.items():
        if len(items) > 1:
            seen.broken["the same questions for all of one post"].append(" ".join(key))
    for line in told(seen, examples):
        click.echo(line)
    sys.exit(1 if seen.broken else 0)


if __name__ == "__main__":
    main()
