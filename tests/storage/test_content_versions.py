"""Edited copies of content files in a database: kept, published, given back, forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine

from interviewer.content.copies import Piece, digest_of
from interviewer.errors import ConversationError, InputError, NotThereError
from interviewer.storage import SqlPeople, SqlSessionStore, SqlStudio, content_versions
from interviewer.studio.versions import Figure, Verdict
from tests.storage.conftest import NOW

T = TypeVar("T")
PIECE, OTHER = Piece("phrases", "hr", "en"), Piece("format", "company")
SHIPPED = digest_of("as it comes\n")


def done(work: Coroutine[Any, Any, T]) -> T:
    """Return what comes of it."""
    return asyncio.run(work)


@pytest.fixture
def studio(engine: Engine) -> SqlStudio:
    """Return the copies of a database where it is always noon."""
    return SqlStudio(engine, clock=lambda: NOW)


def test_every_version_is_kept_and_each_file_and_owner_has_its_own(studio: SqlStudio) -> None:
    """Numbers count by file and owner; a text like the newest is not kept again."""
    for text in ("one", "two", "two", "one"):
        done(studio.add("me", PIECE, text, f"to {text}"))
    done(studio.add("me", OTHER, "three"))
    done(studio.add("dana", PIECE, "four"))
    mine = done(studio.versions("me", PIECE))
    assert [(v.number, v.text, v.note, v.at) for v in mine] == [
        (3, "one\n", "to one", NOW), (2, "two\n", "to two", NOW), (1, "one\n", "to one", NOW),
    ]  # fmt: skip
    assert mine[0].digest == digest_of("one\n")
    assert {(v.piece, v.number) for v in done(studio.newest("me"))} == {(PIECE, 3), (OTHER, 1)}
    assert done(studio.version("dana", PIECE, 1)).text == "four\n"
    for owner, number in (("dana", 2), ("nobody", 1)):
        with pytest.raises(NotThereError):
            done(studio.version(owner, PIECE, number))


def test_no_more_is_kept_than_is_allowed(
    studio: SqlStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many versions of a file, or of all, are refused with what to do."""
    monkeypatch.setattr(content_versions, "MOST_VERSIONS", 2)
    monkeypatch.setattr(content_versions, "MOST_IN_ALL", 3)
    for text in ("one", "two"):
        done(studio.add("me", PIECE, text))
    with pytest.raises(ConversationError, match="Delete"):
        done(studio.add("me", PIECE, "three"))
    done(studio.add("me", OTHER, "three"))
    with pytest.raises(ConversationError):
        done(studio.add("me", OTHER, "four"))
    assert done(studio.delete("me", PIECE)) == 2
    assert done(studio.add("me", OTHER, "four")).number == 2


def test_one_version_a_file_is_published_and_only_after_a_trial(studio: SqlStudio) -> None:
    """A trial against what counts now; what is published stands in for the one before."""
    for text in ("one", "two"):
        done(studio.add("me", PIECE, text))
    with pytest.raises(InputError, match="Evaluate"):
        done(studio.publish("me", PIECE, 1, shipped=SHIPPED, reason=""))
    done(studio.judged("me", PIECE, 1, Verdict(SHIPPED, 12)))
    first = done(studio.publish("me", PIECE, 1, shipped=SHIPPED, reason=""))
    assert (first.published, first.reason) == (NOW, "")
    done(studio.judged("me", PIECE, 2, Verdict(SHIPPED, 12)))
    with pytest.raises(InputError, match="Evaluate"):
        done(studio.publish("me", PIECE, 2, shipped=SHIPPED, reason=""))
    figure = Figure("role_breaks", 0.0, 2.0, 2.0, None, "lower", worse=True)
    done(studio.judged("me", PIECE, 2, Verdict(first.digest, 12, (figure,), {"praise": 1})))
    with pytest.raises(InputError, match="worse"):
        done(studio.publish("me", PIECE, 2, shipped=SHIPPED, reason="because"))
    reason = "A drill on being praised."
    second = done(studio.publish("me", PIECE, 2, shipped=SHIPPED, reason=reason))
    assert second.reason == reason
    assert second.verdict is not None
    assert second.verdict.worse == ("role_breaks", "praise")
    assert [v.number for v in done(studio.published("me"))] == [2]
    assert done(studio.published("dana")) == ()
    done(studio.withdraw("me", PIECE))
    assert done(studio.published("me")) == ()
    assert done(studio.texts([first.digest, "x"])) == {first.digest: "one\n"}


def test_copies_are_exported_and_forgotten_with_their_owner(
    studio: SqlStudio, store: SqlSessionStore, engine: Engine, holds: Callable[[str], bool]
) -> None:
    """What is held of somebody has them in it; forgetting leaves no byte of one."""
    done(studio.add("me", PIECE, "zugunruhe"))
    told = done(SqlPeople(engine).record("me"))
    assert told is not None
    assert [(c["file"], c["text"]) for c in told["copies"]] == [  # type: ignore[attr-defined]  # a list of tables
        (PIECE.file, "zugunruhe\n")
    ]
    assert holds("zugunruhe")
    assert done(store.forget("me")).copies == 1
    assert not holds("zugunruhe")
