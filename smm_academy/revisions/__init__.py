"""Authored things and their revisions, shared by lessons, quizzes, brands and scenarios."""
