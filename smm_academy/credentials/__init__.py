"""Certificates: earned by the house's own timed test, checked by anybody on a public page."""
