"""What is said about interviews, and answers given again, as they are kept."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from interviewer.errors import ConversationError, InputError
from interviewer.interview import annotations as said
from interviewer.interview.annotations import Annotation, annotations_in
from interviewer.storage import SqlSessionStore
from interviewer.transcript import Interview, Transcript
from interviewer.transcript_file import dump, load

RATED = Annotation("self_rating", "interview", {"levels": {"integrity": 4}})
MEANT = Annotation("dispute", "hr/integrity", {"part": "result", "said": "zanzibar 桑给巴尔"})


def test_notes_are_given_back_in_their_order(store: SqlSessionStore) -> None:
    """What is said about one interview comes back value for value, with its time, to no other."""
    for name in ("a", "b"):
        asyncio.run(store.create(Transcript(id=name)))
    assert asyncio.run(store.annotate("a", RATED))
    assert asyncio.run(store.annotate("a", replace(MEANT, at="2026-01-01T00:00:00Z")))
    kept = asyncio.run(store.annotations("a"))
    assert kept == (
        replace(RATED, at="2026-11-22T12:00:00Z"),
        replace(MEANT, at="2026-01-01T00:00:00Z"),
    )
    assert asyncio.run(store.annotations("b")) == ()


def test_what_is_said_once_stays_as_it_was(store: SqlSessionStore) -> None:
    """A second of the same kind about the same is not kept where one is all there may be."""
    asyncio.run(store.create(Transcript(id="a")))
    assert asyncio.run(store.annotate("a", RATED, once=True))
    other = replace(RATED, body={"levels": {"integrity": 1}})
    assert not asyncio.run(store.annotate("a", other, once=True))
    assert asyncio.run(store.annotate("a", replace(RATED, about="hr/integrity"), once=True))
    assert [entry.body for entry in asyncio.run(store.annotations("a"))] == [RATED.body] * 2


def test_notes_have_an_interview_and_a_limit(
    store: SqlSessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is noted about what is not there, nor without end."""
    with pytest.raises(InputError, match="no interview with the id 'a'"):
        asyncio.run(store.annotate("a", RATED))
    with pytest.raises(InputError, match="no interview with the id 'a'"):
        asyncio.run(store.annotations("a"))
    monkeypatch.setattr("interviewer.storage.annotations.MOST_ANNOTATIONS", 1)
    asyncio.run(store.create(Transcript(id="a")))
    asyncio.run(store.annotate("a", RATED))
    with pytest.raises(ConversationError, match="1 notes already"):
        asyncio.run(store.annotate("a", MEANT))


def test_notes_go_out_and_come_in_with_the_interview(store: SqlSessionStore) -> None:
    """All that is held about a person has them; a file with them is taken in, and equal."""
    asyncio.run(store.create(Transcript(id="a", extra={"draft": "x"}), owner="Ann"))
    asyncio.run(store.annotate("a", RATED))
    asyncio.run(store.annotate("a", MEANT))
    (held,) = asyncio.run(store.everything("Ann"))
    read = load(dump(held))
    assert annotations_in(read) == asyncio.run(store.annotations("a"))
    new = asyncio.run(store.import_transcript(read, "Ben"))
    assert new != "a"
    assert asyncio.run(store.annotations(new)) == asyncio.run(store.annotations("a"))
    assert asyncio.run(store.load(new)).extra == {"draft": "x"}
    none = asyncio.run(store.import_transcript(replace(held, id="c", extra={}), "Ben"))
    assert asyncio.run(store.annotations(none)) == ()
    only = said.with_annotations(Transcript(id="d"), [RATED])
    assert asyncio.run(store.import_transcript(only, "Ben")) == "d"
    assert asyncio.run(store.load("d")) == Transcript(id="d")
    assert said.with_annotations(bare := Transcript(id="d"), []) is bare


@pytest.mark.parametrize(
    "wrong",
    [
        "text",
        ["text"],
        [{"kind": "dispute", "about": "x", "at": ""}],
        [{"kind": "", "about": "x", "at": "", "body": {}}],
        [{"kind": "x" * 201, "about": "x", "at": "", "body": {}}],
        [{"kind": "dispute", "about": 3, "at": "", "body": {}}],
        [{}] * 1_001,
    ],
    ids=["text", "no_table", "no_body", "no_kind", "long", "number", "many"],
)
def test_notes_that_cannot_be_read_are_refused_whole(
    store: SqlSessionStore, wrong: object
) -> None:
    """A file whose notes are no notes is refused with a sentence, and nothing of it is kept."""
    line = json.dumps({"id": "a", "messages": [], "annotations": wrong})
    with pytest.raises(InputError, match=r"annotation.* export the interview anew"):
        asyncio.run(store.import_transcript(load(line), "Ann"))
    assert asyncio.run(store.sessions()) == ()


def test_notes_are_forgotten_with_the_interview(
    store: SqlSessionStore, holds: Callable[[str], bool], kind: str
) -> None:
    """They are counted among what was deleted, nothing of them stays, and others' do."""
    for name in ("a", "b"):
        asyncio.run(store.create(Transcript(id=name), owner="Ann"))
    asyncio.run(store.annotate("a", MEANT))
    asyncio.run(store.annotate("b", RATED))
    assert holds("zanzibar")
    gone = asyncio.run(store.forget("a"))
    assert (gone.sessions, gone.annotations, gone.erased) == (1, 1, kind == "sqlite")
    assert not holds("zanzibar")
    assert len(asyncio.run(store.annotations("b"))) == 1
    assert asyncio.run(store.forget("Ann")).annotations == 1


def again(session: str, of: object, item: object = "hr.conflict.1") -> Transcript:
    """An interview that says it gives an answer again."""
    return Transcript(
        id=session, interview=Interview(extra={"redo": {"session": of, "item": item}})
    )


def test_answers_given_again_are_found_under_their_interview(store: SqlSessionStore) -> None:
    """The list says whose they are; one of them can go by itself, and all go with the first."""
    asyncio.run(store.create(Transcript(id="a"), owner="Ann"))
    asyncio.run(store.create(again("r1", "a"), owner="Ann"))
    asyncio.run(store.create(again("r2", "a"), owner="Ann"))
    listed = {entry.id: entry.redo_of for entry in asyncio.run(store.sessions())}
    assert listed == {"a": None, "r1": "a", "r2": "a"}
    assert [entry.id for entry in asyncio.run(store.redos("a"))] == ["r1", "r2"]
    assert asyncio.run(store.owner_of("r1")) == "Ann"
    assert asyncio.run(store.forget("r2")).sessions == 1
    assert asyncio.run(store.forget("a")).sessions == 2
    with pytest.raises(InputError, match="'r1'"):
        asyncio.run(store.load("r1"))
    with pytest.raises(InputError, match="'a'"):
        asyncio.run(store.owner_of("a"))


def test_nobody_puts_an_answer_under_anothers_interview(store: SqlSessionStore) -> None:
    """An interview that names another person's or browser's as its first is not listed there."""
    asyncio.run(store.create(Transcript(id="a"), owner="Ann", visitor="d1"))
    asyncio.run(store.create(again("r1", "a"), owner="Ben", visitor="d1"))
    asyncio.run(store.create(again("r2", "a"), owner="Ann", visitor="d2"))
    asyncio.run(store.create(again("r3", "a"), owner="Ann"))
    asyncio.run(store.create(again("r4", "a"), owner="Ann", visitor="d1"))
    assert [entry.id for entry in asyncio.run(store.redos("a"))] == ["r4"]
    assert asyncio.run(store.forget("a")).sessions == 2
    assert {entry.id for entry in asyncio.run(store.sessions())} == {"r1", "r2", "r3"}


@pytest.mark.parametrize("of", [None, 3, ""], ids=["none", "number", "empty"])
def test_a_mark_that_names_nothing_is_kept_as_read(store: SqlSessionStore, of: object) -> None:
    """Such an interview counts as one of its own."""
    asyncio.run(store.create(again("r", of)))
    assert asyncio.run(store.sessions())[0].redo_of is None
    assert asyncio.run(store.load("r")) == again("r", of)
