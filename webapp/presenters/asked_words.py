"""The words of a question."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.domain.query import Alike, All, Either, Loose, Node, Phrase, Within, Word


def asked_words(node: Node | None) -> list[str]:
    """The words that a text should hold, in the order asked; those after a minus are not among them."""
    return list(dict.fromkeys(_words(node))) if node is not None else []


def _words(node: Node) -> Iterator[str]:
    match node:
        case Word(text) | Phrase(text) | Loose(text):
            yield text
        case Alike(word):
            yield word.text
        case Within(_, child):
            yield from _words(child)
        case All(nodes) | Either(nodes):
            for inner in nodes:
                yield from _words(inner)
        case _:
            return
