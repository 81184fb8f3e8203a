"""Which facts go on a page together, and one text for each page that is not too like another's."""

from __future__ import annotations

import re

from tests.sample_corpus.compose import Draft, draft
from tests.sample_corpus.facts import Fact, facts

YEARS = range(2015, 2026)
_TRIES = 4  # texts of one page drawn, the first that is not too like an earlier page is taken
_LIKE = 0.38  # of its runs of five characters; mirrors share half


def drafts() -> list[Draft]:
    """One for each zone and year that has a fact one can be led to; facts on hosts nobody is led to only go along."""
    groups: dict[tuple[str, int], list[Fact]] = {}
    for fact in facts():
        if fact.year in YEARS and fact.zone_status in ("listed", "unlisted", "region") and _writable(fact):
            groups.setdefault((fact.zone, fact.year or 0), []).append(fact)
    whole = (tuple(sorted(group, key=lambda one: one.id)) for group in groups.values())
    written: list[Draft] = []
    seen: list[set[str]] = []
    for group in sorted(whole, key=lambda own: own[0].id):
        if any(one.link for one in group):
            tries = (draft(group, attempt) for attempt in range(_TRIES))
            best = min(tries, key=lambda one: (max(_likeness(one, seen), _LIKE), one.name))
            written.append(best)
            seen.append(_runs(best))
    return written


def _runs(written: Draft) -> set[str]:
    return {written.text[at : at + 5] for at in range(len(written.text) - 4)}


def _likeness(written: Draft, seen: list[set[str]]) -> float:
    """The largest share of the page's runs of five characters that one earlier page has too."""
    own = _runs(written)
    return max((len(own & other) / min(len(own), len(other)) for other in seen), default=0.0)


def _writable(fact: Fact) -> bool:
    """Facts without a place of their own (a survey, an office) make no page."""
    return not re.search(r"招商部门|中心区", fact.zone)
