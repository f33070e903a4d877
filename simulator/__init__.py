"""The simulator: a synthetic community, its words, and a judge of what is said to it.

Pure: no web, no database, no clock, no environment, no global randomness; it reads nothing but
its own package data.
"""
