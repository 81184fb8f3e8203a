"""Clauses of a sentence: what a passage touches on stands in one of them as often as in the whole."""

from __future__ import annotations

import re

CLAUSE_END = re.compile(r"(?<=[，,；;：:。！？!?\n])")


def clauses_of(sentence: str) -> list[str]:
    """``sentence`` cut after commas, semicolons and colons; the whole where nothing is left of it."""
    return [clause for clause in CLAUSE_END.split(sentence) if len(clause.strip()) > 1] or [sentence]
