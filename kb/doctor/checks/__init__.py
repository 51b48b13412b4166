"""The checks: one a function."""
