"""The forms in which a hand-out can be kept, by the ending of the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kb.hand_out.markdown import markdown
from kb.hand_out.passages import passages_csv
from kb.hand_out.plain import plain_text
from kb.hand_out.types import HandOut
from kb.reference_files import bibtex, ris


@dataclass(frozen=True, slots=True)
class Format:
    """A form: its media type, what writes it, and whether it holds nothing but the documents that were cited."""

    media_type: str
    write: Callable[[HandOut], bytes]
    only_sources: bool = False


def _word(hand_out: HandOut) -> bytes:
    from kb.hand_out.word.document import word_document  # only now: its library takes a while to load

    return word_document(hand_out)


def _text(write: Callable[[HandOut], str]) -> Callable[[HandOut], bytes]:
    return lambda hand_out: write(hand_out).encode("utf8", "replace")


def _bibtex(hand_out: HandOut) -> str:
    return "\n".join(bibtex(each.card, each.spans, language=hand_out.language) for each in hand_out.documents)


def _ris(hand_out: HandOut) -> str:
    return "".join(ris(each.card, each.spans, language=hand_out.language) for each in hand_out.documents)


FORMATS = {
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word),
    "md": Format("text/markdown; charset=utf-8", _text(markdown)),
    "txt": Format("text/plain; charset=utf-8", _text(plain_text)),
    "csv": Format("text/csv; charset=utf-8", passages_csv),
    "bib": Format("application/x-bibtex; charset=utf-8", _text(_bibtex), only_sources=True),
    "ris": Format("application/x-research-info-systems; charset=utf-8", _text(_ris), only_sources=True),
}
