"""A source: the passage in its text, as a page and in a dialog."""
