"""Which research a reader may use, add to and delete."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.errors import InputError
from interviewer.research.access import Reader
from interviewer.research.ingest import check_company
from interviewer.research.ownership import Owner, claim


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Return the shared packs and those of two visitors and the terminal."""
    shared, own = tmp_path / "shared", tmp_path / "own"
    (shared / "brightwell").mkdir(parents=True)
    for company, owner in (
        ("ones", Owner(visitor="one")),
        ("twos", Owner(visitor="two")),
        ("terminals", Owner()),
        ("another", Owner("other")),
        ("nobodys", None),
    ):
        (own / company).mkdir(parents=True)
        if owner is not None:
            claim(own / company, owner)
    return shared, own


def _readable(reader: Reader) -> set[str]:
    known = ("brightwell", "ones", "twos", "terminals", "another", "nobodys", "missing")
    return {name for name in known if reader.may_read(name)}


def test_where_others_can_ask_each_sees_what_is_shared_and_their_own(
    folders: tuple[Path, Path],
) -> None:
    """Nothing one visitor took in is there for another; without a cookie nothing is."""
    assert _readable(Reader(*folders, "one", alone=False)) == {"brightwell", "ones"}
    assert _readable(Reader(*folders, "two", alone=False)) == {"brightwell", "twos"}
    assert _readable(Reader(*folders, "", alone=False)) == {"brightwell"}


def test_on_a_machine_of_ones_own_all_of_it_is_the_candidates(folders: tuple[Path, Path]) -> None:
    """Terminal and browsers are one candidate; another candidate's stays another's."""
    seen = _readable(Reader(*folders, "three", alone=True))
    assert seen == {"brightwell", "ones", "twos", "terminals", "nobodys"}


def test_refusals_do_not_tell_what_there_is(folders: tuple[Path, Path]) -> None:
    """Another's employer and one that is not there are refused in the same words."""
    reader = Reader(*folders, "one", alone=False)
    said = []
    for company in ("twos", "missing"):
        with pytest.raises(InputError) as caught:
            reader.check_read(company)
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_what_is_shared_is_added_to_only_alone(folders: tuple[Path, Path]) -> None:
    """What a visitor adds is never read by the others who use a shared pack."""
    with pytest.raises(InputError, match="not yours"):
        Reader(*folders, "one", alone=False).check_add("brightwell")
    Reader(*folders, "one", alone=True).check_add("brightwell")
    Reader(*folders, "one", alone=False).check_add("ones")
    shared, own = folders
    (own / "brightwell").mkdir()
    claim(own / "brightwell", Owner("other"))
    with pytest.raises(InputError, match="not yours"):
        Reader(shared, own, "one", alone=True).check_add("brightwell")


def test_what_came_with_the_installation_cannot_be_deleted(folders: tuple[Path, Path]) -> None:
    """Only what was taken in goes."""
    for alone in (True, False):
        reader = Reader(*folders, "one", alone=alone)
        with pytest.raises(InputError, match="installation"):
            reader.check_delete("brightwell")
        reader.check_delete("ones")


@pytest.mark.parametrize("company", ["..", ".", "", "../own/twos", "ones/../twos", "/etc"])
def test_what_is_no_id_is_nobodys(folders: tuple[Path, Path], company: str) -> None:
    """A path instead of an id opens nothing, whoever asks."""
    for alone in (True, False):
        reader = Reader(*folders, "one", alone=alone)
        assert not reader.may_read(company)


def test_an_id_tells_others_nothing(folders: tuple[Path, Path]) -> None:
    """Where others can ask, an employer's id cannot be guessed from its name."""
    assert Reader(*folders, "one", alone=True).new_id("Ones", {"ones"}) == "ones-2"
    reader = Reader(*folders, "one", alone=False)
    ids = {reader.new_id("A name as long as names may be, with ones to spare", ()) for _ in "ab"}
    assert len(ids) == 2
    for found in ids:
        check_company(found)
