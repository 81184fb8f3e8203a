"""What is set side by side. ``params`` as in an address, or the options of a command; all raise BadQuery, NoIndex."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.compare import parameters as asked
from indexer.compare.parameters import Params
from indexer.compare.similar import AskedMeasure, asked_measures, similar
from indexer.compare.similar_index import SimilarIndex
from indexer.domain.columns import Selection
from indexer.domain.comparison import Comparison
from indexer.domain.figure_tables import FigureTable
from indexer.domain.gaps import Gaps
from indexer.domain.matrix import Matrix
from indexer.domain.query import Filters, YearRange
from indexer.domain.similar import SimilarMeasure
from indexer.domain.zone_profiles import CodebookCount, Peer, ZoneListing, ZoneProfile
from indexer.domain.zones import Zone
from indexer.errors import BadQuery, NotFound
from indexer.library.searching import Searching
from indexer.open_build import OpenBuild
from indexer.pipeline.pasted import passages_of
from indexer.reference.indicators import Indicator
from indexer.reference.practices import Practice


class Comparing(Searching):
    """Comparisons, gaps, figures, matrix, zones, codebooks, similar measures."""

    def compare(self, params: Params, quotes: int | None = None) -> Comparison:
        """theme, zone (two to six; without any, those that tell most of it), year, by, sort, only; type, level and
        province narrow what is chosen where no zone is named. ``quotes`` of a cell at most, else as in the settings."""
        with self._live.now() as build:
            return build.comparisons.compare(
                build.comparisons.theme(asked.needed(params, "theme")),
                self._selection(params, build),
                by=asked.by(params),
                order=asked.order(params),
                only_differences=asked.only_differences(params),
                per_cell=quotes or self.settings.compare.quotes_per_cell,
            )

    def gaps(self, params: Params) -> Gaps:
        """zone (mine), with (the others; without any, its peers), theme, year."""
        with self._live.now() as build:
            theme = asked.one(params, "theme")
            mine = asked.needed(params, "zone")
            return build.comparisons.gaps(
                self._zones([mine], build)[0],
                self._zones(asked.values(params, "with"), build),
                build.comparisons.theme(theme) if theme else None,
                self._selection(params, build).years,
            )

    def figures(self, params: Params) -> FigureTable:
        """indicator, zone, year, role, type, level, province."""
        with self._live.now() as build:
            indicator = build.comparisons.indicator(asked.needed(params, "indicator"))
            return build.comparisons.figures(indicator, self._selection(params, build), asked.role(params))

    def matrix(self, params: Params) -> Matrix:
        """theme, practice or indicator; rows, zone, year, type, level, province."""
        theme = asked.one(params, "theme")
        practice = asked.one(params, "practice")
        indicator = asked.one(params, "indicator")
        with self._live.now() as build:
            return build.comparisons.matrix(
                self._selection(params, build),
                asked.rows(params),
                theme=build.comparisons.theme(theme) if theme else None,
                practice=build.comparisons.practice(practice) if practice else None,
                indicator=build.comparisons.indicator(indicator) if indicator else None,
            )

    def similar(self, params: Params) -> tuple[SimilarMeasure, ...]:
        """text (up to 5,000 characters) or passage (REPORT:SEQ): what to look for; zone, year, limit. The measures of
        other zones that are like those of the text. Raises NotFound, BadSetup too."""
        with self._live.now() as build:
            wanted = self._wanted(params, build)
            chosen = self._selection(params, build)
            embedding = self._embedding.of_build(build.folder.made_with())
            index = SimilarIndex.open(build.folder.similar, self._tables.practice_model, embedding)
            return similar(
                wanted,
                index,
                build.catalogue.rows.measures_at,
                self._tables.practices,
                index.allowed(chosen.zones or None, chosen.years),
                asked.limit(params, self.settings.compare.similar_measures),
            )

    def _wanted(self, params: Params, build: OpenBuild) -> list[AskedMeasure]:
        text, passage = asked.text_or_passage(params)
        segmenting = self._tables.segmenting
        if passage is None:
            return asked_measures(passages_of(text or "", segmenting), text or "", None, segmenting.practices)
        stored = build.catalogue.get(passage[0])
        passages = [one for one in stored.report.passages if one.seq == passage[1]]
        if not passages:
            raise NotFound("library.no_passage", report=passage[0], number=passage[1])
        place = next((one.column for one in build.catalogue.rows.sources if one.id == stored.witness), None)
        return asked_measures(passages, stored.report.text, place, segmenting.practices)

    def zone_listings(self, params: Params) -> tuple[ZoneListing, ...]:
        """theme, year, type, level, province: the zones that pass, those that tell most first."""
        with self._live.now() as build:
            theme = asked.one(params, "theme")
            named = build.comparisons.theme(theme) if theme else None
            return build.comparisons.zones(self._selection(params, build), named)

    def zone(self, name: str) -> ZoneProfile:
        """By label, alias, or the id of a report that hides its zone. Raises NotFound too."""
        with self._live.now() as build:
            return build.comparisons.zone(self._one_zone(name, build))

    def zones(self) -> tuple[tuple[str, Zone | None, int], ...]:
        """(label, gazetteer entry or None for unnamed ones, reports), for every zone of the current build."""
        with self._live.now() as build:
            return build.zones

    def peers(self, name: str, limit: int = 8) -> tuple[Peer, ...]:
        """Zones like ``name``, the likest first."""
        with self._live.now() as build:
            return build.comparisons.peers(self._one_zone(name, build), limit)

    def practices(self) -> tuple[tuple[Practice, CodebookCount], ...]:
        """The codebook, and how much of each the build holds."""
        with self._live.now() as build:
            counts = build.comparisons.practice_counts
        return tuple((one, counts.get(one.id, CodebookCount(one.id, 0, 0))) for one in self._tables.practices)

    def indicators(self) -> tuple[tuple[Indicator, CodebookCount], ...]:
        """As ``practices``."""
        with self._live.now() as build:
            counts = build.comparisons.indicator_counts
        return tuple((one, counts.get(one.id, CodebookCount(one.id, 0, 0))) for one in self._tables.indicators)

    def _selection(self, params: Params, build: OpenBuild) -> Selection:
        filters = self.question({name: params.get(name, ()) for name in ("type", "level", "province", "year")}).filters
        return Selection(
            zones=self._zones(asked.values(params, "zone"), build),
            zone_types=filters.values("zone_type"),
            levels=filters.values("level"),
            provinces=filters.values("province"),
            years=_together(filters),
        )

    def _one_zone(self, name: str, build: OpenBuild) -> str:
        found = self._zones([name], build)
        if not found:
            raise NotFound("query.zone_empty")
        return found[0]

    def _zones(self, names: Sequence[str], build: OpenBuild) -> tuple[str, ...]:
        """Labels of zones in the order asked; the id of a report that hides its zone stays."""
        found: list[str] = []
        for name in names:
            known = (
                (name,) if build.comparisons.is_report(name) else self.question({"zone": [name]}).filters.values("zone")
            )
            found += known
        return tuple(dict.fromkeys(found))


def _together(filters: Filters) -> YearRange | None:
    """What is compared is of one year or of years that follow one another. Raises BadQuery."""
    if filters.unknown_year:
        raise BadQuery("query.year_not_known", parameter="year")
    years = filters.years
    if len(years) > 1:
        raise BadQuery("query.years_apart", parameter="year", first=years[0].first, last=years[-1].last)
    return years[0] if years else None
