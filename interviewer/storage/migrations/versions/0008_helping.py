"""Hints and questions of coaches while an interview goes on, and who has one open."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "helps",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Text()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_helps"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_helps_session"),
        sa.ForeignKeyConstraint(["author"], ["accounts.person"], name="fk_helps_author"),
    )
    op.create_index("ix_helps_session", "helps", ["session", "number"])
    op.create_index("ix_helps_author", "helps", ["author"])
    op.create_table(
        "watching",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("coach", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", "coach", name="pk_watching"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_watching_session"),
        sa.ForeignKeyConstraint(["coach"], ["accounts.person"], name="fk_watching_coach"),
    )


def downgrade() -> None:
    for name in ("watching", "helps"):
        op.drop_table(name)
