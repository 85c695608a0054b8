"""The tables of accounts and coaching, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from interviewer.storage.tables import metadata

accounts = Table(
    "accounts",
    metadata,
    Column("person", Integer, ForeignKey("people.id"), nullable=False),
    Column("folded", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("disabled", Text),
    PrimaryKeyConstraint("person"),
    UniqueConstraint("folded"),
    UniqueConstraint("key"),
)
"""People who can sign in. `folded` is the name as readers take two for one, `key` what interviews
keep, `password` an Argon2 hash, `disabled` ISO time in UTC."""

logins = Table(
    "logins",
    metadata,
    Column("digest", Text, nullable=False),
    Column("account", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("until", Text, nullable=False),
    PrimaryKeyConstraint("digest"),
    Index("ix_logins_account", "account"),
)
"""Browsers that are signed in, by the digest of their token, until an ISO time in UTC."""

identities = Table(
    "identities",
    metadata,
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("account", Integer, ForeignKey("accounts.person"), nullable=False),
    PrimaryKeyConstraint("issuer", "subject"),
    Index("ix_identities_account", "account"),
)
"""Who at another service enters which account."""

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, nullable=False),
    Column("about", Text, nullable=False),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("id"),
    Index("ix_attempts_about", "about", "at"),
)
"""Times somebody tried to sign in, by a digest of the account's name or of the address."""

invitations = Table(
    "invitations",
    metadata,
    Column("digest", Text, nullable=False),
    Column("coach", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("until", Text, nullable=False),
    PrimaryKeyConstraint("digest"),
)
"""Links that were given out and not used, by the digest of their token."""

coachings = Table(
    "coachings",
    metadata,
    Column("coach", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("candidate", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("since", Text, nullable=False),
    PrimaryKeyConstraint("coach", "candidate"),
    Index("ix_coachings_candidate", "candidate"),
)
"""Which candidate accepted which coach."""

shares = Table(
    "shares",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("coach", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("shown", Text, nullable=False),
    PrimaryKeyConstraint("session", "coach"),
    Index("ix_shares_coach", "coach"),
)
"""What a candidate shows of an interview to a coach; without a row nothing."""

remarks = Table(
    "remarks",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("author", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("session", "number"),
    Index("ix_remarks_author", "author"),
)
"""What coaches say of an interview."""

assignments = Table(
    "assignments",
    metadata,
    Column("id", Text, nullable=False),
    Column("coach", Integer, ForeignKey("accounts.person"), nullable=False),
    Column("created", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("id"),
    Index("ix_assignments_coach", "coach"),
)
"""What coaches ask for; `body` is the task as JSON."""

assigned = Table(
    "assigned",
    metadata,
    Column("assignment", Text, ForeignKey("assignments.id"), nullable=False),
    Column("candidate", Integer, ForeignKey("accounts.person"), nullable=False),
    PrimaryKeyConstraint("assignment", "candidate"),
    Index("ix_assigned_candidate", "candidate"),
)
"""Of whom an assignment is asked."""

takes = Table(
    "takes",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("assignment", Text, ForeignKey("assignments.id"), nullable=False),
    PrimaryKeyConstraint("session"),
    Index("ix_takes_assignment", "assignment"),
)
"""Interviews that were begun for an assignment."""

content_versions = Table(
    "content_versions",
    metadata,
    Column("owner", Integer, ForeignKey("people.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("published", Text),
    Column("reason", Text, nullable=False),
    Column("verdict", Text),
    PrimaryKeyConstraint("owner", "kind", "name", "language", "number"),
    Index("ix_content_versions_digest", "digest"),
)
"""Versions of edited copies of content files. `text`, `note` and `reason` are JSON, `published` an
ISO time or nothing, `verdict` what the last trial found as JSON."""
