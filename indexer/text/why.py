"""Why a passage answers a question, in a few words for the user: what of it was found where."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.domain.query import Alike, All, Either, Loose, Node, Phrase, Scope, Within, Word
from indexer.domain.results import IndexedPassage
from indexer.domain.spans import Span
from indexer.text.evidence import telling_words
from indexer.text.fold import fold
from indexer.text.highlight import marks
from indexer.text.terms import Analyser

_SHOWN = 6  # words of a sentence that are named


def why(passage: IndexedPassage, node: Node | None, analyser: Analyser) -> tuple[str, ...]:
    """One line for each word, quote or sentence of the question; what was excluded needs no line."""
    return tuple(dict.fromkeys(_lines(passage, node, analyser)))


def _lines(passage: IndexedPassage, node: Node | None, analyser: Analyser) -> Iterator[str]:
    match node:
        case Word(text):
            yield _word(text, passage, analyser)
        case Phrase(text):
            if count := len(marks(passage.text, node, analyser)):
                yield f"“{text}”逐字出现 {count} 处"
        case Alike(word, others):
            if _found(word.text, passage, analyser):
                yield _word(word.text, passage, analyser)
            for other, _ in others:
                if count := len(_found(other, passage, analyser)):
                    yield f"“{word.text}”的另一种说法“{other}”出现 {count} 处"
        case All(nodes) | Either(nodes):
            for child in nodes:
                yield from _lines(passage, child, analyser)
        case Loose(text):
            asked = telling_words(text, analyser)
            there = [word for word in asked if _found(word, passage, analyser)]
            if there:
                more = "等" if len(there) > _SHOWN else ""
                yield f"问句里的 {len(asked)} 个词有 {len(there)} 个：{'、'.join(there[:_SHOWN])}{more}"
        case Within(Scope.TITLE, _):
            yield "题名里有"
        case Within(Scope.REPORT, _):
            yield "同一份报告里有"
        case Within(_, child):
            yield from _lines(passage, child, analyser)
        case _:
            return


def _word(word: str, passage: IndexedPassage, analyser: Analyser) -> str:
    spans = _found(word, passage, analyser)
    if not spans:
        return f"“{word}”在题名、园区或年份里"
    asked = fold(word).strip()
    if any(fold(span.of(passage.text)) == asked for span in spans):
        return f"“{word}”出现 {sum(fold(span.of(passage.text)) == asked for span in spans)} 处"
    if passage.restored is not None and not marks(passage.text, Word(word), analyser):
        return f"“{word}”见于还原后的文字，原文作“{spans[0].of(passage.text)}”"
    return f"“{word}”拆开出现：{'、'.join(dict.fromkeys(span.of(passage.text) for span in spans))}"


def _found(word: str, passage: IndexedPassage, analyser: Analyser) -> tuple[Span, ...]:
    return marks(passage.text, Word(word), analyser, passage.restored)
