"""The words in which reports and what is read of them are spoken of, for command, pages and exports.

Values that programs read stay Chinese (``Status.RESULT.value``); people get the word of their language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import TypeVar

from indexer.domain import report
from indexer.domain.report import Doubt, FigureKind, FigureRole, Grade, YearKind
from indexer.domain.similar import ReasonKind
from indexer.domain.zones import ZoneStatus
from indexer.locale import say, term

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
KINDS: Mapping[FigureKind, str] = Named("figure.kind", FigureKind)
DOUBTS: Mapping[Doubt, str] = Named("format.doubt", Doubt)
ROLES: Mapping[FigureRole, str] = Named("format.figurerole", FigureRole)
REASONS: Mapping[ReasonKind, str] = Named("format.reason", ReasonKind)
YEAR_KINDS: Mapping[YearKind, str] = Named("words.year_kind", YearKind)
ZONE_STATUSES: Mapping[ZoneStatus, str] = Named("words.zone_status", ZoneStatus)


def named(chinese: str) -> str:
    """A term of the field for people: 成效, in English "Result (成效)", so that it can be looked up and asked for."""
    name = term(chinese)
    return chinese if name == chinese else say("format.term", name=name, chinese=chinese)


def title(own: str | None, zone: str | None, year: int | None, genre: str | None = None) -> str:
    """Its own title; of a report without one what is known of it: 甲市 · 2021 年 · 总结（无标题，据正文）."""
    if own:
        return own
    known = (term(zone) if zone else "", say("words.year", year=year) if year else "", term(genre) if genre else "")
    told = " · ".join(filter(None, known))
    return told + say("format.no_title_of_its_own") if told else say("format.no_title")


def clauses(items: Iterable[str]) -> str:
    """甲，乙"""
    return say("format.mark.clause").join(items)


def parts(items: Iterable[str]) -> str:
    """甲；乙"""
    return say("format.mark.part").join(items)


def words(*terms: str | None) -> str:
    """举措 招商引资: terms beside each other, those that are known."""
    return say("format.mark.word").join(term(one) for one in terms if one)


def aside(text: str) -> str:
    """（``text``）, nothing of nothing."""
    return say("format.mark.aside", text=text) if text else ""


def year_word(year: int | None) -> str:
    """2022年, or 年份不明."""
    return say("format.year", year=year) if year else say("year.unknown")
