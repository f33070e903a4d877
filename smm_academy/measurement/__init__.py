"""Evidence, item parameters, and the rules that turn them into measured skill."""
