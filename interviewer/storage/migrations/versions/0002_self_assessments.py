"""What candidates say of themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "self_assessments",
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "visitor", name="pk_self_assessments"),
        sa.ForeignKeyConstraint(["owner"], ["people.id"], name="fk_self_assessments_owner"),
    )


def downgrade() -> None:
    op.drop_table("self_assessments")
