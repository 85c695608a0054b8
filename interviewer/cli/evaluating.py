"""`evaluate`: metrics of the interviewers over transcripts, with no key and no network."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.cli.agreeing import agree
from interviewer.cli.converting import convert
from interviewer.cli.giving import Options, given_by, giving
from interviewer.cli.measuring import Measurer
from interviewer.cli.output import print_json, say, write_file
from interviewer.cli.packs import packs
from interviewer.cli.validating import validate
from interviewer.errors import InputError
from interviewer.wiring import Settings, open_library

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interviewer.content.library import Library
    from interviewer.evaluation.given import Given
    from interviewer.evaluation.metric import Metric
    from interviewer.evaluation.report import Evaluation
    from interviewer.evaluation.reports.folder import Made

GATE_FAILED, TOO_MANY_UNREADABLE = 4, 5


class PathsFirst(click.Group):
    """A group whose first word may be a path: then its transcripts are evaluated."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named, `transcripts` where a path or option is."""
        if args and args[0] in self.commands and not Path(args[0]).exists():
            return super().resolve_command(ctx, args)
        return "transcripts", self.commands["transcripts"], args

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Leave options of the hidden command to it."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["transcripts", *args]
        return super().parse_args(ctx, args)


@click.group(cls=PathsFirst)
def evaluate() -> None:
    r"""Measure interviewers over files or folders of transcripts.

    Nothing leaves this machine unless --judge names a model elsewhere. All options of a
    measurement: `interviewer evaluate transcripts --help`.

    \b
    Examples:
      interviewer evaluate runs/mixed
      interviewer evaluate a.jsonl --metrics grounding,repetition --json
      interviewer evaluate runs/new --baseline reports/old --fail-on "grounding<0.90"
      interviewer evaluate agree people.csv machine.csv
      interviewer evaluate convert log.eval --to native --out runs/log.jsonl
      interviewer evaluate validate --out validity
      interviewer evaluate packs
    """


evaluate.add_command(agree)
evaluate.add_command(convert)
evaluate.add_command(validate)
evaluate.add_command(packs)


@evaluate.command(hidden=True)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--metrics", default="", help="Only these, with commas between them.")
@click.option("--engine", default="local", show_default=True, help="local, processes:N, or "
              "dask:tcp://HOST:PORT: a Dask scheduler whose workers see the same files.",
)  # fmt: skip
@click.option("--work", type=click.Path(path_type=Path, file_okay=False), help="Where unfinished "
              "work lies, to go on with when the command was ended; the data folder.")  # fmt: skip
@click.option("--baseline", type=click.Path(path_type=Path), help="An earlier evaluation's folder "
              "or JSON: what changed, by transcripts of the same id.")  # fmt: skip
@click.option("--bare", type=click.Path(path_type=Path), help="Interviews of a bare model "
              "(simulate --interviewer bare), to stand beside every figure.")  # fmt: skip
@click.option("--fail-on", default="", help="Conditions that end with exit code 4, such as "
              "grounding<0.90,unscored>0.5.")  # fmt: skip
@click.option("--allow-unreadable", type=click.FloatRange(0, 1), default=0.0, show_default=True,
              help="Share of transcripts that may be unreadable without exit code 5.")  # fmt: skip
@giving
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False),
              help="Write the report into this folder.")  # fmt: skip
@click.option("--keep", default="", metavar="NAME", help="Keep the report under this name, with "
              "its transcripts, for the page /evaluate of the app.")  # fmt: skip
@click.option("--format", "forms", default="", help="What is written: json,md,html,junit,parquet, "
              "which is all of it unless given, and otel,inspect for other tools.")  # fmt: skip
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True,
              help="Of report.html and report.md; files for programs have none.")  # fmt: skip
def transcripts(
    paths: tuple[Path, ...],
    metrics: str,
    engine: str,
    work: Path | None,
    baseline: Path | None,
    bare: Path | None,
    fail_on: str,
    allow_unreadable: float,
    as_json: bool,
    out: Path | None,
    options: Options,
    keep: str,
    forms: str,
    language: str,
) -> None:
    """Measure interviewers over files or folders of transcripts."""
    from interviewer.cli.evaluation_table import print_evaluation
    from interviewer.cli.judged_given import judged_given
    from interviewer.cli.keeping import place_for, write_transcripts
    from interviewer.evaluation.beside import beside
    from interviewer.evaluation.gate import conditions, failures
    from interviewer.evaluation.given import informed
    from interviewer.evaluation.metric import chosen, known_metrics
    from interviewer.evaluation.mutation.card import card_markdown, committed_card, told_of
    from interviewer.evaluation.reading import files_in
    from interviewer.evaluation.report import evaluation_to_json
    from interviewer.evaluation.reports.folder import Made, forms_of

    measurer, written = Measurer(engine, work), forms_of(forms)
    place = place_for(keep, written) if keep else None
    names = [name.strip() for name in metrics.split(",") if name.strip()]
    settings = Settings.from_environment()
    library = open_library(settings)
    given = given_by(options, settings, library)
    used = chosen(known_metrics(library), names)
    gate = conditions(fail_on, [metric.name for metric in used])
    before = _earlier(baseline) if baseline else None
    files = files_in(paths)
    given = judged_given(
        options, settings, library, files, given, out, [metric.name for metric in used]
    )
    used = informed(used, given)
    with ExitStack() as stack:
        evaluation, inputs = stack.enter_context(measurer.measured(files, used, given, settings))
        alone = None
        if bare is not None:
            others = files_in([bare])
            alone = evaluation if others == files else _bare(
                others, options, settings, library, used, given, measurer, stack
            )  # fmt: skip
        compared = beside(evaluation, before, alone)
        document = {**evaluation_to_json(evaluation), **compared.to_json()}
        card, versions = committed_card(), {metric.name: metric.version for metric in used}
        document["validity"] = {
            "told": told_of(card, versions),
            "metrics": {name: card.for_metric(name) for name in versions},
        }
        made = Made(
            evaluation, document, inputs, used, library, gate, allow_unreadable, given,
            card_markdown(card, versions, language), compared.markdown(language), language,
        )  # fmt: skip
        if out is not None:
            _write(out, made, written)
        if place is not None:
            write_transcripts(place, made)
            _write(place, made, written)
        if as_json:
            print_json(document)
        else:
            print_evaluation(evaluation, compared)
            say(told_of(card, versions))
        if before is not None and (nameless := evaluation.gathered.ids.count(0)):
            say(f"{nameless} transcripts have no id; none of them is compared with the baseline.")
        if evaluation.noticed:
            say(f"{evaluation.noticed_count} oddities in what was read; the first: "
                f"{': '.join(evaluation.noticed[0])}")  # fmt: skip
    failed = failures(evaluation, gate)
    for sentence in failed:
        say(sentence)
    if unreadable := _unreadable(evaluation, allow_unreadable):
        say(unreadable)
        click.get_current_context().exit(TOO_MANY_UNREADABLE)
    if failed:
        click.get_current_context().exit(GATE_FAILED)


def _unreadable(evaluation: Evaluation, allowed: float) -> str:
    """Return what ends the command with its own code: too little could be read; empty for none."""
    if evaluation.unreadable_share > allowed:
        return (
            f"{evaluation.unreadable_count} transcripts cannot be read; the first: "
            f"{evaluation.unreadable[0].fault}"
        )
    if not evaluation.transcripts and not evaluation.unreadable_count:
        return "Nothing was measured: there is no transcript in what is named."
    return ""


def _bare(
    files: Sequence[Path], options: Options, settings: Settings, library: Library,
    metrics: Sequence[Metric], given: Given, measurer: Measurer, stack: ExitStack,
) -> Evaluation:  # fmt: skip
    """Return the evaluation of a bare model's interviews: the same metrics, its own verdicts."""
    from interviewer.cli.judged_given import judged_given
    from interviewer.evaluation.given import informed

    cache = options.judge_cache or settings.home / "judge"
    asked = replace(options, judge_cache=cache) if options.judge else options
    names = [metric.name for metric in metrics]
    own = judged_given(asked, settings, library, files, given, None, names)
    told = informed(metrics, own)
    evaluation, _ = stack.enter_context(measurer.measured(files, told, own, settings))
    return evaluation


def _earlier(path: Path) -> Mapping[str, object]:
    from interviewer.evaluation.earlier import LinesOfEntries
    from interviewer.evaluation.reports.folder import TRANSCRIPTS

    file = path / "summary.json" if path.is_dir() else path
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InputError(f"The baseline {file} cannot be read. Give a folder that --out wrote, or "
                         "the JSON of --json.") from None  # fmt: skip
    if not isinstance(document, dict):
        return {}
    if document.get("per_transcript_left_out"):
        document["per_transcript"] = LinesOfEntries(file.with_name(TRANSCRIPTS))
    return document


def _write(out: Path, made: Made, forms: Sequence[str]) -> None:
    from interviewer.evaluation.reports.folder import FORMS, report_parts
    from interviewer.evaluation.reports.scores_table import can_write_parquet

    for name, pieces in report_parts(made, forms):
        write_file(out / name, pieces)
    say(f"Written to {out}.")
    if set(FORMS) - set(forms) == {"parquet"} and not can_write_parquet():
        say("scores.parquet is left out: it needs pip install 'three-rounds[parquet]'.")
