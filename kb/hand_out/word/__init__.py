"""A hand-out as a Word document, with real footnotes: the only package that writes with python-docx."""
