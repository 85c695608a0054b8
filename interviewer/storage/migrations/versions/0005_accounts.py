"""Accounts, who shows what to which coach, what coaches ask for and say."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _accounts()
    _coaching()
    _assignments()


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Text()),
        sa.PrimaryKeyConstraint("person", name="pk_accounts"),
        sa.UniqueConstraint("folded", name="uq_accounts_folded"),
        sa.UniqueConstraint("key", name="uq_accounts_key"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_accounts_person"),
    )
    op.create_table(
        "logins",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_logins"),
        sa.ForeignKeyConstraint(["account"], ["accounts.person"], name="fk_logins_account"),
    )
    op.create_index("ix_logins_account", "logins", ["account"])
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
    )
    op.create_index("ix_attempts_about", "attempts", ["about", "at"])


def _coaching() -> None:
    op.create_table(
        "invitations",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("coach", sa.Integer(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_invitations"),
        sa.ForeignKeyConstraint(["coach"], ["accounts.person"], name="fk_invitations_coach"),
    )
    op.create_table(
        "coachings",
        sa.Column("coach", sa.Integer(), nullable=False),
        sa.Column("candidate", sa.Integer(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("coach", "candidate", name="pk_coachings"),
        sa.ForeignKeyConstraint(["coach"], ["accounts.person"], name="fk_coachings_coach"),
        sa.ForeignKeyConstraint(["candidate"], ["accounts.person"], name="fk_coachings_candidate"),
    )
    op.create_index("ix_coachings_candidate", "coachings", ["candidate"])
    op.create_table(
        "shares",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("coach", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", "coach", name="pk_shares"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_shares_session"),
        sa.ForeignKeyConstraint(["coach"], ["accounts.person"], name="fk_shares_coach"),
    )
    op.create_index("ix_shares_coach", "shares", ["coach"])
    op.create_table(
        "remarks",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", "number", name="pk_remarks"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_remarks_session"),
        sa.ForeignKeyConstraint(["author"], ["accounts.person"], name="fk_remarks_author"),
    )
    op.create_index("ix_remarks_author", "remarks", ["author"])


def _assignments() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("coach", sa.Integer(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
        sa.ForeignKeyConstraint(["coach"], ["accounts.person"], name="fk_assignments_coach"),
    )
    op.create_index("ix_assignments_coach", "assignments", ["coach"])
    op.create_table(
        "assigned",
        sa.Column("assignment", sa.Text(), nullable=False),
        sa.Column("candidate", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("assignment", "candidate", name="pk_assigned"),
        sa.ForeignKeyConstraint(["assignment"], ["assignments.id"], name="fk_assigned_assignment"),
        sa.ForeignKeyConstraint(["candidate"], ["accounts.person"], name="fk_assigned_candidate"),
    )
    op.create_index("ix_assigned_candidate", "assigned", ["candidate"])
    op.create_table(
        "takes",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("assignment", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", name="pk_takes"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_takes_session"),
        sa.ForeignKeyConstraint(["assignment"], ["assignments.id"], name="fk_takes_assignment"),
    )
    op.create_index("ix_takes_assignment", "takes", ["assignment"])


def downgrade() -> None:
    for name in ("takes", "assigned", "assignments", "remarks", "shares", "coachings",
                 "invitations", "attempts", "logins", "accounts"):  # fmt: skip
        op.drop_table(name)
