"""Whether the collection has reports of the place that a question is about, and whether these answer.

苏州2021年招商 may find nothing but a report of another city that set up an office in 苏州. Then it is said first that
no report of 苏州 of that year is held, and which years are; or that no passage of them has the words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from indexer.domain.query import Query
from indexer.locale import say
from indexer.reference.gazetteer import Gazetteer
from indexer.reference.regions import PROVINCE
from indexer.text.fold import fold

_MOST_YEARS = 6  # that are named, the newest first
_MOST_ZONES = 3


@dataclass(frozen=True, slots=True)
class Held:
    """What the collection has. ``labels``: of zones and regions with reports of their own; ``zones_in``: those of a
    city. ``count``: how many passages a query finds. ``years``: those that the passages of a label are of."""

    labels: Collection[str]
    zones_in: Callable[[str], Sequence[str]]
    count: Callable[[Query], int]
    years: Callable[[str], Collection[int]]


@dataclass(frozen=True, slots=True)
class OwnReports:
    """Safe to use from many threads at once."""

    gazetteer: Gazetteer

    def subject(self, text: str) -> str | None:
        """The label of the one city that ``text`` is about: it begins with it, or a word of it does (招商 苏州). Not
        of one that stands in the midst (赴苏州招商), of one of several, or beside a zone; provinces are filters."""
        folded = fold(text)
        regions = self.gazetteer.regions
        if next(iter(self.gazetteer.find(text)), None) is not None:
            return None
        named = [(at, name) for at, name in regions.places_in(folded) if regions.meant_by(name)]
        if len(named) != 1:
            return None
        at, name = named[0]
        is_city = regions.all_named(name)[0].level != PROVINCE
        return regions.meant_by(name) if is_city and (at == 0 or folded[at - 1].isspace()) else None

    def missing(self, query: Query, place: str, held: Held) -> str:
        """In a sentence for the user, that there is no report of ``place``, or none of the years asked; "" where there
        is one."""
        if place not in held.labels:
            zones = held.zones_in(place)[:_MOST_ZONES]
            return say("own.none_but_zones", place=place, zones=zones) if zones else say("own.none", place=place)
        if not query.filters.years:
            return ""
        there = held.years(place)
        if any(year in span for year in there for span in query.filters.years):
            return ""
        shown = [str(year) for year in sorted(there, reverse=True)[:_MOST_YEARS]]
        return say("own.none_of_years", place=place, years=query.filters.years_in_words, held=shown)

    def silent(self, query: Query, place: str, held: Held) -> str:
        """In a sentence, that no passage of the reports of ``place`` has the words, and whether those of other years
        do; "" where one has."""
        years, of_it = query.filters.years_in_words, _of_place(query, place)
        if held.count(of_it):
            return ""
        if not years:
            return say("own.silent", place=place)
        others = held.count(replace(of_it, filters=replace(of_it.filters, years=(), unknown_year=False)))
        key = "own.silent_but_other_years" if others else "own.silent_of_years"
        return say(key, place=place, years=years, n=others)


def _of_place(query: Query, place: str) -> Query:
    """``query`` of the reports of ``place`` alone."""
    return replace(query, filters=query.filters.with_(zone=(place,)))
