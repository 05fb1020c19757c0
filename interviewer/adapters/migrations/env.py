"""Run by Alembic: revisions go through the connection, and the transaction, that sql/migrate.py opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
