"""Drills and shifts in a synthetic community: work them, be scored, try again."""
