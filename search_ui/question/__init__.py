"""The page for questions: the form, the answer and its sources."""
