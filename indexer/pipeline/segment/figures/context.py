"""What is known about a passage before its figures are read."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.domain.report import Status
from indexer.domain.spans import Span
from indexer.pipeline.segment.figures.tables import NO_HEAD, Head
from indexer.pipeline.segment.figures.times import Opening


@dataclass(frozen=True, slots=True)
class FigureContext:
    """``headings``: those above the passage, the nearest first. ``redated``: years were spliced over other numbers.

    Years are None where the report doesn't say them. ``head``: of the table that the passage is a part of.
    ``planned``: its sentences that are plans. ``on_projects``: it is on projects and investment, so that a
    number of them is of all. ``several``: whether the last time that its chapter names before it is of several years.
    ``opening``: on what the paragraph opens in which the passage begins.
    ``own``: what the region or zone that reports is called, the longest name first.
    """

    status: Status | None = None
    report_year: int | None = None
    plan_year: int | None = None
    headings: tuple[str, ...] = ()
    redated: bool = False
    head: Head = NO_HEAD
    planned: tuple[Span, ...] = ()
    on_projects: bool = True
    several: bool | None = None
    opening: Opening | None = None
    own: tuple[str, ...] = ()
