"""What a knowledge base needs around it: the encoder, the disk, what is installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

import numpy as np

from ingest import ocr
from ingest.office_images import office_program
from kb.doctor.types import Patient, Remark, good, note, wrong
from kb.errors import EncoderError
from kb.library import encoded
from kb.types import StoredPassage

_PROBES = 5
_SAME = 0.99  # the cosine of two vectors of one text; float16 costs a hundredth of that
_LEAST_FREE = 200 * 10**6  # bytes


def encoder(patient: Patient) -> Iterator[Remark]:
    """Whether the encoder is the one that made the vectors, and makes of some passages what is stored of them."""
    mark = patient.catalogue.encoder_mark()
    try:
        found = patient.encoder
        if mark is not None and mark.fingerprint != found.fingerprint:
            yield wrong("encoder_other", made_by=mark.fingerprint, installed=found.fingerprint)
            return
        likeness = _usual_likeness(patient)
    except EncoderError as error:
        yield wrong("encoder_missing", detail=error)
        return
    if likeness < _SAME:
        yield wrong("encoder_strays", name=found.name, likeness=f"{likeness:.2f}")
    else:
        yield good("encoder_good", name=found.name)


def _usual_likeness(patient: Patient) -> float:
    """The cosine of a stored vector with one that is made of the same passage now: the median of a few, since one
    passage may be damaged; 1 where there is none.
    """
    catalogue = patient.catalogue
    with catalogue.snapshot():
        keys = sorted(catalogue.passage_keys())
        chosen = {keys[place] for place in np.linspace(0, len(keys) - 1, _PROBES).astype(int)} if keys else set()
        stored: list[StoredPassage] = list(catalogue.passages(chosen).values())
        try:
            kept = catalogue.vectors([one.key for one in stored]).passages
        except ValueError:  # of another length: the check of the vectors tells more
            return 1.0
    made = [encoded(patient.encoder, one.document.info.title, [one.passage])[0][0] for one in stored]
    return float(np.median([one @ other for one, other in zip(made, kept, strict=True)])) if made else 1.0


def disk(patient: Patient) -> Iterator[Remark]:
    """Whether there is room for the next change, which is made beside what there is."""
    free = shutil.disk_usage(patient.home.path).free
    files = [patient.home.catalogue, *patient.home.vectors.rglob("*")]
    needed = 2 * sum(path.stat().st_size for path in files if path.is_file()) + _LEAST_FREE
    report = good if free >= needed else wrong
    yield report("disk_good" if free >= needed else "disk_full", free=f"{free / 1e9:.1f}", needed=f"{needed / 1e9:.1f}")


def offline(_: Patient) -> Iterator[Remark]:
    """Whether all is installed that is needed when there is no network."""
    try:
        wanted = requires("bronvast") or []
    except PackageNotFoundError:
        yield note("offline_unknown")
        return
    names = [_name(one) for one in wanted if "extra ==" not in one]
    missing = [name for name in names if not _is_installed(name)]
    if missing:
        yield wrong("offline_missing", packages=", ".join(missing))
    else:
        yield good("offline_good", count=len(names))


def _name(requirement: str) -> str:
    """The name with which a requirement begins."""
    end = next((place for place, sign in enumerate(requirement) if not (sign.isalnum() or sign in "-_.")), None)
    return requirement[:end]


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def programs(_: Patient) -> Iterator[Remark]:
    """Whether the programs are there that are used where they are installed."""
    yield good("ocr_good") if ocr.is_installed() else note("ocr_missing")
    program = office_program()
    yield good("office_good", program=program) if program else note("office_missing")
