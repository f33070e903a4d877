"""Content files and the database: check, sync."""
