"""What is installed is new enough, and nothing that must not be: both lock files."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.version import Version

from tests.conftest import ROOT

LISTED = tomllib.loads((ROOT / "security" / "packages.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-test.lock", "deploy/requirements.lock")


def _locked(name: str) -> dict[str, Version]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return {
        found[1].lower(): Version(found[2])
        for found in re.finditer(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE)
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_no_package_is_older_than_its_floor(lock: str) -> None:
    """Each floor is of a package that is there, says why, and holds."""
    locked = _locked(lock)
    assert len(locked) > 90
    for name, floor in LISTED["floors"].items():
        assert floor["why"]
        assert locked[name] >= Version(floor["version"]), name


@pytest.mark.parametrize("lock", LOCKS)
def test_no_forbidden_package_is_locked(lock: str) -> None:
    """Not even as what another package needs; each has a reason."""
    assert not set(_locked(lock)) & set(LISTED["forbidden"])
    assert all(LISTED["forbidden"].values())


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_hashes_and_names_no_address(lock: str) -> None:
    """What is installed is what was locked, from wherever it is fetched."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.split(r"^(?=[A-Za-z0-9._-]+(?:\[[^]]*\])?==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in pin for pin in pins)
    assert "://" not in text
    assert not re.search(r"^--(?:extra-)?index-url|^--find-links", text, re.MULTILINE)


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_little_and_runs_what_was_looked_at(path: Path) -> None:
    """Actions are named by commit with their version beside it; nothing may be written."""
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"uses: (.*)", text)
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", entry) for entry in used)
    document = yaml.safe_load(text)
    assert document["permissions"] == {}
    for job in document["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
        assert job["timeout-minutes"] <= 60
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert not re.search(r"run:.*\$\{\{", text), "what others write is never part of a command"


def test_a_release_has_what_the_baseline_asks_for() -> None:
    """Licence, how to report and contribute, what changed, what is looked at at a release."""
    for name in ("LICENSE", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/releasing.md",
                 "security/packages.toml", ".github/workflows/checks.yml"):  # fmt: skip
        assert (ROOT / name).read_text(encoding="utf-8").strip(), name
    assert "privately" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
