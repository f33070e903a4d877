"""Running the site: people, organisations, jobs, the health of the content, the audit log."""
