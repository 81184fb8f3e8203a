"""Which facts go on a page together: those of one place and year, with the plans for the next."""

from __future__ import annotations

import re

from tests.sample_corpus.compose import Draft, draft
from tests.sample_corpus.facts import Fact, facts

YEARS = range(2015, 2026)
_WHOLE = 8  # facts that one page tells whatever their sources; more are parted by source
_OWN = 4  # facts of one source that make a page of their own


def drafts() -> list[Draft]:
    """One for each place and year that has a fact one can be led to or whose source is named; facts on hosts nobody is
    led to only go along. Two or three where there are many facts and their sources differ."""
    done: dict[tuple[str, str, int], list[Fact]] = {}
    aims: dict[tuple[str, str, int], list[Fact]] = {}
    for fact in facts():
        if fact.year and fact.zone_status in ("listed", "unlisted", "region") and _writable(fact):
            groups = aims if fact.status == "计划" else done
            groups.setdefault((fact.zone, fact.covers, fact.year), []).append(fact)
    pages = []
    for (zone, covers, year), group in done.items():
        pages.append((year, group + aims.pop((zone, covers, year + 1), [])))
    pages += [(year, group) for (_, _, year), group in aims.items()]
    told = [
        draft(part, year, part=number > 0)
        for year, group in pages
        if year in YEARS
        for number, part in enumerate(parted(sorted(group, key=lambda one: one.id)))
        if any(fact.link or fact.url is None for fact in part)
    ]
    return sorted(told, key=lambda own: own.name)


def parted(group: list[Fact]) -> list[tuple[Fact, ...]]:
    """The whole group, or, where it is large, the two sources with most facts each alone and the others together. Facts
    that none may be led to stay with others."""
    if len(group) <= _WHOLE:
        return [tuple(group)]
    by_source: dict[str, list[Fact]] = {}
    for fact in group:
        by_source.setdefault(fact.url or fact.source_title or "", []).append(fact)
    own = sorted((part for part in by_source.values() if len(part) >= _OWN), key=lambda part: (-len(part), part[0].id))
    apart = [part for part in own[:2] if any(fact.link or fact.url is None for fact in part)]
    rest = [fact for fact in group if not any(fact in part for part in apart)]
    if len(rest) < 3 or not any(fact.link or fact.url is None for fact in rest):
        first, *others = apart or [[]]
        apart = [sorted((*first, *rest), key=lambda one: one.id), *others]
    else:
        apart.append(rest)
    return [tuple(part) for part in apart if part]


def _writable(fact: Fact) -> bool:
    """Facts without a place of their own (a survey, an office) make no page."""
    return not re.search(r"招商部门|中心区", fact.zone)
