"""Makes docs/transcripts: interviews of every format to read. `python -m benchmarks.transcripts`.

The application holds them with its built-in voice; the candidates are simulated ones of a good and
of a middling level. What the report says of levels stands at the end. The same content writes the
same files.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click

from interviewer.assessment.assess import assess
from interviewer.assessment.findings import Assessment
from interviewer.assessment.words import ReportWords, words_for
from interviewer.cli.interviewing import open_desk
from interviewer.content.library import Library
from interviewer.interview.plan import Plan
from interviewer.interview.session import plan_of
from interviewer.simulation.candidate import Level
from interviewer.simulation.runs import Run
from interviewer.transcript import Transcript
from interviewer.ui.words import words_for as screen_words
from interviewer.wiring import Settings, open_library, open_research

FOLDER = Path("docs/transcripts")
Quality = Literal["good", "middling"]
LEVELS: dict[Quality, Level] = {"good": "high", "middling": "medium"}
_MARKS = re.compile(r"([\\`*_{}<>#+|~])")


@dataclass(frozen=True, slots=True)
class Example:
    """An interview to read.

    Attributes:
        file: Name of the file, without what follows the language.
        format: Format of the interview.
        company: Employer.
        post: Post.
        language: Language.
        quality: What the candidate is like.
        seed: What plan, voice and candidate vary by.
    """

    file: str
    format: str
    company: str
    post: str
    language: str
    quality: Quality
    seed: int

    @property
    def path(self) -> Path:
        """Where it lies."""
        return FOLDER / f"{self.file}.{self.language}.{self.quality}.md"


_SET = (
    ("company", "company", "brightwell", "data-engineer", "en", ("good", "middling")),
    ("company", "company", "chengyuan", "accountant", "zh", ("good",)),
    ("company-peer", "company_peer", "brightwell", "transport-planner", "en",
     ("good", "middling")),
    ("uk-panel", "uk_panel", "tarrowmere", "permitting-officer", "en", ("good", "middling")),
    ("single-boss", "single:boss", "brightwell", "data-engineer", "en", ("good", "middling")),
    ("single-boss", "single:boss", "chengyuan", "data-engineer", "zh", ("middling",)),
    ("civil-service", "civil_service_cn", "tarrowmere", "permitting-officer", "en",
     ("good", "middling")),
)  # fmt: skip
EXAMPLES = tuple(
    Example(file, format_id, company, post, language, quality, seed)  # type: ignore[arg-type]  # a row's last is one of the two
    for seed, (file, format_id, company, post, language, qualities) in enumerate(_SET, start=21)
    for quality in qualities
)


def held(library: Library, settings: Settings) -> Iterator[tuple[Example, Transcript]]:
    """Yield the interviews."""
    research = open_research(settings, library)
    with asyncio.Runner() as runner:
        for one in EXAMPLES:
            research.ensure(one.company)
            run = Run(
                one.company, one.post, one.language, one.format, 1, seed=one.seed,
                manner="strong", level=LEVELS[one.quality],
            )  # fmt: skip
            yield one, runner.run(open_desk(library, research, run).interview(0))
    research.close()


def page(one: Example, transcript: Transcript, library: Library) -> str:
    """Return an interview as Markdown, round after round, the levels at the end."""
    plan = plan_of(transcript)
    words = words_for(plan.language)
    name = library.formats[plan.format].name[plan.language]
    lines = [
        f"# {name} · {plan.company_name} · {plan.post_title}",
        f"The candidate, of a {one.quality} level, is simulated and as invented as the employer; "
        "the examiners are the application's. Made by `python -m benchmarks.transcripts`.",
        *_said(plan, transcript),
        f"## {words.labels['title']}",
        *_overview(assess(transcript, library), words),
    ]
    return "\n\n".join(lines) + "\n"


def _said(plan: Plan, transcript: Transcript) -> Iterator[str]:
    candidate = screen_words(plan.language)["you"]
    last = None
    for turn in transcript.turns:
        part = plan.round(turn.round)
        if part is not None and part.id != last:
            last = part.id
            yield f"## {part.name} · {part.title}"
        who = part.name if part is not None and turn.by_examiner else candidate
        text = _MARKS.sub(r"\\\1", "\n\n".join(turn.content.split("\n")))
        yield f"**{who}** ({turn.seq}): {text}"


def _overview(report: Assessment, words: ReportWords) -> Iterator[str]:
    say = words.labels
    if report.one_thing:
        yield f"{say['one_thing']}: {report.one_thing}"
    if report.board is not None:
        total = say["not_scored"] if report.board.combined.points is None else ""
        yield f"{say['board']}: {total or report.board.combined.points}"
    for part in report.rounds:
        levels = (
            f"- {entry.name}: "
            + (say["not_scored"] if entry.score.level is None else f"{entry.score.level}")
            + f" ({entry.scale.min}–{entry.scale.max}; {say['asked_for']} {entry.required})"
            for entry in part.competencies
        )
        yield f"{part.examiner}:"
        yield "\n".join(levels)


@click.command()
def main() -> None:
    """Write every transcript."""
    settings = Settings.from_environment()
    library = open_library(settings)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for one, transcript in held(library, settings):
        one.path.write_text(page(one, transcript, library), encoding="utf-8")
        click.echo(f"{one.path}: {len(transcript.turns)} turns")


if __name__ == "__main__":
    main()
