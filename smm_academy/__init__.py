"""SMM Academy: learn and prove the craft of social media marketing."""
