"""Copies among reports that a test or an evaluation holds in its hands."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.domain.catalogue import Cluster, StoredReport
from indexer.pipeline.duplicates.cluster import cluster as clusters_of
from indexer.pipeline.duplicates.sketch import Sketch


def cluster(reports: Sequence[StoredReport]) -> tuple[Cluster, ...]:
    texts = {stored.id: stored.report.text for stored in reports}
    return clusters_of([Sketch.of(stored.id, stored.report) for stored in reports], texts.__getitem__)
