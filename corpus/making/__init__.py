"""From a draft in Markdown to the real file formats; used by ``corpus/build.py`` only."""
