"""Whether the examiners can be told apart blind, by their own words alone.

Openings, acknowledgements, bridges and closings, turn by turn, of sessions not learned from;
questions, leads, names, titles, employer, post and citations are masked. A plain naive Bayes
over words and pieces of words learns from half of the seeds and guesses the others. Phrases come
again in other sessions, so a second figure keeps half of the variants of each key for the test
alone.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from interviewer.content.library import Library
from interviewer.content.persona import Phrasebook
from interviewer.content.phrasebook import SLOT
from interviewer.evaluation.telling import NaiveBayes, Sample
from interviewer.interview.planning import build_plan
from interviewer.interview.session import Rehearsals, new_transcript, stage_of
from interviewer.interview.turn import utc_now
from interviewer.interview.wishing import make_wish
from interviewer.wiring import (
    Settings,
    open_library,
    open_research,
    open_store,
    open_voice,
)

EMPLOYERS = {"en": "brightwell", "zh": "chengyuan"}
SEEDS = 10
OWN_WORDS = ("open.", "ack.", "bridge.", "close.", "signature", "ask.lead", "manner.")
"""Keys whose words are the examiner's own, not a question's."""
SAMPLES = 400
SAID_AT_ONCE = 3
"""Phrases of one sample of unseen variants: about what is heard in an opening."""


def own_words(said: str, book: Phrasebook) -> str:
    """Return what a turn says in phrases of the examiner's own, with every slot masked."""
    kept = []
    for key, variants in book.phrases.items():
        if not key.startswith(OWN_WORDS):
            continue
        for variant in variants:
            fixed = [part.strip() for part in SLOT.split(variant)[::2] if part.strip()]
            if fixed and all(part in said for part in fixed):
                kept.append(masked(variant))
    return " ".join(kept)


def masked(variant: str) -> str:
    """Return a phrase without what stands in its slots."""
    return SLOT.sub(" ", variant).strip()


def measure(language: str, personas: Sequence[str], formats: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the report on one language."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.from_environment(), home=Path(folder))
        library = open_library(settings)
        sessions = asyncio.run(_sessions(settings, library, language, formats))
        books = {who: library.personas[who].phrasebooks[language] for who in personas}
    heard = [
        (seed, who, words)
        for seed, who, said in sessions
        if who in books and (words := own_words(said, books[who]))
    ]
    taught = [(who, words) for seed, who, words in heard if seed % 2 == 0]
    tested = [(who, words) for seed, who, words in heard if seed % 2]
    names = f"{language}, {len(personas)} examiners"
    yield f"{names}, unseen sessions: {_share(NaiveBayes(taught), tested)}"
    taught, tested = unseen_variants(books)
    yield f"{names}, unseen phrases too: {_share(NaiveBayes(taught), tested)}"


def unseen_variants(books: Mapping[str, Phrasebook]) -> tuple[list[Sample], list[Sample]]:
    """Return every other variant to learn from, and samples of some of the others to guess."""
    taught: list[Sample] = []
    tested: list[Sample] = []
    chance = random.Random(7)
    for who, book in books.items():
        kept: list[str] = []
        for key, variants in book.phrases.items():
            if key.startswith(OWN_WORDS):
                shuffled = chance.sample(variants, len(variants))
                taught += [(who, masked(variant)) for variant in shuffled[::2]]
                kept += [masked(variant) for variant in shuffled[1::2]]
        tested += [(who, " ".join(chance.sample(kept, SAID_AT_ONCE))) for _ in range(SAMPLES)]
    return taught, tested


def _share(judge: NaiveBayes, tested: Sequence[Sample]) -> str:
    right: Counter[str] = Counter()
    asked = Counter(who for who, _ in tested)
    for who, text in tested:
        right[who] += judge.guess(text) == who
    each = ", ".join(f"{who} {100 * right[who] / asked[who]:.0f} %" for who in sorted(asked))
    whole = 100 * right.total() / asked.total()
    return f"{whole:.1f} % of {asked.total()} right ({each})"


async def _sessions(
    settings: Settings, library: Library, language: str, formats: Sequence[str]
) -> list[tuple[int, str, str]]:
    """Return every turn that was said: seed, examiner, words."""
    company = EMPLOYERS[language]
    path = settings.knowledge / company / "try" / "answers.txt"
    given = path.read_text(encoding="utf-8").splitlines()
    store, research = open_store(settings), open_research(settings, library)
    rehearsals = Rehearsals(store, research, open_voice(library))
    rounds = []
    for interview in formats:
        for seed in range(SEEDS):
            wish = make_wish(
                library, company=company, role="data-engineer", seed=seed, language=language,
                today=utc_now().date(), passages=research.passages, format_id=interview,
            )  # fmt: skip
            name = f"{interview}{seed}"
            transcript = new_transcript(name, build_plan(library, wish), model="builtin")
            await store.create(transcript)
            answers = iter(given[seed % 5 :])
            while (stage := stage_of(await store.load(name))).waiting != "nobody":
                if stage.waiting == "candidate":
                    await rehearsals.answer(name, next(answers, ""))
                async for _ in rehearsals.speak(name):
                    pass
            said: dict[str, list[str]] = defaultdict(list)
            for turn in (await store.load(name)).turns:
                if turn.by_examiner:
                    said[str(turn.name)].append(turn.content)
            rounds += [(seed, who, turn) for who, turns in said.items() for turn in turns]
    store.close()
    research.close()
    return rounds


def main() -> None:
    """Print the share of right guesses, of three examiners and of four, in both languages."""
    three = ("hr", "technical", "boss")
    for language in EMPLOYERS:
        for line in measure(language, three, ("company",)):
            click.echo(line)
        for line in measure(language, (*three, "peer"), ("company", "company_peer")):
            click.echo(line)


if __name__ == "__main__":
    main()
