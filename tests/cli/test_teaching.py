"""Teaching in the terminal: pairs after a round when asked for, and never otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
POST = ("brightwell", "--role", "data-engineer")


def test_pairs_follow_each_round_and_stand_in_the_report(command: Run, tmp_path: Path) -> None:
    """With --conduct teach all pairs of the country are shown over three rounds and reported."""
    answers, out = tmp_path / "answers.txt", tmp_path / "t.jsonl"
    answers.write_text("I rebuilt the nightly load.\n", encoding="utf-8")
    held = command(
        "rehearse", *POST, "--seed", 4, "--answers", answers, "--out", out, "--conduct", "teach",
        "--country", "uk",
    )  # fmt: skip
    assert held[0] == 0
    assert held[1].count("Asked and not asked: United Kingdom") == 3
    assert held[1].count("Not legal advice") == 3
    report = json.loads(command("assess", out, "--json")[1])
    pairs = report["lawful"]["pairs"]
    assert len(pairs) >= 10
    for pair in pairs:
        assert held[1].count(pair["never"]) == 1


def test_the_plan_says_what_is_taught(command: Run) -> None:
    """Mode and country stand in the plan; a country alone or none at all is refused."""
    taught = command("plan", *POST, "--conduct", "teach", "--country", "eu", "--json")
    assert (json.loads(taught[1])["conduct"], json.loads(taught[1])["country"]) == ("teach", "eu")
    code, _, remark = command("plan", *POST, "--conduct", "teach")
    assert code == 1
    assert "us, uk, eu, cn" in remark
    assert command("plan", *POST, "--country", "us")[0] == 1
