"""The terms: acronyms and definitions with where they stand, what people say of them, and their meaning in answers."""
