"""What the form of a written test's items promises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from pydantic import ValidationError

from interviewer.content.form import read_document
from interviewer.content.library import Library
from interviewer.content.written import WrittenBank, bank_for, served, unfit
from interviewer.errors import ContentError
from tests.written_fixtures import BANK, with_bank

_HEAD = 'schema = 1\nid = "data_engineer"\n'
_WORDS = '{en = "A", zh = "甲"}'
_OPTIONS = "[" + ", ".join(f'{{en = "{n}", zh = "{n}"}}' for n in "wxyz") + "]"
_SINGLE = (
    '[[single]]\nid = "one"\ncompetency = "job_knowledge"\ntopic = "t"\n'
    f"text = {_WORDS}\noptions = {_OPTIONS}\nright = 2\nwhy = {_WORDS}\nsource = {_WORDS}\n"
)
_POINT = f'text = {_WORDS}\nsays = {{en = ["a"], zh = ["甲"]}}\n'
_SHORT = (
    '[[short]]\nid = "two"\ncompetency = "job_knowledge"\ntopic = "t"\n'
    f"text = {_WORDS}\nsource = {_WORDS}\n" + f"[[short.points]]\n{_POINT}" * 4
)
_WORK = (
    '[[work]]\nid = "three"\ncompetencies = ["written_work"]\ntopic = "t"\n'
    f"text = {_WORDS}\nmaterial = {_WORDS}\nsource = {_WORDS}\n" + f"[[work.points]]\n{_POINT}" * 5
)


def _read(tmp_path: Path, text: str) -> WrittenBank:
    path = tmp_path / "data_engineer.toml"
    path.write_text(text, encoding="utf-8")
    return read_document(path, WrittenBank)


def test_a_bank_is_read(tmp_path: Path) -> None:
    """A file of the documented form is read, with all items in their order."""
    bank = _read(tmp_path, _HEAD + _SINGLE + _SHORT + _WORK)
    assert [item.id for item in bank.items] == ["one", "two", "three"]
    assert bank.topic_name("t_x", "en") == "t x"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("right = 2", "right = 5", "`single.0.right`"),
        (', {en = "z", zh = "z"}]', "]", "`single.0.options`"),
        ('{en = "z", zh = "z"}', '{en = "W ", zh = "z"}', "two options are the same in en"),
        ('id = "two"', 'id = "one"', "two items have the same id: one"),
        ('zh = ["甲"]', "zh = []", "no words show the point in zh"),
        (
            'why = {en = "A", zh = "甲"}',
            'why = {en = "A"}',
            "the item one has a text that lacks zh",
        ),
        ('topic = "t"', "", "`single.0.topic` is missing"),
        ("right = 2", "right = 2\nleft = 3", "Unknown key"),
    ],
)
def test_a_broken_bank_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    """What is wrong with an item is said when it is read."""
    text = _HEAD + _SINGLE + _SHORT + _WORK
    assert old in text
    with pytest.raises(ContentError) as caught:
        _read(tmp_path, text.replace(old, new, 1))
    assert said in str(caught.value)


def test_a_bank_fits_the_other_files(library: Library) -> None:
    """Competencies, posts and topics that nothing else knows are faults, each with what to do."""
    rubrics = frozenset(library.rubrics)
    assert list(unfit({BANK.id: BANK}, rubrics, library.ladders)) == []
    lost = BANK.model_copy(update={"id": "juggler", "topics": {"balls": {"en": "Balls"}}})
    faults = list(unfit({"juggler": lost}, rubrics - {"job_knowledge"}, library.ladders))
    said = " ".join(what for _, what, _ in faults)
    assert "No ladder file says which posts `juggler` is for." in said
    assert "`single_0` names the competency `job_knowledge`, unknown." in said
    assert "No item has the topic `balls`." in said
    assert all(bank == "juggler" and fix for bank, _, fix in faults)


def test_the_title_of_a_post_decides_who_gets_it(library: Library) -> None:
    """A post gets the test of its trade, and none where nobody has written one."""
    library = with_bank(library)
    found = [
        bank_for(library.written, library.ladders, {"en": title})
        for title in ("Senior Data Engineer", "Accountant", "Juggler")
    ]
    assert [bank.id if bank else None for bank in found] == ["data_engineer", None, None]
    assert served(library.written, library.ladders, "en") == ("data engineer",)
    assert served(library.written, library.ladders, "fr") == ("data_engineer",)
    gone = replace(library, ladders=MappingProxyType({}))
    assert served(gone.written, gone.ladders, "en") == ()


def test_a_text_in_no_language_is_refused() -> None:
    """A key point has words in the languages it is written in."""
    with pytest.raises(ValidationError):
        type(BANK.short[0].points[0])(text={"en": "A"}, says={"zh": ("甲",)})
