"""Measures like a given one, as JSON."""

from __future__ import annotations

from indexer.domain.similar import SimilarMeasure
from indexer.formats.json.answer_types import SimilarJson


def similar_json(one: SimilarMeasure) -> SimilarJson:
    """A line of ``duibiao similar``. ``asked``: which of the measures asked for, from 0, it is like."""
    row = one.row
    return {
        "report": row.source.id,
        "seq": row.seq,
        "span": [row.span.start, row.span.end],
        "zone": row.source.zone,
        "year": row.year,
        "practice": row.practice,
        "status": row.status.value,
        "text": row.text,
        "score": one.score,
        "relation": one.relation.value,
        "reasons": [{"kind": reason.kind.value, "values": list(reason.values)} for reason in one.reasons],
        "theme": row.theme,
        "grade": row.source.grade.value,
        "asked": one.asked,
    }
