"""The people who may come in where the page is served to others: who they are, and what they may do."""
