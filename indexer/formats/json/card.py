"""Cards and notes as a build keeps them: what a list shows of a report (domain/cards.py)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from indexer.domain.cards import PassageNotes, ReportCard
from indexer.domain.page import Restoration
from indexer.domain.report import Grade, Quality
from indexer.domain.spans import Span
from indexer.formats.json.report import Json, iso, pair, zone_json, zone_of


def card_json(card: ReportCard) -> Json:
    """Without its notes, which are kept passage by passage."""
    return {
        "report": card.id,
        "title": card.title,
        "zone": zone_json(card.zone),
        "year": card.year,
        "plan_year": card.plan_year,
        "period": card.period,
        "title_year": card.title_year,
        "guessed": card.guessed,
        "published_on": iso(card.published_on),
        "grade": card.quality.grade.value,
        "flags": list(card.quality.flags),
        "masks": dict(card.quality.masks),
        "restored": card.restored,
        "sample": card.sample,
        "mirrors": card.mirrors,
    }


def card_of(told: Mapping[str, Any], notes: Mapping[int, PassageNotes]) -> ReportCard:
    """Raises KeyError, TypeError or ValueError on anything that ``card_json`` didn't tell."""
    return ReportCard(
        id=told["report"],
        title=told["title"],
        zone=zone_of(told["zone"]),
        year=told["year"],
        plan_year=told["plan_year"],
        period=told["period"],
        title_year=told["title_year"],
        guessed=told["guessed"],
        published_on=date.fromisoformat(told["published_on"]) if told["published_on"] else None,
        quality=Quality(Grade(told["grade"]), tuple(told["flags"]), told["masks"]),
        restored=told["restored"],
        sample=told["sample"],
        mirrors=told["mirrors"],
        notes=notes,
    )


def notes_json(notes: PassageNotes) -> list[Any]:
    """A list, not an object: there are as many as passages."""
    restored = [[*pair(one.span), one.restored] for one in notes.restorations]
    return [[pair(one) for one in notes.figures], [pair(one) for one in notes.masks], restored]


def notes_of(told: list[Any]) -> PassageNotes:
    """Raises TypeError or ValueError on anything that ``notes_json`` didn't tell."""
    figures, masks, restored = told
    return PassageNotes(
        tuple(Span(*one) for one in figures),
        tuple(Span(*one) for one in masks),
        tuple(Restoration(Span(start, end), word) for start, end, word in restored),
    )
