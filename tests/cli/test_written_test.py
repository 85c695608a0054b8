"""The written test in the terminal: from a file, typed, refused, and sat by simulated people."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest

from interviewer.__main__ import run
from interviewer.cli import cli
from interviewer.transcript_file import load
from tests.cli.conftest import Run
from tests.conftest import ROOT

POST = ("brightwell", "--role", "data-engineer")


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let data engineers have a written test, whatever tests the project has."""
    personas = tmp_path / "personas"
    shutil.copytree(ROOT / "personas", personas)
    written = personas / "_shared" / "written"
    bank = (written / "nurse.toml").read_text(encoding="utf-8")
    own = bank.replace('id = "nurse"', 'id = "data_engineer"', 1)
    (written / "data_engineer.toml").write_text(own, encoding="utf-8")
    monkeypatch.setenv("INTERVIEWER_PERSONAS", str(personas))


def test_a_test_is_sat_from_a_file_and_marked(command: Run, tmp_path: Path) -> None:
    """Letters, left-out items and answers of several lines; what names no option is said."""
    answers = tmp_path / "answers.txt"
    answers.write_text(
        'a\n(B)\n""\nE\n' + "C\n" * 8 + '"First line.\\nSecond."\n', encoding="utf-8"
    )
    out = tmp_path / "t.jsonl"
    code, said, remarks = command(
        "rehearse", *POST, "--format", "written", "--seed", 3, "--model", "builtin",
        "--answers", answers, "--out", out,
    )  # fmt: skip
    assert code == 0
    assert "1/17 · 60 min left" in said
    assert "\nA. " in said
    assert "names no option" in remarks
    given = [t.content for t in load(out.read_text(encoding="utf-8")).turns if t.by_candidate]
    assert given[:4] == ["a", "(B)", "", "E"]
    assert given[12] == "First line.\nSecond."
    code, report, _ = command("assess", out, "--json")
    written = json.loads(report)["written"]
    assert code == 0
    assert written["most"] >= 12
    assert len(written["items"]) == 17
    assert command("assess", out)[1].startswith("# Report")


def test_a_test_is_typed(
    command: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """No letter is asked for again; lines end with a dot; stopping keeps what was given."""
    typed = iter(["maybe", "b", *[""] * 11, "one", "", "two", ".", "."])

    def prompt(*_: object, **__: object) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("click.prompt", prompt)
    out = tmp_path / "t.jsonl"
    code = run(cli, ["rehearse", *POST, "--format", "written", "--seed", "3", "--model", "builtin",
                     "--out", str(out)])  # fmt: skip
    said = capsys.readouterr()
    assert code == 0
    assert "Answer with one of A, B, C, D" in said.err
    assert "Go on with" in said.err
    given = [t.content for t in load(out.read_text(encoding="utf-8")).turns if t.by_candidate]
    assert given == ["b", *[""] * 11, "one\n\ntwo", ""]


def test_stopping_in_the_middle_of_a_long_answer_loses_no_line(
    command: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Ctrl-C after two lines keeps them; they are shown again and gone on with."""
    lines: list[str | None] = [*[""] * 12, "one", "two", None, "three", "."]
    typed = iter(lines)

    def prompt(*_: object, **__: object) -> str:
        line = next(typed, None)
        if line is None:
            raise click.Abort
        return line

    monkeypatch.setattr("click.prompt", prompt)
    out = tmp_path / "t.jsonl"
    assert run(cli, ["rehearse", *POST, "--format", "written", "--seed", "3", "--model", "builtin",
                     "--out", str(out)]) == 0  # fmt: skip
    said = capsys.readouterr()
    assert "> one" not in said.out
    session = said.err.split("--resume ")[1].split()[0]
    assert run(cli, ["rehearse", "--resume", session, "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert "You had written this" in said.err
    assert "> one\n> two" in said.out
    given = [t.content for t in load(out.read_text(encoding="utf-8")).turns if t.by_candidate]
    assert given == [*[""] * 12, "one\ntwo\nthree"]


def test_a_test_comes_before_an_interview(command: Run) -> None:
    """`--written` puts a round in front of any format; the plan holds no right answer."""
    code, out, _ = command("plan", *POST, "--written", "--seed", 3, "--json")
    rounds = json.loads(out)["rounds"]
    assert code == 0
    assert [entry["id"] for entry in rounds] == ["written", "hr", "technical", "boss"]
    assert "right" not in json.dumps([list(item) for item in rounds[0]["items"]])


def test_a_post_without_a_test_is_told_who_has_one(command: Run) -> None:
    """A test alone ends with code 1 and one sentence."""
    code, _, remarks = command(
        "rehearse", "brightwell", "--role", "transport-planner", "--format", "written",
        "--answers", "/dev/null",
    )  # fmt: skip
    assert code == 1
    assert "There is one for: " in remarks
    assert "data engineer" in remarks


@pytest.mark.parametrize("language", ["en", "zh"])
def test_simulated_candidates_sit_it_by_their_level(
    command: Run, tmp_path: Path, language: str
) -> None:
    """Who knows more gets more marks, in both languages; a run of the same seed is the same."""
    marks: dict[str, int] = {}
    for level in ("low", "medium", "high"):
        for run_of in ("a", "b"):
            code, _, _ = command(
                "simulate", *POST, "--format", "written", "--candidates", 2, "--level", level,
                "--language", language, "--processes", 1, "--out", tmp_path / run_of / level,
            )  # fmt: skip
            assert code == 0
        files = [tmp_path / r / level / "simulated-00001.jsonl" for r in ("a", "b")]
        assert files[0].read_bytes() == files[1].read_bytes()
        marks[level] = json.loads(command("assess", files[0], "--json")[1])["written"]["marks"]
    assert marks["low"] < marks["medium"] < marks["high"]
