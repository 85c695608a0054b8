"""What one trivial check over stored transcripts costs here and in Inspect, in CPU per transcript.

`python -m benchmarks.beside_inspect --inspect VENV/bin` where VENV is an environment with
`inspect-ai` in it; it is no dependency of this project. Both count the examiner's turns of the
same transcripts, each from its own kind of file. Two sizes are scored, and the difference is told,
so that neither side pays for starting.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click

from interviewer.evaluation.metric import Score
from interviewer.evaluation.reading import files_in, sources_in
from interviewer.evaluation.report import evaluation_of
from interviewer.evaluation.running import scored_here
from interviewer.evaluation.speech import Speech

SIDE = Path(__file__).parent / "inspect_side"
AIM = 10


@dataclass(frozen=True)
class Turns:
    """The trivial check as a metric of ours."""

    name: str = "turns"
    version: str = "1"
    better: Literal["neither"] = "neither"

    def score(self, speech: Speech) -> Score:
        """Return how many turns the examiner has."""
        return Score(float(sum(turn.role == "assistant" for turn in speech.transcript.turns)))


def here(transcripts: Path) -> float:
    """Score a file as `interviewer evaluate` does; return the mean."""
    metrics = (Turns(),)
    found = evaluation_of(scored_here(sources_in(files_in([transcripts])), metrics), metrics)
    (summary,) = found.summaries
    assert summary.mean is not None
    return summary.mean


def spent(action: Callable[[], None]) -> float:
    """Return the CPU seconds that the processes of an action took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    action()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def written(base: Path, count: int, folder: Path) -> Path:
    """Write so many plain chats, the same ones again and again under other ids."""
    lines = base.read_text(encoding="utf-8").splitlines()
    path = folder / f"transcripts-{count}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            said = json.loads(lines[number % len(lines)])["messages"]
            messages = [{"role": turn["role"], "content": turn["content"]} for turn in said]
            document = {"id": f"t{number}", "messages": messages}
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
    return path


def run(*command: object) -> None:
    """Run a command that has to end well."""
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)


@click.command()
@click.option("--inspect", type=click.Path(path_type=Path, exists=True), required=True,
              help="The folder of Inspect's python and inspect commands.")  # fmt: skip
@click.option("--transcripts", type=click.Path(path_type=Path, exists=True), required=True,
              help="A JSON Lines file of transcripts, such as `simulate` writes.")  # fmt: skip
@click.option("--few", default=200, show_default=True)
@click.option("--many", default=1000, show_default=True)
def main(inspect: Path, transcripts: Path, few: int, many: int) -> None:
    """Print the CPU of both for a transcript, and how many times less ours is."""
    took: dict[str, list[float]] = {"here": [], "Inspect": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (few, many):
            file, log = written(transcripts, count, folder), folder / f"log-{count}.json"
            run(inspect / "python", SIDE / "log_of.py", file, log)
            took["here"].append(
                spent(lambda file=file: run(sys.executable, "-m", __spec__.name, "--score", file))  # type: ignore[misc]  # bound now
            )
            scoring = (inspect / "inspect", "score", log, "--scorer", SIDE / "turns.py@turns",
                       "--action", "overwrite", "--output-file", folder / f"out-{count}.json",
                       "--display", "none")  # fmt: skip
            took["Inspect"].append(spent(lambda scoring=scoring: run(*scoring)))  # type: ignore[misc]  # bound now
    each = {side: (times[1] - times[0]) / (many - few) * 1000 for side, times in took.items()}
    for side, milliseconds in each.items():
        whole = took[side][1]
        click.echo(f"{side}: {milliseconds:.2f} ms CPU a transcript; {whole:.1f} s for {many}")
    click.echo(f"times less: {each['Inspect'] / each['here']:.1f} (aim {AIM})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--score"]:
        click.echo(here(Path(sys.argv[2])))
    else:
        main()
