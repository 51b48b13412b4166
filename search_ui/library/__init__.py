"""The library: all documents, what is known of each, and what people do with them."""
