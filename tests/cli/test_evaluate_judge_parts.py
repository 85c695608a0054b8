"""`evaluate --judge` on examiners in their parts: a good judge, an always-yes one, a liar."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from interviewer.evaluation.mutation.texts import planted
from tests.cli.conftest import Run
from tests.fakes import Script, running

BREAK = next(text.words for text in planted("persona_break", "en") if not text.held_out)
ASKED = {
    "hr": ("Why this employer and this post, and not {thing}?",
           "How do you deal with other people and with setbacks over {thing}?"),
    "technical": ("What have you done yourself with {thing}?",
                  "How would you solve and explain a problem from the job with {thing}?"),
}  # fmt: skip
BOTH = ("--metrics", "role_breaks,persona_fidelity", "--json")
# Three interviews of four turns, each as it is and with two controls; two rounds, two cards.
TURNS, ROUNDS = 3 * 4 * 3 * 2, 3 * 2 * 2 * 2


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """Return three interviews of two examiners; in the first one steps out of the part."""
    lines = []
    for number, thing in enumerate(("pallets", "ledgers", "turbines")):
        messages = []
        for name, questions in ASKED.items():
            for question in questions:
                text = question.format(thing=thing)
                broken = number == 0 and name == "technical" and question == questions[0]
                told = f"{BREAK} {text}" if broken else text
                messages += [{"role": "assistant", "name": name, "content": told},
                             {"role": "user", "content": f"With care for {thing}."}]  # fmt: skip
        lines.append(json.dumps({"id": f"t{number}", "messages": messages}))
    path = tmp_path / "talks.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def judge(out: str, metric: str) -> dict[str, Any]:
    """Return what the judge says beside a metric."""
    return json.loads(out)["metrics"][metric]["details"]["judge"]


def test_a_good_judge_finds_what_is_planted_and_its_word_stands_beside_the_metric(
    command: Run, monkeypatch: pytest.MonkeyPatch, talks: Path, tmp_path: Path
) -> None:
    """The metric's own value stays; the second run asks nothing; every report shows the judge."""
    _, without, _ = command("evaluate", talks, *BOTH)
    call = ("evaluate", talks, *BOTH, "--judge", "openai:fake", "--out", tmp_path / "r")
    with running(Script()) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, out, told = command(*call)
        asked = len(fake.requests)
        _, again, _ = command(*call)
        assert len(fake.requests) == asked
    assert code == 0
    assert asked <= TURNS + ROUNDS
    assert "read on this machine" in told
    breaks, fit = judge(out, "role_breaks"), judge(out, "persona_fidelity")
    assert (breaks["verdicts_asked"], fit["verdicts_asked"]) == (TURNS, ROUNDS)
    assert (breaks["planted"]["rate"], breaks["clean"]["rate"]) == (1.0, 0.0)
    assert breaks["value"] == pytest.approx(100 / 12)
    (named,) = breaks["named"]
    assert (named["file"].endswith("talks.jsonl:1"), named["seq"]) == (True, 5)
    assert named["quote"] == BREAK
    assert fit["value"] == fit["real"]["level"] > fit["other_card"]["level"]
    assert fit["retest"]["kappa"] == 1.0
    assert judge(again, "role_breaks")["verdicts_known_before"] == TURNS
    for metric in ("role_breaks", "persona_fidelity"):
        found, own = (json.loads(text)["metrics"][metric] for text in (out, without))
        assert (found["mean"], found["ci95"]) == (own["mean"], own["ci95"])
        assert "details" not in own
    report = (tmp_path / "r" / "report.md").read_text(encoding="utf-8")
    assert "with a break planted: 1.000" in report
    assert "under another examiner's card:" in report
    assert "judge · planted · rate" in (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    manifest = json.loads((tmp_path / "r" / "manifest.json").read_text(encoding="utf-8"))
    given = manifest["given"]["judge"]
    assert given["prompts"] == {"role_breaks": breaks["prompt"], "persona_fidelity": fit["prompt"]}
    assert (given["model"], given["repeats"], given["sample"]) == ("openai:fake", 2, 50)


@pytest.mark.parametrize(
    ("script", "faults"),
    [
        (Script(mode="obedient"), set()),
        (Script(mode="misbehaving", rate=1.0), {"no_quote", "not_found"}),
        (Script(json_style="broken"), {"unparsable", "failed"}),
    ],
    ids=["always-yes", "made-up", "unreadable"],
)
def test_a_judge_that_tells_nothing_apart_earns_no_value(
    command: Run, monkeypatch: pytest.MonkeyPatch, talks: Path, script: Script, faults: set[str]
) -> None:
    """However often it says yes, and whatever it makes up; the metric is what it was."""
    with running(script) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, out, _ = command("evaluate", talks, *BOTH, "--judge", "openai:fake",
                               "--judge-sample", "2")  # fmt: skip
    assert code == 0
    for metric in ("role_breaks", "persona_fidelity"):
        told = judge(out, metric)
        assert (told["value"], told["judged"]) == (None, 2)
        assert set(told["not_counted"]) <= faults
        assert bool(told["not_counted"]) == bool(faults)
        assert json.loads(out)["metrics"][metric]["mean"] is not None


def test_only_what_a_chosen_metric_shows_is_asked(
    command: Run, monkeypatch: pytest.MonkeyPatch, talks: Path
) -> None:
    """One metric, its verdicts; a metric that no judge bears on asks nothing."""
    with running(Script()) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        _, _, told = command("evaluate", talks, "--metrics", "persona_fidelity", "--judge",
                             "openai:fake")  # fmt: skip
        assert 0 < len(fake.requests) <= ROUNDS
        assert "follow-ups" not in told
        before = len(fake.requests)
        command("evaluate", talks, "--metrics", "repetition", "--judge", "openai:fake")
        assert len(fake.requests) == before
