"""Catchphrases that one province, or one city, says of its own policy: corpus/tables/slogans.tsv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.errors import BadRow
from indexer.locale import LazyText
from indexer.reference.regions import table_rows
from indexer.text.name_finder import NameScanner

_COLUMNS = ("phrase", "province", "city", "here", "elsewhere", "years", "note")


@dataclass(frozen=True, slots=True)
class Slogan:
    """``here`` and ``elsewhere`` count the government work reports, of the province and of all others, that say it."""

    phrase: str
    province: str
    city: str | None
    here: int
    elsewhere: int


class Slogans:
    """The table, ready to be looked for in a text."""

    def __init__(self, slogans: Iterable[Slogan] = ()) -> None:
        self._by_phrase = {slogan.phrase: slogan for slogan in slogans}
        self._scanner = NameScanner(self._by_phrase)

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Slogans:
        """Raises ValueError naming the line that does not fit."""
        return cls(_slogan(number, cells) for number, cells in table_rows(lines, _COLUMNS))

    def __iter__(self) -> Iterator[Slogan]:
        return iter(self._by_phrase.values())

    def said_in(self, text: str) -> tuple[Slogan, ...]:
        """Each once, in the order of the text; of two at one place the longer."""
        return tuple(self._by_phrase[name] for name in dict.fromkeys(name for _, name in self._scanner.scan(text)))


def _slogan(number: int, cells: list[str]) -> Slogan:
    phrase, province, city, here, elsewhere, _years, _note = cells
    if len(phrase) < 3 or not province or not here.isdigit() or not elsewhere.isdigit():
        raise BadRow("table.incomplete", number=number, name=phrase or LazyText("table.unworded"))
    return Slogan(phrase, province, city or None, int(here), int(elsewhere))
