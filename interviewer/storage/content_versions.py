"""Edited copies of content files: every version that was kept, and which one can be chosen.

A version is added and never changed but for whether it is published and what its last trial found.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Update,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)

from interviewer.content.copies import Piece, digest_of
from interviewer.errors import ConversationError, NotThereError
from interviewer.storage.people import find_person, person
from interviewer.storage.people_tables import content_versions
from interviewer.storage.rows import to_text
from interviewer.studio.versions import (
    MOST_IN_ALL,
    MOST_VERSIONS,
    Verdict,
    Version,
    check_publishable,
    checked_note,
    checked_text,
    verdict_of,
    verdict_record,
)

_NOT_THERE = "This version is not there, or it is not yours."
_KEPT = content_versions.c


def add_version(
    connection: Connection, owner: str, piece: Piece, text: str, note: str, *, now: str
) -> Version:
    """Keep a text as the newest version of a file; one like the newest is not kept again.

    Raises:
        InputError: Text or note cannot be kept.
        ConversationError: There are too many versions already.
    """
    text, note = checked_text(text), checked_note(note)
    mine = person(connection, owner, now=now)
    newest = _newest(connection, _of(mine, piece))
    if newest is not None and newest.digest == digest_of(text):
        return newest
    in_all = select(func.count()).select_from(content_versions).where(_KEPT.owner == mine)
    number = (newest.number if newest else 0) + 1
    if number > MOST_VERSIONS or (connection.scalar(in_all) or 0) >= MOST_IN_ALL:
        raise ConversationError(
            "No more versions can be kept. Delete the versions of a file you no longer need."
        )
    connection.execute(
        insert(content_versions).values(
            owner=mine, kind=piece.kind, name=piece.name, language=piece.language, number=number,
            text=to_text(text), digest=digest_of(text), at=now, note=to_text(note),
            reason=to_text(""),
        )
    )  # fmt: skip
    return version(connection, owner, piece, number)


def version(connection: Connection, owner: str, piece: Piece, number: int) -> Version:
    """Return one version of somebody's.

    Raises:
        NotThereError: They have none of this number.
    """
    mine = find_person(connection, owner)
    row = connection.execute(
        select(content_versions).where(_of(mine, piece), _KEPT.number == number)
    ).first()
    if row is None:
        raise NotThereError(_NOT_THERE)
    return _version(row)


def versions_of(connection: Connection, owner: str, piece: Piece) -> tuple[Version, ...]:
    """Return somebody's versions of a file, newest first."""
    mine = find_person(connection, owner)
    return _versions(connection, _of(mine, piece))


def newest_versions(connection: Connection, owner: str) -> tuple[Version, ...]:
    """Return the newest version of every file somebody has copied."""
    mine = find_person(connection, owner)
    columns = (_KEPT.owner, _KEPT.kind, _KEPT.name, _KEPT.language)
    last = (
        select(*columns, func.max(_KEPT.number).label("number"))
        .where(_KEPT.owner == mine)
        .group_by(*columns)
        .subquery()
    )
    same = (*columns, _KEPT.number)
    joined = and_(*(content_versions.c[column.name] == last.c[column.name] for column in same))
    rows = connection.execute(select(content_versions).join(last, joined)).all()
    return tuple(map(_version, rows))


def published_by(connection: Connection, owner: str) -> tuple[Version, ...]:
    """Return what somebody has published: one version a file at most."""
    mine = find_person(connection, owner)
    return _versions(connection, (_KEPT.owner == mine) & _KEPT.published.is_not(None))


def texts_by_digest(connection: Connection, digests: Collection[str]) -> dict[str, str]:
    """Return texts of versions, by their digests; those that were forgotten are not there.

    Whoever asks has read the digests in an interview that is open to them.
    """
    rows = connection.execute(
        select(_KEPT.digest, _KEPT.text).where(_KEPT.digest.in_(sorted(digests)))
    )
    return {row.digest: str(json.loads(row.text)) for row in rows}


def put_verdict(
    connection: Connection, owner: str, piece: Piece, number: int, verdict: Verdict
) -> None:
    """Keep what a trial found of a version.

    Raises:
        NotThereError: They have none of this number.
    """
    found = version(connection, owner, piece, number)
    kept = to_text(verdict_record(verdict))
    connection.execute(_change(connection, owner, found).values(verdict=kept))


def publish(
    connection: Connection,
    owner: str,
    piece: Piece,
    number: int,
    *,
    shipped: str,
    reason: str,
    now: str,
) -> Version:
    """Let a version be chosen from now on, in place of the one that could be.

    Args:
        connection: A transaction that writes.
        owner: Whose it is.
        piece: The file.
        number: The version.
        shipped: SHA-256 of the file itself, which counts where nothing is published.
        reason: Why it is published though it is worse.
        now: ISO time in UTC.

    Raises:
        NotThereError: They have none of this number.
        InputError: It may not be published as it is.
    """
    found = version(connection, owner, piece, number)
    mine = find_person(connection, owner)
    now_published = _versions(connection, _of(mine, piece) & _KEPT.published.is_not(None))
    current = now_published[0].digest if now_published else shipped
    kept = check_publishable(found, current, reason)
    withdraw(connection, owner, piece)
    connection.execute(
        _change(connection, owner, found).values(published=now, reason=to_text(kept))
    )
    return version(connection, owner, piece, number)


def withdraw(connection: Connection, owner: str, piece: Piece) -> None:
    """Let no version of a file be chosen any more; interviews that were begun go on with it."""
    mine = find_person(connection, owner)
    connection.execute(update(content_versions).where(_of(mine, piece)).values(published=None))


def delete_versions(connection: Connection, owner: str, piece: Piece) -> int:
    """Delete all versions of a file; return how many. Interviews go on with the file itself."""
    mine = find_person(connection, owner)
    return connection.execute(delete(content_versions).where(_of(mine, piece))).rowcount


def record_of(connection: Connection, person: int) -> list[dict[str, object]]:
    """Return all versions of a person's for whoever asks what is held of them."""
    return [
        {
            "file": v.piece.file, "number": v.number, "at": v.at, "note": v.note,
            "published": v.published or None, "reason": v.reason, "text": v.text,
        }
        for v in _versions(connection, _KEPT.owner == person)
    ]  # fmt: skip


def _of(owner: int | None, piece: Piece) -> ColumnElement[bool]:
    return and_(
        _KEPT.owner == owner,
        _KEPT.kind == piece.kind,
        _KEPT.name == piece.name,
        _KEPT.language == piece.language,
    )


def _change(connection: Connection, owner: str, found: Version) -> Update:
    mine = find_person(connection, owner)
    return update(content_versions).where(_of(mine, found.piece), _KEPT.number == found.number)


def _newest(connection: Connection, chosen: ColumnElement[bool]) -> Version | None:
    found = _versions(connection, chosen)
    return found[0] if found else None


def _versions(connection: Connection, chosen: ColumnElement[bool]) -> tuple[Version, ...]:
    order = (_KEPT.kind, _KEPT.name, _KEPT.language, _KEPT.number.desc())
    rows = connection.execute(select(content_versions).where(chosen).order_by(*order))
    return tuple(map(_version, rows))


def _version(row: Row[tuple[object, ...]]) -> Version:
    return Version(
        piece=Piece(row.kind, row.name, row.language),
        number=row.number,
        text=str(json.loads(row.text)),
        digest=row.digest,
        at=row.at,
        note=str(json.loads(row.note)),
        published=row.published or "",
        reason=str(json.loads(row.reason)),
        verdict=verdict_of(json.loads(row.verdict)) if row.verdict else None,
    )
