"""What a backup says of itself, and the names that its members may have."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

FORMAT = 1  # of the file; a higher one was made by a later Bronvast
MANIFEST = "manifest.json"
CATALOGUE = "catalogue.sqlite3"
USERS = "users.json"
_MEMBER = re.compile(rf"{re.escape(CATALOGUE)}|{re.escape(USERS)}|originals/[0-9a-f]{{64}}|thesaurus/[^/\\:\0]+\.ttl")
_MOST_MANIFEST = 64 * 2**20  # bytes: some hundred thousand originals


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a backup; its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup. ``missing``: the digests of the originals that were missing or altered in the home."""

    format: int
    bronvast: str
    catalogue_version: int
    made_at: str
    documents: int
    missing: tuple[str, ...] = ()
    files: Mapping[str, Member] = field(default_factory=dict)

    def as_json(self) -> str:
        """The member ``manifest.json``."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, written: bytes) -> Manifest:
        """What the member says. Raises ValueError where it is not such a thing."""
        try:
            said = json.loads(written)
            files = {name: Member(str(one["sha256"]), int(one["size"])) for name, one in said["files"].items()}
            return cls(
                int(said["format"]),
                str(said["bronvast"]),
                int(said["catalogue_version"]),
                str(said["made_at"]),
                int(said["documents"]),
                tuple(map(str, said["missing"])),
                files,
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{MANIFEST}: {error!r}") from error


def most_bytes(name: str, manifest: Manifest) -> int:
    """How many bytes a member may count."""
    return _MOST_MANIFEST if name == MANIFEST else manifest.files[name].size


def is_known(name: str) -> bool:
    """Whether a member may be called so: no path that leads elsewhere is."""
    return _MEMBER.fullmatch(name) is not None and not name.startswith("thesaurus/.")
