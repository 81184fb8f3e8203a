"""A passage as one JSON string, the form in which an index keeps it. Not a pickle: reading it runs nothing."""

from __future__ import annotations

import json
from datetime import date

from indexer.domain.report import Grade, Status
from indexer.domain.results import IndexedPassage

_PLAIN = (
    "report",
    "seq",
    "text",
    "restored",
    "title",
    "url",
    "zone",
    "zone_type",
    "province",
    "year",
    "plan_year",
    "period",
)


def passage_to_json(passage: IndexedPassage) -> str:
    values: dict[str, object] = {name: getattr(passage, name) for name in _PLAIN}
    values["published_on"] = passage.published_on.isoformat() if passage.published_on else None
    values["status"] = passage.status.value
    values["themes"] = passage.themes
    values["grade"] = passage.grade.value
    values["mirrors"] = passage.mirrors
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def passage_from_json(stored: str) -> IndexedPassage:
    values = json.loads(stored)
    published = values["published_on"]
    return IndexedPassage(
        **{name: values[name] for name in _PLAIN},
        published_on=date.fromisoformat(published) if published else None,
        status=Status(values["status"]),
        themes=tuple(values["themes"]),
        grade=Grade(values["grade"]),
        mirrors=tuple(values["mirrors"]),
    )
