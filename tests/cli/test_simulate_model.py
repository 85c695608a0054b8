"""`simulate` with a model: the house in its words, and the model alone; what fails is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.transcript import Transcript
from interviewer.transcript_file import load_all
from tests.cli.conftest import Run
from tests.fakes import Script, running

CALL = ("simulate", "brightwell", "--role", "data-engineer", "--candidates", "1", "--manner",
        "strong", "--model", "openai:fake")  # fmt: skip
ALONE = ("--interviewer", "bare")


def held(folder: Path) -> Transcript:
    """Return the one interview of a run."""
    text = (folder / "simulated-00001.jsonl").read_text(encoding="utf-8")
    (transcript,) = load_all(text)
    return transcript


def test_a_model_and_a_model_alone_stand_beside_each_other(
    command: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Both runs meet the same candidate, so that the bare one is a paired column of the other."""
    house, bare = tmp_path / "house", tmp_path / "bare"
    with running(Script()) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, _, said = command(*CALL, "--out", house)
        assert code == 0
        assert "fake words the questions; no text leaves this machine" in said
        assert "the built-in voice spoke 0" in said
        asked = len(fake.requests)
        assert command(*CALL, *ALONE, "--out", bare)[0] == 0
        prompts = [request.body["messages"] for request in fake.requests[asked:]]
    by_house, by_model = held(house), held(bare)
    assert by_house.interview.model == by_model.interview.model == "openai:fake"
    assert by_house.id == by_model.id
    assert any(turn.usage.get("input") for turn in by_model.turns)
    account = by_model.interview.extra["bare"]
    assert account == {"ended": "by the model", "without_round": 1, "passages": 67}
    examiner = [turn for turn in by_model.turns if turn.by_examiner]
    assert [turn.round for turn in examiner] == ["hr"] * 4 + ["technical"] * 4 + ["boss"] * 5
    assert not any(turn.move for turn in by_model.turns)
    assert "[end]" not in examiner[-1].content
    # Passage 2 is the first that is cited, and so number 1; a number nobody has stays.
    assert "[1]" in examiner[1].content
    assert examiner[1].cites
    assert "[999]" in examiner[5].content
    assert examiner[5].cites == ()
    # It knows research and competencies, and none of the plan's questions.
    system = prompts[0][0]["content"]
    plan = json.loads((house / "simulated-00001.jsonl").read_text(encoding="utf-8"))
    items = plan["interview"]["plan"]["rounds"][0]["items"]
    assert "Brightwell Logistics" in system
    assert "Teamwork and conflict" in system
    assert not any(item["text"] in system for item in items if item.get("text"))
    assert "Candidate: " in prompts[1][1]["content"]
    names = "plan_coverage,repetition,grounding"
    code, out, _ = command("evaluate", house, "--bare", bare, "--json", "--metrics", names,
                           "--out", tmp_path / "r")  # fmt: skip
    assert code == 0
    column = json.loads(out)["bare"]
    assert column["metrics"]["repetition"]["n"] == 1
    gains = {gain["metric"]: gain["difference"] for gain in column["gains"]}
    assert gains["repetition"] < 0 < gains["plan_coverage"]
    assert "A bare model beside it" in (tmp_path / "r" / "report.md").read_text(encoding="utf-8")
    code, out, _ = command("evaluate", bare, "--baseline", tmp_path / "r", "--metrics",
                           "repetition", "--bare", bare)  # fmt: skip
    assert code == 0
    assert "repetition, worse" in out
    assert "bare model" in out


def test_another_process_holds_the_same_interview_with_a_model(
    command: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Engines hold interviews with a model too, and its failure there is said as here."""
    for name, engine in (("here", "local"), ("there", "processes:2")):
        with running(Script()) as fake:
            monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
            code, _, said = command(*CALL, "--engine", engine, "--out", tmp_path / name)
            assert code == 0
            assert "the built-in voice spoke 0" in said
    here, there = held(tmp_path / "here"), held(tmp_path / "there")
    assert there.id == here.id
    assert [turn.content for turn in there.turns] == [turn.content for turn in here.turns]
    with running(Script(faults=("status_401",), fault_rate=1)) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, _, said = command(*CALL, "--no-fallback", "--engine", "processes:2", "--out",
                                tmp_path / "failed")  # fmt: skip
        assert (code, "key" in said) == (3, True)


def test_a_chinese_interview_is_held_alone_too(
    command: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The prompt and the candidate are Chinese, and the candidate may ask."""
    with running(Script()) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, _, _ = command("simulate", "chengyuan", "--role", "accountant", "--candidates", "1",
                             "--manner", "strong", "--model", "openai:fake", *ALONE, "--out",
                             tmp_path / "zh")  # fmt: skip
        system = fake.requests[0].body["messages"][0]["content"]
    assert code == 0
    assert "你在" in system
    simulated = held(tmp_path / "zh").interview.extra["simulated"]
    assert isinstance(simulated, dict)
    assert "question" in {truth["kind"] for truth in simulated["truth"]}


def test_a_model_that_never_ends_is_ended(
    command: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An interview has a limit of turns, and says that it was reached."""
    with running(Script(mode="fixed", text="[boss] And then?")) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        assert command(*CALL, *ALONE, "--out", tmp_path / "r")[0] == 0
    account = held(tmp_path / "r").interview.extra["bare"]
    assert isinstance(account, dict)
    assert account["ended"] == "at the limit"


def test_what_fails_is_said(command: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The house goes on with the built-in voice and tells; alone, or without fallback, it is 3."""
    with running(Script(faults=("status_401",), fault_rate=1)) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, _, said = command(*CALL, "--out", tmp_path / "a")
        assert code == 0
        assert "times: The built-in voice spoke." in said
        code, _, said = command(*CALL, "--no-fallback", "--out", tmp_path / "b")
        assert code == 3
        code, _, said = command(*CALL, *ALONE, "--out", tmp_path / "c")
        assert code == 3
        assert "key" in said
        assert not list((tmp_path / "c").glob("*.jsonl"))
    with running(Script(faults=("status_500",), fault_rate=1)) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        assert command(*CALL, *ALONE, "--out", tmp_path / "d")[0] == 3
        assert len(fake.requests) == 3


def test_a_bare_interviewer_needs_a_model(command: Run, tmp_path: Path) -> None:
    """Without one it is said, before a folder is made; nor does it hold written tests."""
    out = tmp_path / "r"
    code, _, said = command(*CALL[:-2], *ALONE, "--out", out)
    assert (code, "needs one: --model" in said) == (2, True)
    code, _, said = command(*CALL, *ALONE, "--written", "--out", out)
    assert (code, "holds no written test" in said) == (2, True)
    assert not out.exists()
