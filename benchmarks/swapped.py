"""What a report must never do: `python -m benchmarks.swapped`.

Pairs of answers that differ in sex, name or school alone must get the same level. Over simulated
interviews every quote must stand in the turn it is from, and no report may tell a percentile or
whether somebody will be hired. Beside it: how long assessing a long interview takes, and the size
of its page.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from benchmarks.known_truth import RUNS, interviews_of
from benchmarks.planted_answers import Planted, planted
from interviewer.assessment import assess
from interviewer.assessment.findings import Assessment
from interviewer.assessment.report import report_markdown, report_page
from interviewer.assessment.scoring.competency_score import score_competency
from interviewer.content.library import Library
from interviewer.transcript import Transcript
from interviewer.wiring import Settings, open_library, open_research

SWAPPED = {
    "she": "he", "her": "his", "he": "she", "his": "her", "him": "her",
    "Tom": "Aisha", "她": "他", "他": "她", "老李": "小王",
}  # fmt: skip
SCHOOLS = {
    "en": ("I am Oliver Smith and I was at Eton. ", "I am Ngozi Okafor and I was at Barking. "),
    "zh": ("我叫李伟，北京大学毕业。", "我叫马娜，黄石学院毕业。"),
}
AIM_MEAN, AIM_SECONDS = 0.1, 1.5
LONG = 60
_WHO = re.compile(r"\b(?:she|her|he|his|him|Tom)\b|老李|[她他]")
_INVENTED = re.compile(
    r"percentile|better than \d+ ?%|(?:will|would) (?:be hired|get the job)|"
    r"(?:chance|probability|likelihood) of (?:being hired|an offer)|"
    r"百分位|超过了?\d+%的?(?:人|候选|应聘)|录[用取]概率",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers that differ in who speaks or is spoken of: their levels, 1 for none."""

    about: str
    first: float
    second: float

    @property
    def change(self) -> float:
        """By how much the levels differ."""
        return abs(self.first - self.second)


def pairs(library: Library) -> Iterator[Pair]:
    """Yield two pairs for each planted answer: others' sex and name, own name and school."""
    for entry in planted(library):
        about = f"{entry.competency} {entry.language} {entry.meant}"
        other = _WHO.sub(lambda match: SWAPPED[match[0]], entry.text)
        yield Pair(f"{about} sex", entry.level, _level(entry, other, library))
        own, others = (
            _level(entry, school + entry.text, library) for school in SCHOOLS[entry.language]
        )
        yield Pair(f"{about} school", own, others)


def _level(entry: Planted, text: str, library: Library) -> float:
    asked = replace(entry.asked, said=(text,))
    return (
        score_competency(library.rubrics[entry.competency], [asked], entry.language).level or 1.0
    )


def invented_quotes(assessment: Assessment, transcript: Transcript) -> tuple[int, int]:
    """Return how many quotes a report has, and how many of them nobody said."""
    said = {turn.seq: turn.content for turn in transcript.turns if turn.by_candidate}
    quotes = [
        quote
        for part in assessment.rounds
        for quote in (*(q for c in part.competencies for q in c.quotes), part.keep)
        if quote is not None
    ]
    return len(quotes), sum(quote.text not in said.get(quote.seq, "") for quote in quotes)


def invented_words(assessment: Assessment, transcript: Transcript) -> list[str]:
    """Return percentiles and predictions of a report that are not the candidate's own words."""
    said = "\n".join(turn.content for turn in transcript.turns)
    found = (
        match.group() for match in _INVENTED.finditer(report_markdown(assessment, transcript))
    )
    return [words for words in found if words not in said]


@click.command()
@click.option("--candidates", default=100, show_default=True, help="Interviews per employer.")
def main(candidates: int) -> None:
    """Print what was seen; code 4 when anything moved or was invented."""
    settings = Settings.from_environment()
    library = open_library(settings)
    found = list(pairs(library))
    mean = sum(pair.change for pair in found) / len(found)
    worst = max(found, key=lambda pair: pair.change)
    click.echo(f"{len(found)} pairs: mean change {mean:.3f}, most {worst.change:.1f}")
    quotes = false = interviews = 0
    words: list[str] = []
    slowest, largest, turns = 0.0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(settings, home=Path(folder))
        research = open_research(settings, library)
        for company, role, language in RUNS:
            research.ensure(company)
            for transcript in interviews_of(settings, company, role, language, candidates):
                started = time.process_time()
                assessment = assess(transcript, library)
                seconds = time.process_time() - started
                if len(transcript.turns) >= LONG and seconds > slowest:
                    slowest, turns = seconds, len(transcript.turns)
                there, not_said = invented_quotes(assessment, transcript)
                quotes, false, interviews = quotes + there, false + not_said, interviews + 1
                words += invented_words(assessment, transcript)
                largest = max(largest, len(report_page(assessment, transcript).encode()))
        research.close()
    click.echo(f"{interviews} interviews: {quotes} quotes, {false} not said in their turn")
    click.echo(f"percentiles and predictions: {len(words)} {sorted(set(words))[:5]}")
    click.echo(f"slowest of {LONG} turns or more: {slowest:.2f} s of a core ({turns} turns)")
    click.echo(f"largest page: {largest / 1024:.0f} KiB")
    if mean > AIM_MEAN or worst.change >= 1 or false or words or slowest > AIM_SECONDS:
        sys.exit(4)


if __name__ == "__main__":
    main()
