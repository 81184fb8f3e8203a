"""What became of a page since it was first kept."""

from __future__ import annotations

from indexer.domain.catalogue import PageHistory
from indexer.formats.json.report_types import HistoryJson


def history_json(history: PageHistory) -> HistoryJson:
    """Goes with ``stored_json``: ``vanished`` (a sentence or null) and ``changes``, the latest first."""
    return {
        "vanished": history.vanished,
        "changes": [
            {
                "older": change.older.sha256,
                "newer": change.newer.sha256,
                "added_at": change.newer.added_at.isoformat(),
                "removed": list(change.removed),
                "added": list(change.added),
                "unreadable": change.unreadable,
            }
            for change in history.changes
        ],
    }
