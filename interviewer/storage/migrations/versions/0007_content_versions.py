"""Versions of edited copies of content files."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "content_versions",
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("published", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text()),
        sa.PrimaryKeyConstraint(
            "owner", "kind", "name", "language", "number", name="pk_content_versions"
        ),
        sa.ForeignKeyConstraint(["owner"], ["people.id"], name="fk_content_versions_owner"),
    )
    op.create_index("ix_content_versions_digest", "content_versions", ["digest"])


def downgrade() -> None:
    op.drop_table("content_versions")
