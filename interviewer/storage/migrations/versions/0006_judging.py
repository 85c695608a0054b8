"""What coaches judge by and compare with: looks, ratings, score sheets, leave for files."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "looks",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("coach", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", "coach", name="pk_looks"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_looks_session"),
        sa.ForeignKeyConstraint(["coach"], ["accounts.person"], name="fk_looks_coach"),
    )
    op.create_index("ix_looks_coach", "looks", ["coach"])
    op.create_table(
        "ratings",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("blind", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", "author", "about", "blind", name="pk_ratings"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_ratings_session"),
        sa.ForeignKeyConstraint(["author"], ["accounts.person"], name="fk_ratings_author"),
    )
    op.create_index("ix_ratings_author", "ratings", ["author"])
    op.create_table(
        "score_sheets",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("finished", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", name="pk_score_sheets"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_score_sheets_session"),
    )
    op.create_table(
        "releases",
        sa.Column("coach", sa.Integer(), nullable=False),
        sa.Column("candidate", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("coach", "candidate", name="pk_releases"),
        sa.ForeignKeyConstraint(["coach"], ["accounts.person"], name="fk_releases_coach"),
        sa.ForeignKeyConstraint(["candidate"], ["accounts.person"], name="fk_releases_candidate"),
    )


def downgrade() -> None:
    for name in ("releases", "score_sheets", "ratings", "looks"):
        op.drop_table(name)
