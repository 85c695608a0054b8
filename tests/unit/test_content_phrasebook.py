"""What a phrasebook file promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.persona import PersonaFile
from interviewer.content.phrasebook import KEYS, SLOT, fill, read_phrasebook
from interviewer.errors import ContentError, Fault

_DOCUMENTED = re.compile(r"^\| (`[a-z_.` ]+`) \| .* \|(.*)\| (\d+)(?: each)? \|$", re.MULTILINE)
_ROOT = Path(__file__).parents[2]


def _book() -> dict[str, list[str]]:
    """Return the smallest phrasebook that is right."""
    return {
        name: [
            f"Phrase {n} "
            + " ".join(f"{{{slot}}}" for slot in sorted(key.required))
            + "?" * (key.marks or 0)
            for n in range(key.least)
        ]
        for name, key in KEYS.items()
    }


def _write(folder: Path, book: dict[str, list[str]], *extra: str) -> Path:
    tables: dict[str, list[str]] = {}
    for name, variants in book.items():
        table, _, inner = name.rpartition(".")
        lines = "".join(f'  "{variant}",\n' for variant in variants)
        tables.setdefault(table, []).append(f"{inner} = [\n{lines}]\n")
    text = "schema = 1\n" + "".join(
        (f"[{table}]\n" if table else "") + "".join(entries) for table, entries in tables.items()
    )
    path = folder / "phrases.en.toml"
    path.write_text(text + "".join(extra), encoding="utf-8")
    return path


def _faults(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(ContentError) as caught:
        read_phrasebook(path, "en")
    return caught.value.faults


def _fault_of(folder: Path, key: str, variant: str) -> Fault:
    book = _book()
    book[key][0] = variant
    path = _write(folder, book)
    (fault,) = _faults(path)
    assert fault.line is not None
    assert variant in path.read_text(encoding="utf-8").splitlines()[fault.line - 1]
    return fault


def test_a_right_phrasebook_is_read(tmp_path: Path) -> None:
    """Every key has its variants, in the order of the file."""
    book = read_phrasebook(_write(tmp_path, _book()), "en")
    assert book.language == "en"
    assert {name: list(book.variants(name)) for name in KEYS} == _book()


def test_the_guide_lists_the_keys_that_are_checked() -> None:
    """docs/content.md names the same keys, slots and numbers of variants as the check."""
    guide = (_ROOT / "docs" / "content.md").read_text(encoding="utf-8")
    listed = {}
    for names, slots, least in _DOCUMENTED.findall(guide):
        required = frozenset(re.findall(r"\*\*(\w+)\*\*", slots))
        offered = frozenset(re.findall(r"\w+", slots)) - required
        for name in re.findall(r"`([a-z_.]+)`", names):
            listed[name] = (int(least), required, offered)
    checked = {name: (key.least, key.required, key.offered) for name, key in KEYS.items()}
    assert listed == checked


def test_what_is_no_toml_is_a_fault(tmp_path: Path) -> None:
    """A phrasebook that does not parse names the line in its text."""
    path = tmp_path / "phrases.en.toml"
    path.write_text("schema = 1\n[ack\n", encoding="utf-8")
    (fault,) = _faults(path)
    assert "no TOML" in fault.what
    assert "line 2" in fault.what


def test_the_schema_is_asked_for(tmp_path: Path) -> None:
    """Without `schema = 1` nobody can tell later which form the file has."""
    path = _write(tmp_path, _book())
    path.write_text(path.read_text(encoding="utf-8").replace("schema = 1", ""), encoding="utf-8")
    (fault,) = _faults(path)
    assert (fault.line, fault.fix) == (1, "Put it on the first line.")


def test_unknown_and_missing_keys_are_named_at_once(tmp_path: Path) -> None:
    """A key that is never said and one that is never written are both named, with the fix."""
    book = _book()
    del book["ack.plain"], book["signature"]
    path = _write(tmp_path, book, '[farewell]\nsoft = ["Bye."]\n')
    path.write_text(
        path.read_text(encoding="utf-8").replace("schema = 1\n", 'schema = 1\nmood = "gay"\n', 1),
        encoding="utf-8",
    )
    faults = {fault.what: fault for fault in _faults(path)}
    assert set(faults) == {
        "Unknown key `farewell.soft`.",
        "Unknown key `mood`.",
        "The phrasebook never says `ack.plain`.",
        "The phrasebook never says `signature`.",
    }
    assert faults["Unknown key `mood`."].line == 2
    line = faults["Unknown key `farewell.soft`."].line
    assert line is not None
    assert path.read_text(encoding="utf-8").splitlines()[line - 1].startswith("soft")
    assert faults["The phrasebook never says `ack.plain`."].fix == (
        "Add it with 14 variants or more."
    )


def test_too_few_different_variants_are_a_fault(tmp_path: Path) -> None:
    """The same sentence twice counts once."""
    book = _book()
    book["ack.plain"][1] = book["ack.plain"][0]
    path = _write(tmp_path, book)
    (fault,) = _faults(path)
    assert fault.line is not None
    assert path.read_text(encoding="utf-8").splitlines()[fault.line - 1].startswith("plain")
    assert "needs 14" in fault.what


@pytest.mark.parametrize(
    ("key", "variant", "what"),
    [
        ("ack.thing", "You said {thin}.", "unknown slots: thin"),
        ("ack.thing", "You said that.", "forgets the slot thing"),
        ("ack.plain", "Thanks, {name}.", "unknown slots: name"),
        ("ack.plain", "Thanks {Name}.", "a brace that is no slot"),
        ("ack.plain", "Thanks }.", "a brace that is no slot"),
        ("ack.plain", "Is that so?", "1 question marks"),
        ("ack.plain", "是吗？", "1 question marks"),
        ("probe.more", "Tell me more.", "0 question marks"),
        ("probe.more", "More? Why?", "2 question marks"),
    ],
)
def test_a_wrong_variant_is_named_with_its_line(
    tmp_path: Path, key: str, variant: str, what: str
) -> None:
    """Slots unknown or forgotten, loose braces and wrong question marks are told apart."""
    fault = _fault_of(tmp_path, key, variant)
    assert what in fault.what
    assert fault.fix


@pytest.mark.parametrize("written", ['"  "', "5"])
def test_a_variant_that_says_nothing_is_a_fault(tmp_path: Path, written: str) -> None:
    """Numbers and empty texts are no phrases."""
    path = _write(tmp_path, _book())
    text = path.read_text(encoding="utf-8").replace('"Phrase 0 ?"', written, 1)
    path.write_text(text, encoding="utf-8")
    assert any("no text" in fault.what for fault in _faults(path))


def test_one_text_in_the_place_of_a_list_is_one_variant(tmp_path: Path) -> None:
    """A key with a single text is read as one variant and so has too few."""
    book = _book()
    del book["ack.plain"]
    path = _write(tmp_path, book)
    text = path.read_text(encoding="utf-8").replace("[ack]\n", '[ack]\nplain = "Yes."\n')
    path.write_text(text, encoding="utf-8")
    (fault,) = _faults(path)
    assert fault.what == "`ack.plain` has 1 different variants and needs 14."


@given(st.text(max_size=40))
def test_a_value_is_never_looked_into(value: str) -> None:
    """What a candidate said is put into a slot as it is, braces and all."""
    assert fill("{thing}: noted, {name}.", {"thing": value, "name": "{thing}"}) == (
        f"{value}: noted, {{thing}}."
    )


def test_a_slot_without_a_value_is_an_error() -> None:
    """A phrase is never said with a hole in it."""
    with pytest.raises(KeyError):
        fill("{thing}.", {})
    assert SLOT.findall("{thing} {two_words} {No} {}") == ["thing", "two_words"]


@pytest.mark.parametrize("avatar", ["../hr.svg", "a\\b.svg", "hr.png", "/etc/x.svg"])
def test_an_avatar_lies_beside_its_file(avatar: str) -> None:
    """A drawing from another folder or of another kind is refused."""
    with pytest.raises(ValueError, match=r"\.svg file beside"):
        PersonaFile.model_validate({**_PERSONA, "avatar": avatar})


_PERSONA = {
    "schema": 1, "id": "hr", "version": "1", "name": {"en": "H"}, "title": {"en": "T"},
    "mandate": {"en": "M"}, "competencies": [], "minutes": 30, "talk_share": 0.25, "tone": "warm",
}  # fmt: skip


def test_a_manner_may_be_missing(tmp_path: Path) -> None:
    """A phrasebook without acknowledgements of a manner is whole; one with too few is not."""
    book = {name: texts for name, texts in _book().items() if KEYS[name].needed}
    assert not [name for name in read_phrasebook(_write(tmp_path, book), "en").phrases
                if name.startswith("manner.")]  # fmt: skip
    book["manner.warm"] = ["Thank you."]
    (fault,) = _faults(_write(tmp_path, book))
    assert "manner.warm" in fault.what
