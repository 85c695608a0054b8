"""`evaluate agree`: two files or one, one document, its report, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HEAD = "transcript,turn,item,rater,value,candidate\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Return marks of two people on ten answers, and a machine's on twelve."""
    people, machine = tmp_path / "people.csv", tmp_path / "machine.csv"
    rows = [f"t{n},1,teamwork,{who},{1 + (n + shift) % 5},c{n}"
            for n in range(10) for who, shift in (("ann", 0), ("ben", n % 2))]  # fmt: skip
    people.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    told = [f"t{n},1,teamwork,model,{1 + n % 5},c{n}" for n in range(12)]
    machine.write_text(HEAD + "\n".join(told) + "\n", encoding="utf-8")
    return people, machine


def test_a_machine_is_told_beside_people_and_a_constant(
    command: Run, files: tuple[Path, Path], tmp_path: Path
) -> None:
    """One document; with --out it lies beside a report to read."""
    code, out, _ = command("evaluate", "agree", *files, "--json", "--out", tmp_path / "r")
    assert code == 0
    document = json.loads(out)
    assert document["schema"] == "interviewer.agreement/1"
    assert [row["name"] for row in document["rows"]] == ["people", "model", "constant"]
    assert document["means"]["model"]["powered"]["ci95"][0] < 3.2
    assert json.loads((tmp_path / "r" / "agreement.json").read_text(encoding="utf-8")) == document
    assert "constant" in (tmp_path / "r" / "agreement.md").read_text(encoding="utf-8")


def test_one_file_may_hold_everybody(command: Run, files: tuple[Path, Path], tmp_path: Path
                                     ) -> None:  # fmt: skip
    """Raters are people unless they are named as machines."""
    both = tmp_path / "all.csv"
    people, machine = (path.read_text(encoding="utf-8") for path in files)
    both.write_text(people + machine.removeprefix(HEAD), encoding="utf-8")
    code, out, _ = command("evaluate", "agree", both)
    assert code == 0
    assert "people" in out
    code, out, _ = command("evaluate", "agree", both, "--machine-rater", "model", "--json")
    assert code == 0
    assert [row["name"] for row in json.loads(out)["rows"]] == ["people", "model", "constant"]


def test_what_is_wrong_is_told_with_its_line(command: Run, files: tuple[Path, Path],
                                             tmp_path: Path) -> None:  # fmt: skip
    """1 for a wrong table or file, 2 for a wrong option."""
    people, machine = files
    assert command("evaluate", "agree", people, machine, "--levels", "5-1")[0] == 2
    assert command("evaluate", "agree", people, machine, "--machine-rater", "ann")[0] == 2
    code, _, said = command("evaluate", "agree", people, "--machine-rater", "eve")
    assert (code, "no rater 'eve'" in said) == (1, True)
    code, _, said = command("evaluate", "agree", people, machine, "--levels", "1-4")
    assert (code, "line 10" in said) == (1, True)
    assert command("evaluate", "agree", tmp_path / "nowhere.csv")[0] == 1


@pytest.mark.parametrize("words", [(), ("evaluate",), ("evaluate", "agree"), ("simulate",)])
def test_examples_in_the_help_stay_in_their_lines(command: Run, words: tuple[str, ...]) -> None:
    """Each example is a line of its own that can be copied."""
    code, out, _ = command(*words, "--help")
    assert code == 0
    lines = out.split("Examples:\n")[1].split("\n\n")[0].splitlines()
    assert len(lines) > 1
    assert lines[0].startswith("    interviewer ")
    assert "\\b" not in out
