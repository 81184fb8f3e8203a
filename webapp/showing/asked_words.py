"""The words of a question."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.domain.query import All, Either, Node, Phrase, Word


def asked_words(node: Node | None) -> list[str]:
    """The words that a text should hold, in the order asked; those after a minus are not among them."""
    return list(dict.fromkeys(_words(node))) if node is not None else []


def _words(node: Node) -> Iterator[str]:
    match node:
        case Word(text) | Phrase(text):
            yield text
        case All(nodes) | Either(nodes):
            for inner in nodes:
                yield from _words(inner)
        case _:
            return
