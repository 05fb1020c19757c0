"""Interviews in SQLite or PostgreSQL: the parts behind `sql_store`. Importing these imports SQLAlchemy."""
