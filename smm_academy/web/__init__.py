"""What every page shares: requests, headers, language, look."""
