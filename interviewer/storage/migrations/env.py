"""Runs the migrations on the connection that `interviewer.storage.schema` hands over."""

from alembic import context

from interviewer.storage.people_tables import accounts

# The caller's transaction holds the whole upgrade, so a kill leaves the old schema or the new one.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=accounts.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
