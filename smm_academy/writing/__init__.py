"""Writing in the browser: drafts with a live check, publishing, what went before."""
