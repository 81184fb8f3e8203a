"""How words are read, in pinyin without tones. Needed while a list is made; serving reads what was written then.

pypinyin knows words with their readings (重庆, 银行), and where it errs corpus/tables/pinyin.tsv is asked first. Its
tables are used as its ``lazy_pinyin`` uses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

import msgspec

from indexer.errors import BadRow
from indexer.reference.regions import table_rows

_COLUMNS = ("word", "reading")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_STRETCHES = re.compile(f"({_CHINESE.pattern})")
_TONES = "\u0304\u0301\u030c\u0300"
_MOST = 2  # readings of a character on its own; with three 刘波 sounded like 刘备


class Readings:
    """``exceptions``: word → its syllables. Opens pypinyin's tables when first asked."""

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
        if _CHINESE.fullmatch(folded):
            return tuple(self._of_chinese(folded))
        found: list[str] = []
        for run in _STRETCHES.split(folded):
            found += self._of_chinese(run) if _CHINESE.fullmatch(run) else run
        return tuple(found)

    def _of_chinese(self, run: str) -> list[str]:
        if not self._known.search(run):
            return _read(run)
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
    """As ``lazy_pinyin`` reads a stretch of Chinese: phrase by phrase, the longest that pypinyin knows first, and
    character by character where it knows none. A list of 50,000 words takes .1 s, not 3."""
    phrases = _phrases()
    found: list[str] = []
    here = 0
    while here < len(run):
        phrase = None
        if beginning := phrases.get(run[here : here + 2]):
            phrase = next((one for one in beginning if run.startswith(one, here)), None)
            if phrase is None and any(one.startswith(run[here:]) for one in beginning):
                return found + [_usual(one)[0] for one in run[here:]]  # pypinyin looks no further in a phrase cut short
        if phrase is None:
            found.append(_usual(run[here])[0])
            here += 1
        else:
            found += _of_phrase(phrase)
            here += len(phrase)
    return found


@cache
def _phrases() -> dict[str, list[str]]:
    """pypinyin's, the longest first, by the two characters that they begin with; it has none of one character."""
    found: dict[str, list[str]] = {}
    for phrase in sorted(_readings_of_phrases(), key=len, reverse=True):
        found.setdefault(phrase[:2], []).append(phrase)
    return found


@cache
def _of_phrase(phrase: str) -> tuple[str, ...]:
    readings = msgspec.json.decode(_readings_of_phrases()[phrase], type=list[list[str]])
    return tuple(_without_tone(one[0]) for one in readings)


@cache
def _usual(character: str) -> tuple[str, ...]:
    """One that has no reading stands for itself."""
    readings = _readings_of_characters().get(ord(character))
    return tuple(dict.fromkeys(map(_without_tone, readings.split(","))))[:_MOST] if readings else (character,)


@cache
def _without_tone(reading: str) -> str:
    """As pypinyin's style NORMAL: lǜ is lv."""
    marked = (one for one in normalize("NFD", reading) if one not in _TONES)
    return normalize("NFC", "".join(marked)).replace("ü", "v")


@cache
def _readings_of_phrases() -> dict[str, msgspec.Raw]:
    """Phrase → its readings, unread: few are asked for. Importing pypinyin takes thrice as long: it reads them all."""
    return msgspec.json.decode(_table("phrases_dict.json"), type=dict[str, msgspec.Raw])


@cache
def _readings_of_characters() -> dict[int, str]:
    """Code point → its readings with commas between them, the commonest first."""
    return msgspec.json.decode(_table("pinyin_dict.json"), type=dict[int, str])


def _table(name: str) -> bytes:
    """A file of pypinyin's. Raises ModuleNotFoundError where that isn't installed."""
    package = find_spec("pypinyin")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pypinyin")
    return Path(package.origin).with_name(name).read_bytes()
