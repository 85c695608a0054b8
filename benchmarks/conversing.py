"""Whether simulated interviews keep what is promised of them. `python -m benchmarks.conversing`.

Both languages, all posts of the packs, all manners mixed. What is not as promised is printed with
examples, and the exit code is 1; acknowledgements and repeated sentences are counted only.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import mean

import click

from benchmarks.conversation_checks import (
    SPOKEN_ROUNDS,
    Finding,
    acknowledgements,
    findings,
    frame_sentences,
    left_out_for,
    ordinary_shares,
    shares,
    uncited_figures,
)
from interviewer.cli.interviewing import cores, held_beside
from interviewer.content.library import Library
from interviewer.interview.session import plan_of
from interviewer.simulation.runs import Run
from interviewer.transcript import Transcript
from interviewer.transcript_file import load_all
from interviewer.wiring import Settings, open_library, open_research

MOST_SHARE = 0.25
EXAMPLES = 4
TOGETHER = 10
ACKNOWLEDGING = ("ack.plain", "ack.thing")


@dataclass
class Seen:
    """What was counted.

    Attributes:
        interviews: How many there were, by language.
        turns: Examiners' turns.
        facts: Facts that were cited.
        left_out: Planned items that were not asked, by what explains it.
        findings: What is not as promised.
        shares: The examiner's shares by round and language, of candidates of an ordinary length.
        ordinary: The same of all rounds whose mean answer is of that length, as the aim has it.
        characters: What examiners said in those rounds, by language and kind of move.
        distinct: Different acknowledgements of an interview, and all of them.
        in_a_row: Times an acknowledgement came twice in a row.
        sentences: The examiners' own sentences of each interview, by post.
    """

    interviews: Counter[str] = field(default_factory=Counter)
    turns: int = 0
    facts: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    shares: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    ordinary: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    characters: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    distinct: list[tuple[int, int]] = field(default_factory=list)
    in_a_row: int = 0
    sentences: dict[str, list[set[str]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, transcript: Transcript, library: Library) -> None:
        """Count an interview."""
        plan = plan_of(transcript)
        self.interviews[plan.language] += 1
        spoken = [turn for turn in transcript.turns if turn.by_examiner]
        self.turns += len(spoken)
        self.facts += sum(len(turn.cites) for turn in spoken)
        self.left_out += left_out_for(transcript)
        self.findings += [*findings(transcript), *uncited_figures(plan, transcript)]
        found = shares(transcript)
        for name, share in found.items():
            self.shares[name, plan.language].append(share)
        for name, part in ordinary_shares(transcript).items():
            self.ordinary[name, plan.language].append(part)
        for turn in spoken:
            if found and turn.move and turn.round in SPOKEN_ROUNDS:
                self.characters[plan.language][turn.move.kind] += len(turn.content)
        books = [library.personas[part.persona].phrasebooks[plan.language] for part in plan.rounds]
        variants = tuple(v for book in books for key in ACKNOWLEDGING for v in book.variants(key))
        said = acknowledgements(transcript, variants)
        self.distinct.append((len(set(said)), len(said)))
        self.in_a_row += sum(one == two for one, two in pairwise(said))
        post = f"{plan.company}/{plan.post}"
        self.sentences[post].append(frame_sentences(plan, transcript))


def transcripts(settings: Settings, library: Library, number: int) -> Iterator[Transcript]:
    """Yield simulated interviews, in equal parts for all posts and their employers' languages."""
    wanted = [
        (pack.company.id, post.id, language)
        for pack in library.packs.values()
        for post in pack.company.posts
        for language in pack.company.languages
    ]
    each = -(-number // len(wanted))
    for company, role, language in wanted:
        run = Run(company, role, language, "company", each, seed=7)
        for _, text in held_beside(settings, run, run.shards, cores()):
            yield from load_all(text)


def told(seen: Seen) -> Iterator[str]:
    """Yield what was seen, line by line."""
    counts = Counter(finding.check for finding in seen.findings)
    yield f"interviews: {sum(seen.interviews.values())} ({dict(seen.interviews)})"
    yield f"examiners' turns: {seen.turns}, facts cited: {seen.facts}"
    for check in ("repeated question", "left out", "too many probes", "mark and citation",
                  "unsupported fact", "figure without a mark"):  # fmt: skip
        yield f"{check}: {counts[check]} (aim 0)"
        examples = [finding for finding in seen.findings if finding.check == check]
        yield from (f"    {one.where}: {one.what}" for one in examples[:EXAMPLES])
    yield f"planned items not asked and why: {dict(seen.left_out) or 'none'}"
    yield from _told_shares("candidates of ordinary length", seen.shares)
    yield from _told_shares("mean answer 60 to 150 words (aim: mean under 25 %)", seen.ordinary)
    for language, counted in sorted(seen.characters.items()):
        whole = sum(counted.values())
        parts = ", ".join(f"{kind} {number / whole:.0%}" for kind, number in counted.most_common())
        yield f"examiners' characters in these rounds, {language}: {parts}"
    if seen.distinct:
        different, all_of_them = (
            mean(d for d, _ in seen.distinct),
            mean(n for _, n in seen.distinct),
        )
        yield (
            f"acknowledgements an interview: {all_of_them:.1f}, different ones {different:.1f}, "
            f"the same twice in a row: {seen.in_a_row} in all"
        )
    for post, said in seen.sentences.items():
        yield from (f"{post}: {line}" for line in _repeats(said))


def _told_shares(who: str, counted: Mapping[tuple[str, str], list[float]]) -> Iterator[str]:
    """Yield the examiners' shares of some rounds, by examiner and language."""
    for (name, language), found in sorted(counted.items()):
        over = sum(share >= MOST_SHARE for share in found)
        yield (
            f"examiner's share, {name}, {language}, {who}: mean {mean(found):.1%},"
            f" most {max(found):.1%}, {over} of {len(found)} at 25 % or more"
        )


def _repeats(said: Sequence[set[str]]) -> Iterator[str]:
    """Yield how many of the examiners' own sentences ten interviews share."""
    group = said[:TOGETHER]
    times = Counter(sentence for sentences in group for sentence in sentences)
    more = [sentence for sentence, count in times.items() if count > 1]
    yield (
        f"own sentences in {len(group)} interviews: {len(times)} different, "
        f"{len(more)} in more than one, {sum(times.values())} said"
    )


def kept(seen: Seen) -> bool:
    """Return whether all is as promised."""
    means = [mean(found) for found in seen.ordinary.values()]
    rounds = {name for name, _ in seen.ordinary}
    return not seen.findings and rounds == set(SPOKEN_ROUNDS) and max(means) < MOST_SHARE


@click.command()
@click.option("--interviews", default=200, show_default=True)
def main(interviews: int) -> None:
    """Hold the interviews and print what was seen."""
    settings = Settings.from_environment()
    library = open_library(settings)
    research = open_research(settings, library)
    for company in library.packs:
        research.ensure(company)
    research.close()
    seen = Seen()
    for transcript in transcripts(settings, library, interviews):
        seen.take(transcript, library)
    for line in told(seen):
        click.echo(line)
    sys.exit(0 if kept(seen) else 1)


if __name__ == "__main__":
    main()
