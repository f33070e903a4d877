"""The skill map: what you believe, what was measured, what to do next."""
