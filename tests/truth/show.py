"""The truth files with their words again, taken from the documents: ``python -m tests.truth.show [NAME ...]``.

Needs ../shared. What is not found in the document's own text is marked: an error in the truth file, or text that the
reader lost.
"""

from __future__ import annotations

import sys

from ingest.reading import read_document
from ingest.repair import letters_and_digits
from ingest.types import Document
from tests.truth.truth import Print, SeenHeading, SeenList, SeenNote, Truth, truths

NOT_FOUND = "NOT FOUND"


def found_words(document: Document, seen: SeenHeading | SeenList | SeenNote) -> str:
    """What was seen, in the letters and digits of the document."""
    if isinstance(seen, SeenHeading):
        return f"{seen.page} h{seen.level} {_words(document, *seen.forms)}"
    if isinstance(seen, SeenList):
        prints = (seen.lead_in, seen.first, seen.last)
        return f"{seen.page} list of {seen.items}: " + " > ".join(_words(document, words) for words in prints)
    return f"{seen.page} note {seen.number}: {_words(document, seen.before)} > {_words(document, seen.start)}"


def _words(document: Document, *forms: Print) -> str:
    """The first of these words that the raw pages hold."""
    plain = letters_and_digits("".join(page.raw for page in document.pages))
    for form in forms:
        for place in form.places(plain):
            return plain[place : place + form.letters]
    return NOT_FOUND


def _show(truth: Truth) -> None:
    document = read_document(truth.path)
    _say(f"{truth.name} ({truth.split}): {truth.file}")
    for seen in (*truth.headings, *truth.lists, *truth.notes):
        _say(f"    {found_words(document, seen)}")
    for seen in truth.doubtful:
        _say(f"    perhaps {found_words(document, seen)}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Show the truth files that the command line names, or all."""
    for truth in truths():
        if truth.name in sys.argv[1:] or len(sys.argv) == 1:
            _show(truth)


if __name__ == "__main__":
    main()
