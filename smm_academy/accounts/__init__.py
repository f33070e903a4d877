"""Who somebody is: persons, organisations, memberships, sessions, audit."""
