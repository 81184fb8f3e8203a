"""A page from Hong Kong or Taiwan is shown in the script it was written in, though it was read in simplified script.

No simplification changes a length, so every span holds in both.
"""

from __future__ import annotations

from dataclasses import replace

from indexer.domain.page import Cleaned
from indexer.domain.report import Report


def in_own_script(report: Report, cleaned: Cleaned) -> Report:
    """``report`` with title, text and passages as they were written, where they were written in Traditional script."""
    if cleaned.in_own_script is None:
        return report
    title, text = cleaned.in_own_script
    return replace(
        report,
        title=title or None,
        text=text,
        passages=tuple(replace(one, text=one.span.of(text)) for one in report.passages),
        sections=tuple(
            replace(one, heading=text[one.span.start : one.span.start + len(one.heading)]) for one in report.sections
        ),
        years=replace(
            report.years,
            evidence=tuple(replace(one, text=one.span.of(text)) if one.span else one for one in report.years.evidence),
        ),
    )
