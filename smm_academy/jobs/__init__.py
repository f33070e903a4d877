"""Work done later, by the worker."""
