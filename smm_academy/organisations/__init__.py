"""Who belongs to an organisation: its members, their roles, invitations, its name and zone."""
