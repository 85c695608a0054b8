"""`progress` and `--from`: what carries over, in the terminal."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.interview.builtin import BuiltinVoice
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Transcript
from tests.cli.conftest import Run
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import begun, whole


@pytest.fixture
def interviews(
    home: Path, command: Run, make_plan: PlanMaker, voice: BuiltinVoice
) -> list[Transcript]:
    """Keep three interviews of one candidate, a day apart, and one of somebody else."""
    command("doctor")
    held = whole(make_plan, voice, "brightwell")
    made = [
        replace(
            held,
            id=f"session{day}",
            interview=replace(held.interview, created=f"2026-11-0{day}T10:00:00Z"),
        )
        for day in (1, 2, 3)
    ]
    store = SqlSessionStore(open_engine(f"sqlite:///{home / 'interviews.sqlite3'}"))
    for transcript in made:
        asyncio.run(store.create(transcript, owner="ann"))
    asyncio.run(store.create(replace(held, id="other"), owner="bob"))
    store.close()
    return made


def test_progress_shows_levels_changes_and_stories(
    command: Run, interviews: list[Transcript]
) -> None:
    """Three interviews of a candidate give levels in a row, no change by chance, and stories."""
    code, out, _ = command("progress", "ann", "--json")
    assert code == 0
    found = json.loads(out)
    assert found["schema"] == "interviewer.progress/1"
    assert [entry["session"] for entry in found["interviews"]] == [t.id for t in interviews]
    scored = [s for s in found["series"] if s["change"]["interviews"] == 3]
    assert scored
    assert all(len(series["points"]) == 3 for series in scored)
    assert {series["change"]["kind"] for series in scored} == {"within_spread"}
    assert any(story["overused"] or len(story["told"]) > 1 for story in found["stories"])
    code, out, _ = command("progress", "ann")
    assert code == 0
    assert "Levels over 3 interviews" in out
    assert "Stories told" in out
    assert "No story yet for" in out
    assert "predicts no hiring decision" in out


def test_a_kept_interview_is_reported_beside_the_last_of_the_same_person(
    command: Run, interviews: list[Transcript], tmp_path: Path
) -> None:
    """What was named last time says so and in JSON; a first interview has no last time."""
    second = command("assess", "session2")[1]
    assert "As last time" in second
    assert "As last time" not in command("assess", "session1")[1]
    assert "As last time" not in command("assess", "other")[1]
    pages = {form: tmp_path / f"report.{form}" for form in ("html", "json", "md")}
    for page in pages.values():
        assert command("assess", "session2", "--out", page)[0] == 0
    assert "As last time" in pages["html"].read_text(encoding="utf-8")
    assert pages["md"].read_text(encoding="utf-8") == second
    assert '"still": true' in pages["json"].read_text(encoding="utf-8")


def test_forgetting_an_interview_takes_it_out_of_progress(
    command: Run, interviews: list[Transcript]
) -> None:
    """What is deleted is in no series and no story, since nothing was stored twice."""
    assert command("forget", "session2", "--yes")[0] == 0
    _, out, _ = command("progress", "ann", "--json")
    assert "session2" not in out
    assert [e["session"] for e in json.loads(out)["interviews"]] == ["session1", "session3"]
    command("forget", "ann", "--yes")
    code, _, err = command("progress", "ann")
    assert code == 1
    assert "Nothing is kept" in err


def test_a_candidate_without_a_comparable_interview_is_told_so(
    command: Run, tmp_path: Path
) -> None:
    """A plain chat has no plan: nothing is made up, and what to do is said."""
    chat = tmp_path / "chat.jsonl"
    chat.write_text('{"messages": [{"role": "user", "content": "Hello."}]}\n', encoding="utf-8")
    assert command("import", chat)[0] == 0
    code, out, err = command("progress")
    assert (code, out) == (0, "")
    assert "interviewer rehearse" in err


def test_a_plan_starts_from_what_was_missing(command: Run, interviews: list[Transcript]) -> None:
    """`--from` marks what comes first and why, passes over what was asked, and is recorded."""
    base = ("plan", "brightwell", "--role", "data-engineer", "--seed", 7)
    plain = json.loads(command(*base, "--json")[1])
    made = json.loads(command(*base, "--from", "session1", "--json")[1])
    assert made["from"]["session"] == "session1"
    assert made["from"]["gaps"]
    assert made["hash"] != plain["hash"]
    code, out, _ = command(*base, "--from", "session1")
    assert code == 0
    assert "last time]" in out
    assert "It starts from the interview session1" in out
    assert "last time]" not in command(*base)[1]
    code, _, err = command(*base, "--from", "nowhere")
    assert code == 1
    assert "no interview with the id" in err


def test_an_interview_in_which_nothing_was_asked_is_no_start(
    command: Run, home: Path, make_plan: PlanMaker
) -> None:
    """A session before its first word is refused, and what to do is said."""
    command("doctor")
    store = SqlSessionStore(open_engine(f"sqlite:///{home / 'interviews.sqlite3'}"))
    asyncio.run(store.create(replace(begun(make_plan()), id="empty")))
    store.close()
    code, _, err = command("plan", "brightwell", "--role", "data-engineer", "--from", "empty")
    assert code == 1
    assert "Nothing was asked" in err
