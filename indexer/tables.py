"""The tables of corpus/, opened here and parsed beside the stages that use them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from indexer.compare.likeness import PracticeModel
from indexer.errors import BadSetup
from indexer.pipeline.clean import LaunderingTable
from indexer.pipeline.read import Reader
from indexer.pipeline.segment import LabelModel, SegmentTables
from indexer.pipeline.segment.figures import FigureReader
from indexer.pipeline.segment.practice_cues import PracticeCues
from indexer.reference.codebook import Codebook
from indexer.reference.gazetteer import Gazetteer
from indexer.reference.indicator_words import IndicatorWords
from indexer.reference.indicators import Indicators
from indexer.reference.industries import Industries
from indexer.reference.pinyin import Readings
from indexer.reference.practices import Practices
from indexer.reference.regions import Regions
from indexer.reference.romanised import Romanised
from indexer.reference.slogans import Slogans
from indexer.reference.subjects import Subjects
from indexer.reference.synonyms import Synonyms
from indexer.search.match_modes import Leveling
from indexer.search.own_reports import OwnReports
from indexer.search.relaxation import Loosening
from indexer.search.sentences import Sentences
from indexer.settings import Settings
from indexer.text.analyser import Analyser, parse_lexicon

T = TypeVar("T")


class Tables:
    """Each table is read when it is first asked for: a search needs no laundering pairs. All raise BadSetup."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def gazetteer(self) -> Gazetteer:
        regions = self._parsed("regions.tsv", Regions.parse)
        slogans = self._parsed("slogans.tsv", Slogans.parse)
        return self._parsed("zones.tsv", lambda lines: Gazetteer.parse(lines, regions, slogans))

    @cached_property
    def laundering(self) -> LaunderingTable:
        return self._parsed("laundering.tsv", LaunderingTable.parse)

    @cached_property
    def codebook(self) -> Codebook:
        return Codebook.parse(self._text("themes.toml"))

    @cached_property
    def practices(self) -> Practices:
        return self._parsed("practices.tsv", Practices.parse)

    @cached_property
    def segmenting(self) -> SegmentTables:
        labels = LabelModel.parse(self._bytes("labels.npz"), self._text("labels.json"))
        return SegmentTables(labels, PracticeCues(self.practices), FigureReader(self.indicators))

    @cached_property
    def indicators(self) -> Indicators:
        joint = self._lines("joint_indicators.tsv")
        return self._parsed("indicators.tsv", lambda lines: Indicators.parse(lines, joint))

    @cached_property
    def industries(self) -> Industries:
        return self._parsed("industries.tsv", Industries.parse)

    @cached_property
    def practice_model(self) -> PracticeModel:
        file = self._folder / "practice_weights.npz"
        try:
            return PracticeModel.load(file)
        except (OSError, ValueError) as error:
            raise BadSetup("setup.table_model", file=file, problem=error) from error

    @cached_property
    def field_terms(self) -> tuple[str, ...]:
        return self._parsed("lexicon.tsv", parse_lexicon)

    @cached_property
    def readings(self) -> Readings:
        return self._parsed("pinyin.tsv", Readings.parse)

    @cached_property
    def analyser(self) -> Analyser:
        return Analyser(self.field_terms)

    @cached_property
    def leveling(self) -> Leveling:
        return Leveling(self.synonyms, self.analyser, IndicatorWords(self.indicators))

    @cached_property
    def synonyms(self) -> Synonyms:
        return self._parsed("synonyms.tsv", Synonyms.parse)

    @cached_property
    def subjects(self) -> Subjects:
        return Subjects(self.codebook, self.indicators, self.practices, self.synonyms)

    @cached_property
    def loosening(self) -> Loosening:
        return Loosening(self.gazetteer, self.leveling, self.analyser)

    @cached_property
    def sentences(self) -> Sentences:
        return Sentences(self.gazetteer, self.analyser)

    @cached_property
    def own_reports(self) -> OwnReports:
        return OwnReports(self.gazetteer)

    @cached_property
    def romanised(self) -> Romanised:
        return self._parsed("romanised.tsv", Romanised.parse)

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        found = (one.province for one in (*self.gazetteer.zones, *self.gazetteer.regions))
        return tuple(dict.fromkeys(province for province in found if province))

    def _parsed(self, name: str, parse: Callable[[list[str]], T]) -> T:
        try:
            return parse(self._lines(name))
        except ValueError as error:
            raise BadSetup("setup.table_row", file=self._folder / name, problem=error) from error

    def _lines(self, name: str) -> list[str]:
        return self._text(name).splitlines()

    def _text(self, name: str) -> str:
        try:
            return self._bytes(name).decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadSetup("setup.table_not_utf8", file=self._folder / name) from error

    def _bytes(self, name: str) -> bytes:
        file = self._folder / name
        try:
            return file.read_bytes()
        except OSError as error:
            raise BadSetup("setup.table_unreadable", file=file, reason=error.strerror) from error


def reader_of(settings: Settings, tables: Tables | None = None) -> Reader:
    """A reader with the tables of ``settings``. Raises BadSetup."""
    tables = tables or Tables(settings.corpus_folder)
    return Reader(tables.gazetteer, tables.laundering, tables.segmenting, settings.reading)
