"""How far a passage's origin and kind lift or lower what it earns, so that of passages that say nearly the same a fact
of an official, newer report of the zone itself comes first.

A report's grade: A +3%, B 0, C (masked) -3%, D (tampered) -5%. Its year: the newest of the index +3%, each year before
that 0.6% less, down to -3% for ten years and more. What is not known is worth 1: not to know a year is no fault.
What stands in no zone's own report -12%, a plan -12%, background -20%, a glossary note half; words without a figure or
a practice -5 to -25% (text/substance.py). A passage on the theme or practice that a question's only word names gains
20 and 10%; where a theme alone is asked, one that is chiefly on it 30%; where a question names a place, what
that place's own report says earns 3.5 times as much, to come before any mention by others; where it asks what is
intended, plans gain 40%.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from indexer.domain.facets import Basis
from indexer.domain.report import Grade, Status
from indexer.engines.evaluation.postings import Floats
from indexer.text.substance import A_DEED, DEEDS, WORDS

if TYPE_CHECKING:
    from indexer.engines.evaluation.doc_values import Column

_GRADES = {Grade.OFFICIAL.value: 1.03, Grade.MASKED.value: 0.97, Grade.TAMPERED.value: 0.95}
# What a zone's own report says comes before what a city's says; facts and measures before plans and what leads up to
# them (docs/relevance.md). Property of a passage → its value → factor; any other value is worth 1.
LOWERED: Mapping[str, Mapping[object, float]] = {
    "zone_type": {None: 0.88},
    "status": {Status.BACKGROUND.value: 0.8, Status.PLAN.value: 0.88, Status.NOTE.value: 0.5},
    "substance": {DEEDS: 0.95, A_DEED: 0.9, WORDS: 0.75},
}
# Facet → what a passage with one of the question's values is worth beside one without.
ABOUT: Mapping[str, float] = {"theme": 1.2, "practice": 1.1, "main_theme": 1.3, "zone": 3.5, "status": 1.4}
_NEWEST = 1.03
_A_YEAR = 0.006
_OLDEST = 0.97


def worth_of(facets: Mapping[str, Column]) -> Floats | None:
    """The factor of each passage; None where all are worth the same."""
    worth = product_of(facets)
    return None if worth is None or (worth == worth[:1]).all() else worth


def product_of(facets: Mapping[str, Column]) -> Floats | None:
    """As ``worth_of``, where all may be worth the same too: candidates are only some passages of an index."""
    grades, years = facets.get("grade"), facets.get(f"year_{Basis.PASSAGE.value}")
    if grades is None or years is None:
        return None
    worth = np.ones(len(grades.codes), np.float32)
    for column, factor in zip((grades, years), factors(grades, years) or (), strict=False):
        worth *= factor.take(column.codes)
    for name, lowered in LOWERED.items():
        if name in facets:
            column = facets[name]
            factor = np.array([lowered.get(value, 1.0) for (value,) in column.values], np.float32)
            worth *= factor.take(column.codes)
    return worth


def of_subjects(subjects: Sequence[tuple[str, str]], facets: Mapping[str, Column]) -> Floats | None:
    """What each passage is worth by being about what the question is about; None where that is the same for all."""
    worth: Floats | None = None
    for facet in dict.fromkeys(facet for facet, _ in subjects):
        column, wanted = facets.get(facet), {value for name, value in subjects if name == facet}
        if column is None:
            continue
        codes = [code for value in wanted for code in column.codes_by_value.get(value, ())]
        if codes:
            of_code = np.ones(len(column.values), np.float32)
            of_code[codes] = ABOUT[facet]
            there = of_code.take(column.codes)
            worth = there if worth is None else worth * there
    return worth


def factors(grades: Column, years: Column) -> tuple[Floats, Floats] | None:
    """The factor of each grade and of each year there is, in the order of the columns' values; None where all passages
    are worth the same."""
    by_grade = np.array([_GRADES.get(str(grade), 1.0) for (grade,) in grades.values], np.float32)
    newest = max((year for (year,) in years.values if isinstance(year, int)), default=0)
    by_year = np.array([_freshness(year, newest) for (year,) in years.values], np.float32)
    if (by_grade == 1).all() and (by_year == by_year[:1]).all():
        return None
    return by_grade, by_year


def _freshness(year: object, newest: int) -> float:
    return max(_OLDEST, _NEWEST - _A_YEAR * (newest - year)) if isinstance(year, int) else 1.0
