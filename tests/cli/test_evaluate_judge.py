"""`evaluate --judge`: who agreed, what is asked and kept, and what is said when it fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.fakes import Script, running

METRICS = ("--metrics", "follow_up_relevance,judge_reliability", "--json")


@pytest.fixture
def chats(tmp_path: Path) -> Path:
    """Return six interviews whose second question takes up a word of the answer, half of them."""
    things = ("pallets", "ledgers", "turbines", "bridges", "vaccines", "orchards")
    lines = []
    for number, thing in enumerate(things):
        asked = f"Why did the {thing} matter?" if number % 2 else "Where do you see yourself?"
        messages = [
            {"role": "assistant", "content": "What did you do last?"},
            {"role": "user", "content": f"I counted {thing} for seven months in Leeds."},
            {"role": "assistant", "content": asked},
            {"role": "user", "content": "Nobody else had."},
        ]
        lines.append(json.dumps({"id": f"t{number}", "messages": messages}))
    path = tmp_path / "chats.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def metrics(out: str) -> dict[str, Any]:
    """Return the metrics of a document."""
    return json.loads(out)["metrics"]


def test_a_named_judge_is_asked_once_and_its_verdicts_are_kept(
    command: Run, monkeypatch: pytest.MonkeyPatch, chats: Path, tmp_path: Path
) -> None:
    """What leaves the machine is said; the second run asks nothing and finds the same."""
    call = ("evaluate", chats, *METRICS, "--judge", "openai:fake", "--out", tmp_path / "r")
    with running(Script()) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, out, said = command(*call)
        asked = len(fake.requests)
        again, told, _ = command(*call)
        assert len(fake.requests) == asked == 36
        seeded = command(*call, "--judge-seed", "7")
        assert len(fake.requests) > asked
    assert (code, again, seeded[0]) == (0, 0, 0)
    assert "read on this machine" in said
    assert "with any names in them" in said
    found = metrics(out)["follow_up_relevance"]
    assert found["mean"] == pytest.approx(0.5)
    assert (found["details"]["real"]["rate"], found["details"]["swapped"]["rate"]) == (0.5, 0.0)
    assert metrics(out)["judge_reliability"]["mean"] == 1.0
    kept = metrics(told)
    assert kept["judge_reliability"]["details"]["verdicts_known_before"] == 36
    assert kept["follow_up_relevance"] == found
    (first, *_) = json.loads(out)["per_transcript"]
    assert [(f["seq"], f["tag"]) for f in first["findings"]] == [(3, "unrelated")]
    report = (tmp_path / "r" / "report.md").read_text(encoding="utf-8")
    assert "depends on its own answer: 0.500" in report
    assert (tmp_path / "r" / "judge" / "verdicts.jsonl").is_file()
    manifest = json.loads((tmp_path / "r" / "manifest.json").read_text(encoding="utf-8"))
    judge = manifest["given"]["judge"]
    assert (judge["model"], judge["repeats"], judge["sample"]) == ("openai:fake", 2, 50)
    assert judge["prompt"] == found["details"]["prompt"]


def test_a_judge_that_makes_things_up_does_not_count(
    command: Run, monkeypatch: pytest.MonkeyPatch, chats: Path, home: Path
) -> None:
    """Quotes nobody said are counted as such; nothing takes their place."""
    with running(Script(mode="misbehaving", rate=1.0)) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, out, _ = command("evaluate", chats, *METRICS, "--judge", "openai:fake",
                               "--judge-sample", "3")  # fmt: skip
    assert code == 0
    found = metrics(out)
    assert found["follow_up_relevance"]["mean"] is None
    faults = found["judge_reliability"]["details"]["not_counted"]
    assert set(faults) == {"no_quote", "not_found"}
    assert sum(faults.values()) == 18
    assert (home / "judge" / "verdicts.jsonl").is_file()


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (Script(json_style="broken"), "unparsable"),
        (Script(faults=("status_401",), fault_rate=1), "failed"),
    ],
    ids=["unparsable", "key"],
)
def test_a_judge_that_cannot_be_read_leaves_the_metric_unscored(
    command: Run, monkeypatch: pytest.MonkeyPatch, chats: Path, home: Path, script: Script,
    fault: str,
) -> None:  # fmt: skip
    """It is counted and said why; the other metrics stand, and a gate on it fails."""
    with running(script) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, out, said = command("evaluate", chats, "--json", "--judge", "openai:fake",
                                  "--judge-sample", "1", "--fail-on",
                                  "follow_up_relevance<0.1")  # fmt: skip
    assert code == 4
    assert "could not be told" in said
    found = metrics(out)
    assert found["question_form"]["n"] == 6
    assert found["follow_up_relevance"]["n"] == found["judge_reliability"]["n"] == 0
    assert found["judge_reliability"]["details"]["not_counted"] == {fault: 3}


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--judge", "builtin"), 2, "judges nothing"),
        (("--judge", "nothing"), 1, "names no model"),
        (("--judge-sample", "3"), 2, "go with --judge"),
        (("--judge", "openai:fake", "--judge-repeats", "1"), 2, "judge-repeats"),
    ],
)
def test_what_makes_no_sense_is_refused(
    command: Run, chats: Path, options: tuple[str, ...], code: int, says: str
) -> None:
    """A judge that is none, and options without one."""
    found, _, said = command("evaluate", chats, *options)
    assert (found, says in said) == (code, True)
