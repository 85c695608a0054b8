"""Who may come in and see what: decided in one place, and no by default."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from interviewer.errors import InputError
from interviewer.people.access import (
    EDITING,
    SHOWN,
    Act,
    Held,
    Shown,
    checked_shown,
    may,
    may_edit_content,
    shown_for,
)
from interviewer.people.accounts import (
    ROLES,
    Role,
    check_password,
    checked_name,
    checked_role,
    folded,
    new_key,
    owner_of_key,
)
from interviewer.people.assignments import (
    MOST_TAKES,
    Assignment,
    Standing,
    Task,
    checked_task,
    task_of,
    task_record,
)
from interviewer.people.doors import COACHING, EVALUATING, EVERYBODY, door_of
from interviewer.people.remarks import checked_comment, checked_level, on_turns
from interviewer.transcript import Transcript, Turn

TODAY = date(2026, 11, 27)
ACTS: tuple[Act, ...] = ("use", "read", "judge", "help")
TASK = Task("brightwell", "data-engineer", "en", "company", "usual")


@pytest.mark.parametrize(
    ("shown", "allowed"),
    [
        ("nothing", set()),
        ("transcript", {"read"}),
        ("report", {"read", "judge"}),
        ("help", {"read", "help"}),
    ],
)
def test_a_coach_may_what_is_shown_and_nothing_else(shown: Shown, allowed: set[Act]) -> None:
    """What is not shown is not seen, and nobody but its candidate goes on with an interview."""
    held = Held("@1:ann", shown)
    assert {act for act in ACTS if may(act, "@2:coach", held)} == allowed
    assert {act for act in ACTS if may(act, "@1:ann", held)} == {"use", "read", "judge"}


def test_lists_go_by_the_same_table_as_each_of_them() -> None:
    """What is asked for at once is what may be asked for one by one."""
    for act in ACTS:
        allowed = [shown for shown in SHOWN if may(act, "@2:coach", Held("@1:ann", shown))]
        assert list(shown_for(act)) == allowed


def test_nobody_may_anything() -> None:
    """Without a key, and with an interview of the terminal's, the answer is no."""
    for act in ACTS:
        assert not may(act, None, Held("@1:ann", "nothing"))
        assert not may(act, "", Held(""))
        assert not may(act, None, Held(None, "report"))
        assert not may(act, "@1:ann", Held(None))


@pytest.mark.parametrize("role", ROLES)
def test_copies_are_edited_by_coaches_admins_and_the_single_person(role: Role) -> None:
    """A role decides where people sign in; without accounts only whoever is alone edits."""
    assert may_edit_content(role, alone=False) is (role in {"coach", "admin"})
    assert may_edit_content(role, alone=True) is (role in {"coach", "admin"})
    assert may_edit_content(None, alone=True)
    assert not may_edit_content(None, alone=False)


def test_how_much_is_shown_is_one_of_the_choices() -> None:
    """A form that says anything else shows nothing."""
    assert [checked_shown(text) for text in SHOWN] == list(SHOWN)
    with pytest.raises(InputError, match="nothing, transcript, report, help"):
        checked_shown("all")


@pytest.mark.parametrize("name", ["Ann Lee", "张伟", "o'neil", "J. R. Müller-Maß", "7"])
def test_a_name_can_be_written_in_any_language(name: str) -> None:
    """Letters of any script, spaces, dots, hyphens and apostrophes are taken."""
    assert checked_name(f"  {name} ") == name


@pytest.mark.parametrize("name", ["", "  ", "me", "ME", "<b>", "a/b", "@ann", "x" * 61, "a\n:b"])
def test_what_is_no_name_is_refused(name: str) -> None:
    """Signs that addresses and keys use, and the name of whoever needs no account, are not."""
    with pytest.raises(InputError, match="cannot be the name"):
        checked_name(name)


def test_names_that_read_the_same_are_the_same() -> None:
    """Capitals, width and spaces make no second account."""
    assert folded("ANN  Lee") == folded("ann lee") == folded("Ａnn lee")
    # Of marks without end only the beginning is brought into one form, which takes their square.
    assert len(folded("a" + "\u0327\u0301" * 100_000)) < 1_000


@pytest.mark.parametrize(
    "password", ["short", "x" * 201, "aaaaaaaaaaaaaa", "ann leeann lee", "ann lee ann lee"]
)
def test_an_easy_password_is_refused(password: str) -> None:
    """Too short, too long, one sign over and over, or the name."""
    with pytest.raises(InputError):
        check_password(password, "Ann Lee")
    check_password("four words in a row", "Ann Lee")


def test_there_are_four_roles() -> None:
    """Each is known by its word, and nothing else is one."""
    assert [checked_role(role) for role in ROLES] == list(ROLES)
    with pytest.raises(InputError, match="candidate, coach"):
        checked_role("root")


def test_a_key_tells_its_owner_and_is_never_given_twice() -> None:
    """An account of an old name reaches nothing of the old one; a browser's owner is `me`."""
    one, two = new_key("Ann: Lee"), new_key("Ann: Lee")
    assert one != two
    assert owner_of_key(one) == owner_of_key(two) == "Ann: Lee"
    assert owner_of_key("0123abcd") == owner_of_key(None) == "me"


@pytest.mark.parametrize(
    ("path", "roles"),
    [
        ("/", EVERYBODY), ("/coach", COACHING), ("/coach/sessions/x", COACHING),
        ("/evaluate/first/1", EVALUATING), ("/studio/rubric/x/all", EDITING),
        ("/sessions/x/transcript.jsonl", EVERYBODY),
        ("/login", frozenset()), ("/own/app.css", frozenset()),
    ],
)  # fmt: skip
def test_each_address_has_its_door(path: str, roles: frozenset[str]) -> None:
    """Who may come near an address stands in one list."""
    door = door_of(path)
    assert door is not None
    assert door.roles == roles


@pytest.mark.parametrize(
    "path", ["/new", "/login/", "/gradio_api/info", "/own/../x/y", "/sessions/x", "//coach", ""]
)
def test_an_unknown_address_is_closed(path: str) -> None:
    """What nobody wrote a rule for is for nobody."""
    assert door_of(path) is None


def test_an_assignment_stands_as_far_as_its_interviews() -> None:
    """Open, under way, done or overdue; what is done is done, late or not."""
    task = replace(TASK, takes=2, due="2026-11-26")
    standing = Standing(Assignment("a", "Cleo", 1, "", task), "Ann", 2)
    assert standing.status(TODAY) == "overdue"
    assert standing.is_due_soon(TODAY)
    assert replace(standing, begun=2, finished=2).status(TODAY) == "done"
    assert not replace(standing, begun=2, finished=2).is_due_soon(TODAY)
    later = replace(standing, assignment=Assignment("a", "Cleo", 1, "", replace(task, due="")))
    assert later.status(TODAY) == "open"
    assert replace(later, begun=1).status(TODAY) == "under_way"
    assert not later.is_due_soon(TODAY)


@pytest.mark.parametrize(
    "change",
    [{"takes": 0}, {"takes": MOST_TAKES + 1}, {"due": "soon"}, {"due": "2026-11-26"},
     {"note": "x" * 2001}],
)  # fmt: skip
def test_a_task_that_cannot_be_done_is_refused(change: dict[str, object]) -> None:
    """Takes within reason, a day to come, a note that can be read."""
    with pytest.raises(InputError):
        checked_task(replace(TASK, **change), TODAY)  # type: ignore[arg-type]  # fields of a task
    assert checked_task(replace(TASK, due="2026-11-27"), TODAY)


def test_a_task_is_kept_as_it_was_given() -> None:
    """What is read is what was written; a newer program's fields are left out."""
    task = replace(TASK, takes=3, due="2026-12-01", note="Look at the figures.", practice=False)
    assert task_of({**task_record(task), "newer": 1}) == task
    chosen = replace(task, copies=("persona/hr",))
    assert task_of({**task_record(chosen), "copies": ["persona/hr"]}) == chosen


def test_a_comment_quotes_what_was_said() -> None:
    """A quote is an exact part of its turn; an empty comment says nothing."""
    transcript = Transcript(
        "t", turns=(Turn(1, "assistant", "Why us?"), Turn(2, "user", "Robots."))
    )
    said = checked_comment(transcript, 2, " Say why. ", "Robots")
    assert (said.about, said.text, said.quote) == ("turn:2", "Say why.", "Robots")
    whole = checked_comment(transcript, None, "Good pace.", "")
    assert whole.about == "interview"
    assert on_turns([said, whole]) == {2: [said]}
    for seq, text, quote in ((3, "x", ""), (2, " ", ""), (2, "x" * 2001, ""), (2, "x", "Robot!")):
        with pytest.raises(InputError):
            checked_comment(transcript, seq, text, quote)


def test_a_coachs_level_needs_the_scale_and_a_reason() -> None:
    """Another level than the machine's is kept beside it, with why."""
    given = checked_level("hr/motivation", "4", 2.5, (1, 5), "Named the result in turn 6.")
    assert (given.level, given.machine, given.about) == (4.0, 2.5, "hr/motivation")
    for level, reason in (("6", "why"), ("0", "why"), ("4.5", "why"), ("", "why"), ("4", " ")):
        with pytest.raises(InputError):
            checked_level("hr/motivation", level, None, (1, 5), reason)
