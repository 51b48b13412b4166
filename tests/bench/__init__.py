"""Benchmarks: quality and speed figures, printed and never asserted. Run with ``make bench``."""
