"""`assess --rubrics`: any transcript against rubric files, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.__main__ import run
from interviewer.cli import cli
from tests.conftest import ROOT

RUBRIC = """schema = 1
id = "data_care"
name = {en = "Care with data"}
definition = {en = "Checks data before it is used."}
[anchors]
low = {en = "Takes data as it comes and checks nothing."}
medium = {en = "Checks data for gaps and duplicates before a model is trained."}
high = {en = "Audits labels, splits by time to avoid leakage, tracks drift."}
"""
SAID = (
    "In 2024 I audited the labels, split the data by time to avoid leakage, because drift had "
    "fooled us, and tracked duplicates and gaps."
)


@pytest.fixture(name="chat")
def _chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(ROOT)
    asked = {"role": "assistant", "content": "How do you treat data before training a model?"}
    path = tmp_path / "chat.jsonl"
    path.write_text(json.dumps({"messages": [asked, {"role": "user", "content": SAID}]}))
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "data_care.toml").write_text(RUBRIC)
    return path


@pytest.mark.parametrize("where", ["rubrics", "rubrics/data_care.toml"])
@pytest.mark.parametrize("told", [[], ["--competency", "data_care"]])
def test_a_plain_chat_is_scored_against_rubrics(
    chat: Path, capsys: pytest.CaptureFixture[str], where: str, told: list[str]
) -> None:
    """A folder or a file of rubrics with named levels scores an OpenAI chat, told which or not."""
    code = run(cli, ["assess", str(chat), "--rubrics", str(chat.parent / where), *told, "--json"])
    document = json.loads(capsys.readouterr().out)
    (part,) = document["rounds"]
    (found,) = part["competencies"]
    assert (code, found["id"], found["state"]) == (0, "data_care", "scored")
    assert 3 <= found["level"] <= 5
    assert all(quote["text"] in SAID for quote in found["quotes"])


@pytest.mark.parametrize("more", [[], ["--rubrics", "personas/_shared/rubrics"]])
def test_a_competency_that_is_not_given_is_usage(
    chat: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    """A rubric nobody gave is named with those that were given, and nothing is scored."""
    code = run(cli, ["assess", str(chat), "--competency", "nowhere", *more])
    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert "`nowhere`" in told.err
    assert ("teamwork_conflict" if more else "--rubrics") in told.err
