"""One reader per file format. Each turns a path into an ``ingest.raw.RawDocument``."""
