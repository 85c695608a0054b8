"""`interviewer evaluate validate` in the terminal: a card, its files, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.fakes import Script, running

CHAT = {
    "messages": [
        {"role": "assistant", "content": "Good morning. Which part of the work was your own?"},
        {"role": "user", "content": "I wrote the loader, and a colleague wrote the tests for it."},
        {"role": "assistant", "content": "And who decided that it should be rewritten at all?"},
        {"role": "user", "content": "We did that together, after the third outage in a month."},
        {"role": "assistant", "content": "Thank you, that was all."},
    ]
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file with two chats, and a line that is none."""
    path = tmp_path / "chats.jsonl"
    lines = [json.dumps({"id": str(n), **CHAT}) for n in range(2)]
    path.write_text("\n".join([*lines, "{"]), encoding="utf-8")
    return path


def test_a_card_is_made_of_given_interviews(command: Run, file: Path, tmp_path: Path) -> None:
    """One document, the same in its file; what cannot be told of a plain chat has no number."""
    out = tmp_path / "card"
    code, told, remarks = command(
        "evaluate", "validate", "--transcripts", file, "--mutants", 5, "--language", "en",
        "--json", "--out", out,
    )  # fmt: skip
    card = json.loads(told)
    assert code == 0
    assert card == json.loads((out / "validity.json").read_text(encoding="utf-8"))
    assert card["bases"] == {"en": {"interviews": 2, "left_out": 0, "source": "given"}}
    assert "chats.jsonl:3" in remarks
    found = card["operators"]["illegal_direct"]["seen_by"]["prohibited_questions"]
    assert found["paired"]["n"] == 5
    assert "unscored" in card["operators"]["number_swap"]
    assert "unscored" in card["operators"]["score_shift"]
    assert "illegal_direct" in (out / "validity.md").read_text(encoding="utf-8")


def test_the_same_card_comes_from_several_processes(command: Run, file: Path) -> None:
    """Where mutants are tried does not show."""
    order = (
        "evaluate", "validate", "--transcripts", file, "--mutants", 3, "--language", "en",
        "--operators", "persona_break,rename", "--metrics", "role_breaks", "--json",
    )  # fmt: skip
    assert command(*order)[1] == command(*order, "--engine", "processes:2")[1]


def test_one_metric_is_put_into_an_earlier_card(command: Run, file: Path, tmp_path: Path) -> None:
    """Of the same mutants only; all else of the card stays."""
    order = ("evaluate", "validate", "--transcripts", file, "--mutants", 4, "--language", "en",
             "--operators", "persona_break,rename")  # fmt: skip
    command(*order, "--metrics", "role_breaks,repetition", "--out", tmp_path)
    card = tmp_path / "validity.json"
    before = card.read_text(encoding="utf-8")
    again = (*order, "--metrics", "role_breaks", "--card", card)
    assert command(*again, "--out", tmp_path)[0] == 0
    assert json.loads(card.read_text(encoding="utf-8")) == json.loads(before)
    code, _, remarks = command(*again, "--seed", 1)
    assert (code, "seed differs" in remarks) == (1, True)


def test_short_of_an_aim_is_said_and_may_fail(command: Run, file: Path) -> None:
    """Three mutants show nothing at 90 %; with --fail-short that is exit code 4."""
    order = ("evaluate", "validate", "--transcripts", file, "--mutants", 3, "--language", "en",
             "--operators", "persona_break", "--metrics", "role_breaks")  # fmt: skip
    code, told, remarks = command(*order)
    assert (code, "persona_break" in told) == (0, True)
    assert "Short of its aim: role_breaks on persona_break" in remarks
    assert command(*order, "--fail-short")[0] == 4


def test_simulated_interviews_are_the_usual_bases(command: Run, tmp_path: Path) -> None:
    """Without --transcripts the command holds the interviews itself; replies by people count."""
    (tmp_path / "q.csv").write_text(
        "knowledge,m_response,m_label\nIt is red.,It is red.,0\nIt is red.,Cats.,1\n",
        encoding="utf-8",
    )
    code, told, _ = command(
        "evaluate", "validate", "--interviews", 2, "--mutants", 2, "--language", "en",
        "--operators", "number_swap", "--metrics", "grounding,repetition",
        "--external", tmp_path, "--json",
    )  # fmt: skip
    card = json.loads(told)
    assert code == 0
    assert card["bases"]["en"]["source"] == "simulated"
    assert card["external"] == {"q.csv": {"auc": 1.0, "rows": 2}}
    assert card["originals"]["grounding"]["mean"] is not None


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--language", "fr"), "no language of ours"),
        (("--operators", "shout"), "no operator 'shout'"),
        (("--engine", "abacus"), "no engine"),
    ],
)
def test_what_is_not_known_is_refused(
    command: Run, file: Path, options: tuple[str, str], told: str
) -> None:
    """With what there is to choose from."""
    code, _, remarks = command("evaluate", "validate", "--transcripts", file, *options)
    assert (code, told in remarks) == (2, True)


def test_interviews_in_which_much_is_wrong_are_no_bases(command: Run, tmp_path: Path) -> None:
    """What is planted could not be told from what was there."""
    bad = {"messages": [{"role": "assistant", "content": "Are you pregnant?"}]}
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(bad), encoding="utf-8")
    code, _, remarks = command("evaluate", "validate", "--transcripts", path)
    assert (code, "passes the gate" in remarks) == (1, True)


@pytest.fixture
def probed(tmp_path: Path) -> Path:
    """Return two interviews in which every answer is followed up, by a word of it."""
    lines = []
    for number, things in enumerate((("pallets", "ledgers"), ("turbines", "bridges"))):
        messages = []
        for item, thing in enumerate(things):
            first = ("What did you do last?", "Which task came before that one?")[item]
            for kind, said in (("ask", first), ("probe", f"Why did the {thing} matter?")):
                move = {"kind": kind, "item": f"hr.{item}", "planned": True, "by": "director"}
                messages += [
                    {"role": "assistant", "name": "hr", "content": said,
                     "metadata": {"round": "hr", "move": move}},
                    {"role": "user", "content": f"I counted {thing} for seven months in Leeds.",
                     "metadata": {"round": "hr"}},
                ]  # fmt: skip
        document = {"schema": "interviewer.transcript/1", "id": f"t{number}",
                    "interview": {"language": "en"}, "messages": messages}  # fmt: skip
        lines.append(json.dumps(document))
    path = tmp_path / "probed.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_judge_sees_follow_ups_that_were_exchanged(
    command: Run, monkeypatch: pytest.MonkeyPatch, probed: Path, tmp_path: Path
) -> None:
    """And is moved by no words that say nothing; each is asked beside what it was, once."""
    call = ("evaluate", "validate", "--transcripts", probed, "--language", "en", "--mutants", 4,
            "--operators", "followup_swap,pad_answer", "--metrics", "operations", "--judge",
            "openai:fake", "--out", tmp_path / "card", "--json")  # fmt: skip
    with running(Script()) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, told, said = command(*call)
        asked = len(fake.requests)
        assert command(*call)[1] == told
        assert len(fake.requests) == asked > 0
    card = json.loads(told)
    assert (code, card["judge"]) == (0, "openai:fake")
    assert "judges 8 mutants" in said
    swapped = card["operators"]["followup_swap"]["seen_by"]["follow_up_relevance"]
    assert (swapped["paired"]["hits"], swapped["paired"]["n"]) == (4, 4)
    padded = card["operators"]["pad_answer"]["alarms"]["follow_up_relevance"]
    assert (padded["worse"]["hits"], padded["worse"]["n"]) == (0, 4)
    assert (tmp_path / "card" / "judge" / "verdicts.jsonl").is_file()
