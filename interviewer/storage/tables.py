"""The tables, as the newest migration leaves them.

What a transcript says stands in the JSON columns, in the form of `interviewer.transcript_file`.
The columns beside them repeat only what is looked for or listed.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    event,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

people = Table(
    "people",
    metadata,
    Column("id", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("created", Text, nullable=False),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("name"),
)
"""Candidates; `created` is ISO time in UTC."""

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, nullable=False),
    Column("owner", Integer, ForeignKey("people.id"), nullable=False),
    Column("visitor", Text),
    Column("created", Text, nullable=False),
    Column("company", Text),
    Column("role", Text),
    Column("language", Text),
    Column("format", Text),
    Column("seed", Text),  # digits: a seed may be any integer
    Column("model", Text),
    Column("last_round", Text),
    Column("ahead", BigInteger, nullable=False),
    Column("header", Text, nullable=False),
    Column("extra", Text, nullable=False),
    PrimaryKeyConstraint("id"),
    Index("ix_sessions_owner", "owner", "created"),
    Index("ix_sessions_visitor", "visitor", "created"),
)
"""Interviews. `visitor` is a digest that proves which browser may see it; `last_round` the round
its plan ends with; `ahead` how far the turns' own numbers run ahead of their positions, 0 except
in imported files that count otherwise."""

turns = Table(
    "turns",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("round", Text),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("session", "seq"),
)
"""What was said; `seq` is the position, counted from 1. Rows are never updated."""

passages = Table(
    "passages",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("id", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("session", "id"),
)
"""Research that an interview used, so that it can be checked without the index."""

drafts = Table(
    "drafts",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("session"),
)
"""An answer that is typed but not sent, as a JSON string."""

self_assessments = Table(
    "self_assessments",
    metadata,
    Column("owner", Integer, ForeignKey("people.id"), nullable=False),
    Column("visitor", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("owner", "visitor"),
)
"""What candidates say of themselves, in the form of its file; `visitor` is a browser's digest,
empty for the terminal."""

notes = Table(
    "annotations",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("session", "number"),
)
"""What is said about an interview after it, counted from 1; `body` is JSON by its kind."""

redos = Table(
    "redos",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("of", Text, nullable=False),
    PrimaryKeyConstraint("session"),
    Index("ix_redos_of", "of"),
)
"""Interviews that give an answer of another again; `of` is that one's id, which may be gone."""

leases = Table(
    "leases",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("holder", Text, nullable=False),
    Column("until", Double, nullable=False),
    PrimaryKeyConstraint("session"),
)
"""Which process may let an examiner speak, and `until` when: seconds since 1970 by the database's
own clock."""

APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER turns_append_only BEFORE UPDATE ON turns "
        "BEGIN SELECT RAISE(ABORT, 'turns are appended, never changed'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION turns_refuse_update() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'turns are appended, never changed'; END $$",
        "CREATE TRIGGER turns_append_only BEFORE UPDATE ON turns "
        "FOR EACH ROW EXECUTE FUNCTION turns_refuse_update()",
    ),
}
"""Statements that make the database itself refuse to change a turn, by dialect."""


def _make_append_only(_table: Table, connection: Connection, **_options: object) -> None:
    for statement in APPEND_ONLY[connection.dialect.name]:
        connection.exec_driver_sql(statement)


event.listen(turns, "after_create", _make_append_only)
