"""`self`: what a candidate says of themselves, shown, read from a file, or asked field by field.

In an export it is a transcript without turns whose extra field `self_assessment` holds it, so that
whatever reads transcripts reads the export.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.cli.opening import open_store
from interviewer.cli.output import print_json, say
from interviewer.errors import InputError, UsageError
from interviewer.wiring import Settings

if TYPE_CHECKING:
    from interviewer.interview.self_assessment import FormWords, SelfAssessment
    from interviewer.storage import SqlSessionStore
    from interviewer.transcript import Transcript

_REMOVE = "-"


@click.command(name="self")
@click.option("--candidate", default="me", show_default=True, help="Whose it is.")
@click.option("--file", type=click.Path(path_type=Path), help="Take it from a TOML or JSON file.")
@click.option("--ask", is_flag=True, help="Ask field by field; what is there can be kept.")
@click.option("--language", default="en", show_default=True, help="Of the questions: en or zh.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def self_(candidate: str, file: Path | None, ask: bool, language: str, as_json: bool) -> None:
    r"""Show what you say of yourself: abilities, strengths, goals and the rest, all optional.

    It serves the fit table of `brief` as your own word. No examiner sees it, it is not searched,
    and it goes with `forget`. Without anything kept, somebody at a keyboard is asked.

    \b
    Examples:
      interviewer self --ask --language zh
      interviewer self --file me.toml
      interviewer self --json
    """
    from interviewer.interview.self_assessment import (
        form_words,
        read_self_assessment,
        self_assessment_record,
    )

    if file is not None and ask:
        raise UsageError("Give --file or --ask, not both.")
    given = read_self_assessment(file) if file else None
    store = open_store(Settings.from_environment())
    if given is not None:
        asyncio.run(store.save_self_assessment(given, owner=candidate))
    own = asyncio.run(store.self_assessment(owner=candidate))
    words = form_words(language)
    if ask or (own.is_empty and file is None and not as_json and sys.stdin.isatty()):
        own = _asked(store, candidate, own, words)
    if as_json:
        print_json(self_assessment_record(own))
        return
    if own.is_empty:
        say("Nothing is kept yet. Fill it in with --ask, or give a file with --file.")
        return
    click.echo(self_assessment_markdown(own, words), nl=False)


def _asked(
    store: SqlSessionStore, candidate: str, own: SelfAssessment, words: FormWords
) -> SelfAssessment:
    """Ask for every field; each answer is kept before the next question."""
    from interviewer.interview.self_assessment import FIELDS, assessed

    say(f"{words.title}\n{words.hint}")
    say(
        f"Enter alone keeps what is there; `{_REMOVE}` takes it out; Ctrl-C ends, nothing is lost."
    )
    for name in FIELDS:
        before = getattr(own, name)
        say(
            f"\n{words.names[name]}: {words.questions[name]}"
            + (f"\n  = {before}" if before else "")
        )
        while True:
            text = click.prompt("", default="", show_default=False, prompt_suffix="> ", err=True)
            if not text.strip():
                break
            try:
                changed = assessed({name: "" if text.strip() == _REMOVE else text})
            except InputError as error:
                say(str(error))
                continue
            own = replace(own, **{name: getattr(changed, name)})
            asyncio.run(store.save_self_assessment(own, owner=candidate))
            break
    return own


def self_assessment_markdown(own: SelfAssessment, words: FormWords) -> str:
    """Return what is filled in as Markdown."""
    from interviewer.interview.self_assessment import FIELDS

    parts = [f"# {words.title}\n"]
    parts += [f"\n## {words.names[n]}\n\n{getattr(own, n)}\n" for n in FIELDS if getattr(own, n)]
    return "".join(parts)


def told_apart(held: Sequence[Transcript], form: str) -> str:
    """Return what an export of a person holds beside interviews in a form that has none for it.

    JSON Lines have a place for everything; of the other forms only Markdown has one for the
    self-assessment, and the rest says what is left out.
    """
    from interviewer.interview.self_assessment import form_words
    from interviewer.privacy.giving import interviews_in, self_assessments_in

    if form == "jsonl":
        return ""
    told = [own for own in map(told_in, self_assessments_in(held)) if own is not None]
    others = len(held) - len(interviews_in(held)) - len(told)
    if others:
        say(f"Account and research have no place in {form}; jsonl holds everything.")
    if form == "md":
        return "".join(self_assessment_markdown(entry, form_words("en")) + "\n" for entry in told)
    if told:
        say(f"The self-assessment has no place in {form}; jsonl and md hold it.")
    return ""


def told_in(transcript: Transcript) -> SelfAssessment | None:
    """Return the self-assessment a line of an export stands for, None where it is an interview.

    Raises:
        InputError: It is not of the form.
    """
    from interviewer.interview.self_assessment import self_assessment_of
    from interviewer.privacy.giving import SELF_ASSESSMENT

    if transcript.turns or SELF_ASSESSMENT not in transcript.extra:
        return None
    return self_assessment_of(transcript.extra[SELF_ASSESSMENT], "The self-assessment in the file")


def keep_imported(store: SqlSessionStore, own: SelfAssessment, candidate: str) -> None:
    """Keep it, unless something is kept already: what was given is never lost."""
    kept = asyncio.run(store.self_assessment(owner=candidate))
    if kept.is_empty:
        asyncio.run(store.save_self_assessment(own, owner=candidate))
        say(f"The self-assessment of {candidate} is kept.")
    elif kept != own:
        say(f"The self-assessment in the file was left out: {candidate} has one already.")
