"""`brief`: what is known of an employer, what is missing, what to expect, and a quiz."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.cli.opening import open_research
from interviewer.cli.output import print_json, progress_bar
from interviewer.wiring import Settings, open_library

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.interview.briefing import Brief, Cited

_SEEDS = 2**31


@click.command()
@click.argument("company")
@click.option("--role", help="A post's id or title; the first post without one.")
@click.option("--job", type=click.Path(path_type=Path), help="The job advert.")
@click.option(
    "--cv", type=click.Path(path_type=Path), help="Your CV; adds what fits and what not."
)
@click.option("--language", help="en or zh; the employer's own without one.")
@click.option("--seed", type=int, help="Gives the same questions and quiz again.")
@click.option("--quiz", is_flag=True, help="Ask the quiz instead of printing the brief.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def brief(
    company: str,
    role: str | None,
    job: Path | None,
    cv: Path | None,
    language: str | None,
    seed: int | None,
    quiz: bool,
    as_json: bool,
) -> None:
    r"""Print what the research says on COMPANY by topic, each sentence with its passage.

    \b
    Examples:
      interviewer brief brightwell --role data-engineer --cv cv.pdf
      interviewer brief brightwell --quiz
    """
    from interviewer.interview.briefing import make_brief
    from interviewer.interview.papers import read_paper
    from interviewer.interview.turn import utc_now
    from interviewer.interview.wishing import make_wish

    settings = Settings.from_environment()
    library = open_library(settings)
    with progress_bar() as progress:
        research = open_research(settings, library, progress)
        wish = make_wish(
            library,
            company=company,
            role=role or _first_post(library, company),
            seed=secrets.randbelow(_SEEDS) if seed is None else seed,
            today=utc_now().date(),
            passages=research.passages,
            language=language,
            cv=read_paper(cv, "CV") if cv else None,
            advert=read_paper(job, "job advert") if job else None,
        )
    made = make_brief(library, wish)
    if as_json:
        print_json(asdict(made))
    elif quiz:
        _ask(made)
    else:
        _print(library, made)


def _first_post(library: Library, company: str) -> str:
    pack = library.packs.get(company)
    posts = pack.company.posts if pack else ()
    return posts[0].id if posts else company


def _print(library: Library, made: Brief) -> None:
    from interviewer.interview.briefing import brief_words

    vocabulary = library.vocabularies[made.language]
    headings = {str(topic): text for topic, text in vocabulary.topics.items()}
    words = brief_words(made.language)
    click.echo(f"{made.name} · {made.role}")
    for topic, sentences in made.topics.items():
        click.echo(f"\n## {headings[topic]}")
        for cited in sentences:
            click.echo(f"- {cited.text} [{cited.passage}]{_marked(cited, words)}")
    for topic, look_for in made.missing.items():
        click.echo(f"\n## {headings[topic]}\n- ? {look_for}")
    for pair in made.disagreements:
        click.echo(
            f"\n! [{pair.first}] {pair.sentences[0]}\n  [{pair.second}] {pair.sentences[1]}"
        )
    for part in dict.fromkeys(likely.round for likely in made.questions):
        click.echo(f"\n## {vocabulary.rounds.get(part, part)}")
        for likely in made.questions:
            if likely.round == part:
                click.echo(f"- {likely.question}\n  {likely.reason}")
    click.echo("")
    for question in made.to_ask:
        click.echo(f"? {question}")
    for row in made.fit:
        mark = "+" if row.evidence else "-"
        click.echo(f"\n{mark} {row.requirement}\n  {row.evidence or ''}\n  {words[row.advice]}")


def _marked(cited: Cited, words: Mapping[str, object]) -> str:
    marks = [str(words[key]) for key in ("stale", "disputed") if getattr(cited, key)]
    said = "; ".join((*([cited.date] if cited.date else []), *marks))
    return f" ({said})" if said else ""


def _ask(made: Brief) -> None:
    right = 0
    for number, item in enumerate(made.quiz, 1):
        click.echo(f"\n{number}. {item.text}")
        for place, option in enumerate(item.options, 1):
            click.echo(f"   {place}) {option}")
        choice = click.prompt("", type=click.IntRange(1, len(item.options)), prompt_suffix="> ")
        right += choice - 1 == item.answer
        click.echo(f"{'✓' if choice - 1 == item.answer else '✗'} {item.sentence} [{item.passage}]")
    click.echo(f"\n{right} / {len(made.quiz)}")
