"""One report, whatever measured it: here, in processes, on a cluster, ended or not in between."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from interviewer.errors import SetupError
from interviewer.evaluation.engines.cluster import Cluster
from tests.cli.conftest import Run
from tests.ending import Ends

NUMBER = 12_000
LONG = 240


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of so many chats that it is cut into shards and no document holds all."""
    path = tmp_path_factory.mktemp("many") / "chats.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for place in range(NUMBER):
            said = {"role": "assistant", "content": f"What did you build in {place}?"}
            answer = {"role": "user", "content": "A model." * (place % 3)}
            lines.write(json.dumps({"id": f"t{place}", "messages": [said, answer]}) + "\n")
        lines.write("{cut\n")
    return path


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers; yield the address and the workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    dask = [sys.executable, "-m", "dask"]
    port = at.rpartition(":")[2]
    commands = [[*dask, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]]
    worker = [*dask, "worker", at, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    commands += [worker, worker]
    quiet = subprocess.DEVNULL
    started = [subprocess.Popen(command, stdout=quiet, stderr=quiet) for command in commands]
    yield at, started[1:]
    for process in started:
        process.kill()
        process.wait()


def evaluation(file: Path, folder: Path, *options: str) -> list[str]:
    """Return the command line of a quick evaluation, with its work and its report in a folder."""
    return [
        sys.executable, "-m", "interviewer", "evaluate", str(file), "--metrics", "operations",
        "--format", "json,md,junit", "--work", str(folder / "work"), "--out",
        str(folder / "report"), "--allow-unreadable", "1", *options,
    ]  # fmt: skip


def done(command: Sequence[str]) -> str:
    """Run a command to its end; return its remarks."""
    ended = subprocess.run(command, capture_output=True, timeout=LONG, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stderr.decode()


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file of a report."""
    files = sorted((folder / "report").iterdir())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def first_part(folder: Path, running: subprocess.Popen[bytes]) -> None:
    """Wait until the first shard is finished."""
    while running.poll() is None and not list(folder.rglob("part-*.figures.json")):
        time.sleep(0.01)


@pytest.fixture(scope="module")
def here(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the report as one process makes it."""
    folder = tmp_path_factory.mktemp("here")
    done(evaluation(file, folder))
    assert list((folder / "work").iterdir()) == []
    summary = json.loads((folder / "report" / "summary.json").read_text(encoding="utf-8"))
    assert summary["transcripts"] == NUMBER
    assert summary["per_transcript_left_out"] == NUMBER
    lines = (folder / "report" / "transcripts.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == NUMBER
    assert json.loads(lines[-1])["id"] == f"t{NUMBER - 1}"
    return folder


def test_a_killed_evaluation_goes_on_with_what_is_finished(
    file: Path, here: Path, tmp_path: Path
) -> None:
    """After kill -9 the same command says so, and its report is the same to the byte."""
    command = evaluation(file, tmp_path, "--engine", "local")
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    first_part(tmp_path, running)
    running.kill()
    running.wait()
    assert not (tmp_path / "report").exists()
    assert "Going on: " in done([*command[:-1], "processes:2"])
    assert hashes(tmp_path) == hashes(here)


def test_a_cluster_gives_the_same_report_also_when_a_worker_is_lost(
    file: Path,
    here: Path,
    tmp_path: Path,
    address: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    """Two workers measure, one is killed after the first shard; nothing is lost or added twice."""
    at, workers = address
    running = subprocess.Popen(
        evaluation(file, tmp_path, "--engine", f"dask:{at}"),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    first_part(tmp_path, running)
    os.kill(workers[0].pid, signal.SIGKILL)
    assert running.wait(LONG) == 0
    assert hashes(tmp_path) == hashes(here)
    (tmp_path / "once").mkdir()
    assert sorted(Cluster(at).run(Ends(tmp_path, False), [1, 2, 4])) == [1, 4, 16]


def test_a_scheduler_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its address, and how one is started; no job needs no scheduler."""
    monkeypatch.setattr("interviewer.evaluation.engines.cluster._PATIENCE", 0.2)
    assert list(Cluster("tcp://127.0.0.1:9").run(Ends(Path(), False), [])) == []
    with pytest.raises(SetupError, match=r"No scheduler answers at tcp://127\.0\.0\.1:9"):
        list(Cluster("tcp://127.0.0.1:9").run(Ends(Path(), False), [1]))


def test_a_scheduler_behind_certificates_that_are_not_there_is_explained() -> None:
    """Dask itself waits half a minute, and ends in a traceback."""
    for address in ("tls://127.0.0.1:9", "wss://127.0.0.1:9"):
        with pytest.raises(SetupError, match="needs certificates"):
            list(Cluster(address).run(Ends(Path(), False), [1]))


def test_without_the_extra_a_cluster_is_explained(
    command: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command says what to install, before anything is read."""
    monkeypatch.setattr("interviewer.evaluation.engines.cluster.find_spec", lambda name: None)
    code, _, said = command("evaluate", file, "--engine", "dask:tcp://127.0.0.1:9")
    assert code == 1
    assert "three-rounds[cluster]" in said


def test_a_baseline_of_very_many_is_read_line_by_line(
    command: Run, file: Path, here: Path
) -> None:
    """What changed is told over all of them, though no document holds them; --keep is refused."""
    options = ("--metrics", "operations", "--allow-unreadable", 1)
    code, told, _ = command("evaluate", file, *options, "--baseline", here / "report", "--json")
    assert code == 0
    (change,) = json.loads(told)["changes"]
    assert (change["n"], change["difference"]) == (NUMBER, 0.0)
    code, _, said = command("evaluate", file, *options, "--keep", "many")
    assert (code, "10,000 transcripts at most" in said) == (1, True)


def test_simulated_interviews_are_the_same_on_a_cluster(
    command: Run, tmp_path: Path, address: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    """The same seed writes the same file; two places for one command are refused."""
    at, _ = address
    order = ("simulate", "brightwell", "--role", "data-engineer", "-n", 2, "--manner", "terse")
    for name, engine in (("here", "local"), ("there", f"dask:{at}")):
        assert command(*order, "--out", tmp_path / name, "--engine", engine)[0] == 0
    texts = [(tmp_path / n / "simulated-00001.jsonl").read_bytes() for n in ("here", "there")]
    assert texts[0] == texts[1]
    both = ("--engine", "local", "--processes", 2)
    assert command(*order, "--out", tmp_path / "no", *both)[0] == 2
