"""The wheel carries everything: content, words, migrations."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from interviewer.wiring import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel's files, built from the checkout without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(unpacked: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line from the wheel's files, far from the checkout."""
    environment = Settings.from_environment().environment(home=home)
    return subprocess.run(
        [sys.executable, "-m", "interviewer", *arguments],
        cwd=unpacked,
        env=environment | {"PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_knows_its_employers(unpacked: Path, tmp_path: Path) -> None:
    """Installed from the wheel, the employers that come with the project are known."""
    ended = run(unpacked, tmp_path, "companies", "--json")
    assert ended.returncode == 0, ended.stderr
    assert {entry["id"] for entry in json.loads(ended.stdout)} >= {"brightwell", "chengyuan"}


def test_the_wheel_content_is_sound(unpacked: Path, tmp_path: Path) -> None:
    """Installed from the wheel, all content passes its check."""
    ended = run(unpacked, tmp_path, "check")
    assert ended.returncode == 0, ended.stderr


def test_the_wheel_holds_an_interview(unpacked: Path, tmp_path: Path) -> None:
    """Installed from the wheel, an interview opens and is kept: words and migrations are there."""
    answers = tmp_path / "answers.txt"
    answers.write_text("I built the nightly load of a retailer.\n", encoding="utf-8")
    out = tmp_path / "t.jsonl"
    ended = run(
        unpacked, tmp_path / "home", "rehearse", "brightwell", "--role", "data-engineer",
        "--answers", str(answers), "--out", str(out), "--seed", "1",
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert json.loads(out.read_text(encoding="utf-8"))["messages"]
    report = run(unpacked, tmp_path / "home", "assess", str(out), "--json")
    assert report.returncode == 0, report.stderr
    assert json.loads(report.stdout)["schema"] == "interviewer.assessment/1"


def test_the_wheel_carries_the_page(unpacked: Path) -> None:
    """Styles, screen words and avatars of the browser app are in the wheel."""
    names = {path.name for path in (unpacked / "interviewer").rglob("*") if path.is_file()}
    assert {"hr.svg", "technical.svg", "boss.svg", "en.toml", "zh.toml"} <= names
    assert any(name.endswith(".css") for name in names)
