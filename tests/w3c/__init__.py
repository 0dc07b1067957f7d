"""The suites of the W3C, pointed at by path, and entries of our own in the same form."""
