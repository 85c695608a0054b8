"""Countries and topics of what must not be asked: faults name file and fix."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from interviewer.content.checking import check_path
from interviewer.content.faults import FaultCollector
from interviewer.content.lawful import Lawful, read_lawful
from interviewer.errors import ContentError
from tests.conftest import ROOT


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return a copy of what all personas share."""
    return Path(shutil.copytree(ROOT / "personas" / "_shared", tmp_path / "_shared"))


def faults(shared: Path) -> list[str]:
    """Return the faults found, as text."""
    collector = FaultCollector()
    read_lawful(shared, collector)
    return [f"{fault.path.name}: {fault.what} {fault.fix}" for fault in collector.faults]


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first place of a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_unknown_topic_and_a_second_rule_are_named(shared: Path) -> None:
    """A rule on no topic, and two rules on one, are faults of the country's file."""
    edit(shared / "conduct" / "us.toml", 'topic = "children"', 'topic = "pets"')
    edit(shared / "conduct" / "uk.toml", 'topic = "children"', 'topic = "marriage"')
    found = faults(shared)
    assert [entry.partition(" Keep")[0].partition(" Add")[0] for entry in found] == [
        "uk.toml: The topic `marriage` has several rules.",
        "us.toml: The topic `pets` is not known.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('zh = "你结婚了吗，爱人是做什么的？"', 'fr = "Marié ?"', "no text in zh"),
        ("partner do?", "partner do.", "one question mark"),
    ],
)
def test_a_topic_is_asked_in_both_languages(shared: Path, old: str, new: str, says: str) -> None:
    """A topic without a language, or that asks nothing, is a fault; countries are still read."""
    edit(shared / "conduct_topics.toml", old, new)
    [found] = faults(shared)
    assert found.startswith("conduct_topics.toml")
    assert says in found


def test_a_country_needs_dates_and_ten_rules(shared: Path) -> None:
    """A rule without a proper date, and a country with few rules, are refused by `check`."""
    path = shared / "conduct" / "us.toml"
    edit(path, 'since = "1964"', 'since = "long ago"')
    with pytest.raises(ContentError, match="since"):
        check_path(path, ROOT / "personas", [])
    text = path.read_text(encoding="utf-8").replace("long ago", "1964")
    path.write_text("[[rules]]".join(text.split("[[rules]]")[:4]), encoding="utf-8")
    with pytest.raises(ContentError, match="rules"):
        check_path(path, ROOT / "personas", [])


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("conduct", "4 countries"),
        ("conduct/cn.toml", "cn.toml"),
        ("conduct_topics.toml", "conduct_topics.toml"),
        (".", "rules of 4 countries"),
    ],
)
def test_check_knows_these_files(path: str, says: str) -> None:
    """The folder, a country, the topics and all that is shared can be checked by path."""
    assert says in check_path(ROOT / "personas" / "_shared" / path, ROOT / "personas", [])


def test_without_topics_nothing_is_taught(tmp_path: Path) -> None:
    """Content without these files is sound and teaches nothing."""
    collector = FaultCollector()
    assert read_lawful(tmp_path, collector) == Lawful()
    assert collector.faults == []
    assert Lawful().lesson("us", "en") is None
