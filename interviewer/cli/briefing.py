"""`brief`: what is known of an employer, what is missing, what to expect, and a quiz."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.cli.brief_writing import brief_model, written_by
from interviewer.cli.opening import open_research, open_store, read_advert
from interviewer.cli.output import print_json, progress_bar
from interviewer.wiring import Settings, open_library

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.content.words import Vocabulary
    from interviewer.interview.briefing import Brief, Cited, Paragraph
    from interviewer.interview.fit import FitRow

_SEEDS = 2**31


@click.command()
@click.argument("company")
@click.option("--role", help="A post's id or title; the first post without one.")
@click.option("--job", help="The job advert: a file, or its address.")
@click.option(
    "--cv", type=click.Path(path_type=Path), help="Your CV; adds what fits and what not."
)
@click.option("--candidate", default="me", show_default=True, help="Whose self-assessment counts.")
@click.option("--language", help="en or zh; the employer's own without one.")
@click.option("--seed", type=int, help="Gives the same questions and quiz again.")
@click.option("--model", help="Writes the topics, checked; INTERVIEWER_MODEL without it.")
@click.option("--quiz", is_flag=True, help="Ask the quiz instead of printing the brief.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def brief(
    company: str,
    role: str | None,
    job: str | None,
    cv: Path | None,
    candidate: str,
    language: str | None,
    seed: int | None,
    model: str | None,
    quiz: bool,
    as_json: bool,
) -> None:
    r"""Print what the research says on COMPANY by topic, each sentence with its passage.

    With a CV or a self-assessment (`self`) it says what shows each requirement, and what does not.
    A model is given the passages on each topic, nothing of yours; what it writes and no passage
    says is left out.

    \b
    Examples:
      interviewer brief brightwell --role data-engineer --cv cv.pdf
      interviewer brief brightwell --model ollama:llama3.2
      interviewer brief brightwell --quiz
    """
    from interviewer.interview.briefing import make_brief
    from interviewer.interview.papers import read_paper
    from interviewer.interview.turn import utc_now
    from interviewer.interview.wishing import make_wish

    settings = Settings.from_environment()
    writer = None if quiz else brief_model(settings, model)
    library = open_library(settings)
    own = asyncio.run(open_store(settings).self_assessment(owner=candidate))
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
            advert=read_advert(settings, job),
            own=own,
        )
    made = make_brief(library, wish)
    if writer is not None:
        made = written_by(settings, library, made, wish, writer)
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
        if topic in made.paragraphs:
            _print_paragraph(made.paragraphs[topic], words)
            continue
        for cited in sentences:
            click.echo(f"- {cited.text} [{cited.passage}]{_marked(cited, words)}")
    for topic, look_for in made.missing.items():
        click.echo(f"\n## {headings[topic]}\n- ? {look_for}")
    for pair in made.disagreements:
        click.echo(
            f"\n! [{pair.first}] {pair.sentences[0]}\n  [{pair.second}] {pair.sentences[1]}"
        )
    _print_rounds(made, vocabulary)
    click.echo("")
    for question in made.to_ask:
        click.echo(f"? {question}")
    _print_own_side(made, words)


def _print_rounds(made: Brief, vocabulary: Vocabulary) -> None:
    """Print what each round is likely to ask, and what to ask in it."""
    for part in dict.fromkeys(likely.round for likely in made.questions):
        click.echo(f"\n## {vocabulary.rounds.get(part, part)}")
        for likely in made.questions:
            if likely.round == part:
                click.echo(f"- {likely.question}\n  {likely.reason}")
        for question in made.to_ask_in.get(part, ()):
            click.echo(f"? {question}")


def _print_paragraph(paragraph: Paragraph, words: Mapping[str, object]) -> None:
    """Print the sentences of a topic that a model has written, each with its passages."""
    stale = f" ({words['stale']})"
    for told in paragraph.sentences:
        marks = " ".join(f"[{passage}]" for passage in told.passages)
        click.echo(f"- {told.text} {marks}{stale if told.stale else ''}")


def _print_own_side(made: Brief, words: Mapping[str, object]) -> None:
    """Print the fit table, the breaks of the CV, and what the candidate wants."""
    for row in made.fit:
        click.echo(f"\n{_fitted(row, words)}")
    for found in made.cv.breaks:
        key = "break_open" if found.until else "break_now"
        click.echo("\n" + str(words[key]).format(since=found.since, until=found.until))
    if made.goals:
        click.echo(f"\n{words['goals']}")
    for goal in made.goals:
        click.echo(f"- {goal}")


def _fitted(row: FitRow, words: Mapping[str, object]) -> str:
    """Return a row of the fit table as lines: requirement, evidence or gap, what to do."""
    if row.evidence is None:
        nearest = str(words["nearest"]).format(text=_flat(row.nearest)) if row.nearest else ""
        lines = [f"- {row.requirement}", nearest]
    elif row.witness == "self":
        lines = [f"~ {row.requirement}", f"{_flat(row.evidence)} ({words['own_word']})"]
    else:
        lines = [f"+ {row.requirement}", f"{_flat(row.evidence)} (CV, {row.line})"]
    return "\n  ".join(line for line in (*lines, str(words[row.advice])) if line)


def _flat(text: str) -> str:
    return " ".join(text.split())


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
