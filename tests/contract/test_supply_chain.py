"""What is installed is new enough, and nothing that must not be: both lock files."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.version import Version

from tests.conftest import ROOT

LISTED = tomllib.loads((ROOT / "security" / "packages.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-test.lock")


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
