"""The JSON that commands and API speak (design.md section 5), and the way back from it to a report.

Unknown is null, dates are ISO, a span is [start, end]. What a build stores of a report is this same JSON, so a stored
report and a printed one cannot drift apart.
"""

from indexer.formats.json.answers import (
    added_json,
    cluster_json,
    comparison_json,
    hit_json,
    result_json,
    stats_json,
    suggestion_json,
)
from indexer.formats.json.card import card_json, card_of, notes_json, notes_of
from indexer.formats.json.report import figure_json, reading_json, report_json, report_of, stored_json, stored_of

__all__ = [
    "added_json",
    "card_json",
    "card_of",
    "cluster_json",
    "comparison_json",
    "figure_json",
    "hit_json",
    "notes_json",
    "notes_of",
    "reading_json",
    "report_json",
    "report_of",
    "result_json",
    "stats_json",
    "stored_json",
    "stored_of",
    "suggestion_json",
]
