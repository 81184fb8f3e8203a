"""The words in which reports and what is read of them are spoken of, for command, pages and exports.

Values that programs read stay Chinese (``Status.RESULT.value``); people get the word of their language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import TypeVar

from indexer.domain import report
from indexer.domain.report import FigureKind, FigureRole, Grade
from indexer.locale import say

K = TypeVar("K", bound=str | Enum)


class Named(Mapping[K, str]):
    """The names of ``keys`` in a section of the catalogue, looked up when they are asked for: the language is that of
    whoever asks, not that of the start. Raises KeyError for a key without a name."""

    def __init__(self, section: str, keys: Iterable[K]) -> None:
        self._section = section
        self._keys = tuple(keys)

    def __getitem__(self, key: K) -> str:
        return say(f"{self._section}.{key.name.lower() if isinstance(key, Enum) else key}")

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


FLAGS: Mapping[str, str] = Named("format.flag", report.FLAGS)
GRADES: Mapping[Grade, str] = Named("format.grade", Grade)
KINDS: Mapping[FigureKind, str] = Named("format.figurekind", FigureKind)
ROLES: Mapping[FigureRole, str] = Named("format.figurerole", FigureRole)


def named(value: Enum) -> str:
    """A value of the domain in a word: ``Status.RESULT`` is 成效, in English "result (成效)"."""
    return say(f"format.{type(value).__name__.lower()}.{value.name.lower()}")


def listed(items: Iterable[str], mark: str = "list") -> str:
    """甲、乙、丙. ``mark``: "list" 、 "clause" ， "part" ；"""
    return say(f"format.mark.{mark}").join(items)


def aside(text: str) -> str:
    """（``text``）, nothing of nothing."""
    return say("format.mark.aside", text=text) if text else ""


def year_word(year: int | None) -> str:
    """2022年, or 年份不明."""
    return say("format.year", year=year) if year else say("format.year_unknown")
