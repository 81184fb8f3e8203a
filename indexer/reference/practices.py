"""The codebook of practices（做法）: corpus/tables/practices.tsv. What a measure can be compared by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.errors import BadRow

# Without white space and quotation marks, which are printed or left out at will: “双创”基地, 双创基地.
DROPPED = frozenset(" \t\n\r\u3000\u00a0\"'“”‘’「」『』")

_COLUMNS = (
    "id",
    "theme",
    "practice",
    "definition",
    "not",
    "cues",
    "more",
    "never",
    "object",
    "reports",
    "precision",
    "facts",
    "example",
)
_SLUG = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-/")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that a practice is known by: one, or two that stand near each other in one sentence (``A&B``)."""

    words: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.words) <= 2 or not all(len(word) >= 2 or len(self.words) == 2 for word in self.words):
            raise BadRow("table.cue", words="&".join(self.words))

    def __str__(self) -> str:
        return "&".join(self.words)


@dataclass(frozen=True, slots=True)
class Practice:
    """One row. ``not_`` names what only looks like it; ``never`` are words that hide the cues inside them, ``bars``
    words whose sentence never tells it (``-`` in the table). ``cues`` were judged by reading (``precision``: right of
    those read), ``more`` came later. ``reports``: how many of 1,472 government work reports hold any of them."""

    id: str
    theme: str
    name: str
    definition: str
    not_: str
    cues: tuple[Cue, ...]
    more: tuple[Cue, ...]
    never: tuple[str, ...]
    bars: tuple[str, ...]
    object: str
    reports: int
    precision: str
    facts: tuple[str, ...]
    example: str

    @property
    def all_cues(self) -> tuple[Cue, ...]:
        return self.cues + self.more


class Practices:
    """The rows in the order of the table."""

    def __init__(self, practices: Iterable[Practice] = ()) -> None:
        self._all = tuple(practices)
        self._by_id = {practice.id: practice for practice in self._all}
        self._by_name = {practice.name: practice for practice in self._all}
        self.names: Mapping[str, str] = {practice.id: practice.name for practice in self._all}  # by id
        if len(self._by_id) < len(self._all) or len(self._by_name) < len(self._all):
            raise BadRow("table.practice_twice")

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Practices:
        """Reads a table with the header of ``_COLUMNS``. Raises ValueError naming the line that does not fit."""
        rows = enumerate((line.rstrip("\r\n") for line in lines), start=1)
        filled = [(number, line.split("\t")) for number, line in rows if line.strip() and not line.startswith("#")]
        if not filled or tuple(filled[0][1]) != _COLUMNS:
            raise BadRow("table.header", columns=" ".join(_COLUMNS))
        return cls(_practice(number, cells) for number, cells in filled[1:])

    def __iter__(self) -> Iterator[Practice]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def get(self, id_or_name: str) -> Practice | None:
        """By id (``investment/funds``) or by Chinese name (基金招商)."""
        return self._by_id.get(id_or_name) or self._by_name.get(id_or_name)


def _practice(number: int, cells: list[str]) -> Practice:
    if len(cells) != len(_COLUMNS):
        raise BadRow("table.columns", number=number, found=len(cells), expected=len(_COLUMNS))
    row = dict(zip(_COLUMNS, (cell.strip() for cell in cells), strict=True))
    if set(row["id"]) - _SLUG or row["id"].count("/") != 1:
        raise BadRow("table.practice_id", number=number, id=row["id"])
    if not row["cues"] or not row["definition"] or not row["reports"].isdigit():
        raise BadRow("table.practice_incomplete", number=number, id=row["id"])
    hiding = _words(row["never"])
    try:
        cues, more = _cues(row["cues"]), _cues(row["more"])
    except ValueError as error:
        raise BadRow("table.row", number=number, problem=error) from error
    return Practice(
        id=row["id"],
        theme=row["theme"],
        name=row["practice"],
        definition=row["definition"],
        not_=row["not"],
        cues=cues,
        more=more,
        never=tuple(word for word in hiding if not word.startswith("-")),
        bars=tuple(word[1:] for word in hiding if word.startswith("-")),
        object=row["object"],
        reports=int(row["reports"]),
        precision=row["precision"],
        facts=tuple(fact for fact in row["facts"].split(",") if fact),
        example=row["example"],
    )


def _cues(cell: str) -> tuple[Cue, ...]:
    return tuple(Cue(tuple(cue.split("&"))) for cue in _words(cell))


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split("|") if word)
