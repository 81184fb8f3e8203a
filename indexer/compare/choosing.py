"""Which measures and passages the cells of a comparison show, by their entries: nothing is read for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.domain.columns import Column
from indexer.domain.report import Status
from indexer.domain.rows import MeasureEntry, PassageEntry

SHOWN = 0.5  # of telling: below it a practice is only named
_TOLD = (Status.RESULT, Status.MEASURE, Status.PLAN)  # a problem doesn't show a practice, a note only defines it
_STATUSES = (Status.MEASURE, Status.RESULT, Status.PLAN, Status.PROBLEM)
_MAIN = (
    0.6  # of a passage's first theme: a third of the passages stay, of which 1.00 and .75 are on it, not .97 and .70
)
_SURE = 0.9  # of a theme that is not a passage's first, where its zone says nothing else
_ASIDE = 0.8  # of telling, for a measure in a passage on something else: with .7 .89 are on the theme, with .8 .945
_UNNAMED = "其他举措"


@dataclass(frozen=True, slots=True)
class Entries:
    """The measures of a theme and all passages on it, of the columns. ``practices``: id → name, in the order of the
    codebook."""

    measures: Sequence[MeasureEntry]
    passages: Sequence[PassageEntry]
    practices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """``aside``: of a passage that is on other themes, or on others first; shown only where its zone says nothing else,
    and only if it is ``good`` enough."""

    entry: MeasureEntry | PassageEntry
    order: tuple[object, ...]
    practice: str | None = None
    aside: bool = False
    good: bool = True

    @property
    def saying(self) -> tuple[bool, int]:
        """What it says; a measure and another sentence never count as the same."""
        return isinstance(self.entry, MeasureEntry), self.entry.saying


@dataclass(frozen=True, slots=True)
class Choice:
    """What one cell shows, and how much it doesn't."""

    shown: tuple[Candidate, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A row before anything of it is read."""

    choices: tuple[Choice, ...]
    name: str
    practice: str | None = None
    theme: str | None = None
    status: Status | None = None


def drafts_by_practice(theme: str, columns: Sequence[Column], entries: Entries, per_cell: int) -> list[Draft]:
    groups: dict[str | None, list[Candidate]] = defaultdict(list)
    for one in (*_without_measures(entries, of_theme=True), *_measures(entries)):
        if one.entry.status in _TOLD:
            groups[one.practice].append(one)
    rest = groups.pop(None, [])
    drafts = [
        Draft(_choices(columns, candidates, per_cell), entries.practices.get(practice, practice), practice, theme)
        for practice, candidates in groups.items()
        if practice is not None
    ]
    drafts = [draft for draft in drafts if any(choice.shown for choice in draft.choices)]
    if rest:
        drafts.append(Draft(_choices(columns, rest, per_cell), _UNNAMED, theme=theme))
    return drafts


def drafts_by_status(columns: Sequence[Column], entries: Entries, per_cell: int) -> list[Draft]:
    groups: dict[Status, list[Candidate]] = defaultdict(list)
    for one in (*_measures(entries), *_without_measures(entries)):
        groups[one.entry.status].append(one)
    return [Draft(_choices(columns, groups[one], per_cell), one.value, status=one) for one in _STATUSES]


def _measures(entries: Entries) -> list[Candidate]:
    """Each with whether its passage is on the theme."""
    on_theme = {(one.source.id, one.seq) for one in entries.passages}
    return [
        Candidate(
            one,
            _order(one, one.telling, one.number),
            one.practice,
            aside=one.practice is not None and (one.source.id, one.seq) not in on_theme,
            good=one.telling >= _ASIDE,
        )
        for one in entries.measures
    ]


def _without_measures(entries: Entries, *, of_theme: bool = False) -> list[Candidate]:
    """Passages in which no measure was found: all, or (``of_theme``) those that are surely on the theme."""
    held = {(one.source.id, one.seq) for one in entries.measures}
    return [
        Candidate(
            one,
            _order(one, one.telling / 2),  # only where no sentence of it tells a measure: after those
            aside=of_theme and not (_mainly(one) and one.alone),
            good=one.alone,
        )
        for one in entries.passages
        if (one.source.id, one.seq) not in held and (not of_theme or _mainly(one) or one.strength >= _SURE)
    ]


def _mainly(one: PassageEntry) -> bool:
    return one.rank == 0 and one.strength >= _MAIN


def _order(entry: MeasureEntry | PassageEntry, worth: float, number: int = 0) -> tuple[object, ...]:
    """What is shown before what is only named, what was done before plans, then by how much it tells, the newer."""
    source = entry.source
    planned = entry.status is Status.PLAN
    return worth < SHOWN, planned, -worth, -(entry.year or 0), source.grade.value, source.id, entry.seq, number


def _choices(columns: Sequence[Column], candidates: Iterable[Candidate], per_cell: int) -> tuple[Choice, ...]:
    of_column: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        of_column[one.entry.source.column].append(one)
    return tuple(_choice(of_column[column.key], per_cell) for column in columns)


def _choice(candidates: Sequence[Candidate], per_cell: int) -> Choice:
    """What is told in passages on the theme; where nothing is, what others tell well. The rest is counted."""
    ordered = sorted(candidates, key=lambda one: one.order)
    every = _distinct(ordered)
    fit = every
    if any(one.aside for one in ordered):
        fit = _distinct([one for one in ordered if not one.aside])
        fit = fit or _distinct([one for one in ordered if one.good])
    shown = tuple(fit[:per_cell])
    return Choice(shown, len(every) - len(shown))


def _distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Without the same sentence in another year's report."""
    first: dict[tuple[bool, int], Candidate] = {}
    for one in candidates:
        first.setdefault(one.saying, one)
    return list(first.values())
