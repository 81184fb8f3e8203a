"""Which characters of a text answer a question, and the stretch of text worth showing. The same for every engine."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter

from indexer.domain.query import Alike, All, Either, Loose, Node, Phrase, Scope, Within, Word
from indexer.domain.spans import Span
from indexer.text.analyser import Analyser, Token
from indexer.text.evidence import telling_words
from indexer.text.fold import fold

_SENTENCE_END = re.compile(r"[。！？；!?;\n]+")
_CLAUSE_END = re.compile("[，、,：:）)]")
_ENDS = attrgetter("start", "end")
_MOST_KEPT = 64  # words of which a text keeps where they stand
_LONG = 2_000  # characters: a whole report is looked at once, and not kept


def marks(text: str, node: Node | None, analyser: Analyser, restored: str | None = None) -> tuple[Span, ...]:
    """Spans of ``text`` that hold what ``node`` asks for, in order, none overlapping another.

    A word is marked where the text holds it letter for letter; failing that, where it holds the word's terms, all of
    them. A phrase is marked letter for letter only. What a question excludes is never marked. ``restored`` is the text
    with its laundered words put back: a word found only there is marked on the characters that stand for it.
    """
    return marks_of(asked_parts(node, analyser), text, analyser, restored)


def asked_parts(node: Node | None, analyser: Analyser) -> tuple[Word | Phrase, ...]:
    """The words and phrases that ``marks`` looks for, for whoever looks at many texts for them."""
    return tuple(_asked(node, analyser))


def marks_of(
    parts: Iterable[Word | Phrase], text: str, analyser: Analyser, restored: str | None = None
) -> tuple[Span, ...]:
    """As ``marks``."""
    page = folded_text(text, analyser, restored)
    found: list[Span] = []
    for leaf in parts:
        found += page.literal(leaf.text) if isinstance(leaf, Phrase) else page.word_or_restored(leaf.text)
    return _joined(found)


def snippet(text: str, marked: Sequence[Span], width: int = 120) -> tuple[str, tuple[Span, ...]]:
    """At most ``width`` characters of ``text`` around the thickest cluster of marks, and the marks' spans in them.

    ``marked`` as ``marks`` gives it: in order, none overlapping another. The snippet starts where a sentence starts
    and stops where one ends, if that keeps the cluster; else at a clause, else anywhere.
    """
    if width < 1:
        raise ValueError(f"a snippet needs room: {width}")
    starts = _sentence_starts(text)
    start, kept = _cluster(text, marked, starts, width)
    end = _end(text, start, width, starts, kept)
    while start < end - 1 and text[start].isspace():
        start += 1
    while end - 1 > start and text[end - 1].isspace():
        end -= 1
    there = [mark for mark in marked if mark.start < end and start < mark.end]
    return text[start:end], tuple([Span(max(m.start, start) - start, min(m.end, end) - start) for m in there])


class Folded:
    """A text that is asked for many words: folded once, cut when first needed, each word looked for once.
    ``restored`` as in ``marks``."""

    def __init__(self, text: str, analyser: Analyser, restored: str | None = None) -> None:
        self.text = text
        self.folded = fold(text)
        self._analyser = analyser
        self._latin: list[Token] | None = None
        self._restored = Folded(restored, analyser) if restored is not None else None
        self._found: dict[str, list[Span]] = {}

    def marked(self, word: str) -> tuple[Span, ...]:
        """As ``marks`` of one word."""
        found = self.word_or_restored(word)
        return _joined(found) if found else ()

    def word_or_restored(self, word: str) -> list[Span]:
        """Where the word stands, else what stands for it."""
        found = self._found.get(word)
        if found is None:
            found, back = self.word(word), self._restored
            if back and not found:
                found = _carried(back.word(word), back.text, self.text)
            if len(self._found) < _MOST_KEPT:
                self._found[word] = found
        return found

    def literal(self, words: str) -> list[Span]:
        return _literally(self.folded, fold(words))

    def word(self, word: str) -> list[Span]:
        asked = self._analyser.asked_word(word)
        if not asked.latin and (literal := _literally(self.folded, asked.folded)):
            return literal
        if any(not latin and term not in self.folded for term, latin in asked.terms):
            return []  # as nearly every time
        places = [self._term(term, latin) for term, latin in asked.terms]
        return [span for spans in places for span in spans] if all(places) else []

    def _term(self, term: str, latin: bool) -> list[Span]:
        """A Chinese term stands wherever the text holds it, one of Latin letters only where it is a whole token."""
        if not latin:
            return _literally(self.folded, term)
        if self._latin is None:
            self._latin = self._analyser.latin_tokens(self.folded)
        return [Span(token.start, token.end) for token in self._latin if token.text == term]


def folded_text(text: str, analyser: Analyser, restored: str | None = None) -> Folded:
    """Shared by whoever looks at a passage for the same question: snippet, marks, 为何命中."""
    return (_folded_passage if len(text) < _LONG else Folded)(text, analyser, restored)


@lru_cache(maxsize=1 << 8)
def _folded_passage(text: str, analyser: Analyser, restored: str | None) -> Folded:
    return Folded(text, analyser, restored)


def _asked(node: Node | None, analyser: Analyser) -> Iterator[Word | Phrase]:
    match node:
        case Word() | Phrase():
            yield node
        case All(nodes) | Either(nodes):
            for child in nodes:
                yield from _asked(child, analyser)
        case Alike(word, others):
            yield word
            yield from (Word(other) for other, _ in others)
        case Loose(text, others):
            yield from (Word(word) for word in telling_words(text, analyser))
            yield from (Word(other) for other, _ in others)
        case Within(scope, child) if scope is not Scope.TITLE:
            yield from _asked(child, analyser)
        case _:
            return


def _literally(text: str, words: str) -> list[Span]:
    """Where a folded text holds folded ``words``, overlapping ones too."""
    found: list[Span] = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def _carried(spans: Iterable[Span], source: str, target: str) -> list[Span]:
    """Spans of ``source`` where the same stretch stands in ``target``."""
    wanted = list(spans)
    if len(source) == len(target) or not wanted:
        return wanted
    carried: list[Span] = []
    blocks = SequenceMatcher(None, source, target, autojunk=False).get_opcodes()
    for span in wanted:
        there = [block for block in blocks if block[1] < span.end and span.start < block[2]]
        starts = [j1 + max(0, span.start - i1) if tag == "equal" else j1 for tag, i1, _, j1, _ in there]
        ends = [j2 - max(0, i2 - span.end) if tag == "equal" else j2 for tag, _, i2, _, j2 in there]
        if starts and min(starts) < max(ends):
            carried.append(Span(min(starts), max(ends)))
    return carried


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order, those that overlap made one. Neighbours stay two: 招商 and 引资 were asked for as two words."""
    joined: list[Span] = []
    for span in sorted(spans, key=_ENDS):  # of two tuples; comparing spans takes four times as long
        if joined and joined[-1].overlaps(span):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _sentence_starts(text: str) -> list[int]:
    starts = [0, *map(re.Match.end, _SENTENCE_END.finditer(text))]
    return starts if starts[-1] < len(text) else starts[:-1]


def _cluster(text: str, marked: Sequence[Span], starts: Sequence[int], width: int) -> tuple[int, Sequence[Span]]:
    """The start that brings the most marked characters within ``width``, the earliest of equals, and those marks."""
    if not marked:
        return 0, marked
    start = _start(marked[0], starts, text, width)
    if marked[-1].end <= start + width or len(marked) == 1:
        return start, marked  # nothing brings more, and nothing as many earlier
    firsts = [mark.start for mark in marked]
    ends = [mark.end for mark in marked]
    lengths = [0, *accumulate(mark.end - mark.start for mark in marked)]
    best, kept, most = 0, marked[:0], -1
    for mark in marked:
        start = _start(mark, starts, text, width)
        first, past = bisect_left(firsts, start), bisect_right(ends, start + width)
        if lengths[max(first, past)] - lengths[first] > most:
            most = lengths[max(first, past)] - lengths[first]
            best, kept = start, marked[first:past]
    return best, kept


def _start(mark: Span, starts: Sequence[int], text: str, width: int) -> int:
    """Where a snippet that shows ``mark`` starts: its sentence, its clause, or a little before it."""
    sentence = starts[bisect_right(starts, mark.start) - 1]
    if mark.end - sentence <= width * 3 // 4:
        return sentence
    near = max(sentence, mark.start - width // 2)
    clause = _CLAUSE_END.search(text, near, mark.start)
    return clause.end() if clause else max(sentence, mark.start - width // 4)


def _end(text: str, start: int, width: int, starts: Sequence[int], kept: Sequence[Span]) -> int:
    """The last sentence end within ``width`` that keeps every mark of ``kept``, else the last clause end, else all."""
    if start + width >= len(text):
        return len(text)
    least = max([mark.end for mark in kept] + [start + width // 2])
    before = bisect_right(starts, start + width) - 1
    if starts[before] >= least:
        return starts[before]
    clauses = _CLAUSE_END.findall(text, least, start + width)
    return text.rindex(clauses[-1], least, start + width) + 1 if clauses else start + width
