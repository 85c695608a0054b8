"""How far a long command is, shown where somebody sits at a terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from interviewer.cli.output import progress_bar
from tests.cli.conftest import Run
from tests.conftest import ROOT

NOTE = "# Note {}\n\nThe yard in Hull handles {} lorries a day and has two gates, one for vans.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of three documents, one of which cannot be used."""
    where = tmp_path / "documents"
    (where / "deeper").mkdir(parents=True)
    (where / "one.md").write_text(NOTE.format(1, 1), encoding="utf-8")
    (where / "deeper" / "two.md").write_text(NOTE.format(2, 2), encoding="utf-8")
    (where / "three.md").write_text("", encoding="utf-8")
    return where


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="There is no pseudo-terminal here.")
def test_the_reading_of_files_is_shown_with_how_many_there_are(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bar counts the documents that have been read, of all that were found, then the index."""
    ours, theirs = os.openpty()
    written: list[bytes] = []

    def listen() -> None:
        try:
            while piece := os.read(ours, 4096):
                written.append(piece)
        except OSError:
            return  # the other side has gone

    listening = threading.Thread(target=listen, daemon=True)
    listening.start()
    variables = {"INTERVIEWER_HOME": tmp_path / "home", "PYTHONPATH": ROOT,
                 "TERM": "xterm", "COLUMNS": "100"}  # fmt: skip
    for name, value in variables.items():
        monkeypatch.setenv(name, str(value))
    done = subprocess.run(
        [sys.executable, "-m", "interviewer", "ingest", "acme", str(folder), "--json"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs,
        check=False, timeout=120,
    )  # fmt: skip
    os.close(theirs)
    listening.join(10)
    assert done.returncode == 0
    seen = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", b"".join(written).decode("utf-8", "replace"))
    assert re.search(r"Reading documents on acme\s+\S+\s+0/3", seen)
    assert re.search(r"Reading documents on acme\s+\S+\s+3/3", seen)
    assert re.search(r"Indexing research on acme\s+\S+\s+2/2", seen)


def test_nothing_is_drawn_where_nobody_looks(command: Run, folder: Path) -> None:
    """Into a file or a pipe go the results and remarks alone."""
    code, out, err = command("ingest", "acme", folder)
    assert code == 0
    assert "Reading documents" not in out + err


def test_a_bar_grows_with_what_was_not_known_before(capsys: pytest.CaptureFixture[str]) -> None:
    """Of a site only the first page is known; a bar never passes its end."""
    with progress_bar("Fetching") as advance:
        for done in range(4):
            advance("acme", done, 1)
        advance("acme", 1, 2, "Writing")
    assert "Traceback" not in capsys.readouterr().err
