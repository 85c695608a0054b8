"""What is said about interviews, and which interview one gives an answer of again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "annotations",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", "number", name="pk_annotations"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_annotations_session"),
    )
    op.create_table(
        "redos",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", name="pk_redos"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_redos_session"),
    )
    op.create_index("ix_redos_of", "redos", ["of"])


def downgrade() -> None:
    op.drop_table("redos")
    op.drop_table("annotations")
