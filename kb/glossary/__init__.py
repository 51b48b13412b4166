"""What terms mean: acronyms and definitions that documents give, the shipped list, and what people say themselves."""
