"""What an engine is given, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from indexer.domain.catalogue import StoredReport, TakenIn
from indexer.domain.query import Synonym
from indexer.domain.report import Grade, Status
from indexer.domain.spans import Span

UNNAMED = "未具名"


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """One passage with all that a search filters, counts or shows.

    ``restored`` is the passage with its laundered words put back, None in an honest text: it is found under both,
    shown as it stands. Only the best witness of a cluster is indexed; ``mirrors`` names the reports it stands for.
    """

    report: str
    seq: int
    text: str
    restored: str | None = None
    title: str = ""
    url: str | None = None
    zone: str | None = None  # short name, or the region's
    zone_type: str | None = None
    province: str | None = None
    year: int | None = None  # that the passage is about
    report_year: int | None = None
    plan_year: int | None = None
    published_on: date | None = None
    period: str | None = None
    status: Status = Status.BACKGROUND
    themes: tuple[str, ...] = ()
    grade: Grade = Grade.COPY
    mirrors: tuple[str, ...] = ()
    level: str | None = None  # of the zone or region: 国家级, 省级, 地级, 县级
    city: str | None = None  # that the zone lies in: 黔东南 for 施秉工业园区
    practices: tuple[str, ...] = ()  # ids of the codebook that its measures tell
    genre: str | None = None  # of the report: 总结, 汇报, 计划 …

    @property
    def id(self) -> str:
        return f"{self.report}:{self.seq}"

    @property
    def status_name(self) -> str:
        return self.status.value

    @property
    def grade_name(self) -> str:
        return self.grade.value

    @property
    def zone_label(self) -> str | None:
        """What zones are counted and filtered by: 未具名高新区 where only the type is known."""
        return self.zone or (f"{UNNAMED}{self.zone_type}" if self.zone_type else None)

    @property
    def site(self) -> str | None:
        """The host that the page came from; None for a file that names no address."""
        return site_of(self.url) if self.url else None


def site_of(address: str) -> str | None:
    """The host of an address, as sites are counted and filtered by: http://www.HZ.gov.cn:80/a.html → hz.gov.cn.

    A host says where a page lies, not what it is worth: hijacked pages stand on good ones (house rule: never trusted).
    """
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:  # http://[::1
        return None
    return host.removeprefix("www.").rstrip(".") or None if host else None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers. ``marks`` are spans of ``snippet``, which is a stretch of the passage's text."""

    passage: IndexedPassage
    score: float
    snippet: str
    marks: tuple[Span, ...] = ()
    why: tuple[str, ...] = ()  # what of the question was found where, in sentences for the user


class Count(NamedTuple):
    """One line of a facet. ``value`` is None for the passages that don't say (年份不明).

    A page counts some hundred of them, and a frozen dataclass takes three times as long to make.
    """

    value: str | None
    passages: int


@dataclass(frozen=True, slots=True)
class ResultPage:
    """``total`` counts passages, ``reports`` the reports they stand in, ``pages`` how many pages there are.

    A page past the end is empty, never the last one again. ``warnings`` are sentences for the user.
    """

    total: int
    reports: int
    pages: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[Count, ...]] = field(default_factory=dict)
    took_ms: float = 0.0
    expanded: tuple[str, ...] = ()  # words that were looked for beside those asked
    synonyms: tuple[Synonym, ...] = ()  # the same, with the word each stands for
    loosened: bool = False  # a sentence, answered by part of its words though that was not asked for
    full: int | None = None  # passages that answer in full, where those that come nearest follow them in ``total``
    warnings: tuple[str, ...] = ()
    partial: bool = False  # part of the index didn't answer: more may be found than is counted here

    @property
    def partly(self) -> bool:
        """Whether passages are among the counted that hold only part of what was asked, though all of it was."""
        return self.loosened or self.full is not None


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report that answers a question, as a feed tells it. ``hits``: its passages that answer best."""

    stored: StoredReport
    taken_in: TakenIn
    hits: tuple[Hit, ...]
