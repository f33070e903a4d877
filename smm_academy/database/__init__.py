"""The database: its types, its engine, its unit of work."""
