"""Files that nobody wrote to be read: bombs, and documents with bytes changed at random."""
