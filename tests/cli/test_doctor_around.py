"""`doctor` finds common faults around the parts, and names the mend."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import pytest

from interviewer.cli import doctor, surroundings
from interviewer.storage import SqlSessionStore, open_engine
from interviewer.transcript import Interview, Transcript
from interviewer.wiring.settings import VARIABLES
from tests.cli.conftest import Run
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the embedding model, which has tests of its own."""
    monkeypatch.setattr(doctor, "_embeddings", lambda _: "It answers.")


def found(command: Run) -> dict[str, dict[str, object]]:
    """Return what was found, by part."""
    return {entry["part"]: entry for entry in json.loads(command("doctor", "--json")[1])}


def test_a_sound_installation_has_no_fault(command: Run, home: Path) -> None:
    """A new data folder is for its user alone; nothing is told as wrong."""
    parts = found(command)
    assert all(part["answers"] for part in parts.values()), parts
    assert parts["retention"]["uses"] == "until forgotten"
    assert "rights" not in parts
    assert home.stat().st_mode & 0o077 == 0


def test_each_fault_names_its_mend(
    command: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip in a name, rights, a full disk, nobody to sign in, a clock that was set back."""
    found(command)
    store = SqlSessionStore(open_engine(home / "interviews.sqlite3"))
    ahead = Transcript("a", Interview(created="2999-01-01T00:00:00Z"))
    asyncio.run(store.create(ahead, owner="me"))
    store.close()
    home.chmod(0o755)
    full = type("Full", (), {"free": surroundings.LEAST_FREE - 1})
    monkeypatch.setattr(surroundings.shutil, "disk_usage", lambda _: full)
    for name, value in (("KEEP_DAY", "30"), ("AUTH", "on"), ("REDACT", "on"), ("XYZZY", "1")):
        monkeypatch.setenv(f"INTERVIEWER_{name}", value)
    monkeypatch.setitem(__import__("sys").modules, "stdnum", None)
    parts = found(command)
    said = {name: part["says"] for name, part in parts.items() if not part["answers"]}
    assert set(said) == {"settings", "disk", "rights", "accounts", "clock", "redaction"}
    assert "is INTERVIEWER_KEEP_DAYS meant?" in str(said["settings"])
    assert "INTERVIEWER_XYZZY is no setting" in str(said["settings"])
    assert "chmod 700" in str(said["rights"])
    assert "interviewer user add" in str(said["accounts"])
    assert "three-rounds[redact]" in str(said["redaction"])
    assert command("doctor")[0] == 1


def test_every_setting_is_known_by_name() -> None:
    """What the settings read and what `doctor` knows are the same names."""
    text = (ROOT / "interviewer" / "wiring" / "settings.py").read_text(encoding="utf-8")
    _, _, read = text.partition("class Settings")
    assert set(re.findall(r'"(INTERVIEWER_[A-Z_]+)"', read)) == VARIABLES
