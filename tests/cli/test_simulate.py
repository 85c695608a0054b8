"""Promises of `interviewer simulate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.transcript_file import load_all
from tests.cli.conftest import Run

BRIGHTWELL = ("simulate", "brightwell", "--role", "data-engineer")


@pytest.fixture(autouse=True)
def two_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file hold two interviews, so that few make several files."""
    monkeypatch.setattr("interviewer.simulation.runs.INTERVIEWS_A_SHARD", 2)


def files(folder: Path) -> dict[str, str]:
    """Return what a folder holds."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def test_writes_transcripts_that_load(command: Run, tmp_path: Path) -> None:
    """The files hold one interview a line, with what is true of the candidate, and a run file."""
    out = tmp_path / "run"
    code, printed, _ = command(*BRIGHTWELL, "--candidates", 3, "--out", out, "--processes", 1,
                               "--json")  # fmt: skip
    assert code == 0
    summary = json.loads(printed)
    assert (summary["candidates"], summary["files"]) == (3, 2)
    assert sum(summary["manners"].values()) == 3
    held = files(out)
    assert list(held) == ["run.json", "simulated-00001.jsonl", "simulated-00002.jsonl"]
    transcripts = [t for name in list(held)[1:] for t in load_all(held[name])]
    assert len({transcript.id for transcript in transcripts}) == 3
    assert all("simulated" in transcript.interview.extra for transcript in transcripts)


def test_the_same_command_writes_the_same_bytes(command: Run, tmp_path: Path) -> None:
    """Two runs with the same options are equal, however many processes wrote them."""
    for name, processes in (("one", 1), ("two", 2)):
        code, _, _ = command(*BRIGHTWELL, "--candidates", 3, "--manner", "terse", "--level",
                             "low", "--seed", 5, "--out", tmp_path / name,
                             "--processes", processes)  # fmt: skip
        assert code == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_goes_on_where_it_was_stopped(command: Run, tmp_path: Path) -> None:
    """A folder of the same run is gone on with; what was written is left as it is."""
    options = (*BRIGHTWELL, "--candidates", 3, "--manner", "silent", "--processes", 1)
    assert command(*options, "--out", tmp_path / "run")[0] == 0
    whole = files(tmp_path / "run")
    (tmp_path / "run" / "simulated-00002.jsonl").unlink()
    assert command(*options, "--out", tmp_path / "run")[0] == 0
    assert files(tmp_path / "run") == whole


@pytest.mark.parametrize("there", ["notes.txt", "run.json"])
def test_refuses_a_folder_of_something_else(command: Run, tmp_path: Path, there: str) -> None:
    """A folder with other things in it is refused, and nothing in it is touched."""
    out = tmp_path / "run"
    out.mkdir()
    (out / there).write_text("mine", encoding="utf-8")
    code, _, said = command(*BRIGHTWELL, "--candidates", 1, "--out", out)
    assert code == 1
    assert "not empty" in said
    assert files(out) == {there: "mine"}


def test_refuses_what_it_does_not_know(command: Run, tmp_path: Path) -> None:
    """An unknown employer, post or language is named before a folder is made."""
    for company, role, more in (
        ("nowhere", "x", ()), ("brightwell", "gardener", ()),
        ("brightwell", "data-engineer", ("--language", "fr")),
        ("brightwell", "data-engineer", ("--format", "court")),
    ):  # fmt: skip
        code, _, said = command("simulate", company, "--role", role, "--candidates", 1,
                                "--out", tmp_path / "run", *more)  # fmt: skip
        assert code == 1
        assert "known are" in said.lower() or "choose" in said.lower() or "posts are" in said
        assert not (tmp_path / "run").exists()


def test_needs_a_post(command: Run, tmp_path: Path) -> None:
    """Without a post the call is no call."""
    code, _, said = command("simulate", "brightwell", "--candidates", 1, "--out", tmp_path / "r")
    assert code == 2
    assert "--role" in said


def test_a_simulated_interview_is_assessed(command: Run, tmp_path: Path) -> None:
    """The report reads a simulated interview like any other."""
    out = tmp_path / "run"
    assert command("simulate", "chengyuan", "--role", "accountant", "--candidates", 1,
                   "--manner", "strong", "--level", "high", "--out", out)[0] == 0  # fmt: skip
    code, printed, _ = command("assess", out / "simulated-00001.jsonl", "--json")
    assert code == 0
    assert {part["round"] for part in json.loads(printed)["rounds"]} == {"hr", "technical", "boss"}
