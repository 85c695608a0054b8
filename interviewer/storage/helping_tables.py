"""The tables of help while an interview goes on, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from interviewer.storage.tables import metadata

helps = Table(
    "helps",
    metadata,
    Column("id", Text, nullable=False),
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("author", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("after", Integer, nullable=False),
    Column("seen", Text),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("id"),
    Index("ix_helps_session", "session", "number"),
    Index("ix_helps_author", "author"),
)
"""Hints and questions of coaches while an interview goes on, in the order of `number`; `after` is
how many turns there were, `seen` when the candidate's page showed a hint. What became of them
stands in the turns."""

watching = Table(
    "watching",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("coach", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("session", "coach"),
)
"""When a coach's page last asked for an interview that goes on, ISO time in UTC."""
