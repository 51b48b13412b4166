"""A backup: all that cannot be made again of a home, in one file that proves itself.

    manifest.json        what made it, and of each other member its SHA-256 and size
    catalogue.sqlite3    the catalogue as one moment saw it
    originals/<digest>   the original files
    thesaurus/*.ttl      the words that people added
    users.json           who may come in, where people were named; passwords only as hashes

The vector index and the derived pages are left out: they are made again from what is in.
"""

from kb.backup.making import back_up
from kb.backup.restoring import Restored, restore

__all__ = ["Restored", "back_up", "restore"]
