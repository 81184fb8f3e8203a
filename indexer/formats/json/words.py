"""Words that stand in the JSON, as types: mypy sees a str, the API's description sees which words there are."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Annotated, TypeAlias

from msgspec import Meta

from indexer.domain.columns import Silence
from indexer.domain.comparison import By
from indexer.domain.matrix import MatrixRows
from indexer.domain.report import FLAGS, Doubt, FigureKind, FigureRole, Genre, Grade, PeriodKind, Status, YearKind
from indexer.domain.similar import ReasonKind, Relation
from indexer.domain.suggestions import Kind
from indexer.domain.zones import ZoneStatus


def _words(said: str, of: type[Enum] | Iterable[str]) -> Meta:
    values = [one.value if isinstance(one, Enum) else one for one in of]
    return Meta(description=said, extra_json_schema={"enum": values})


StatusWord: TypeAlias = Annotated[str, _words("what a passage or a measure is", Status)]
GenreWord: TypeAlias = Annotated[str, _words("kind of text", Genre)]
GradeWord: TypeAlias = Annotated[str, _words("how far the text can be trusted: A official … D tampered", Grade)]
FlagWord: TypeAlias = Annotated[str, _words("why to be careful; docs/api.md explains each", FLAGS)]
YearWord: TypeAlias = Annotated[str, _words("where a year was found", YearKind)]
ZoneWord: TypeAlias = Annotated[str, _words("how far the page names its zone", ZoneStatus)]
KindWord: TypeAlias = Annotated[str, _words("sort of number; unlike kinds never stand in one line", FigureKind)]
RoleWord: TypeAlias = Annotated[str, _words("a result, a target, of a part only, or neither", FigureRole)]
_DOUBTED = (
    "why the reading is doubtful; then it stands in no line: of some only, of one year or several, a plan or not; in "
    "tables of a build also unlike other years of the same place"
)
DoubtWord: TypeAlias = Annotated[str, _words(_DOUBTED, Doubt)]
PeriodWord: TypeAlias = Annotated[str, _words("kind of time the value is about", PeriodKind)]
_SILENT = f"why nothing stands here; {Silence.NOT_MENTIONED.value}: a whole report was read"
SilenceWord: TypeAlias = Annotated[str, _words(_SILENT, Silence)]
ByWord: TypeAlias = Annotated[str, _words("what the rows are", By)]
RowsWord: TypeAlias = Annotated[str, _words("what the rows are", MatrixRows)]
RelationWord: TypeAlias = Annotated[str, _words("how the measure is like the one asked for", Relation)]
ReasonWord: TypeAlias = Annotated[str, _words("what both have in common", ReasonKind)]
OfferedWord: TypeAlias = Annotated[str, _words("what is offered", Kind)]
YearBasis: TypeAlias = Annotated[str, _words("whose year it is: the plan's, or the report's", ("plan", "report"))]

Pair: TypeAlias = Annotated[list[int], Meta(min_length=2, max_length=2, description="[start, end) of the text")]
Day: TypeAlias = Annotated[str, Meta(extra_json_schema={"format": "date"})]
Moment: TypeAlias = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
