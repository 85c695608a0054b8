"""The first schema: people, sessions, turns, passages, drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Written out, not taken from tables.py: a migration says what was, whatever comes later.
APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER turns_append_only BEFORE UPDATE ON turns "
        "BEGIN SELECT RAISE(ABORT, 'turns are appended, never changed'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION turns_refuse_update() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'turns are appended, never changed'; END $$",
        "CREATE TRIGGER turns_append_only BEFORE UPDATE ON turns "
        "FOR EACH ROW EXECUTE FUNCTION turns_refuse_update()",
    ),
}


def upgrade() -> None:
    _people_and_sessions()
    _what_belongs_to_a_session()
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def _people_and_sessions() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("name", name="uq_people_name"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("visitor", sa.Text()),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("company", sa.Text()),
        sa.Column("role", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("format", sa.Text()),
        sa.Column("seed", sa.Text()),
        sa.Column("model", sa.Text()),
        sa.Column("last_round", sa.Text()),
        sa.Column("ahead", sa.BigInteger(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.ForeignKeyConstraint(["owner"], ["people.id"], name="fk_sessions_owner"),
    )
    op.create_index("ix_sessions_owner", "sessions", ["owner", "created"])
    op.create_index("ix_sessions_visitor", "sessions", ["visitor", "created"])


def _what_belongs_to_a_session() -> None:
    op.create_table(
        "turns",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("round", sa.Text()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", "seq", name="pk_turns"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_turns_session"),
    )
    op.create_table(
        "passages",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", "id", name="pk_passages"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_passages_session"),
    )
    op.create_table(
        "drafts",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", name="pk_drafts"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_drafts_session"),
    )


def downgrade() -> None:
    for table in ("drafts", "passages", "turns", "sessions", "people"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION turns_refuse_update")
