"""What reading one content file promises."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import Field

from interviewer.content.form import Document, Id, Text, Value, Words, line_of, read_document
from interviewer.content.form import read_text as read
from interviewer.errors import ContentError, Fault


class _Part(Value):
    id: Id
    weight: int = 1
    said: Words | None = None


class _Whole(Document):
    id: Id
    name: Words
    note: Text = "none"
    parts: tuple[_Part, ...] = ()
    by_name: dict[str, _Part] = Field(default_factory=dict)


_GOOD = 'schema = 1\nid = "whole"\nname = {en = "Whole"}\n'


def _faults(folder: Path, text: str) -> list[Fault]:
    path = folder / "whole.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_document(path, _Whole)
    assert all(fault.path == path for fault in caught.value.faults)
    return list(caught.value.faults)


def _said(folder: Path, text: str) -> list[tuple[int | None, str, str]]:
    return [(fault.line, fault.what, fault.fix) for fault in _faults(folder, text)]


def test_a_good_file_is_a_frozen_value(tmp_path: Path) -> None:
    """A file of the form is read, texts without the space around them, and cannot be changed."""
    path = tmp_path / "whole.toml"
    path.write_text(f'{_GOOD}note = "  said "\n[[parts]]\nid = "a"\n', encoding="utf-8")
    whole = read_document(path, _Whole)
    assert (whole.id, whole.note, whole.parts) == ("whole", "said", (_Part(id="a"),))
    with pytest.raises(ValueError, match="frozen"):
        whole.id = "other"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{_GOOD}note = \n", 4),
        (f"{_GOOD}[[parts]\n", 4),
        (f'{_GOOD}id = "twice"\n', 4),
        (f'{_GOOD}note = """open\nstill\n', 6),
    ],
)
def test_what_is_no_toml_names_the_line(tmp_path: Path, text: str, line: int) -> None:
    """A line that does not parse is named by its number, an open end by the last line."""
    (fault,) = _faults(tmp_path, text)
    assert fault.what.startswith("This is no TOML: ")
    assert fault.fix == "Correct the line."
    assert fault.line is not None
    assert abs(fault.line - line) <= 1


def test_an_unknown_key_is_named_with_the_known_ones(tmp_path: Path) -> None:
    """A key nobody reads is a fault with its line; the fix lists what could have been meant."""
    known = "schema, id, name, note, parts, by_name"
    assert _said(tmp_path, f"{_GOOD}nmae = 3\n") == [
        (4, "Unknown key `nmae`.", f"Remove it, or use one of: {known}.")
    ]


def test_an_unknown_key_in_a_table_is_named_with_those_of_the_table(tmp_path: Path) -> None:
    """Inside a table the fix lists the keys of that table, also of the second one."""
    text = f'{_GOOD}[[parts]]\nid = "a"\n[[parts]]\nid = "b"\nheft = 2\n'
    assert _said(tmp_path, text) == [
        (8, "Unknown key `parts.1.heft`.", "Remove it, or use one of: id, weight, said.")
    ]


def test_an_unknown_key_below_a_name_is_still_a_fault(tmp_path: Path) -> None:
    """Where a table holds names of the author's choice the key is named all the same."""
    (fault,) = _faults(tmp_path, f'{_GOOD}[by_name.x]\nid = "a"\nheft = 2\n')
    assert (fault.line, fault.what) == (6, "Unknown key `by_name.x.heft`.")


def test_a_missing_key_is_named_with_its_table(tmp_path: Path) -> None:
    """A key that is not there is named; the line is that of the table it belongs to."""
    text = 'schema = 1\nname = {en = "Whole"}\n[[parts]]\nid = "a"\n[[parts]]\nweight = 2\n'
    assert _said(tmp_path, text) == [
        (None, "`id` is missing.", "Add it."),
        (5, "`parts.1.id` is missing.", "Add it."),
    ]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    """One reading names every fault of the file, so that its author mends them in one go."""
    text = (
        'schema = 2\nid = "Not An Id"\nname = {english = ""}\nnote = " "\n'
        '[[parts]]\nid = "a"\nweight = "heavy"\n'
    )
    faults = _faults(tmp_path, text)
    assert {fault.line for fault in faults} == {1, 2, 3, 4, 7}
    assert all(fault.fix for fault in faults)
    assert "an empty text" in str(ContentError(*faults))


def test_a_text_in_no_language_is_a_fault(tmp_path: Path) -> None:
    """A table of languages with nothing in it says nothing to anybody."""
    (fault,) = _faults(tmp_path, 'schema = 1\nid = "a"\nname = {}\n')
    assert (fault.line, fault.what) == (3, "`name`: a text in no language.")


@pytest.mark.parametrize("name", ["", "-a", "A", "a b", "../a", "a" * 62, "数据"])
def test_an_id_is_safe_to_use_in_a_path(tmp_path: Path, name: str) -> None:
    """Ids are small letters, digits, points, hyphens and underscores, and never long."""
    (fault,) = _faults(tmp_path, f'schema = 1\nid = "{name}"\nname = {{en = "x"}}\n')
    assert fault.line == 2


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    """A file that is not there is named and to be added."""
    with pytest.raises(ContentError, match=r"gone\.toml: The file is missing\. Add it\."):
        read(tmp_path / "gone.toml")


def test_a_file_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are named by their place."""
    path = tmp_path / "old.toml"
    path.write_bytes("a = 'Zürich'".encode("latin-1"))
    with pytest.raises(ContentError, match=r"Byte 6 is no UTF-8\. Save the file as UTF-8\."):
        read(path)


def test_what_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    """A folder in the place of a file is no crash."""
    with pytest.raises(ContentError, match="cannot be read"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        ((), None),
        (("nowhere",), None),
        (("id",), 1),
        (("parts", 0), 2),
        (("parts", 1, "id"), 6),
        (("parts", 1, "deep", "x"), 8),
        (("parts", 7, "id"), 1),
        (("inline", "zh"), 9),
    ],
)
def test_a_key_is_found_on_its_line(loc: tuple[int | str, ...], line: int | None) -> None:
    """The line is that of the key itself, in the right table, or that of the table it lacks."""
    lines = [
        'id = "a"',
        "[[parts]]",
        'id = "b"',
        "",
        "[[parts]]",
        'id = "c"',
        "[parts.deep]",
        "x = 1",
        'inline = {en = "a", zh = "b"}',
    ]
    assert line_of(lines, loc) == line
