"""How words are read, in pinyin without tones. Needed while a list is made; serving reads what was written then.

pypinyin knows words with their readings (重庆, 银行), and where it errs corpus/tables/pinyin.tsv is asked first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from indexer.errors import BadRow
from indexer.reference.regions import table_rows

_COLUMNS = ("word", "reading")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_MOST = 2  # readings of a character on its own; with three 刘波 sounded like 刘备


class Readings:
    """``exceptions``: word → its syllables. Opens pypinyin's tables (.3 s, 55 MB) when first asked."""

    def __init__(self, exceptions: Mapping[str, tuple[str, ...]]) -> None:
        self.exceptions = dict(exceptions)
        longest_first = sorted(self.exceptions, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Readings:
        """``lines`` of corpus/tables/pinyin.tsv. Raises ValueError naming the line that does not fit."""
        exceptions: dict[str, tuple[str, ...]] = {}
        for number, (word, reading) in table_rows(lines, _COLUMNS):
            syllables = tuple(reading.split())
            if len(syllables) != len(word):
                raise BadRow("table.pinyin", number=number, word=word)
            exceptions[word] = syllables
        return cls(exceptions)

    def syllables(self, folded: str) -> tuple[str, ...]:
        """One for each character; what isn't Chinese stands for itself."""
        found: list[str] = []
        for run in re.split(f"({_CHINESE.pattern})", folded):
            found += self._of_chinese(run) if _CHINESE.fullmatch(run) else run
        return tuple(found)

    def _of_chinese(self, run: str) -> list[str]:
        found: list[str] = []
        here = 0
        for known in self._known.finditer(run):
            found += _read(run[here : known.start()])
            found += self.exceptions[known[0]]
            here = known.end()
        return found + _read(run[here:])

    def of_characters(self, characters: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Each character with its usual readings, the commonest first."""
        return {one: _usual(one) for one in characters if _CHINESE.fullmatch(one)}


def _read(run: str) -> list[str]:
    """As ``lazy_pinyin``, which reads a stretch piece by piece, the longest it knows first; here each piece is read
    once. A list of 50,000 words takes .5 s, not 3."""
    from pypinyin.seg.mmseg import seg

    return [syllable for piece in seg.cut(run) for syllable in _syllables(piece)]


@cache
def _syllables(piece: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(piece))


@cache
def _usual(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    return tuple(pinyin(character, style=Style.NORMAL, heteronym=True)[0][:_MOST])
