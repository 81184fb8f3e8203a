"""What of a report tells its copies: a few numbers instead of its text, so that many reports can be compared at once.

Of work reports (17,000 characters on average) a sketch takes 8 kB, the text 34; it is made in some half a millisecond.
Sketches made on different machines are equal where the reports are, so that shards of a build exchange them
(docs/scale.md); texts are looked at only where sketches leave a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from indexer.domain.report import Grade, Report
from indexer.domain.zones import ZoneStatus
from indexer.pipeline.describe.periods import period_in
from indexer.pipeline.duplicates.shingles import characters, sample

BEGINNING = 100  # letters and digits: two thirds of a cut digest; figures count among them, so no template is as long
_DAMAGED = frozenset(("masked", "laundered", "redated"))  # whose names and years may be anybody's
_TRUST = {Grade.OFFICIAL: 0, Grade.COPY: 1, Grade.MASKED: 2, Grade.TAMPERED: 3}
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is of, where its page is sure of it: zone, year under review, year planned, period in the title."""

    zone: str | None = None
    report: int | None = None
    plan: int | None = None
    period: str | None = None

    def differs(self, other: Subject) -> bool:
        pairs = zip(self._values(), other._values(), strict=True)
        return any(one is not None and another is not None and one != another for one, another in pairs)

    def _values(self) -> Iterator[str | int | None]:
        yield from (self.zone, self.report, self.plan, self.period)


@dataclass(frozen=True, slots=True)
class Sketch:
    """Of the report ``id``. ``trust``: of its grade, the best first; ``length``: in Chinese characters; ``words``: how
    many letters and digits, ``exact`` and ``beginning`` digests of them and of the first BEGINNING (empty where there
    are fewer); ``sample``: of its shingles, as from ``shingles.sample``."""

    id: str
    subject: Subject
    trust: int
    masks: int
    truncated: bool
    length: int
    words: int
    exact: bytes
    beginning: bytes
    sample: bytes

    @classmethod
    def of(cls, id: str, report: Report) -> Sketch:
        words = words_of(report.text)
        text = characters(report.text)
        return cls(
            id=id,
            subject=_subject_of(report),
            trust=_TRUST[report.quality.grade],
            masks=sum(report.quality.masks.values()),
            truncated="truncated" in report.quality.flags,
            length=len(text),
            words=len(words),
            exact=_digest(words),
            beginning=_digest(words[:BEGINNING]) if len(words) >= BEGINNING else b"",
            sample=sample(text),
        )


def words_of(text: str) -> str:
    """The letters and digits alone: what an exact copy has in common whatever its spacing and punctuation."""
    return _PUNCTUATION.sub("", text.lower())


def _digest(words: str) -> bytes:
    return blake2b(words.encode(), digest_size=16).digest()


def _subject_of(report: Report) -> Subject:
    """Nothing is sure of a masked, laundered or re-dated page."""
    if report.quality.masks or _DAMAGED & set(report.quality.flags):
        return Subject()
    zone = report.zone.name if report.zone.status in (ZoneStatus.NAMED, ZoneStatus.REGION) else None
    period = period_in(report.title or "")
    if report.years.conflict is not None:
        return Subject(zone, period=period)
    return Subject(zone, report.years.report, report.years.plan, period)
