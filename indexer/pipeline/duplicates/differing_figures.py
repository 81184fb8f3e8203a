"""Where copies of one report print different figures.

A figure is found again in a copy by the Chinese characters around it, eight before and two after: those survive
masks, wraps and re-dating, which change nothing but the figures themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.domain.catalogue import DifferingFigure
from indexer.pipeline.duplicates.shingles import characters

_BEFORE, _AFTER = 8, 2
_PLACE = re.compile(r"([0-9x×*_]+(?:[.,][0-9x×*_]+)*%?)")  # x.5 is a mask too
_MASK = re.compile(r"[x×*_]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure, or the mask in its place, with the Chinese characters around it."""

    text: str
    before: str
    after: str

    @property
    def masked(self) -> bool:
        return bool(_MASK.search(self.text))

    @property
    def is_year(self) -> bool:
        return self.after.startswith("年")


Place = tuple[str, str]  # the characters before and after a figure


def printed_figures(text: str) -> dict[Place, Printed]:
    """The figures of ``text`` that can be told apart by what stands around them."""
    parts = _PLACE.split(_SPACE.sub("", text.lower()))
    words = [characters(part) for part in parts[::2]]
    found: list[Printed] = []
    before = ""
    for number, word in enumerate(words[:-1]):
        before = (before + word)[-_BEFORE:]
        found.append(Printed(parts[2 * number + 1], before, words[number + 1][:_AFTER]))
    often = Counter((one.before, one.after) for one in found)
    return {(one.before, one.after): one for one in found if often[one.before, one.after] == 1 and one.before}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of the figures that two texts print in the same place, years and masks set aside: how many, and how many
    differ."""

    compared: int
    differing: int

    @property
    def mostly(self) -> bool:
        """Whether there is a figure in common at all, and more than half of them agree."""
        return self.differing * 2 < self.compared


def agreement(one: Mapping[Place, Printed], other: Mapping[Place, Printed]) -> Agreement:
    """A report written over last year's, or over another zone's, has nearly all figures new; a copy nearly none."""
    both = [
        (one[place].text, other[place].text)
        for place in one.keys() & other.keys()
        if not (one[place].masked or other[place].masked or one[place].is_year)
    ]
    return Agreement(len(both), sum(_value(a) != _value(b) for a, b in both))


def differing_figures(copies: Mapping[str, Mapping[Place, Printed]]) -> tuple[DifferingFigure, ...]:
    """Every place where two copies print different numbers, in the order of the first copy that has it, with what each
    copy prints there. A mask disagrees with nothing, but is told where numbers do."""
    places = dict.fromkeys(place for figures in copies.values() for place in figures)
    found = []
    for place in places:
        said = {report: figures[place] for report, figures in copies.items() if place in figures}
        if len({_value(one.text) for one in said.values() if not one.masked}) > 1:
            before, after = place
            found.append(DifferingFigure(f"{before}…{after}", {report: one.text for report, one in said.items()}))
    return tuple(found)


def _value(text: str) -> str:
    return text.replace(",", "")
