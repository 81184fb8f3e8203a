"""The JSON that commands and API speak. Unknown is null, dates are ISO, a span is [start, end]."""

from indexer.formats.json.answers import (
    added_json,
    cluster_json,
    comparison_json,
    hit_json,
    result_json,
    stats_json,
    suggestion_json,
)
from indexer.formats.json.history import history_json
from indexer.formats.json.report import figure_json, reading_json, report_json, stored_json

__all__ = [
    "added_json",
    "cluster_json",
    "comparison_json",
    "figure_json",
    "history_json",
    "hit_json",
    "reading_json",
    "report_json",
    "result_json",
    "stats_json",
    "stored_json",
    "suggestion_json",
]
