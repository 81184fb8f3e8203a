"""Laundering（洗稿）: words of an honest report replaced by near-synonyms, so that a mill's copy looks original."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from indexer.domain.page import Restoration
from indexer.domain.spans import Span
from indexer.errors import BadSetup

_COLUMNS = ("laundered", "original", "safe", "usual")
_LONGEST = 8  # characters that a form may have before or after its base
_STOP = r"(?=[，。；、！？：,.;!?:”）)\s]|的|$)"

# Evidence is a log-likelihood ratio against the largest share that an honest report shows (tests/evaluation). One form
# alone says little: an article about crafts is full of 手艺, a typist writes 经济社会开展 once. So each form is capped,
# all ambiguous ones together too: two certain forms flag a text, or one that comes again and again.
_FLAGGED_FROM = 8.0
_MOST_BY_AMBIGUOUS = 3.0
_MOST_BY_CERTAIN = {1: 4.0, 3: 6.0, 8: 12.0}  # from so many times on


@dataclass(frozen=True, slots=True)
class Pair:
    """``laundered`` stands where ``original`` stood.

    ``safe``: ``yes`` where that is certain in a laundered text, ``stop`` where it is certain before a stop, ``no``
    where either may be meant. ``usual`` is the largest share of ``laundered`` among the two in honest reports, None
    where it tells nothing.
    """

    laundered: str
    original: str
    safe: str
    usual: float | None


@dataclass(frozen=True)  # no slots: what is derived from the pairs is remembered
class LaunderingTable:
    """corpus/tables/laundering.tsv."""

    pairs: tuple[Pair, ...]

    @classmethod
    def parse(cls, lines: Iterable[str]) -> LaunderingTable:
        """Tab-separated lines under a header; ``#`` begins a comment. Raises BadSetup with the line's number."""
        pairs = []
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if not line.strip() or line.startswith("#") or tuple(cells) == _COLUMNS:
                continue
            pairs.append(_pair(cells, number))
        return cls(tuple(pairs))

    def evidence(self, text: str) -> dict[str, float]:
        """Laundered form → how much it speaks for laundering (natural logarithm of a likelihood ratio, capped)."""
        own: dict[str, int] = {}  # occurrences that stand in no longer form
        around = {base: _around(base, text) for base in self._bases}
        for pair, base in self._longest_first:
            count = around[base].count(pair.laundered)
            if count:
                inside = sum(own[longer] for longer in own if pair.laundered in longer)
                own[pair.laundered] = max(0, count - inside)
        found: dict[str, float] = {}
        for pair in self.pairs:
            count = own.get(pair.laundered, 0)
            if count and pair.usual is not None:
                weight = _weight(count, text.count(pair.original), pair)
                found[pair.laundered] = max(weight, found.get(pair.laundered, 0.0))
        return {form: weight for form, weight in found.items() if weight > 0}

    def is_laundered(self, text: str) -> bool:
        """Whether the text as a whole was laundered, wholly or in part. 开展招商 in an honest text is no sign."""
        evidence = self.evidence(text)
        certain = sum(weight for form, weight in evidence.items() if self._by_form[form].safe == "yes")
        ambiguous = sum(weight for form, weight in evidence.items() if self._by_form[form].safe != "yes")
        return certain + min(ambiguous, _MOST_BY_AMBIGUOUS) >= _FLAGGED_FROM

    def restorations(self, text: str) -> tuple[Restoration, ...]:
        """Where the first form is certain: the changed word alone (开展 in 经济社会开展), not its neighbours.

        Only for a text that ``is_laundered``.
        """
        found: dict[Span, Restoration] = {}
        for match in self._certain.finditer(text):
            pair = self._by_form[match.group()]
            if pair.safe == "no":
                continue  # 开展战略合作 shields 开展战略
            start, end, restored = _changed(pair, self._words)
            span = Span(match.start() + start, match.start() + end)
            found.setdefault(span, Restoration(span, restored))
        return tuple(found[span] for span in sorted(found))

    @cached_property
    def _longest_first(self) -> tuple[tuple[Pair, str], ...]:
        """Each pair with the shortest form of the table inside it: where that is not, the longer one is not either."""
        forms = sorted((pair.laundered for pair in self.pairs), key=len)
        with_base = ((pair, next(form for form in forms if form in pair.laundered)) for pair in self.pairs)
        return tuple(sorted(with_base, key=lambda both: -len(both[0].laundered)))

    @cached_property
    def _bases(self) -> frozenset[str]:
        return frozenset(base for _, base in self._longest_first)

    @cached_property
    def _by_form(self) -> dict[str, Pair]:
        return {pair.laundered: pair for pair in reversed(self.pairs)}

    @cached_property
    def _words(self) -> tuple[Pair, ...]:
        """Pairs of single words, that explain the longer ones."""
        return tuple(pair for pair in self.pairs if len(pair.laundered) == len(pair.original) == 2)

    @cached_property
    def _certain(self) -> re.Pattern[str]:
        forms = [
            re.escape(pair.laundered) + (_STOP if pair.safe == "stop" else "")
            for pair, _ in self._longest_first
            if pair.safe != "no" or len(pair.laundered) > 4
        ]
        return re.compile("|".join(forms) or r"(?!)")


def _around(base: str, text: str) -> str:
    """The surroundings of every ``base`` in ``text``, a line each: some hundred characters in place of a report."""
    stretches: list[str] = []
    start = end = 0
    at = text.find(base)
    while at >= 0:
        if at - _LONGEST > end:
            stretches.append(text[start:end])
            start = at - _LONGEST
        end = at + len(base) + _LONGEST
        at = text.find(base, at + len(base))
    return "\n".join([*stretches, text[start:end]])


def _pair(cells: list[str], number: int) -> Pair:
    laundered, original, safe, usual = (*cells, "", "", "", "")[:4]
    if not laundered or not original or safe not in ("yes", "stop", "no"):
        raise BadSetup("table.laundering_columns", number=number)
    try:
        share = float(usual) if usual else None
    except ValueError as wrong:
        raise BadSetup("table.laundering_share_no_number", number=number, share=usual) from wrong
    if len(laundered) > _LONGEST:
        raise BadSetup("table.laundering_too_long", number=number, word=laundered, most=_LONGEST)
    if share is not None and not 0 < share < 1:
        raise BadSetup("table.laundering_share", number=number)
    return Pair(laundered, original, safe, share)


def _weight(laundered: int, original: int, pair: Pair) -> float:
    usual = pair.usual or 1.0
    share = laundered / (laundered + original)
    if share <= usual:
        return 0.0
    weight = laundered * math.log(share / usual)
    if original:
        weight += original * math.log((1 - share) / (1 - usual))
    if pair.safe != "yes":
        return min(weight, _MOST_BY_AMBIGUOUS)
    return min(weight, max(most for times, most in _MOST_BY_CERTAIN.items() if laundered >= times))


def _changed(pair: Pair, words: tuple[Pair, ...]) -> tuple[int, int, str]:
    """Start and end of the changed word in ``pair.laundered``, and what it was; all of it where no word explains it."""
    for word in words:
        at = pair.laundered.find(word.laundered)
        if at >= 0 and pair.laundered.replace(word.laundered, word.original, 1) == pair.original:
            return at, at + len(word.laundered), word.original
    return 0, len(pair.laundered), pair.original
