"""`plan` and `rehearse`: an interview settled, and an interview held in the terminal."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

import click

from interviewer.cli.opening import asked_format, open_research, open_store, read_advert
from interviewer.cli.output import print_json, progress_bar, say
from interviewer.errors import InputError, ModelError, SetupError, UsageError
from interviewer.wiring import Settings, open_library, open_rehearsals, open_speakers

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.interview.plan import Plan
    from interviewer.interview.starting import Start
    from interviewer.models.speakers import Speakers
    from interviewer.research import ResearchStore

Command = TypeVar("Command", bound=Callable[..., object])
LARGEST_SEED = 2**31
_WHY = {
    "not_scored": ": not scored last time",
    "below": ": below what is asked for last time",
    "weakest": ": the weakest last time",
}


class Asked(TypedDict):
    """What the options say that settle an interview; `plan_options` has them."""

    role: str | None
    job: str | None
    cv: Path | None
    format_id: str
    length: str
    language: str | None
    seed: int | None
    manner: str
    difficulty: str
    exam: bool
    written: bool
    conduct: str
    country: str
    since: str | None


def plan_options(command: Command) -> Command:
    """Add the options that settle an interview."""
    for option in (
        click.option(
            "--seed",
            type=click.IntRange(0, LARGEST_SEED),
            help="The same seed gives the same plan.",
        ),  # one option, one line
        click.option("--language", help="en or zh; the employer's own by default."),
        click.option(
            "--format",
            "format_id",
            default="company",
            show_default=True,
            help="Interview format: an id, single:boss for one examiner, or a file of your own.",
        ),  # as above
        click.option(
            "--length", default="usual", show_default=True, help="usual, or short for half of it."
        ),  # as above
        click.option(
            "--manner",
            default="",
            help="warm, brisk, sceptical or silent; or boss=silent,hr=warm.",
        ),  # as above
        click.option(
            "--difficulty", default="medium", show_default=True, help="easy, medium or hard."
        ),  # as above
        click.option(
            "--country",
            default="",
            help="Whose rules --conduct teach or deflect tells: us, uk, eu or cn.",
        ),  # as above
        click.option(
            "--conduct",
            default="strict",
            show_default=True,
            help="strict; teach: after a round, what must not be asked and what may; deflect: in "
            "this one interview a poorly trained examiner asks such questions, for practice.",
        ),  # as above
        click.option(
            "--from",
            "since",
            metavar="SESSION",
            help="Start from what was missing in an earlier interview.",
        ),  # as above
        click.option("--written", is_flag=True, help="A written test before the first round."),
        click.option("--exam", is_flag=True, help="An examination: no hints are given."),
        click.option("--cv", type=click.Path(path_type=Path), help="Your CV: text, PDF or Word."),
        click.option("--job", help="The job advert: a file, or its address."),
        click.option("--role", help="The post's id or title."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("company")
@plan_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def plan(
    company: str,
    as_json: bool,
    **asked: Unpack[Asked],
) -> None:
    r"""Print the frozen plan of an interview with COMPANY.

    \b
    Example:
      interviewer plan brightwell --role data-engineer --cv cv.md --seed 7 --json
    """
    from interviewer.interview.plan_file import plan_record

    settings = Settings.from_environment()
    library = open_library(settings)
    with progress_bar() as progress:
        research = open_research(settings, library, progress)
        made = _plan(settings, library, research, company, asked)
    if as_json:
        print_json(plan_record(made))
        return
    for part in made.rounds:
        manner = f", {part.manner}" if part.manner else ""
        click.echo(f"\n{part.id}: {part.name}, {part.title}, {part.minutes:g} minutes{manner}")
        for item in part.items:
            lead = f"({item.lead.text}) " if item.lead else ""
            why = _WHY.get(made.start.why(item.competency) or "", "") if made.start else ""
            click.echo(
                f"  {item.id} [{item.competency or '-'}{why}] {lead}{item.text or item.kind}"
            )
        for item in part.improper:
            click.echo(f"  {item.id} [-] {item.text}")
    if made.start is not None:
        click.echo(
            f"\nIt starts from the interview {made.start.session}: what is marked comes first, "
            f"and its {len(made.start.asked)} questions are asked again only where a competency "
            "has no other."
        )
    for note in made.notes:
        say(note)


def _plan(
    settings: Settings,
    library: Library,
    research: ResearchStore,
    company: str,
    asked: Asked,
) -> Plan:
    from interviewer.interview.papers import read_paper
    from interviewer.interview.planning import build_plan
    from interviewer.interview.teaching import with_conduct
    from interviewer.interview.turn import utc_now
    from interviewer.interview.wishing import make_wish

    role, seed, cv = asked["role"], asked["seed"], asked["cv"]
    library, format_name = asked_format(library, asked["format_id"])
    if role is None:
        raise UsageError("Name the post with --role; `interviewer companies` lists them.")
    wish = make_wish(
        library,
        company=company,
        role=role,
        seed=secrets.randbelow(LARGEST_SEED) if seed is None else seed,
        today=utc_now().date(),
        passages=research.passages,
        language=asked["language"],
        format_id=format_name,
        length=asked["length"],
        cv=read_paper(cv, "CV") if cv else None,
        advert=read_advert(settings, asked["job"]),
        manner=asked["manner"],
        difficulty=asked["difficulty"],
        practice=not asked["exam"],
        written=asked["written"],
        start=_start(settings, library, asked["since"]),
    )
    made = build_plan(library, wish)
    return with_conduct(made, library, mode=asked["conduct"], country=asked["country"])


def _start(settings: Settings, library: Library, session: str | None) -> Start | None:
    """Return what a plan may know of an earlier interview, None where none is named.

    Raises:
        InputError: There is no such interview, or it has no plan to start from.
    """
    from interviewer.assessment import assess
    from interviewer.assessment.progress import sitting_of
    from interviewer.assessment.progress.gaps import start_from

    if session is None:
        return None
    transcript = asyncio.run(open_store(settings).load(session))
    held = sitting_of(transcript, assess(transcript, library))
    if held is None or not held.answers:
        raise InputError(
            f"Nothing was asked in the interview {session!r} that a plan could start from. Name "
            "another with --from, or leave it out."
        )
    return start_from(held)


@click.command()
@click.argument("company", required=False)
@plan_options
@click.option("--answers", type=click.Path(path_type=Path),
              help="One answer a line, plain text or a JSON string; runs unattended.")  # fmt: skip
@click.option(
    "--model", help="Who words the questions: builtin, openai:…, ollama:…, local:FILE.gguf."
)
@click.option("--no-fallback", is_flag=True, help="Stop with code 3 when the model cannot speak.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the transcript to this file.")
@click.option("--candidate", default="me", show_default=True, help="Whose interview it is.")
@click.option("--resume", "session_id", help="Go on with this session.")
def rehearse(
    company: str | None,
    answers: Path | None,
    model: str | None,
    no_fallback: bool,
    out: Path | None,
    candidate: str,
    session_id: str | None,
    **asked: Unpack[Asked],
) -> None:
    r"""Hold the interview with COMPANY in the terminal, round after round.

    Every answer is kept as soon as it is given; stop with Ctrl-C and go on with --resume.

    \b
    Examples:
      interviewer rehearse brightwell --role data-engineer
      interviewer rehearse chengyuan --role 数据工程师 --answers answers.txt --out t.jsonl
      interviewer rehearse brightwell --role data-engineer --format written
      interviewer rehearse --resume 3f9c2a71d0
    """
    from interviewer.cli.conversation import Conversation, read_answers
    from interviewer.cli.speaking import chosen_model
    from interviewer.interview.session import new_transcript

    settings = Settings.from_environment()
    given = read_answers(answers) if answers else None
    library = open_library(settings)
    store = open_store(settings)
    spoken_by = chosen_model(settings, model, ask=given is None and session_id is None)
    with progress_bar() as progress:
        research = open_research(settings, library, progress)
        speakers = open_speakers(
            settings, library, research,
            models=[spoken_by], fallback=not no_fallback, always=model and spoken_by,
        )  # fmt: skip
        if no_fallback:
            _check_ready(speakers, spoken_by)
        if session_id is None:
            if company is None:
                raise UsageError("Name an employer; `interviewer companies` lists them.")
            made = _plan(settings, library, research, company, asked)
            session_id = secrets.token_hex(8)
            transcript = new_transcript(session_id, made, model=spoken_by)
            asyncio.run(store.create(transcript, owner=candidate))
            for note in made.notes:
                say(note)
    conversation = Conversation(
        rehearsals=open_rehearsals(store, research, speakers, library),
        speakers=speakers,
        session_id=session_id,
        answers=given,
        out=out,
        library=library,
        store=store,
    )
    conversation.hold()


def _check_ready(speakers: Speakers, model: str) -> None:
    """Make sure that a model can be opened, before an interview begins.

    Raises:
        ModelError: It cannot.
    """

    async def opened() -> None:
        try:
            await speakers.source(model).ready()
        finally:
            await speakers.close()

    if speakers.name(model) is None:
        return
    try:
        asyncio.run(opened())
    except SetupError as error:
        raise ModelError(model, "unavailable", str(error)) from None
