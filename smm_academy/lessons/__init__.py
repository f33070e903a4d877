"""Lessons: read them, check yourself, pick up where you left off."""
