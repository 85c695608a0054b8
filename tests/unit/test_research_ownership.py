from pathlib import Path

import pytest

from interviewer.errors import InputError, SetupError
from interviewer.research.ownership import Owner, check_owner, claim, owner_of, packs_of


def test_the_first_claim_stays(tmp_path: Path) -> None:
    """A folder keeps its first owner; the same may come again, another is refused."""
    folder = tmp_path / "acme"
    folder.mkdir()
    assert owner_of(folder) is None
    check_owner(folder, Owner("ann"))
    claim(folder, Owner("ann", "digest"))
    claim(folder, Owner("ann", "digest"))
    assert owner_of(folder) == Owner("ann", "digest")
    for other in (Owner("ben", "digest"), Owner("ann"), Owner("ann", "other")):
        with pytest.raises(InputError, match="another candidate's"):
            claim(folder, other)
    assert packs_of(tmp_path, "ann") == ("acme",)
    assert packs_of(tmp_path, "ben") == packs_of(tmp_path / "none", "ann") == ()


@pytest.mark.parametrize("note", ["", "[]", "{}", '"x"', "\x00", '{"owner"'])
def test_a_broken_note_is_nobodys(tmp_path: Path, note: str) -> None:
    """What cannot be read names nobody, and the next who takes something in is noted."""
    (tmp_path / ".owner.json").write_text(note, encoding="utf-8")
    assert owner_of(tmp_path) is None
    claim(tmp_path, Owner("ann"))
    assert owner_of(tmp_path) == Owner("ann")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The sentence names the folder."""
    with pytest.raises(SetupError, match=r"none cannot be written"):
        claim(tmp_path / "none", Owner())
