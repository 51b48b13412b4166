"""SKOS in Turtle, read into concepts: the door to rdflib, which only a changed thesaurus opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rdflib import RDF, Graph, Literal, Node
from rdflib.namespace import DCTERMS, SKOS

from kb.analysis import stem
from kb.errors import ThesaurusError
from kb.thesaurus import DUTCH, ENGLISH, Concept, Label, content_words

_LABELS = ((SKOS.prefLabel, False), (SKOS.altLabel, False), (SKOS.hiddenLabel, True))


def concepts_in(path: Path) -> list[Concept]:
    """The concepts of a file, by id. Raises ThesaurusError where it is no Turtle."""
    graph = Graph()
    try:
        graph.parse(data=path.read_bytes(), format="turtle")
    except Exception as exc:  # rdflib lets through what its parsers raise: SyntaxError, AssertionError, IndexError ...
        raise ThesaurusError("thesaurus_unreadable", path=path, detail=" ".join(str(exc).split())[:200]) from exc
    found = (_concept(graph, node) for node in sorted(set(graph.subjects(RDF.type, SKOS.Concept)), key=str))
    return [concept for concept in found if concept.labels or concept.acronyms]


def _concept(graph: Graph, node: Node) -> Concept:
    near = {str(other) for relation in (SKOS.broader, SKOS.related) for other in graph.objects(node, relation)}
    acronyms = sorted(str(value) for value in graph.objects(node, SKOS.notation))
    source = next((str(value) for value in graph.objects(node, DCTERMS.source)), "")
    return Concept(str(node), tuple(_labels(graph, node)), tuple(sorted(near)), tuple(acronyms), source)


def _labels(graph: Graph, node: Node) -> Iterator[Label]:
    """The labels, the Dutch preferred one first; a label without a language is Dutch."""
    for relation, hidden in _LABELS:
        values = [value for value in graph.objects(node, relation) if isinstance(value, Literal)]
        for value in sorted(values, key=lambda value: (value.language == ENGLISH, str(value))):
            language = ENGLISH if value.language == ENGLISH else DUTCH
            yield Label(str(value), tuple(map(stem, content_words(str(value)))), language, hidden)
