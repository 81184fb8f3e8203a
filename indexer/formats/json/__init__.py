"""The JSON that commands and API speak. Unknown is null, dates are ISO, a span is [start, end]."""

from indexer.formats.json.answers import (
    added_json,
    cluster_json,
    hit_json,
    kept_json,
    result_json,
    stats_json,
    suggestion_json,
)
from indexer.formats.json.comparing import (
    comparison_json,
    figure_lines_json,
    figure_table_json,
    gaps_json,
    indicator_json,
    matrix_json,
    peer_json,
    practice_json,
    quote_json,
    zone_listing_json,
    zone_profile_json,
)
from indexer.formats.json.history import history_json
from indexer.formats.json.report import figure_json, reading_json, report_json, stored_json
from indexer.formats.json.similar import similar_json

__all__ = [
    "added_json",
    "cluster_json",
    "comparison_json",
    "figure_json",
    "figure_lines_json",
    "figure_table_json",
    "gaps_json",
    "history_json",
    "hit_json",
    "indicator_json",
    "kept_json",
    "matrix_json",
    "peer_json",
    "practice_json",
    "quote_json",
    "reading_json",
    "report_json",
    "result_json",
    "similar_json",
    "stats_json",
    "stored_json",
    "suggestion_json",
    "zone_listing_json",
    "zone_profile_json",
]
