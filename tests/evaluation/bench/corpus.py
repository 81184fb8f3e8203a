"""A made-up corpus of any size: the same for everybody who has the seed.

Words are drawn as Zipf's law has it. A word starts with a character that no other place of a word may have, and ends
with one of a third set; so a text holds a word letter for letter exactly where it was put, and every engine, however it
looks for words, has to find the same passages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from indexer.domain.query import YearRange
from indexer.domain.results import IndexedPassage
from indexer.text.fold import fold

SEED = 20240817
PASSAGES_PER_REPORT = 40
WORDS = 60_000
TOKENS = (25, 95)  # words of a passage, at least and at most: 60 on average, 140 characters
ZONES = 200
YEARS = (2010, 2025)
PROVINCES = ("浙江", "江苏", "湖北", "四川", "广东", "陕西", "安徽", "山东")
_EACH = 900  # characters that stand first, in the middle, last


@dataclass(frozen=True, slots=True)
class MadePassage:
    number: int
    words: tuple[str, ...]
    zone: str
    year: int

    def indexed(self) -> IndexedPassage:
        """As our engine takes it."""
        report, seq = divmod(self.number, PASSAGES_PER_REPORT)
        return IndexedPassage(
            report=f"r{report:06}",
            seq=seq,
            text="".join(self.words),
            zone=self.zone,
            zone_type="高新区" if int(self.zone[1:]) % 2 else "经开区",
            province=PROVINCES[int(self.zone[1:]) % len(PROVINCES)],
            year=self.year,
            published_on=date(self.year + 1, 1 + report % 12, 1),
            themes=(f"T{self.number % 15}",),
        )


@dataclass(frozen=True, slots=True)
class Question:
    """``words`` are looked for as ``kind`` says; ``zone`` and ``years`` narrow where they are given."""

    kind: str
    words: tuple[str, ...]
    zone: str | None = None
    years: YearRange | None = None


KINDS = ("term", "two terms", "OR of three", "phrase", "filter", "facets", "ten snippets", "page 50")


@cache
def vocabulary() -> list[str]:
    """The words, most frequent first."""
    random = np.random.default_rng(SEED)
    ideographs = [chr(code) for code in range(0x4E00, 0x9F00) if fold(chr(code)) == chr(code)]  # searched as they are
    first, inner, last = (ideographs[start : start + _EACH] for start in (0, 3000, 6000))
    characters = random.integers(0, _EACH, (WORDS * 2, 4))
    middles = random.choice(3, WORDS * 2, p=(0.7, 0.2, 0.1))
    words: dict[str, None] = {}
    for drawn, middle in zip(characters.tolist(), middles.tolist(), strict=True):
        words.setdefault(first[drawn[0]] + "".join(inner[one] for one in drawn[2 : 2 + middle]) + last[drawn[1]])
    return list(words)[:WORDS]


def passages(size: int) -> Iterator[MadePassage]:
    random = np.random.default_rng(SEED + 1)
    words = np.array(vocabulary(), dtype=object)
    upto = np.cumsum(_chances(len(words), flattened=8))
    zone_upto = np.cumsum(_chances(ZONES, flattened=3))
    for start in range(0, size, PASSAGES_PER_REPORT):
        zone = f"Z{int(np.searchsorted(zone_upto, random.random()))}"
        year = int(random.integers(YEARS[0], YEARS[1] + 1))
        for number in range(start, min(start + PASSAGES_PER_REPORT, size)):
            drawn = np.searchsorted(upto, random.random(int(random.integers(*TOKENS))))
            yield MadePassage(number, tuple(words[np.minimum(drawn, WORDS - 1)]), zone, year)


def questions(each: int, sample: list[MadePassage]) -> list[Question]:
    """``each`` of every kind. Words by rank, as often common as rare; phrases out of the passages of ``sample``."""
    random = np.random.default_rng(SEED + 2)
    words = vocabulary()

    def asked(count: int, rarest: int) -> tuple[str, ...]:
        ranks = np.exp(random.uniform(0, np.log(rarest), count * 3)).astype(int)
        return tuple(words[rank] for rank in dict.fromkeys(ranks.tolist()))[:count]

    made: list[Question] = []
    for number in range(each):
        found = sample[int(random.integers(len(sample)))]
        at = int(random.integers(len(found.words) - 1))
        years = YearRange(found.year - 1, found.year + 1)
        made += [
            Question("term", asked(1, 5000)),
            Question("two terms", asked(2, 2000)),
            Question("OR of three", asked(3, 2000)),
            Question("phrase", found.words[at : at + 2]),
            Question("filter", asked(1, 500), found.zone, years if number % 2 else None),
            Question("facets", asked(1, 5000)),
            Question("ten snippets", asked(1, 5000)),
            Question("page 50", asked(1, 200)),
        ]
    return made


def _chances(count: int, flattened: int) -> np.ndarray:
    """Zipf–Mandelbrot: the share of the n-th of ``count`` goes down as 1 / (n + ``flattened``)."""
    weights = 1 / (np.arange(count) + flattened)
    chances: np.ndarray = weights / weights.sum()
    return chances
