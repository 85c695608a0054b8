"""Metrics in Inspect and Scout, by their own command lines; they lie in `.venv/inspect`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import pytest

from interviewer.__main__ import run
from interviewer.cli import cli
from interviewer.evaluation.formats.zipped import member

TOOLS = Path(sys.prefix) / "inspect" / "bin"
ROOT = Path(__file__).parents[2]
LINES = (
    ("Are you married?", "I would rather not say."),
    ("What did you build?", "A stock model."),
)


@pytest.fixture(scope="module")
def tools() -> Path:
    """Return where the commands are; without them tests are skipped, with CI=true they fail."""
    if not (TOOLS / "inspect").exists():
        if os.environ.get("CI") == "true":  # noqa: TID251  # says whether they are required
            pytest.fail("Inspect is required when CI=true: make setup-inspect.")
        pytest.skip("Inspect is not installed here: make setup-inspect.")
    return TOOLS


@pytest.fixture
def chats(tmp_path: Path) -> Path:
    """Return two interviews, one of which asks what must not be asked."""
    documents = [
        {"id": f"chat-{number}", "messages": [{"role": "assistant", "content": asked},
                                              {"role": "user", "content": answered}]}
        for number, (asked, answered) in enumerate(LINES)
    ]  # fmt: skip
    path = tmp_path / "chats.jsonl"
    path.write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    return path


def called(tools: Path, home: Path, *words: object) -> str:
    """Call a command of theirs, which has to end well."""
    environment = {"PATH": f"{tools}:/usr/bin:/bin", "HOME": str(home),
                   "INTERVIEWER_HOME": str(home), "PYTHONPATH": str(ROOT)}  # fmt: skip
    command, *rest = map(str, words)
    done = subprocess.run([tools / command, *rest], env=environment, cwd=home,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def parts(log: Path, *names: str) -> list[dict[str, Any]]:
    """Return members of a log as Inspect wrote them."""
    with ZipFile(log) as archive, log.open("rb") as file:
        return [json.loads(member(archive, archive.getinfo(name), file)) for name in names]


def ours(*words: object) -> None:
    """Call a command of ours, which has to end well."""
    assert run(cli, [str(word) for word in words]) == 0


def test_inspect_scores_a_converted_run_and_takes_scores_made_here(
    tools: Path, chats: Path, tmp_path: Path
) -> None:
    """By the scorer, and by `precomputed_scores`: the same figure that `evaluate` tells."""
    log, report = tmp_path / "run.eval", tmp_path / "report"
    ours("evaluate", "convert", chats, "--to", "inspect", "--out", log)
    ours("evaluate", chats, "--metrics", "prohibited_questions", "--out", report,
         "--format", "inspect,otel")  # fmt: skip
    assert (report / "scores.otel.jsonl").is_file()
    called(tools, tmp_path, "inspect", "score", log, "--scorer",
           "three_rounds/prohibited_questions", "--action", "append", "--overwrite",
           "--display", "none")  # fmt: skip
    scores = f"scores={report / 'inspect' / 'prohibited_questions.jsonl'}"
    called(tools, tmp_path, "inspect", "score", log, "--scorer", "precomputed_scores", "-S",
           scores, "--action", "append", "--overwrite", "--display", "none")  # fmt: skip
    header, sample = parts(log, "header.json", "samples/chat-0_epoch_1.json")
    told = {score["name"]: score["metrics"] for score in header["results"]["scores"]}
    assert told["prohibited_questions"]["mean"]["value"] == 0.5
    assert told["precomputed_scores"]["accuracy"]["value"] == 0.5
    assert "Turn 1" in sample["scores"]["prohibited_questions"]["explanation"]


def test_scout_scans_a_converted_run(tools: Path, chats: Path, tmp_path: Path) -> None:
    """By the scanner; the result points at the message that something was found in."""
    rows, scans = tmp_path / "rows", tmp_path / "scans"
    ours("evaluate", "convert", chats, "--to", "scout", "--out", rows)
    called(tools, tmp_path, "scout", "scan", "three_rounds/prohibited_questions", "-T", rows,
           "--scans", scans, "--display", "none", "--max-processes", "1")  # fmt: skip
    (file,) = scans.glob("*/prohibited_questions.parquet")
    columns = "transcript_id, value, explanation, message_references"
    found = duckdb.sql(f"SELECT {columns} FROM '{file}' ORDER BY transcript_id").fetchall()
    assert [(name, float(value)) for name, value, *_ in found] == [
        ("chat-0", 1.0),
        ("chat-1", 0.0),
    ]
    assert [len(json.loads(references)) for *_, references in found] == [1, 0]
