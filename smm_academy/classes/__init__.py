"""Classes: joining by a code, work on a list, and a gradebook of what the members did."""
