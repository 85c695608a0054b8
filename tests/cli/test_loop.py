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
from tests.fakes import Script, running

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


BETTER = (
    "In March 2025 I rewrote the retry step of the nightly load because two shops failed. I "
    "checked the counts with the auditor. As a result failures fell from 9 to 1 a month."
)


def test_an_answer_is_given_again(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The weakest answer, or one named, is asked anew, by any voice; then both stand together."""
    session = interview(command, tmp_path, "--candidate", "cleo")
    (tmp_path / "again.txt").write_text(BETTER, encoding="utf-8")
    answers = ("--answers", tmp_path / "again.txt")
    code, out, err = command("redo", session, *answers, "--out", tmp_path / "r.jsonl")
    assert code == 0
    assert "## Before and after" in out
    assert "The answer given again" in out
    assert "less than a day ago" in err
    again = load((tmp_path / "r.jsonl").read_text(encoding="utf-8"))
    mark = again.interview.extra["redo"]
    assert isinstance(mark, dict)
    levels = [
        (entry["level"], entry["item"])
        for part in report(command, session)["rounds"]
        for c in part["competencies"]
        for entry in c["items"]
    ]
    assert mark == {"session": session, "item": min(levels)[1]}
    found = report(command, again.id)["redo"]
    assert found["second"]["level"] is not None
    rounds = report(command, session)["rounds"]
    tries = [t for p in rounds for c in p["competencies"] for t in c["again"]]
    assert [t["second"]["session"] for t in tries] == [again.id]
    other = max(levels)[1]
    with running(Script(mode="echo", chunk=60)) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        spoken = (*answers, "--yes", "--model", "openai:fake", "--out", tmp_path / "m.jsonl")
        assert command("redo", session, other, *spoken)[0] == 0
    voiced = load((tmp_path / "m.jsonl").read_text(encoding="utf-8"))
    assert voiced.interview.model == "openai:fake"
    assert command("redo", session, other, *answers, "--model", "nobody")[0] == 1
    code, _, err = command("redo", session, "hr.nothing", *answers)
    assert (code, "cannot be given again" in err) == (1, True)
    assert ", 1 people" in command("forget", "cleo", "--yes")[1]


def test_who_is_early_may_wait(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody at the keyboard is told that another day does more, and begins nothing by no."""
    session = interview(command, tmp_path)
    typing(monkeypatch, "n")
    code, _, err = command("redo", session)
    assert code != 0
    assert "another day" in err
    assert "Session" not in err


def test_nothing_answered_is_nothing_to_give_again(command: Run, tmp_path: Path) -> None:
    """A transcript without an answer to score says how to go on."""
    path = tmp_path / "chat.jsonl"
    path.write_text('{"messages":[{"role":"user","content":"Hello"}]}\n', encoding="utf-8")
    session = command("import", path)[1].strip()
    code, _, err = command("redo", session)
    assert (code, "Nothing was answered" in err) == (1, True)
    assert "Nothing is said to be missing" in command("dispute", session)[2]


def test_a_gap_is_disputed(command: Run, tmp_path: Path) -> None:
    """Listed, looked at again, told with what was found, kept, and shown by the report."""
    session = interview(command, tmp_path)
    gaps = json.loads(command("dispute", session, "--json")[1])
    assert command("dispute", session)[1].count("\n") == len(gaps) > 0
    about, part = gaps[0]["about"], gaps[0]["part"]
    said = try_answers("brightwell")[0].split(". ")[0]
    code, out, _ = command("dispute", session, about, part, said.upper())
    assert code == 0
    assert said in out
    document = json.loads(command("dispute", session, about, part, said, "--json")[1])
    assert document["outcome"] in {"withdrawn", "kept"}
    assert document["level_after"] >= document["level_before"]
    absent = command("dispute", session, about.split("/")[1], part, "I never said this sentence.")
    assert (absent[0], "It stays: No sentence like it" in absent[1]) == (0, True)
    disputes = [
        d
        for p in report(command, session)["rounds"]
        for c in p["competencies"]
        for d in c["disputes"]
    ]
    assert [d["said"] for d in disputes] == [said.upper(), "I never said this sentence."]
    assert "You said this was told" in command("assess", session)[1]
    assert command("dispute", session, about)[0] == 2
    for wrong in (("hr/nothing", part), ("nothing", part), (about, "charm")):
        code, _, err = command("dispute", session, *wrong, said)
        assert (code, "Traceback" in err) == (1, False)
