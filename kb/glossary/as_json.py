"""Terms as plain dictionaries, for scripts. Keep it stable; add to it freely."""

from __future__ import annotations

from kb.as_json import citation_as_json
from kb.glossary.types import Meaning, Term


def term_as_json(term: Term) -> dict[str, object]:
    """A term with all its meanings, the one that counts first."""
    meanings = [_meaning(one) for one in term.meanings]
    return {"term": term.name, "kind": term.kind.value, "hidden": term.hidden, "meanings": meanings}


def _meaning(meaning: Meaning) -> dict[str, object]:
    return {
        "kind": meaning.kind.value,
        "text": meaning.text,
        "told_by": meaning.teller.value,
        "source": meaning.source,
        "citations": [citation_as_json(citation) for citation in meaning.citations],
    }
