"""Deflection practice in the terminal: marked, debriefed at once, kept nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from interviewer.cli import cli

REPLIES = "children\nI would rather keep that private.\nHow does that bear on the job?\nYes.\n"


@pytest.mark.parametrize(
    ("language", "country", "says"),
    [
        ("en", "uk", ("Poorly trained examiner (practice)", "C, ", "E, ", "D, ", "Acas",
                      "Not legal advice")),
        ("zh", "cn", ("没受过训练的考官（练习）", "您的回应", "不构成法律意见", "劳动保障监察")),
    ],
)  # fmt: skip
def test_each_reply_is_debriefed_and_nothing_is_kept(
    home: Path, language: str, country: str, says: tuple[str, ...]
) -> None:
    """Three marked questions, each with way, parts, rule, where to complain; no file is made."""
    made = CliRunner().invoke(
        cli, ["deflect", "--country", country, "--language", language, "--seed", "1"], REPLIES
    )
    assert made.exit_code == 0
    for text in says:
        assert text in made.output
    assert made.output.count(says[0]) == 3 or language == "zh"
    assert not home.exists()


def test_what_is_not_known_is_refused(home: Path) -> None:
    """A country or language there is nothing for is refused with what there is."""
    wrong = CliRunner().invoke(cli, ["deflect", "--country", "fr"])
    assert "us" in str(wrong.exception)
    wrong = CliRunner().invoke(cli, ["deflect", "--country", "us", "--language", "fr"])
    assert "en or zh" in str(wrong.exception)
