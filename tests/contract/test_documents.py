"""What the documents say is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from interviewer.cli import COMMANDS
from interviewer.content.format import STEP_TYPES, Step
from interviewer.content.phrasebook import KEYS
from interviewer.content.templates import FILTERS, NAMES

ROOT = Path(__file__).parents[2]


def text_of(name: str) -> str:
    """Return a document of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    """docs/commands.md names every command."""
    assert f"`interviewer {command}" in text_of("docs/commands.md")


@pytest.mark.parametrize("key", KEYS)
def test_every_phrase_key_is_documented(key: str) -> None:
    """docs/content.md names every key of a phrasebook."""
    assert f"`{key}`" in text_of("docs/content.md")


def test_no_phrase_key_is_invented() -> None:
    """docs/content.md names no key that a phrasebook does not have."""
    table = text_of("docs/content.md").split("### Phrasebook")[1].split("### Prompt template")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([a-z_.]+)`", row)}
    assert named == set(KEYS)


def test_every_template_name_is_documented() -> None:
    """docs/content.md names everything a prompt template may use."""
    section = text_of("docs/content.md").split("### Prompt template")[1].split("\n## ")[0]
    assert all(f"`{name}`" in section for name in (*NAMES, *FILTERS))


def test_every_step_is_documented() -> None:
    """docs/content.md names every step a round may have."""
    section = text_of("docs/content.md").split("## Interview format")[1]
    steps = {*STEP_TYPES, *Step.__args__}
    assert all(f"`{step}`" in section for step in steps)


def test_the_readme_targets_exist() -> None:
    """Each make target the README and CONTRIBUTING name is in the Makefile."""
    named = set(re.findall(r"^    make (\w+)", text_of("README.md"), re.MULTILINE))
    named |= set(re.findall(r"^    make (\w+)", text_of("CONTRIBUTING.md"), re.MULTILINE))
    offered = set(re.findall(r"^(\w+):", text_of("Makefile"), re.MULTILINE))
    assert named
    assert named <= offered


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/rooms.md"])
def test_links_lead_somewhere(name: str) -> None:
    """Every file a document links to is in the project."""
    links = re.findall(r"\]\(([^)#]+)\)", text_of(name))
    missing = [link for link in links if not ((ROOT / name).parent / link).exists()]
    assert missing == []


def test_lock_files_name_no_address() -> None:
    """Lock files carry versions and hashes, and no address of an index."""
    for name in ("requirements.lock", "requirements-test.lock"):
        text = text_of(name)
        assert "--hash=sha256:" in text
        assert "://" not in text


def test_changelog_has_an_unreleased_part() -> None:
    """The changelog begins with what is not released yet."""
    first = re.search(r"^## \[(.+)\]", text_of("CHANGELOG.md"), re.MULTILINE)
    assert first is not None
    assert first[1] == "Unreleased"


def test_the_notice_of_use_is_everywhere() -> None:
    """README, reports and the command line say that this is practice, not selection."""
    assert "not for selecting people" in text_of("README.md")
    assert "not for selecting people" in text_of("interviewer/assessment/words.en.toml")
    assert "not for selecting people" in text_of("interviewer/cli/__init__.py")
