"""The knowledge base: catalogue, encoder, Chroma, ranking, answers and the command line."""
