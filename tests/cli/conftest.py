"""Commands of a test, with a data folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from interviewer.__main__ import run
from interviewer.cli import cli
from interviewer.content import library
from interviewer.content.library import Library

Run = Callable[..., tuple[int, str, str]]


def _look(folders: Sequence[Path]) -> list[tuple[str, int, int]]:
    """Return every file of some folders, with when it was changed and its size."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    looked = [(path, path.stat()) for path in files]
    return [(str(path), stat.st_mtime_ns, stat.st_size) for path, stat in looked]


@pytest.fixture(scope="session", autouse=True)
def _same_content_read_once() -> Iterator[None]:
    """Read content that has not changed once for all commands of this process, not once each."""
    read: dict[str, Library] = {}
    load = library.load_library

    def once(personas: Path, knowledge: Sequence[Path], own: Path | None = None) -> Library:
        folders = [personas, *knowledge, *([own] if own else [])]
        key = f"{folders} {_look(folders)}"
        if key not in read:
            read[key] = load(personas, knowledge, own)
        return read[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "load_library", once)
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the data folder of the commands of one test."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def command(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command and gives exit code, output and remarks."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run(cli, [str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return call
