"""`assess --judge`: who agreed to it, what is printed, and what is said when it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.interview.annotations import JUDGEMENT, Annotation, with_annotations
from interviewer.transcript_file import dump, load
from tests.cli.conftest import Run
from tests.conftest import PlanMaker
from tests.fakes import Script, running
from tests.unit.assessment_fixtures import STORY, talk


@pytest.fixture
def file(make_plan: PlanMaker, tmp_path: Path) -> Path:
    """Return a transcript with two answers that hold evidence."""
    transcript = talk(make_plan(), {("hr", 2): [STORY], ("hr", 4): [f"Later it was so. {STORY}"]})
    path = tmp_path / "t.jsonl"
    path.write_text(dump(transcript) + "\n", encoding="utf-8")
    return path


def _levels(out: str) -> list[dict[str, object]]:
    return [entry for part in json.loads(out)["rounds"] for entry in part["competencies"]]


@pytest.mark.parametrize("by_option", [True, False])
def test_a_named_model_judges(
    command: Run, monkeypatch: pytest.MonkeyPatch, file: Path, by_option: bool
) -> None:
    """By option or by INTERVIEWER_MODEL; where answers go and what it cost is said."""
    with running(Script()) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        if not by_option:
            monkeypatch.setenv("INTERVIEWER_MODEL", "openai:fake")
        named = ("--judge", "openai:fake") if by_option else ("--judge",)
        code, out, err = command("assess", file, "--json", "--samples", "5", *named)
    assert code == 0
    assert "questions and answers are read on this machine" in err
    assert "tokens in" in err
    judged = [entry for entry in _levels(out) if entry["assessor"] == "fake"]
    assert judged
    assert all(len(entry["samples"]) in (5, 10) for entry in judged)  # type: ignore[arg-type]  # JSON
    assert json.loads(out)["judge"]["samples"] == 5


def test_without_the_option_no_model_is_asked(
    command: Run, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    """A model that speaks judges nobody unasked."""
    with running(Script()) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        monkeypatch.setenv("INTERVIEWER_MODEL", "openai:fake")
        code, out, _ = command("assess", file, "--json")
        assert fake.requests == []
    assert code == 0
    assert json.loads(out)["judge"] is None
    assert {entry["assessor"] for entry in _levels(out)} == {"builtin"}


def test_a_model_that_fails_leaves_the_levels_of_the_rules(
    command: Run, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    """The report comes all the same, and says why."""
    _, plain, _ = command("assess", file, "--json")
    with running(Script(faults=("status_401",), fault_rate=1)) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, out, err = command("assess", file, "--json", "--judge", "openai:fake")
    assert code == 0
    assert "The server did not accept the key" in err
    assert json.loads(out)["rounds"] == json.loads(plain)["rounds"]
    assert "The server did not accept the key" in json.loads(out)["notes"][-1]


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--judge",), 2, "No model is named"), (("--judge", "builtin"), 2, "No model is named"),
        (("--samples", "2", "--judge", "openai:fake"), 2, "Give 3 or more"),
        (("--samples", "3"), 2, "goes with --judge"),
        (("--judge", "nothing"), 1, "names no model"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    command: Run, file: Path, options: tuple[str, ...], code: int, says: str
) -> None:
    """A judge without a name, samples without a judge, too few of them."""
    found, _, err = command("assess", file, *options)
    assert found == code
    assert says in err


def test_where_nothing_was_said_nobody_is_asked(
    command: Run, make_plan: PlanMaker, tmp_path: Path
) -> None:
    """An interview without evidence costs no call."""
    path = tmp_path / "t.jsonl"
    path.write_text(dump(talk(make_plan(), {("hr", 2): ["Fine."]})) + "\n", encoding="utf-8")
    code, _, err = command("assess", path, "--judge", "openai:fake")
    assert code == 0
    assert "not asked" in err


def test_a_kept_judgement_is_in_the_report_again(
    command: Run, monkeypatch: pytest.MonkeyPatch, file: Path, tmp_path: Path
) -> None:
    """What a model said of an interview goes with its file; nobody is asked anew."""
    with running(Script()) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        _, out, _ = command("assess", file, "--json", "--judge", "openai:fake")
    judged = json.loads(out)
    rulings = {
        f"{part['round']}/{entry['id']}": [
            {"level": level, "quotes": [entry["quotes"][0]["text"]]} for level in entry["samples"]
        ]
        for part in judged["rounds"]
        for entry in part["competencies"]
        if entry["assessor"] == "fake"
    }
    body = {"judge": "fake", "samples": 3, "usage": judged["judge"]["usage"], "rulings": rulings}
    noted = with_annotations(
        load(file.read_text(encoding="utf-8")), [Annotation(JUDGEMENT, "interview", body)]
    )
    kept = tmp_path / "kept.jsonl"
    kept.write_text(dump(noted) + "\n", encoding="utf-8")
    code, out, _ = command("assess", kept, "--json")
    assert code == 0
    assert json.loads(out)["rounds"] == judged["rounds"]
    assert json.loads(out)["judge"] == judged["judge"]
