"""`user`: accounts made in the terminal, whose passwords no argument ever holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewer.cli import cli
from interviewer.errors import InputError
from interviewer.wiring import Settings


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Return a function that runs a command in a data folder of its own."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path))

    def ran(*arguments: str, given: str = "") -> str:
        return (
            CliRunner()
            .invoke(cli, ["user", *arguments], input=given, catch_exceptions=False)
            .output
        )

    return ran


def test_accounts_are_made_listed_and_kept_out(run: object) -> None:
    """Add, list, another password, kept out and let in again."""
    assert callable(run)
    assert "can sign in as coach" in run("add", "Dana", "--role", "coach", given="a b c d e f g\n")
    assert "another password" in run("passwd", "dana", given="g f e d c b a\n")
    assert "kept out" in run("disable", "dana")
    assert json.loads(run("list", "--json")) == [
        {"name": "Dana", "role": "coach", "disabled": True}
    ]
    assert "again" in run("disable", "dana", "--undo")
    assert run("list") == "Dana  coach\n"


def test_without_a_password_nothing_is_made(run: object) -> None:
    """An empty line is no password, and one that is too short says what is asked for."""
    assert callable(run)
    for given, said in (("", "standard input"), ("short\n", "12 to 200")):
        with pytest.raises(InputError, match=said):
            run("add", "Dana", given=given)
    assert run("list") == ""


def test_an_export_tells_of_the_account_and_an_import_makes_none(
    run: object, tmp_path: Path
) -> None:
    """What is held of a person is told whole, without the password; no file lets anybody in."""
    assert callable(run)
    run("add", "Ann", given="a b c d e f g\n")
    given = CliRunner().invoke(cli, ["export", "--candidate", "Ann"], catch_exceptions=False)
    (line,) = (json.loads(text) for text in given.stdout.splitlines())
    assert line["account"]["name"] == "Ann"
    assert "argon2" not in given.stdout
    file = tmp_path / "all.jsonl"
    file.write_text(given.stdout, encoding="utf-8")
    taken = CliRunner().invoke(cli, ["import", str(file)], catch_exceptions=False)
    assert "left out" in taken.output
    assert run("list") == "Ann  candidate\n"


def test_people_sign_in_only_where_it_is_turned_on() -> None:
    """Unset, nothing changes; any other word than on or off is asked about."""
    assert not Settings.from_environment({}).auth
    assert Settings.from_environment({"INTERVIEWER_AUTH": "on"}).auth
