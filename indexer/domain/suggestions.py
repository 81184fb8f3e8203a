"""What is offered to somebody who asks: while typing, and where nothing was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    WORD = "词"
    ZONE = "园区"
    REGION = "地区"
    REPORT = "报告"


@dataclass(frozen=True, slots=True)
class Listed:
    """Something of a build that can be offered.

    ``count``: passages that hold a word; reports of a zone or a region, or of that title. ``target``: what to ask for
    instead of ``text`` (the label of a zone, the number of a report that has the title alone). ``name``: what it goes
    by here, where that isn't ``text``: an alias, an official name.
    ``of_the_field``: a word of corpus/tables/lexicon.tsv.
    """

    text: str
    kind: Kind
    count: int
    target: str | None = None
    name: str | None = None
    of_the_field: bool = False

    @property
    def said(self) -> str:
        return self.name or self.text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that is offered while one types.

    ``text``: of a word, the whole question with it; of others their name. ``kept``: the words that were typed before.
    ``count`` counts what the kind counts, or passages where there is something to be found beside it (``passages``).
    """

    text: str
    kind: Kind
    count: int
    passages: bool
    kept: str = ""
    target: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Another question for one that found next to nothing: ``text`` within the same filters, with ``zone`` as the only
    zone where that is given. It finds ``passages``."""

    text: str
    zone: str | None
    passages: int
