"""What `evaluate` is given beside transcripts, as options that any of its commands may carry."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from interviewer.errors import InputError, UsageError

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.evaluation.formats.source import ReadAs
    from interviewer.evaluation.given import Given
    from interviewer.evaluation.meaning import Meaning
    from interviewer.transcript import Passage
    from interviewer.wiring import Settings

_FILE = click.Path(path_type=Path)
_SEED = click.IntRange(0, 2**31)
_OPTIONS = (
    click.option("--from", "form", default="", help="The files' format, where they do not show it "
                 "by themselves: native, openai, inspect, scout, sharegpt, otel, openinference, "
                 "langsmith, vcon."),
    click.option("--interviewer-role", default="", help="The role of the interviewer as the files "
                 "name it; `assistant` unless stated."),
    click.option("--human", type=_FILE, help="Marks by people, a CSV file: scoring_agreement, "
                 "outcome and the judge are held against them."),
    click.option("--machine", type=_FILE, help="Marks by a machine in their place of the built-in "
                 "assessor's levels; decisions for outcome."),
    click.option("--levels", default="1-5", show_default=True, help="The levels marks may give."),
    click.option("--plan", type=_FILE, help="For chats without a plan: what `interviewer plan "
                 "--json` prints."),
    click.option("--research", help="For chats without research: an employer's id, or a folder or "
                 "file of documents."),
    click.option("--employer", help="For chats that do not say it: the employer's name."),
    click.option("--personas", default="", help="Which persona a message's name is, as "
                 "Helen=hr,Ravi=technical; one persona's id for messages without a name."),
    click.option("--jurisdiction", default="", help="Whose rules on prohibited questions hold: "
                 "us-federal, us-ca, eu, uk, cn, with commas; the strictest of all unless given."),
    click.option("--meaning", is_flag=True, help="Compare questions by meaning too; vectors are "
                 "kept in the data folder, so that only new sentences take long."),
    click.option("--judge", help="A model that judges follow-ups, role breaks and personas: "
                 "openai:MODEL, ollama:MODEL, gguf:PATH. Naming it is the consent that it "
                 "reads them."),
    click.option("--judge-sample", type=click.IntRange(1), help="At most so many "
                 "follow-ups, turns and rounds each; 50."),
    click.option("--judge-repeats", type=click.IntRange(2, 9), help="How often each; 2."),
    click.option("--judge-seed", type=_SEED, default=0, help="Of the sample and the controls."),
    click.option("--judge-cache", type=click.Path(path_type=Path, file_okay=False),
                 help="Where verdicts are kept; --out, or else the data folder."),
)  # fmt: skip


@dataclass(frozen=True)
class Options:
    """What was named, not yet read.

    Attributes:
        form: The files' format.
        interviewer_role: The interviewer's role in them.
        human: File of marks by people.
        machine: File of marks by a machine.
        levels: The levels marks may give.
        plan: File of a plan.
        research: An employer's id, a folder or a file.
        employer: The employer's name.
        personas: Personas by name.
        jurisdiction: Whose rules on questions hold.
        meaning: Whether questions are compared by meaning too.
        judge: A model that judges follow-ups, turns and rounds.
        judge_sample: At most so many of each.
        judge_repeats: How often each.
        judge_seed: Of the sample and the controls.
        judge_cache: Where verdicts are kept.
    """

    form: str
    interviewer_role: str
    human: Path | None
    machine: Path | None
    levels: str
    plan: Path | None
    research: str | None
    employer: str | None
    personas: str
    jurisdiction: str = ""
    meaning: bool = False
    judge: str | None = None
    judge_sample: int | None = None
    judge_repeats: int | None = None
    judge_seed: int = 0
    judge_cache: Path | None = None


def giving(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command these options as one argument, `options`."""

    @wraps(command)
    def called(**arguments: Any) -> Any:
        own = {entry.name: arguments.pop(entry.name) for entry in fields(Options)}
        return command(**arguments, options=Options(**own))

    for option in reversed(_OPTIONS):
        called = option(called)
    return called


def given_by(options: Options, settings: Settings, library: Library) -> Given:
    """Return what is given, read and checked.

    Raises:
        InputError: A file cannot be read or used.
        UsageError: An option makes no sense.
    """
    from interviewer.cli.agreeing import levels_of, read_marks
    from interviewer.evaluation.given import Given, checked
    from interviewer.evaluation.metrics.scoring_agreement import one_side_each
    from interviewer.evaluation.prohibited.packs import jurisdictions

    levels = levels_of(options.levels)
    people = read_marks(options.human, levels) if options.human else ()
    machine = read_marks(options.machine, levels, by_machine=True) if options.machine else ()
    if machine and not people:
        raise UsageError("--machine is held against --human; give both.")
    one_side_each(people, machine)
    return checked(
        Given(
            people=people,
            machine=machine,
            plan=_plan(options.plan) if options.plan else {},
            research=_research(options.research, settings, library) if options.research else {},
            employer=options.employer or _name_of(options.research, library),
            personas=_personas(options.personas, library),
            jurisdictions=jurisdictions(options.jurisdiction) if options.jurisdiction else (),
            read_as=read_as(options.form, options.interviewer_role),
            meaning=meaning_of(settings) if options.meaning else None,
        )
    )


def read_as(form: str, interviewer_role: str) -> ReadAs:
    """Return how files are read.

    Raises:
        UsageError: There is no such format.
    """
    from interviewer.evaluation.formats.registry import format_named
    from interviewer.evaluation.formats.source import ReadAs

    return ReadAs(format_named(form).name if form else "", interviewer_role.strip())


def meaning_of(settings: Settings) -> Meaning:
    """Return what meanings are compared with, its vectors kept in the data folder."""
    from interviewer.evaluation.meaning import Meaning

    return Meaning(settings.home / "vectors.sqlite3")


def _plan(path: Path) -> Mapping[str, object]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise InputError(f"{path} holds no plan. Give what `interviewer plan --json` prints.")
    return document


def _name_of(company: str | None, library: Library) -> str:
    """Return the name of an employer that was named by its id, nothing for a folder."""
    from interviewer.wiring import employer_names

    return employer_names(library).get(company or "", "")


def _personas(text: str, library: Library) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, persona = (side.strip() for side in part.rpartition("="))
        if persona not in library.personas:
            known = ", ".join(sorted(library.personas))
            raise UsageError(f"There is no persona {persona!r}. Personas are {known}.")
        if name in found:
            raise UsageError(f"--personas names {name or 'messages without a name'!r} twice.")
        found[name] = persona
    return found


def _research(named: str, settings: Settings, library: Library) -> dict[str, Passage]:
    from interviewer.cli.opening import open_research
    from interviewer.research.documents import read_document, walk
    from interviewer.research.passages import split

    path = Path(named)
    if not path.exists():
        if named not in library.packs:
            raise InputError(
                f"{named} is no employer and no folder. `interviewer companies` lists employers."
            )
        passages = open_research(settings, library).passages(named)
        return {passage.id: passage for passage in passages}
    files = sorted(walk(path)) if path.is_dir() else [path]
    found: dict[str, Passage] = {}
    for file in files:
        document = read_document(file, path if path.is_dir() else None)
        name = (file.relative_to(path) if path.is_dir() else Path(file.name)).as_posix()
        for passage in split(
            document, "given", name.removesuffix(file.suffix), document.topic or ""
        ):
            found[passage.id] = passage
    if not found:
        raise InputError(f"{path} holds no documents that can be read.")
    return found
