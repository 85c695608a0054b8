"""`export`, `import` and `assess`: what is kept, and what becomes of it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.cli.judging import Asking, judge_model, judged_by
from interviewer.cli.opening import open_store
from interviewer.cli.output import print_json, say, write_file
from interviewer.cli.self_assessment import keep_imported, told_apart, told_in
from interviewer.errors import InputError, UsageError
from interviewer.wiring import Settings, open_library, open_people

if TYPE_CHECKING:
    from interviewer.assessment import Afterwards, Assessment
    from interviewer.assessment.coach import CoachView
    from interviewer.content.library import Library
    from interviewer.content.rubric import Rubric
    from interviewer.storage import SqlSessionStore
    from interviewer.transcript import Transcript

FORMATS = ("jsonl", "openai", "md", "html", "pdf")


@click.command()
@click.argument("session", required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@click.option("--candidate", help="All that is held about a person, as jsonl.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
def export(session: str | None, form: str, candidate: str | None, out: Path | None) -> None:
    r"""Print a SESSION, or all that is held about a candidate, research they took in included.

    \b
    Examples:
      interviewer export 3f9c2a71d0 --format md
      interviewer export 3f9c2a71d0 --format pdf --out interview.pdf
      interviewer export --candidate me --out all.jsonl
    """
    if (session is None) == (candidate is None):
        raise UsageError("Name a session, or a person with --candidate.")
    settings = Settings.from_environment()
    store = open_store(settings)
    text = ""
    if candidate is not None:
        held = _held(settings, store, candidate)
        transcripts = held if form == "jsonl" else _interviews(held)
        text = told_apart(held, form)
    else:
        transcripts = (asyncio.run(store.load(str(session))),)
    if form == "pdf":
        _print(transcripts, out)
        return
    text += "".join(_exported(transcript, form) for transcript in transcripts)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_file(out, text)
        say(f"Written to {out}.")


def _print(transcripts: Sequence[Transcript], out: Path | None) -> None:
    """Write an interview as PDF: the record of what was said."""
    from interviewer.assessment.printing import transcript_pdf

    if len(transcripts) != 1:
        raise UsageError("A PDF holds one interview: name a session, not a candidate.")
    pdf = transcript_pdf(transcripts[0])
    if out is not None:
        write_file(out, pdf)
        say(f"Written to {out}.")
    elif sys.stdout.isatty():
        raise UsageError("A PDF is not for the screen: name a file with --out.")
    else:
        click.echo(pdf, nl=False)


def _held(settings: Settings, store: SqlSessionStore, candidate: str) -> tuple[Transcript, ...]:
    """Return all that is held about a person."""
    from interviewer.privacy.giving import everything_about
    from interviewer.storage import Whose

    people, own = open_people(store), settings.own_knowledge
    return asyncio.run(everything_about(Whose(candidate), store, people, settings.home, own))


def _interviews(held: Sequence[Transcript]) -> tuple[Transcript, ...]:
    from interviewer.privacy.giving import interviews_in

    return interviews_in(held)


def _exported(transcript: Transcript, form: str) -> str:
    import json

    from interviewer.assessment.report import transcript_markdown, transcript_page
    from interviewer.transcript_file import dump

    if form == "md":
        return transcript_markdown(transcript)
    if form == "html":
        return transcript_page(transcript)
    if form == "openai":
        # That form cannot say that an answer was taken again: it gets what counts.
        said = transcript.counted.turns
        messages = [{"role": turn.role, "content": turn.content} for turn in said]
        return json.dumps({"messages": messages}, ensure_ascii=False) + "\n"
    return dump(transcript) + "\n"


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--candidate", default="me", show_default=True, help="Whose interviews they are.")
def import_(file: Path, candidate: str) -> None:
    r"""Take the transcripts of a JSON Lines FILE into the store.

    \b
    Example:
      interviewer import all.jsonl
    """
    store = open_store(Settings.from_environment())
    for transcript in _read(file):
        if _left_out(transcript):
            continue
        own = told_in(transcript)
        if own is not None:
            keep_imported(store, own, candidate)
            continue
        session = asyncio.run(store.import_transcript(transcript, candidate))
        click.echo(session)


def _left_out(transcript: Transcript) -> bool:
    """Return whether a line of an export is no interview to take in, and say why."""
    from interviewer.privacy.giving import ACCOUNT, COPIES, RESEARCH

    if transcript.turns:
        return False
    if ACCOUNT in transcript.extra:
        say("The account in the file was left out: accounts are made with `interviewer user`.")
    elif RESEARCH in transcript.extra:
        say("Research in the file was left out: take documents in with `interviewer ingest`.")
    return not {ACCOUNT, RESEARCH, COPIES}.isdisjoint(transcript.extra)


def _read(file: Path) -> list[Transcript]:
    from interviewer.transcript_file import load_all

    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"The transcript {file} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise InputError(f"The transcript {file} is no UTF-8 text.") from None
    transcripts = list(load_all(text, where=file.name))
    if not transcripts:
        raise InputError(f"{file} is empty. Give a file with one transcript a line.")
    return transcripts


@click.command()
@click.argument("transcript")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--rubrics", type=click.Path(path_type=Path), help="Score against the rubrics of "
              "this folder or file.")  # fmt: skip
@click.option("--competency", help="The rubric all questions were asked for, where there is no "
              "plan; the nearest of --rubrics otherwise.")  # fmt: skip
@click.option(
    "--for", "reader", type=click.Choice(("candidate", "coach")), default="candidate",
    show_default=True, help="For a coach with every answer behind the levels."
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write to a .md, .html, .pdf or .json file."
)
@click.option("--judge", is_flag=False, flag_value="", metavar="[MODEL]", help="Let a model judge "
              "too: MODEL, or the one of INTERVIEWER_MODEL. Write it last.")  # fmt: skip
@click.option("--samples", type=int, help="How often the model is asked about each competency, "
              "3 or more; as many as a board has examiners, or 3.")  # fmt: skip
def assess(
    transcript: str,
    as_json: bool,
    rubrics: Path | None,
    competency: str | None,
    reader: str,
    out: Path | None,
    judge: str | None,
    samples: int | None,
) -> None:
    r"""Report on TRANSCRIPT, a file or a session: level, evidence and gap of each competency.

    A competency nobody could judge is "not scored", with the reason, never a default number. Any
    transcript, also a plain OpenAI chat, can be scored against --rubrics.

    \b
    Examples:
      interviewer assess t.jsonl
      interviewer assess chat.jsonl --rubrics rubrics/ --competency teamwork
      interviewer assess t.jsonl --samples 5 --judge openai:gpt-4.1-mini
      interviewer assess 3f9c2a71d0 --out report.pdf
      interviewer assess 3f9c2a71d0 --for coach --out coach.html
    """
    from interviewer.assessment import assess as assessed
    from interviewer.assessment import assessment_to_json, report_markdown
    from interviewer.assessment.coach import coach_view
    from interviewer.assessment.judges.keeping import judged_again
    from interviewer.assessment.self_rating import with_own_levels
    from interviewer.assessment.standing import set_beside

    settings = Settings.from_environment()
    model = judge_model(settings, judge, samples)
    given = _rubrics(rubrics)
    if competency is not None and competency not in given:
        named = ", ".join(sorted(given)) or "none: give their folder with --rubrics"
        raise UsageError(f"There is no rubric `{competency}` among those given ({named}).")
    library = open_library(settings)
    library = replace(library, rubrics={**library.rubrics, **given})
    found, after = _transcript(settings, transcript)
    report = assessed(found, library, rubrics=given, competency=competency, after=after)
    if model is not None:
        asked = Asking(model, samples, given, competency)
        report = judged_by(settings, library, report, found, asked)
        report = with_own_levels(report, after.said)
    elif not given:
        report = judged_again(report, after.said, found, library)
    earlier = None if given else _earlier(settings, library, transcript, found)
    report, before = set_beside(report, earlier)
    coach = coach_view(report, found) if reader == "coach" else None
    if out is not None:
        write_file(out, _report_in(report, found, (before, coach), out))
        say(f"The report is in {out}.")
    if as_json:
        print_json(assessment_to_json(report, coach))
    elif out is None:
        click.echo(report_markdown(report, found, before, coach), nl=False)


def _report_in(
    report: Assessment,
    transcript: Transcript,
    beside: tuple[Assessment | None, CoachView | None],
    out: Path,
) -> str | bytes:
    """Return a report in the form that the name of a file asks for."""
    import json

    from interviewer.assessment import assessment_to_json, report_markdown
    from interviewer.assessment.report import report_page

    if out.suffix == ".pdf":
        from interviewer.assessment.printing import report_pdf

        return report_pdf(report, transcript, *beside)
    if out.suffix == ".html":
        return report_page(report, transcript, *beside)
    if out.suffix == ".json":
        document = assessment_to_json(report, beside[1])
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if out.suffix != ".md":
        raise UsageError(f"{out} ends in none of .md, .html, .pdf, .json.")
    return report_markdown(report, transcript, *beside)


def _rubrics(path: Path | None) -> dict[str, Rubric]:
    from interviewer.content.faults import FaultCollector
    from interviewer.content.form import read_document
    from interviewer.content.library import read_rubrics
    from interviewer.content.rubric import Rubric

    if path is None:
        return {}
    if path.is_file():
        rubric = read_document(path, Rubric)
        return {rubric.id: rubric}
    collector = FaultCollector()
    found = read_rubrics(path, collector)
    collector.settle()
    return found


def _transcript(settings: Settings, name: str) -> tuple[Transcript, Afterwards]:
    """Return the transcript of a file, or of a session when no such file is there.

    With it comes what was said about it: in the file, or kept beside the session.
    """
    from interviewer.assessment import Afterwards
    from interviewer.interview.annotations import annotations_in

    if _is_file(name):
        found = _read(Path(name))[0]
        return found, Afterwards(said=annotations_in(found))
    store = open_store(settings)
    found = asyncio.run(store.load(name))
    return found, asyncio.run(store.afterwards(found))


def _is_file(name: str) -> bool:
    path = Path(name)
    return path.exists() or path.suffix in (".jsonl", ".json")


def _earlier(
    settings: Settings, library: Library, name: str, transcript: Transcript
) -> Assessment | None:
    """Return the report on the interview before a kept one; a file stands alone."""
    from interviewer.cli.earlier import earlier_report

    if _is_file(name):
        return None
    return asyncio.run(earlier_report(open_store(settings), library, transcript))
