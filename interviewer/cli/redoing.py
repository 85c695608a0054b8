"""`redo`: one answer of an interview given again in the terminal, and both side by side."""

from __future__ import annotations

import asyncio
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.cli.opening import open_research, open_store
from interviewer.cli.output import progress_bar, say
from interviewer.errors import InputError
from interviewer.wiring import Settings, open_library, open_rehearsals, open_speakers

if TYPE_CHECKING:
    from interviewer.assessment import Assessment
    from interviewer.storage import SqlSessionStore
    from interviewer.transcript import Transcript


@click.command()
@click.argument("session")
@click.argument("item", required=False)
@click.option("--answers", type=click.Path(path_type=Path),
              help="One answer a line, plain text or a JSON string; runs unattended.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Write the transcript to this file.")
@click.option("--model", help="Who words the question now: builtin, openai:…, ollama:…, "
              "local:FILE.gguf; who did before unless told.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Go on though another day would do more.")
def redo(
    session: str,
    item: str | None,
    answers: Path | None,
    out: Path | None,
    model: str | None,
    yes: bool,
) -> None:
    r"""Answer a question of SESSION again, then see both answers side by side.

    Without ITEM it is the question whose answer was weakest. It is an interview of its own, with
    the same examiner and the same question, and is listed under the first one.

    \b
    Examples:
      interviewer redo 3f9c2a71d0
      interviewer redo 3f9c2a71d0 hr.conflict.2
    """
    from interviewer.assessment import assess
    from interviewer.assessment.report import redo_markdown
    from interviewer.cli.conversation import Conversation, read_answers
    from interviewer.cli.speaking import chosen_model
    from interviewer.interview.redo import redo_transcript

    settings = Settings.from_environment()
    given = read_answers(answers) if answers else None
    library, store = open_library(settings), open_store(settings)
    transcript = asyncio.run(store.load(session))
    report = assess(transcript, library)
    item = item or _weakest(report)
    asked = chosen_model(settings, model, ask=False) if model else None
    made = redo_transcript(secrets.token_hex(8), transcript, item, model=asked)
    _check_time(store, transcript, item, ask=given is None and not yes)
    spoken_by = made.interview.model or "builtin"
    with progress_bar() as progress:
        research = open_research(settings, library, progress)
        speakers = open_speakers(settings, library, research, models=[spoken_by])
    owner, visitor = asyncio.run(_whose(store, session))
    asyncio.run(store.create(made, owner=owner, visitor=visitor))
    Conversation(
        rehearsals=open_rehearsals(store, research, speakers, library),
        speakers=speakers,
        session_id=made.id,
        answers=given,
        out=out,
        library=library,
        store=store,
    ).hold()
    second = asyncio.run(store.load(made.id))
    told = assess(second, library, after=asyncio.run(store.afterwards(second)))
    click.echo("\n" + redo_markdown(told, second), nl=False)


async def _whose(store: SqlSessionStore, session: str) -> tuple[str, str | None]:
    return await store.owner_of(session), await store.visitor_of(session)


def _weakest(report: Assessment) -> str:
    """Return the item whose answer was weakest in the whole interview.

    Raises:
        InputError: Nothing was answered that can be answered again.
    """
    from interviewer.assessment.side_by_side import weakest

    items = [entry for part in report.rounds for c in part.competencies for entry in c.items]
    found = weakest(items)
    if found is None:
        raise InputError(
            "Nothing was answered in this interview that could be answered again. Go on with it "
            "first: interviewer rehearse --resume " + report.id
        )
    return found


def _check_time(store: SqlSessionStore, transcript: Transcript, item: str, *, ask: bool) -> None:
    """Say that another day or the drill first does more, where it does; let them go on."""
    from interviewer.interview.redo import (
        about_item,
        answered_at,
        drilled_since,
        first_of,
        too_soon,
    )
    from interviewer.interview.turn import utc_now

    first = first_of(transcript, item).session
    tries = (transcript, *asyncio.run(store.redos(first)))
    last = answered_at(tries, item)
    noted = asyncio.run(store.annotations_of([entry.id for entry in tries]))
    said = [note for notes in noted.values() for note in notes]
    drilled = drilled_since(said, about_item(transcript, item), last)
    if not too_soon(last, utc_now(), drilled=drilled):
        return
    say("You answered this less than a day ago and have ticked no drill for it as done. A second "
        "answer helps most on another day, or after the drill.")  # fmt: skip
    if ask and sys.stdin.isatty():
        click.confirm("Answer it now all the same?", abort=True, default=True, err=True)
