"""What an answer for an assistant rests on: each sentence or figure with its source, year (and whose year it is) and
grade; and, in sentences, what is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from indexer.domain.columns import Column, Silence
from indexer.domain.comparison import Quote
from indexer.domain.report import Grade
from indexer.domain.results import Hit
from indexer.domain.rows import FigureRow, MeasureRow, Source
from indexer.locale import say

Json = dict[str, Any]
_DOUBTED = (Grade.MASKED, Grade.TAMPERED)


def source_json(source: Source) -> Json:
    """A report, as much of it as a citation needs."""
    return {
        "report": source.id,
        "title": source.title,
        "zone": source.label,
        "zone_status": source.zone_status.value,
        "province": source.province,
        "report_year": source.year,
        "report_year_guessed": source.guessed,
        "published_on": source.published_on.isoformat() if source.published_on else None,
        "grade": source.grade.value,
        "flags": list(source.flags),
        "url": source.url,
    }


def hit_json(hit: Hit, source: Source) -> Json:
    passage = hit.passage
    return {
        "text": passage.text,
        "passage": f"{passage.report}:{passage.seq}",
        "status": passage.status.value,
        "themes": list(passage.themes),
        "practices": list(passage.practices),
        **_dated(passage.year, _basis_of(hit), source),
    }


def quote_json(quote: Quote) -> Json:
    return {
        "text": quote.text,
        "passage": f"{quote.source.id}:{quote.seq}",
        "status": quote.status.value,
        "practice": quote.practice,
        "masked": quote.masked,
        **_dated(quote.year, quote.year_basis, quote.source),
    }


def measure_json(row: MeasureRow) -> Json:
    return {
        "text": row.text,
        "passage": f"{row.source.id}:{row.seq}",
        "status": row.status.value,
        "practice": row.practice,
        "theme": row.theme,
        **_dated(row.year, row.year_basis, row.source),
    }


def figure_json(row: FigureRow) -> Json:
    """``year`` is the one that the value is about; whose it is where the text doesn't say is the report's."""
    figure = row.figure
    return {
        "text": row.text,
        "sentence": row.sentence,
        "passage": f"{row.source.id}:{row.seq}",
        "value": figure.value,
        "unit": figure.unit,
        "kind": figure.kind.value,
        "role": figure.role.value,
        "period": figure.period,
        "scope": figure.scope,
        "hedge": figure.hedge,
        "mask": figure.mask,
        "doubt": figure.doubt.value if figure.doubt else None,
        "unlikely": figure.unlikely,
        **_dated(row.year, "figure" if figure.year is not None else "report", row.source),
    }


def _dated(year: int | None, basis: str | None, source: Source) -> Json:
    return {"year": year, "year_basis": basis if year is not None else None, "source": source_json(source)}


def _basis_of(hit: Hit) -> str | None:
    passage = hit.passage
    if passage.year is None:
        return None
    return "report" if passage.year == passage.report_year else "plan"


# --- what is not known ---


def unknown_of(sources: Iterable[Source], undated: int = 0) -> list[str]:
    """Of the reports that an answer rests on. ``undated``: sentences or figures of which no year is known."""
    return list(_doubts(list({one.id: one for one in sources}.values()), undated))


def _doubts(sources: Sequence[Source], undated: int) -> Iterator[str]:
    counted = (
        ("undated", undated),
        ("guessed", sum(one.guessed for one in sources)),
        ("nameless", sum(one.apart for one in sources)),
        ("doubted", sum(one.grade in _DOUBTED for one in sources)),
        ("partial", sum(one.partial or one.truncated for one in sources)),
    )
    for key, number in counted:
        if number:
            yield say(f"program.unknown.{key}", n=number)


def silent(columns: Iterable[Column]) -> list[str]:
    """What an empty cell of each zone means, where it doesn't mean that a whole report is silent."""
    return [
        say("program.unknown.silent", zone=one.label, silence=one.silence.value)
        for one in columns
        if one.silence is not Silence.NOT_MENTIONED
    ]


def left_over(shown: int, total: int) -> list[str]:
    return [say("program.unknown.more", shown=shown, total=total)] if shown < total else []
