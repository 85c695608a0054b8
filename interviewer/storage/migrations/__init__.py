"""Alembic migrations: every schema a database of this program can have."""
