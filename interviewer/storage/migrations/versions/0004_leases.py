"""Which process may let an examiner speak."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("session", name="pk_leases"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_leases_session"),
    )


def downgrade() -> None:
    op.drop_table("leases")
