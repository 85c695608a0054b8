"""`brief` with a model: who agreed to it, what is printed, and what is said when it fails."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run
from tests.fakes import Script, running

WISH = ("brief", "brightwell", "--seed", "4")


def test_a_brief_is_extractive_until_somebody_names_a_model(command: Run) -> None:
    """Without a model, or with the built-in voice, the JSON has no paragraphs."""
    code, out, _ = command(*WISH, "--json")
    assert code == 0
    plain = json.loads(out)
    assert plain["paragraphs"] == {}
    assert json.loads(command(*WISH, "--model", "builtin", "--json")[1]) == plain


@pytest.mark.parametrize("by_option", [True, False])
def test_a_named_model_writes_the_topics(
    command: Run, monkeypatch: pytest.MonkeyPatch, by_option: bool
) -> None:
    """By option or by INTERVIEWER_MODEL; each sentence has its passages, the old fields stay."""
    _, plain, _ = command(*WISH, "--json")
    with running(Script()) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        if not by_option:
            monkeypatch.setenv("INTERVIEWER_MODEL", "openai:fake")
        named = ("--model", "openai:fake") if by_option else ()
        code, out, err = command(*WISH, *named, "--json")
        assert code == 0
        brief = json.loads(out)
        assert {**brief, "paragraphs": {}} == json.loads(plain)
        assert set(brief["paragraphs"]) == set(brief["topics"])
        first = brief["paragraphs"]["nature"]["sentences"][0]
        assert set(first) == {"text", "passages", "by_model", "stale"}
        assert "passages of the research are read on this machine, nothing of yours" in err
        assert "sentences kept, 0 dropped" in err
        code, out, _ = command(*WISH, *named)
        assert code == 0
        assert f"- {first['text']} [{first['passages'][0]}]" in out


def test_what_was_dropped_and_why_is_said(command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that misbehaves is counted on standard error; its inventions are not printed."""
    with running(Script(mode="misbehaving", rate=0.6)) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, out, err = command(*WISH, "--model", "openai:fake")
        assert code == 0
        assert "citation" in err
        assert "evil.example" not in out
        assert "undisputed leader" not in out


def test_a_model_that_fails_is_named_with_what_it_left(
    command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The brief comes all the same; topics that failed are told with the reason."""
    with running(Script(faults=("status_401",), fault_rate=1)) as fake:
        monkeypatch.setenv("OPENAI_BASE_URL", fake.base_url)
        code, out, err = command(*WISH, "--model", "openai:fake")
        assert code == 0
        assert "## What the employer does" in out
        assert "in the words of the research. The server did not accept the key" in err
        fake.script = Script(faults=("status_500",), fault_rate=0.6, seed=5)
        _, _, err = command(*WISH, "--model", "openai:fake")
        assert "In the words of the research: " in err
        assert "sentences kept" in err


def test_a_model_that_cannot_be_opened_is_said_in_a_sentence(command: Run) -> None:
    """A string that names no model is refused; one without a key leaves the plain brief."""
    code, _, err = command(*WISH, "--model", "nothing")
    assert code == 1
    assert "names no model" in err
    code, out, err = command(*WISH, "--model", "openai:gpt-4o-mini")
    assert code == 0
    assert "## What the employer does" in out
    assert "OPENAI_API_KEY" in err
