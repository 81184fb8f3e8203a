"""Any other page."""

from __future__ import annotations

from indexer.pipeline.extract.families.family import Family

FAMILY = Family("web", lambda markup: True, unlabelled_source=True)
