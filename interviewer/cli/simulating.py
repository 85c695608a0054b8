"""`simulate`: interviews with invented candidates, for measuring the examiners and the reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from interviewer.cli.opening import open_research
from interviewer.cli.output import print_json, progress_bar, say, write_file
from interviewer.cli.rehearsing import LARGEST_SEED
from interviewer.cli.simulated_spending import Spoken
from interviewer.errors import InputError, UsageError
from interviewer.models.naming import BUILTIN
from interviewer.simulation.candidate import MANNERS, PROFILES, Level, Manner, Mixed
from interviewer.wiring import Settings, open_library

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.evaluation.engines.engine import Engine
    from interviewer.research import ResearchStore
    from interviewer.simulation.runs import Interviewer, Run, Shard

MOST_CANDIDATES = 1_000_000
_RUN_FILE = "run.json"


@click.command()
@click.argument("company")
@click.option("--role", help="The post's id or title.")
@click.option(
    "-n", "--candidates", type=click.IntRange(1, MOST_CANDIDATES), required=True,
    help="How many interviews.",
)  # fmt: skip
@click.option("--manner", type=click.Choice(MANNERS), help="One manner for all; a mix without it.")
@click.option(
    "--level", type=click.Choice(PROFILES),
    help="One level for all; `mixed`: strong in one competency and weak in another; without it "
    "a mix of people.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True,
    help="An empty folder, or that of the same run when it was stopped.",
)  # fmt: skip
@click.option("--language", help="en or zh; the employer's own by default.")
@click.option(
    "--seed", type=click.IntRange(0, LARGEST_SEED), default=0, show_default=True,
    help="The same seed writes the same files.",
)  # fmt: skip
@click.option(
    "--format", "format_id", default="company", show_default=True, help="Interview format."
)
@click.option("--written", is_flag=True, help="A written test before the first round.")
@click.option("--model", help="Who words the questions, one interview at a time unless --engine "
              "says otherwise; the candidates need no model.")  # fmt: skip
@click.option("--no-fallback", is_flag=True, help="End with an error where the model fails.")
@click.option("--interviewer", type=click.Choice(("house", "bare")), default="house",
              show_default=True, help="bare: the model holds the interview alone, from one "
              "prompt, to compare the house with.")  # fmt: skip
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    help="The same as --engine processes:N; all cores, one with a model.",
)
@click.option("--engine", help="local, processes:N, or dask:tcp://HOST:PORT: a Dask scheduler "
              "whose workers see the folder of --out.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def simulate(
    company: str,
    role: str | None,
    candidates: int,
    manner: str | None,
    level: str | None,
    out: Path,
    language: str | None,
    seed: int,
    format_id: str,
    written: bool,
    model: str | None,
    no_fallback: bool,
    interviewer: Interviewer,
    processes: int | None,
    engine: str | None,
    as_json: bool,
) -> None:
    r"""Hold interviews with simulated candidates at COMPANY and keep their transcripts.

    Each transcript says in `interview.simulated` what every answer really was. The candidates and
    all they tell are invented.

    \b
    Examples:
      interviewer simulate brightwell --role data-engineer --candidates 100 --out runs/mixed
      interviewer simulate chengyuan --role accountant --candidates 20 --manner terse --out runs/t
      interviewer simulate brightwell --role data-engineer -n 1000000 --engine processes:8
        --out runs/million
      interviewer simulate brightwell --role data-engineer --candidates 20 --out runs/bare
        --interviewer bare --model openai:MODEL
    """
    from interviewer.cli.interviewing import Writing
    from interviewer.cli.speaking import chosen_model
    from interviewer.interview.wishing import language_for
    from interviewer.simulation.runs import Run

    if role is None:
        raise UsageError("Name the post with --role; `interviewer companies` lists them.")
    where = _engine(engine, processes, model)
    settings = Settings.from_environment()
    library = open_library(settings)
    pack = library.packs.get(company)
    run = Run(
        company=company,
        role=role,
        language=language_for(library, pack.company, language) if pack else "",
        format=format_id,
        candidates=candidates,
        seed=seed,
        manner=cast("Manner | None", manner),
        level=cast("Level | Mixed | None", level),
        model=chosen_model(settings, model, ask=False) if model else BUILTIN,
        written=written,
        interviewer=interviewer,
    )
    spoken = _announced(settings, run)
    with progress_bar() as progress:
        research = open_research(settings, library, progress)
        _check(library, research, run)
        shards = _waiting(run, out)
        done = candidates - sum(shard.size for shard in shards)
        task = Writing(run, out.absolute(), fallback=not no_fallback)
        for shard in where.run(task, shards):
            spoken.read(out / shard.name)
            done += shard.size
            progress(company, done, candidates, "Interviews at")
    for part in out.glob(".simulated-*.part"):
        part.unlink()  # of a run that was ended while it wrote
    counts = run.counts()
    summary = {"out": str(out), **run.to_json(), "files": len(run.shards), **counts}
    if as_json:
        print_json(summary)
        return
    for name, count in counts["manners"].items():
        click.echo(f"{name:18} {count:6}")
    say(f"{candidates} interviews are in {out}.")
    for line in spoken.lines():
        say(line)


def _announced(settings: Settings, run: Run) -> Spoken:
    """Say who speaks and where text goes, before anything is sent.

    Raises:
        UsageError: A bare interview has no model, or a written test.
    """
    from interviewer.cli.speaking import introduction
    from interviewer.models.naming import understood

    if run.interviewer == "bare" and run.model == BUILTIN:
        raise UsageError(
            "A bare interviewer is a model alone and needs one: --model openai:MODEL, "
            "ollama:MODEL or local:PATH.gguf. Without a model there is nothing to compare with."
        )
    if run.interviewer == "bare" and run.written:
        raise UsageError("A bare interviewer holds no written test. Leave --written out.")
    if run.model == BUILTIN:
        return Spoken(None)
    name = understood(run.model, settings.access)
    say(introduction(name))
    return Spoken(name)


def _check(library: Library, research: ResearchStore, run: Run) -> None:
    """Make sure that an interview of the run can be planned, before a folder is made.

    Raises:
        InputError: The employer, the post, the language or the format is not known.
    """
    from interviewer.interview.wishing import make_wish
    from interviewer.simulation.ordering import day_of

    make_wish(
        library, company=run.company, role=run.role, language=run.language or None,
        format_id=run.format, seed=run.seed, today=day_of(library, run.company),
        passages=research.passages, written=run.written,
    )  # fmt: skip


def _waiting(run: Run, out: Path) -> list[Shard]:
    """Return the shards that are not written yet, and write down what is being done.

    Raises:
        InputError: The folder holds anything but a part of the same run.
    """
    there = sorted(path.name for path in out.iterdir()) if out.is_dir() else []
    if there and _noted(out) != run.to_json():
        raise InputError(
            f"{out} is not empty and holds no run with these options ({there[0]} is there). "
            "Name an empty folder with --out, or call with the options of that run to go on."
        )
    if not there:
        write_file(out / _RUN_FILE, json.dumps(run.to_json(), ensure_ascii=False, indent=2) + "\n")
    return [shard for shard in run.shards if shard.name not in there]


def _noted(out: Path) -> object:
    try:
        return json.loads((out / _RUN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _engine(engine: str | None, processes: int | None, model: str | None) -> Engine:
    """Return where interviews are held.

    Raises:
        UsageError: Two places are named, or one that is none.
    """
    from interviewer.cli.interviewing import cores
    from interviewer.evaluation.engines.engine import engine_named

    if engine is not None and processes is not None:
        raise UsageError("--processes N is --engine processes:N. Leave one of them out.")
    if engine is not None:
        return engine_named(engine)
    # A server is not asked several things at once unless somebody says so.
    number = processes or (cores() if model in (None, BUILTIN) else 1)
    return engine_named(f"processes:{number}" if number > 1 else "local")
