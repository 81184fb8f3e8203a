"""Where the words of a question stand in a text."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.domain.query import All, Either, Node, Phrase, Word
from indexer.domain.spans import Span
from indexer.text.fold import fold


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


def places(text: str, words: list[str]) -> list[Span]:
    """Every place of every word, letter for letter in folded spelling; places that touch or cross become one."""
    folded = fold(text)
    found: list[Span] = []
    for word in (fold(word) for word in words if word):
        at = folded.find(word)
        while at >= 0:
            found.append(Span(at, at + len(word)))
            at = folded.find(word, at + len(word))
    joined: list[Span] = []
    for span in sorted(found):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
