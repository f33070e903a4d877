"""Quizzes: start, answer, submit, learn why."""
