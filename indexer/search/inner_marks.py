"""A quote that the text holds with quotation marks of its own inside: who remembers 群众的笑脸是标尺 need not remember
that the report has 笑脸 in quotation marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from indexer.domain.query import All, Either, Node, Phrase, Query, Word
from indexer.locale import listed, say
from indexer.text.fold import fold

_MARK = '"'  # as fold writes every quotation mark
_SHORTEST = 4  # characters: a shorter quote is a word, which is found by its letters or not at all
_LOOKED_AT = 200  # passages with all the words of a quote: the likest come first
_WAYS = 5  # of writing it that are looked for

Texts = Callable[[Query], Iterable[str]]


def with_inner_marks(query: Query, texts: Texts) -> Query | None:
    """``query`` with its quotes as the texts have them. ``texts``: those of the passages that a query finds. None where
    no text has a quote in this way."""
    match query.node:
        case Phrase():
            parts: tuple[Node, ...] = (query.node,)
        case All(parts):
            pass
        case _:
            return None
    written = {one: _ways(one, query, texts) for one in parts if isinstance(one, Phrase)}
    found = [way for ways in written.values() for way in ways]
    if not found:
        return None
    nodes = tuple(_either(one, written[one]) if isinstance(one, Phrase) and written[one] else one for one in parts)
    told = say("warning.inner_marks", quotes=listed(found[:_WAYS]))
    return replace(query, node=nodes[0] if len(nodes) == 1 else All(nodes), warnings=(*query.warnings, told))


def _ways(phrase: Phrase, query: Query, texts: Texts) -> tuple[str, ...]:
    """How the passages that have all its words write ``phrase``, but for the marks in it."""
    asked = fold(phrase.text).replace(_MARK, "")
    if len(asked) < _SHORTEST:
        return ()
    likely = replace(query, node=Word(asked), page=1, limit=_LOOKED_AT, by_report=False, facets=())
    return tuple(dict.fromkeys(way for text in texts(likely) for way in written_in(asked, text)))[:_WAYS]


def written_in(asked: str, text: str) -> Sequence[str]:
    """The stretches of ``text`` that are ``asked`` (folded, no mark in it) but for quotation marks within."""
    folded = fold(text)
    kept = [at for at, character in enumerate(folded) if character != _MARK]
    bare = folded.replace(_MARK, "")
    found, at = [], bare.find(asked)
    while at >= 0:
        found.append(text[kept[at] : kept[at + len(asked) - 1] + 1])
        at = bare.find(asked, at + 1)
    return found


def _either(phrase: Phrase, ways: tuple[str, ...]) -> Node:
    nodes = (phrase, *(Phrase(way) for way in ways))
    return Either(nodes)
