"""Why a passage answers a question, in a few words for the user: what of it was found where."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.domain.query import Alike, All, Either, Loose, Node, Phrase, Scope, Within, Word
from indexer.domain.results import IndexedPassage
from indexer.domain.spans import Span
from indexer.locale import say
from indexer.text.analyser import Analyser
from indexer.text.evidence import telling_words
from indexer.text.fold import fold
from indexer.text.highlight import folded_text, marks

_SHOWN = 6  # words of a sentence that are named


def why(passage: IndexedPassage, node: Node | None, analyser: Analyser) -> tuple[str, ...]:
    """One line for each word, quote or sentence of the question; what was excluded needs no line."""
    return tuple(dict.fromkeys(_lines(node, _Here(passage, analyser))))


class _Here:
    """A passage, folded once for all words of a question: a page of results asks for some fifty of them."""

    def __init__(self, passage: IndexedPassage, analyser: Analyser) -> None:
        self.passage = passage
        self.analyser = analyser
        self._text = folded_text(passage.text, analyser, passage.restored)

    def literally(self, word: str) -> int:
        """How often a Chinese word stands there letter for letter, as most of them do."""
        asked = self.analyser.asked_word(word.strip())
        return self._text.folded.count(asked.folded) if asked.folded and not asked.latin else 0

    def marked(self, word: str) -> tuple[Span, ...]:
        return self._text.marked(word)

    def times(self, word: str) -> int:
        """Most of a word's synonyms stand nowhere, and whoever marked the text has looked for them already."""
        there = self._text.word_or_restored(word)
        return self.literally(word) or len(self.marked(word)) if there else 0


def _lines(node: Node | None, here: _Here) -> Iterator[str]:
    match node:
        case Word(text):
            yield _word(text, here)
        case Phrase(text):
            if count := len(marks(here.passage.text, node, here.analyser)):
                yield say("why.verbatim", text=text, n=count)
        case Alike(word, others):
            if here.times(word.text):
                yield _word(word.text, here)
            for other, _ in others:
                if count := here.times(other):
                    yield say("why.synonym", word=word.text, other=other, n=count)
        case All(nodes) | Either(nodes):
            for child in nodes:
                yield from _lines(child, here)
        case Loose(text):
            asked = telling_words(text, here.analyser)
            there = [word for word in asked if here.times(word)]
            if there:
                key = "why.some_words_more" if len(there) > _SHOWN else "why.some_words"
                yield say(key, asked=len(asked), found=len(there), words=there[:_SHOWN])
        case Within(Scope.TITLE, _):
            yield say("why.title")
        case Within(Scope.REPORT, _):
            yield say("why.report")
        case Within(_, child):
            yield from _lines(child, here)
        case _:
            return


def _word(word: str, here: _Here) -> str:
    if count := here.literally(word):
        return say("why.word", word=word, n=count)
    spans, passage = here.marked(word), here.passage
    if not spans:
        return say("why.around", word=word)
    asked = fold(word).strip()
    if count := sum(fold(span.of(passage.text)) == asked for span in spans):
        return say("why.word", word=word, n=count)
    if passage.restored is not None and not marks(passage.text, Word(word), here.analyser):
        return say("why.restored", word=word, printed=spans[0].of(passage.text))
    return say("why.apart", word=word, pieces=list(dict.fromkeys(span.of(passage.text) for span in spans)))
