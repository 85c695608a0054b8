"""Evaluations of many transcripts: seconds, memory and the same report on every engine.

`python -m benchmarks.sizes` writes transcripts of thirty turns, measures them with every
deterministic metric in this process, in two processes and on a Dask cluster of two workers that it
starts on loopback, and once more with one worker killed in the middle. Interviews are simulated
ones, cut and written again and again with ids of their own. With `--worded-anew` every sentence
of every transcript has a word that no other has, so that nothing that was reckoned for one helps
the next: models word freely. With `--meaning` meanings are compared, by the first engine with no
vector known and by those after it from the vectors that it kept. `--broken` lines that hold
nothing are measured beside them.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import psutil

SEED = "20261127"
AIM_A_SECOND, AIM_MEGABYTES = 300.0, 700.0
_SENTENCE = re.compile(r"([.?!。？！])(?=\s|$|[\u4e00-\u9fff])")
_LETTERS = "bcdfghklmnprst"
_PORT = 18790
_LOOK = 0.2


@dataclass
class Seen:
    """What a command took.

    Attributes:
        seconds: By the clock.
        cpu: Seconds of a core, of all its processes.
        megabytes: The most that any one of its processes held.
        code: Its exit code.
    """

    seconds: float
    cpu: float
    megabytes: float
    code: int


def bases(folder: Path, number: int) -> Iterator[Path]:
    """Simulate interviews in English and Chinese; yield their files."""
    for company, role in (("brightwell", "data-engineer"), ("chengyuan", "accountant")):
        out = folder / f"bases-{company}"
        command = ["simulate", company, "--role", role, "-n", str(number // 2), "--seed", SEED]
        command += ["--processes", "2", "--out", str(out)]
        quiet = subprocess.DEVNULL
        subprocess.run(_program(folder, *command), check=True, stdout=quiet, stderr=quiet)
        yield from sorted(out.glob("*.jsonl"))


def cut_to(turns: int, files: Iterable[Path]) -> list[dict[str, object]]:
    """Return the interviews of files, each cut to so many turns."""
    found: list[dict[str, object]] = []
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            document["messages"] = document["messages"][:turns]
            found.append(document)
    return found


def write(path: Path, interviews: Sequence[dict[str, object]], number: int, anew: bool) -> None:
    """Write so many transcripts; with `anew` no sentence of one comes in another."""
    with path.open("w", encoding="utf-8") as file:
        for place in range(number):
            document = dict(interviews[place % len(interviews)], id=f"t{place:08d}")
            text = json.dumps(document, ensure_ascii=False)
            if anew:
                word = _word(place)
                messages = [
                    {**m, "content": _SENTENCE.sub(rf" {word}\1", str(m["content"]))}
                    for m in json.loads(text)["messages"]
                ]
                text = json.dumps({**document, "messages": messages}, ensure_ascii=False)
            file.write(text + "\n")


def _word(place: int) -> str:
    word = ""
    while place or not word:
        place, letter = divmod(place, len(_LETTERS))
        word += _LETTERS[letter] + "aeiou"[letter % 5]
    return f"{word}o"


def _program(folder: Path, *arguments: str) -> list[str]:
    """Return the command line of this program with a data folder of its own."""
    home = f"INTERVIEWER_HOME={folder / 'home'}"
    return ["env", home, sys.executable, "-m", "interviewer", *arguments]


def seen(folder: Path, arguments: Sequence[str], beside: Sequence[int] = ()) -> Seen:
    """Run a command and look at it, and at processes that work for it, until it has ended."""
    began = time.perf_counter()
    helpers = [psutil.Process(pid) for pid in beside]
    before = sum(_cpu(helper) for helper in helpers)
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(_program(folder, *arguments), stdout=quiet, stderr=quiet)
    whole = psutil.Process(running.pid)
    most, used = 0.0, {}
    while running.poll() is None:
        for process in (whole, *_children(whole), *helpers):
            try:
                most = max(most, process.memory_info().rss / 1e6)
                used[process.pid] = _cpu(process)
            except psutil.Error:
                continue
        time.sleep(_LOOK)
    cpu = sum(used.values()) - before
    return Seen(time.perf_counter() - began, cpu, most, running.returncode)


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Start a scheduler and two workers on loopback; yield the address and the workers."""
    address = f"tcp://127.0.0.1:{_PORT}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "dask"]
    started = [
        subprocess.Popen(
            [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(_PORT), "--no-dashboard"],
            **quiet,
        )
    ]
    for number in (1, 2):
        place = folder / f"worker-{number}"
        started.append(
            subprocess.Popen(
                [*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                 "--local-directory", str(place)], **quiet,
            )
        )  # fmt: skip
    try:
        _wait_for(address)
        yield address, [process.pid for process in started[1:]]
    finally:
        for process in started:
            process.kill()
            process.wait()


def _wait_for(address: str) -> None:
    from distributed import Client

    with Client(address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)


def hash_of(report: Path) -> str:
    """Return one hash of all files of a report."""
    digest = hashlib.sha256()
    for path in sorted(report.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def measure(
    folder: Path, file: Path, number: int, engines: Sequence[str], *more: str
) -> Iterator[str]:
    """Yield a row for each engine: seconds, cores' seconds, memory, transcripts a second, hash."""
    yield "| engine | seconds | core seconds | a second of two cores | MB, most | report |"
    yield "|---|---|---|---|---|---|"
    for place, engine in enumerate(engines):
        out = folder / f"report-{place}"
        arguments = ["evaluate", str(file), *more, "--out", str(out), "--engine", engine]
        if engine.startswith("dask"):
            with cluster(folder) as (address, workers):
                arguments[-1] = f"dask:{address}"
                if engine == "dask, one killed":
                    _kill_later(workers.pop(), folder)
                told = seen(folder, arguments, workers)
        else:
            told = seen(folder, arguments)
        rate = 2 * number / told.cpu
        report = hash_of(out) if out.is_dir() else f"exit code {told.code}"
        figures = (f"{told.seconds:.1f}", f"{told.cpu:.1f}", f"{rate:.0f}")
        yield f"| {engine} | {' | '.join(figures)} | {told.megabytes:.0f} | {report} |"


def _kill_later(pid: int, folder: Path) -> None:
    """Kill a worker without a word as soon as the first shard is finished."""

    def kill() -> None:
        while not list((folder / "home").rglob("part-*.figures.json")):
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)

    threading.Thread(target=kill, daemon=True).start()


def measure_broken(folder: Path, number: int) -> Iterator[str]:
    """Yield how a file of empty and broken lines ends."""
    file, out = folder / "broken.jsonl", folder / "report-broken"
    kinds = ("{}", "{cut", '{"messages": []}', "[]", "no JSON", '{"messages": "none"}')
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{kinds[place % len(kinds)]}\n" for place in range(number))
    told = seen(folder, ["evaluate", str(file), "--out", str(out), "--engine", "local"])
    size = (out / "summary.json").stat().st_size / 1e6
    yield (
        f"{number:,} broken lines: {told.seconds:.0f} s, {told.cpu:.0f} core seconds, at most "
        f"{told.megabytes:.0f} MB, exit code {told.code}; summary.json has {size:.1f} MB"
    )


@click.command()
@click.option("--transcripts", default=5_000, show_default=True)
@click.option("--turns", default=30, show_default=True, help="Of each.")
@click.option("--interviews", default=60, show_default=True, help="Different ones among them.")
@click.option("--from", "given", type=click.Path(path_type=Path, exists=True), multiple=True,
              help="Files of interviews to take in place of simulated ones.")  # fmt: skip
@click.option("--worded-anew", is_flag=True, help="No sentence comes twice.")
@click.option("--metrics", default="", help="Only these, with commas between them.")
@click.option("--meaning", is_flag=True, help="Compare meanings too.")
@click.option("--broken", default=0, show_default=True, help="Broken lines beside them.")
@click.option("--engines", default="local;processes:2;dask;dask, one killed", show_default=True)
def main(
    transcripts: int,
    turns: int,
    interviews: int,
    given: tuple[Path, ...],
    worded_anew: bool,
    metrics: str,
    meaning: bool,
    broken: int,
    engines: str,
) -> None:
    """Print what was seen; the reports of all engines must have one hash."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if transcripts:
            file = folder / "transcripts.jsonl"
            known = cut_to(turns, given or bases(folder, interviews))
            write(file, known, transcripts, worded_anew)
            size = file.stat().st_size
            click.echo(f"{transcripts:,} transcripts of {turns} turns, {size / 1e6:.0f} MB")
            more = ["--metrics", metrics, *(["--meaning"] if meaning else [])]
            for row in measure(folder, file, transcripts, engines.split(";"), *more):
                click.echo(row)
        for row in measure_broken(folder, broken) if broken else ():
            click.echo(row)


if __name__ == "__main__":
    main()
