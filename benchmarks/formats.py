"""Whether interviews keep the rules of their format. `python -m benchmarks.formats`.

Simulated candidates of every manner sit each format in each language its examiners speak, at the
four employers in turn. What breaks a rule is printed, and the exit code is 1.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import click

from interviewer.assessment.assess import assess
from interviewer.assessment.document import assessment_to_json
from interviewer.cli.interviewing import cores, held_beside
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.guard.signs import plain, signs_for
from interviewer.interview.plan import Plan, PlannedRound
from interviewer.interview.session import plan_of, stage_of
from interviewer.interview.wishing import make_wish
from interviewer.simulation.runs import Run
from interviewer.transcript import Transcript
from interviewer.transcript_file import load_all
from interviewer.wiring import Settings, open_library
from tests.conftest import TODAY

MOST_PROBES = 2
EXAMPLES = 3


@dataclass
class Seen:
    """What was seen of the formats.

    Attributes:
        interviews: How many, by format and language.
        broken: What broke a rule, by the rule.
        asked: The questions of each format, employer, post and language that asks all the same.
        levels: Levels given and left open, by format.
    """

    interviews: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[tuple[str, ...], set[tuple[str, ...]]] = field(
        default_factory=lambda: defaultdict(set)
    )
    levels: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def take(self, name: str, transcript: Transcript, library: Library) -> None:
        """Look at one interview."""
        plan = plan_of(transcript)
        self.interviews[name, plan.language] += 1
        for rule, what in _broken(plan, transcript):
            self.broken[rule].append(f"{name} {transcript.id}: {what}")
        if library.formats[plan.format].same_questions:
            items = tuple(item.text for part in plan.rounds for item in part.items)
            self.asked[name, plan.company, plan.post, plan.language].add(items)
        report = assessment_to_json(assess(transcript, library))
        for part in _listed(report["rounds"]):
            for competency in _listed(part["competencies"]):
                self.levels[name, competency["level"] is not None] += 1
                if (competency["level"] is None) != (competency["state"] == "not_scored"):
                    self.broken["a level without evidence"].append(f"{name} {transcript.id}")


def _listed(value: object) -> list[dict[str, object]]:
    return value if isinstance(value, list) else []


def _broken(plan: Plan, transcript: Transcript) -> Iterator[tuple[str, str]]:
    """Yield the rules of a format that an interview broke."""
    if stage_of(transcript).waiting != "nobody":
        yield "goes to its end", stage_of(transcript).round.id
    probes: Counter[str] = Counter()
    improper = signs_for(plan.language).patterns["improper"]
    for turn in transcript.turns:
        if not turn.by_examiner or turn.move is None:
            continue
        kind, part = turn.move.kind, plan.round(turn.round)
        probes[turn.move.item or ""] += kind == "probe"
        if kind == "probe" and plan.probing == "none":
            yield "no probes where none are allowed", turn.content
        if kind == "offer" and part is not None and "pay_negotiation" in part.keeps_out:
            yield "no pay where it is kept out", turn.content
        planned = " ".join(_worded(part)) if part is not None else ""
        found = improper.search(plain(turn.content))
        if found and found[0] not in plain(planned) and not turn.cites:
            yield "nothing improper", f"{found[0]!r} in: {turn.content}"
    for item, number in probes.items():
        if number > MOST_PROBES:
            yield "at most two probes", f"{number} on {item}"


def _worded(part: PlannedRound) -> Iterator[str]:
    """Yield the words of a round that stand in the plan; content is checked where it lies."""
    for item in part.items:
        yield from (item.text, *item.hints)
        yield from (question for rung in item.rungs for question in rung.questions)


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
    """Yield interviews of each format with its name; a post it does not fit is passed over."""
    posts = [
        (pack.company.id, post.id)
        for pack in library.packs.values()
        for post in pack.company.posts
    ]
    for name in chosen:
        for language in library.languages:
            fitting = [one for one in posts if _fits(library, *one, name, language)]
            for place, (company, role) in enumerate(fitting[:each]):
                count = each // min(each, len(fitting)) + (place < each % min(each, len(fitting)))
                run = Run(company, role, language, name, count, seed=11)
                for _, text in held_beside(settings, run, run.shards, cores()):
                    yield from ((name, held) for held in load_all(text))


def _fits(library: Library, company: str, role: str, name: str, language: str) -> bool:
    try:
        make_wish(
            library, company=company, role=role, seed=1, today=TODAY, passages=lambda _: (),
            language=language, format_id=name,
        )  # fmt: skip
    except InputError:
        return False
    return True


def told(seen: Seen) -> Iterator[str]:
    """Yield what was seen, line by line."""
    yield f"interviews: {sum(seen.interviews.values())}"
    for (name, language), number in sorted(seen.interviews.items()):
        yield f"  {name} {language}: {number}"
    for name in sorted({name for name, _ in seen.levels}):
        given, left = seen.levels[name, True], seen.levels[name, False]
        yield f"  {name}: {given} levels given, {left} left open"
    differing = {key: len(items) for key, items in seen.asked.items() if len(items) > 1}
    yield f"posts whose candidates were asked differently, of {len(seen.asked)}: {len(differing)}"
    yield f"rules broken: {sum(map(len, seen.broken.values())) or 'none'}"
    for rule, examples in sorted(seen.broken.items()):
        yield f"  {rule}: {len(examples)}"
        yield from (f"    {one[:240]}" for one in examples[:EXAMPLES])


@click.command()
@click.option("--each", default=8, show_default=True, help="Interviews a format and language.")
@click.option("--format", "chosen", multiple=True, help="Only these formats.")
def main(each: int, chosen: tuple[str, ...]) -> None:
    """Hold interviews in every format and print which rules were broken."""
    settings = Settings.from_environment()
    library = open_library(settings)
    seen = Seen()
    for name, transcript in transcripts(settings, library, chosen or names(library), each):
        seen.take(name, transcript, library)
    for line in told(seen):
        click.echo(line)
    sys.exit(1 if seen.broken else 0)


if __name__ == "__main__":
    main()
