"""`evaluate validate`: how often each metric sees what was planted, and where it sees too much."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.cli.giving import meaning_of
from interviewer.cli.judge_hearing import REPEATS, SAMPLE
from interviewer.cli.output import Advance, print_json, progress_bar, say, write_file
from interviewer.cli.rehearsing import LARGEST_SEED
from interviewer.errors import InputError, UsageError
from interviewer.wiring import Settings, open_library

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interviewer.content.library import Library
    from interviewer.evaluation.given import Given
    from interviewer.evaluation.metric import Metric
    from interviewer.evaluation.mutation.card import Card
    from interviewer.evaluation.mutation.tally import Tally
    from interviewer.evaluation.mutation.trial import Trial
    from interviewer.evaluation.mutation.trying import Order
    from interviewer.evaluation.running import Scored
    from interviewer.transcript import Transcript

GATE_FAILED = 4
INTERVIEWS = 48


@click.command()
@click.option("--mutants", type=click.IntRange(1, 100_000), default=200, show_default=True,
              help="How many of each operator, shared between the languages.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, LARGEST_SEED), default=0, show_default=True,
              help="The same seed makes the same mutants.")  # fmt: skip
@click.option("--interviews", type=click.IntRange(2, 10_000), default=INTERVIEWS,
              show_default=True, help="How many are simulated for each language.")  # fmt: skip
@click.option("--language", default="en,zh", show_default=True, help="en, zh, or both.")
@click.option("--transcripts", "paths", multiple=True, type=click.Path(path_type=Path),
              help="Change these interviews, not simulated ones; may be given again.")  # fmt: skip
@click.option("--operators", default="", help="Only these, with commas between them.")
@click.option("--metrics", default="", help="Only these, with commas between them.")
@click.option("--external", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="A folder of replies labelled by people: BEGIN, Q2.")  # fmt: skip
@click.option("--card", "earlier", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A card of the same mutants: what --metrics names is put into it.")  # fmt: skip
@click.option("--engine", default="local", show_default=True, help="local, or processes:N.")
@click.option("--meaning", is_flag=True, help="With metrics that compare questions by meaning.")
@click.option("--judge", help="A model that judges follow-ups of mutants: openai:MODEL, "
              "ollama:MODEL, gguf:PATH. Naming it is the consent that it reads them.")  # fmt: skip
@click.option("--judge-sample", type=click.IntRange(1), default=SAMPLE, show_default=True,
              help="At most so many mutants of an operator.")  # fmt: skip
@click.option("--judge-repeats", type=click.IntRange(1, 9), default=REPEATS, show_default=True,
              help="How often each is asked.")  # fmt: skip
@click.option("--fail-short", is_flag=True, help="End with exit code 4 when a metric falls short "
              "of what is aimed at.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False),
              help="Write validity.json and validity.md into it.")  # fmt: skip
def validate(
    mutants: int,
    seed: int,
    interviews: int,
    language: str,
    paths: tuple[Path, ...],
    operators: str,
    metrics: str,
    external: Path | None,
    earlier: Path | None,
    engine: str,
    meaning: bool,
    judge: str | None,
    judge_sample: int,
    judge_repeats: int,
    fail_short: bool,
    as_json: bool,
    out: Path | None,
) -> None:
    r"""Plant faults in interviews and count which metrics see them: the validity card.

    Interviews are simulated, or given with --transcripts. Each operator plants one thing, such as
    a swapped number or a question nobody may ask; others change nothing that matters, and no
    metric may find their mutants worse.

    \b
    Examples:
      interviewer evaluate validate --engine processes:2 --out validity
      interviewer evaluate validate --mutants 20 --operators number_swap,negate_claim
      interviewer evaluate validate --external labelled --out validity
    """
    from interviewer.cli.measuring import processes_of
    from interviewer.evaluation.given import NOTHING_GIVEN, Given, informed
    from interviewer.evaluation.metric import chosen, known_metrics
    from interviewer.evaluation.mutation.card import (
        card_in,
        card_markdown,
        merged,
        short_of_aims,
    )

    processes = processes_of(engine)
    given = Given(meaning=meaning_of(Settings.from_environment())) if meaning else NOTHING_GIVEN
    every = informed(known_metrics(_library()), given)
    used = chosen(every, _listed(metrics))
    plan = _Plan(mutants, seed, interviews, _languages(language), paths,
                 _operators(operators), used, every, processes, given)  # fmt: skip
    judging = _Judging(judge, judge_sample, judge_repeats, out) if judge else None
    with progress_bar("Validating:") as progress:
        card = plan.card(external, progress, judging)
    if earlier is not None:
        card = merged(card_in(earlier.read_text(encoding="utf-8"), str(earlier)), card)
    versions: dict[str, str] = dict(card.document["metrics"])
    if out is not None:
        text = json.dumps(card.document, ensure_ascii=False, indent=1) + "\n"
        write_file(out / "validity.json", text)
        write_file(out / "validity.md", f"# Validity card\n\n{card_markdown(card, versions)}")
        say(f"Written to {out}.")
    if as_json:
        print_json(card.document)
    else:
        _print(card, list(versions))
    short = short_of_aims(card, list(versions))
    for sentence in short:
        say(f"Short of its aim: {sentence}")
    if short and fail_short:
        click.get_current_context().exit(GATE_FAILED)


@dataclass(frozen=True)
class _Judging:
    """Who judges mutants, how many, how often, and where the verdicts are kept."""

    judge: str
    sample: int
    repeats: int
    out: Path | None


class _Plan:
    """What was ordered on the command line, and how it is carried out."""

    def __init__(
        self, mutants: int, seed: int, interviews: int, languages: tuple[str, ...],
        paths: tuple[Path, ...], operators: tuple[str, ...], metrics: Sequence[Metric],
        every: Sequence[Metric], processes: int, given: Given,
    ) -> None:  # fmt: skip
        self.mutants, self.seed, self.interviews = mutants, seed, interviews
        self.languages, self.paths, self.operators = languages, paths, operators
        self.metrics, self.processes = metrics, processes
        self.names = [metric.name for metric in metrics]
        self.every, self.given = every, given

    def card(self, external: Path | None, progress: Advance, judging: _Judging | None) -> Card:
        """Make the card.

        Raises:
            InputError: No interview can be changed.
        """
        from interviewer.evaluation.mutation.card import SCHEMA, Card
        from interviewer.evaluation.mutation.operators import OPERATORS
        from interviewer.evaluation.mutation.tally import Tally, originals
        from interviewer.evaluation.mutation.texts import recorded_digests
        from interviewer.evaluation.mutation.trying import Order

        found = self._interviews(progress)
        scored = self._scored(found, progress)
        lines, scores, bases = {}, {}, {}
        for language, kept in self._bases(found, scored).items():
            lines[language] = tuple(line for line, _ in kept)
            scores[language] = tuple(entry.scores for _, entry in kept)
            bases[language] = {
                "interviews": len(kept), "left_out": len(found[language]) - len(kept),
                "source": "given" if self.paths else "simulated",
            }  # fmt: skip
        tried = tuple(name for name in self.operators if name in OPERATORS)
        order = Order(lines, scores, tried, self.mutants, self.seed)
        tally = Tally()
        for done, trials in enumerate(self._tried(order), start=1):
            tally.add(trials)
            progress("mutants", done, len(order.batches))
        judge = self._judged(judging, order, tally) if judging else None
        turns = sum(_examiner_turns(line) for kept in found.values() for line in kept)
        every = [entry for entries in scored.values() for entry in entries]
        document = {
            "schema": SCHEMA, "mutants": self.mutants, "seed": self.seed, "bases": bases,
            "metrics": {metric.name: metric.version for metric in self.metrics},
            "operators": tally.to_json(self.operators) | self._of_marks(order),
            "originals": originals(every, turns, self.names),
            "external": _external(external, progress) if external else {},
            "held_out_sha256": dict(recorded_digests()), "judge": judge,
        }  # fmt: skip
        return Card(document)

    def _judged(self, judging: _Judging, order: Order, tally: Tally) -> str:
        from interviewer.cli.judged_mutants import judge_mutants

        return judge_mutants(
            judging.judge, order, self.operators, tally, Settings.from_environment(), _library(),
            most=min(judging.sample, self.mutants), repeats=judging.repeats, out=judging.out,
        )  # fmt: skip

    def _of_marks(self, order: Order) -> dict[str, object]:
        from interviewer.evaluation.mutation.marks import METRIC, entries_of

        wanted = self.operators if METRIC in self.names else ()
        return entries_of(order.stocks, wanted, _library(), self.mutants, self.seed)

    def _interviews(self, progress: Advance) -> Mapping[str, tuple[str, ...]]:
        """Return the interviews by language, each as its line, its turns numbered."""
        from interviewer.evaluation.mutation.mutant import with_numbers
        from interviewer.evaluation.speech import Speech
        from interviewer.transcript_file import dump

        found: dict[str, list[str]] = {language: [] for language in self.languages}
        for transcript in self._given() if self.paths else self._simulated(progress):
            language = Speech(transcript).language
            if language in found:
                found[language].append(dump(with_numbers(transcript)))
        return {language: tuple(lines) for language, lines in found.items() if lines}

    def _given(self) -> Iterator[Transcript]:
        from interviewer.evaluation.reading import files_in, parsed, sources_in

        for source in sources_in(files_in(self.paths)):
            try:
                yield parsed(source)
            except InputError as error:
                say(str(error))

    def _simulated(self, progress: Advance) -> Iterator[Transcript]:
        from interviewer.cli.simulated_bases import simulated_interviews

        yield from simulated_interviews(self.languages, self.interviews, self.seed, progress)

    def _scored(
        self, found: Mapping[str, tuple[str, ...]], progress: Advance
    ) -> Mapping[str, list[Scored]]:
        from interviewer.evaluation.reading import Source
        from interviewer.evaluation.running import scored_by, scored_here

        told: dict[str, list[Scored]] = {}
        total = sum(map(len, found.values()))
        done = 0
        for language, lines in found.items():
            sources = [Source(f"interview {n}", line) for n, line in enumerate(lines, start=1)]
            results = (
                scored_by(
                    self.processes, sources, _library, [m.name for m in self.every], self.given
                )
                if self.processes
                else scored_here(sources, self.every)
            )
            told[language] = []
            for entry in results:
                told[language].append(entry)
                done += 1
                progress("interviews as they are", done, total)
        return told

    def _bases(
        self, found: Mapping[str, tuple[str, ...]], scored: Mapping[str, list[Scored]]
    ) -> Mapping[str, list[tuple[str, Scored]]]:
        from interviewer.evaluation.gate import conditions
        from interviewer.evaluation.metric import ORDER
        from interviewer.evaluation.mutation.bases import BASE_GATE, passes

        gate = conditions(BASE_GATE, ORDER)
        kept = {
            language: [
                pair for pair in zip(lines, scored[language], strict=True) if passes(pair[1], gate)
            ]
            for language, lines in found.items()
        }
        kept = {language: pairs for language, pairs in kept.items() if pairs}
        if not kept:
            raise InputError(
                "No interview can be changed: none passes the gate for bases "
                f"({BASE_GATE}). Give others with --transcripts."
            )
        return kept

    def _tried(self, order: Order) -> Iterator[tuple[Trial, ...]]:
        from interviewer.evaluation.mutation.trying import tried_by, tried_here

        if not self.processes:
            return tried_here(order, self.metrics)
        return tried_by(self.processes, order, _library, self.names, self.given)


def _library() -> Library:
    return open_library(Settings.from_environment())


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _languages(text: str) -> tuple[str, ...]:
    from interviewer.evaluation.mutation.texts import LANGUAGES

    names = tuple(dict.fromkeys(_listed(text)))
    unknown = [name for name in names if name not in LANGUAGES]
    if unknown or not names:
        raise UsageError(f"`{text}` is no language of ours. Write en, zh, or en,zh.")
    return names


def _operators(text: str) -> tuple[str, ...]:
    from interviewer.evaluation.mutation.marks import CHANGES
    from interviewer.evaluation.mutation.operators import OPERATORS

    known = (*OPERATORS, *CHANGES)
    names = tuple(dict.fromkeys(_listed(text)))
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"There is no operator {unknown[0]!r}. Choose among {', '.join(known)}.")
    return names or known


def _examiner_turns(line: str) -> int:
    return sum(1 for entry in json.loads(line)["messages"] if entry["role"] == "assistant")


def _external(folder: Path, progress: Advance) -> dict[str, object]:
    from interviewer.evaluation.labelled import area, labelled_sets

    found: dict[str, object] = {}
    for name, rows in labelled_sets(folder):
        told = area(rows)
        found[name] = {"auc": None if told is None else round(told, 4), "rows": len(rows)}
        progress("labelled replies", len(found), len(found))
    return found


def _print(card: Card, metrics: Sequence[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    from interviewer.evaluation.mutation.card import counted, plain_share, with_interval

    console = Console(width=140)
    table = Table("metric", "planted", "found worse", "held out", "at a changed turn", "located",
                  "aim")  # fmt: skip
    for row in card.rows(metrics):
        aim = "" if row.aim is None else f"{row.aim:.2f} {'yes' if row.reached else 'no'}"
        table.add_row(row.metric, row.operator, with_interval(row.paired),
                      plain_share(row.held_out), plain_share(row.absolute),
                      plain_share(row.located), aim)  # fmt: skip
    console.print(table)
    false = Table("metric", "mean", "turns flagged with nothing planted", "equivalent that alarm")
    for name in metrics:
        alarms = card.alarms(name)
        mean = alarms["originals"]["mean"]
        false.add_row(name, "" if mean is None else f"{mean:.3f}",
                      plain_share(alarms["originals"]["turns_flagged"]),
                      counted(alarms["equivalent"]))  # fmt: skip
    console.print(false)
    for name, told in card.document["external"].items():
        click.echo(f"{name}: area under the curve {told['auc']} over {told['rows']} rows")
    for name, entry in card.document["operators"].items():
        if "unscored" in entry:
            click.echo(f"{name}: not scored. {entry['unscored']}")
        for metric, reason in entry.get("unscored_by", {}).items():
            click.echo(f"{name} on {metric}: not scored. {reason}")
