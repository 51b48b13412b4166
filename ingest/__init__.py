"""From a file to a document and its passages. Knows pages and Dutch sentences; knows no vectors and no web."""
