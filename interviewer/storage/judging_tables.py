"""The tables of what coaches judge by and compare, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from interviewer.storage.tables import metadata

looks = Table(
    "looks",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("coach", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("session", "coach"),
    Index("ix_looks_coach", "coach"),
)
"""When a coach first had the levels of an interview before them; without a row they did not."""

ratings = Table(
    "ratings",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("author", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("about", Text, nullable=False),
    Column("blind", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("session", "author", "about", "blind"),
    Index("ix_ratings_author", "author"),
)
"""Levels that coaches gave: `blind` is 1 for those given before the coach's look, 0 after it."""

score_sheets = Table(
    "score_sheets",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("turns", Integer, nullable=False),
    Column("rules", Text, nullable=False),
    Column("finished", Integer, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("session"),
)
"""What the assessment of an interview came to, made when it had so many turns, by `rules`: the
digest of rubrics, words and scorer. A sheet that does not fit any more is made anew."""

releases = Table(
    "releases",
    metadata,
    Column("coach", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("candidate", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("coach", "candidate"),
)
"""Which candidate lets which coach take what is shown away as a file, since when."""
