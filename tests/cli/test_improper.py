"""Improper questions within an interview in the terminal: by choice alone, each time anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
POST = ("brightwell", "--role", "data-engineer", "--seed", 4)
CHOSEN = ("--conduct", "deflect", "--country", "uk")


def test_they_are_put_and_debriefed_and_the_report_tells_of_them(
    command: Run, tmp_path: Path
) -> None:
    """Each is framed, replied to and debriefed; the report has the section, with no level."""
    answers, out = tmp_path / "answers.txt", tmp_path / "t.jsonl"
    answers.write_text("I would rather keep to the job. In 2024 I rebuilt the load.\n" * 60)
    held = command("rehearse", *POST, *CHOSEN, "--answers", answers, "--out", out)
    assert held[0] == 0
    assert held[1].count("Practice you chose: the next question") == 3
    assert held[1].count("Practice, out of character.\n") == 3
    assert held[1].count("C, you drew a polite line") == 3
    report = json.loads(command("assess", out, "--json")[1])
    assert [entry["round"] for entry in report["practised"]] == ["hr", "technical", "boss"]
    text = command("assess", out)[1]
    assert "## Deflection practice" in text
    export = json.loads(out.read_text(encoding="utf-8"))
    marked = [
        m for m in export["messages"]
        if (m.get("metadata") or {}).get("move", {}).get("improper")
    ]  # fmt: skip
    assert len(marked) == 6


def test_without_the_choice_there_are_none(command: Run, tmp_path: Path) -> None:
    """The same command without the option puts none, also after one that had it."""
    answers, out = tmp_path / "answers.txt", tmp_path / "t.jsonl"
    answers.write_text("I rebuilt the nightly load.\n", encoding="utf-8")
    command("rehearse", *POST, *CHOSEN, "--answers", answers)
    held = command("rehearse", *POST, "--answers", answers, "--out", out)
    assert "Practice you chose" not in held[1]
    assert "practised" not in json.loads(command("assess", out, "--json")[1])


def test_the_plan_shows_them_and_says_so(command: Run) -> None:
    """They stand apart in the plan; without a country, or with no examiner, it is refused."""
    plan = json.loads(command("plan", *POST, *CHOSEN, "--json")[1])
    assert plan["conduct"] == "deflect"
    assert [len(part["improper"]) for part in plan["rounds"]] == [1, 1, 1]
    assert "hr.improper.1 [-]" in command("plan", *POST, *CHOSEN)[1]
    code, _, remark = command("plan", *POST, "--conduct", "deflect")
    assert code == 1
    assert "us, uk, eu, cn" in remark
