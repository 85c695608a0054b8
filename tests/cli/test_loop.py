"""What a candidate does after an interview, in the terminal."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from interviewer.transcript_file import load
from tests.cli.conftest import Run
from tests.conftest import try_answers

ROUND = ("brightwell", "--role", "data-engineer", "--format", "single:hr", "--seed", "7")
PEOPLE = re.compile(r"Session (\w+)\.")


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder whose indexes all tests of this file share."""
    return tmp_path_factory.mktemp("indexed")


@pytest.fixture
def home(indexed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let commands use the shared data folder."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(indexed))
    return indexed


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Let somebody sit at the keyboard and type these lines."""
    text = "".join(f"{line}\n" for line in lines)
    terminal = type("Terminal", (io.StringIO,), {"isatty": lambda _: True})
    monkeypatch.setattr("sys.stdin", terminal(text))


def interview(command: Run, tmp_path: Path, *more: str) -> str:
    """Hold a round unattended and return its session."""
    path = tmp_path / "answers.txt"
    path.write_text("\n".join(try_answers("brightwell")), encoding="utf-8")
    code, _, err = command("rehearse", *ROUND, "--answers", path, *more)
    assert code == 0
    found = PEOPLE.search(err)
    assert found is not None
    return found[1]


def report(command: Run, session: str) -> dict[str, Any]:
    """Return the report on a session."""
    code, out, _ = command("assess", session, "--json")
    assert code == 0
    document: dict[str, Any] = json.loads(out)
    return document


def own_levels(document: dict[str, Any]) -> dict[str, Any]:
    """Return what stands beside each competency of a report."""
    return {
        entry["id"]: entry["self_rating"]
        for part in document["rounds"]
        for entry in part["competencies"]
    }


def test_nobody_is_asked_where_nobody_sits(command: Run, tmp_path: Path) -> None:
    """An unattended interview ends without a question, and its report compares nothing."""
    session = interview(command, tmp_path)
    assert set(own_levels(report(command, session)).values()) == {None}


def test_own_levels_are_asked_once(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody at the keyboard rates, skips, and mends a slip; the report has it, once for all."""
    session = interview(command, tmp_path)
    typing(monkeypatch, "9", "4", "", "-")
    code, _, err = command("rehearse", "--resume", session)
    assert code == 0
    assert "Before the report" in err
    assert "Type a level from 1-5" in err
    assert "  5  " in err
    rated = own_levels(report(command, session))
    assert [own["level"] for own in rated.values() if own] == [4]
    typing(monkeypatch, "1", "1", "1")
    assert "Before the report" not in command("rehearse", "--resume", session)[2]
    assert own_levels(report(command, session)) == rated


def test_stopping_keeps_what_was_rated(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stops in the middle loses nothing of it and is not asked again."""
    session = interview(command, tmp_path)
    typing(monkeypatch, "2")
    assert command("rehearse", "--resume", session)[0] == 0
    assert [own["level"] for own in own_levels(report(command, session)).values() if own] == [2]


def test_what_was_said_goes_out_comes_in_and_goes(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export has own levels, a report on that file too, an import keeps them, forget counts."""
    session = interview(command, tmp_path, "--candidate", "ann")
    typing(monkeypatch, "3", "-")
    command("rehearse", "--resume", session)
    saved = tmp_path / "ann.jsonl"
    assert command("export", "--candidate", "ann", "--out", saved)[0] == 0
    (note,) = load(saved.read_text(encoding="utf-8")).extra["annotations"]  # type: ignore[misc]  # a list
    assert (note["kind"], list(note["body"]["levels"].values())) == ("self_rating", [3])
    of_file = own_levels(json.loads(command("assess", saved, "--json")[1]))
    assert of_file == own_levels(report(command, session))
    taken = command("import", saved, "--candidate", "ben")[1].strip()
    assert own_levels(report(command, taken)) == of_file
    assert ", 1 notes on interviews." in command("forget", "ben", "--yes")[1]
    assert command("forget", "ann", "--yes")[0] == 0
