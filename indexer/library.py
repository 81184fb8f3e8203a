"""Puts the parts together: the one object that the browser, the API and the command line ask."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

from indexer import learning
from indexer.compare import parameters as asked
from indexer.compare.configured_embedding import ConfiguredEmbedding
from indexer.compare.embedding import EmbeddingModel
from indexer.compare.measure_vectors import MeasureVectors
from indexer.compare.parameters import Params
from indexer.compare.queries import Comparisons
from indexer.compare.report_rows import Vocabulary, rows_of, source_of
from indexer.compare.similar import AskedMeasure, asked_measures, similar
from indexer.compare.similar_index import SimilarIndex
from indexer.crawl.fetcher import HttpFetcher
from indexer.domain.cards import ReportCard
from indexer.domain.catalogue import Cluster, PageHistory, Stats, StoredReport, TakenIn
from indexer.domain.comparison import (
    CodebookCount,
    Comparison,
    FigureTable,
    Gaps,
    Matrix,
    Peer,
    Selection,
    ZoneListing,
    ZoneProfile,
)
from indexer.domain.query import Filters, Node, Query, Sort
from indexer.domain.results import Hit, NewReport, ResultPage
from indexer.domain.rows import Source
from indexer.domain.similar import SimilarMeasure
from indexer.domain.spans import Span
from indexer.domain.suggestions import Offer, Suggestion
from indexer.domain.zones import Zone
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.errors import BadSetup, Damaged, NoIndex, NotFound, NothingBuilt, Skip, Unreachable
from indexer.ingest import build, fingerprints
from indexer.ingest.add import Added, Intake, Reading
from indexer.ingest.crawling import Crawling
from indexer.ingest.fingerprints import all_tables, changed_tables
from indexer.ingest.read_archive import archive_file, readings_file
from indexer.ingest.reading_process import reading_processes
from indexer.ingest.verify import Finding, build_damage, findings
from indexer.ingest.versions import changes
from indexer.learning import Learned
from indexer.locale import say
from indexer.open_build import LiveBuild, OpenBuild
from indexer.pipeline.decode import decode
from indexer.pipeline.pasted import passages_of
from indexer.ports import Fetcher, SearchEngine
from indexer.reference.indicators import Indicator
from indexer.reference.practices import Practice
from indexer.search.evaluation import (
    LONGEST_ASKED,
    Collection,
    Evaluation,
    JudgedQuestion,
    collection,
    judged_questions,
)
from indexer.search.explanation import why
from indexer.search.parameters import Known, query_params, read_query
from indexer.search.question_language import parse
from indexer.search.relaxation import with_any_year, with_unknown_year
from indexer.search.suggest.did_you_mean import offers
from indexer.search.suggest.make_index import make_lists
from indexer.search.suggest.type_ahead import suggestions
from indexer.search.understanding import Understanding
from indexer.settings import Settings, load
from indexer.stores.archive import Archive
from indexer.stores.backup import back_up
from indexer.stores.builds import BuildFolder, Builds
from indexer.stores.catalogue import Catalogue
from indexer.stores.readings import Readings, open_readings
from indexer.tables import Tables
from indexer.text.highlight import marks

if TYPE_CHECKING:
    from indexer.engines.opensearch.cluster import ClusterBuilds

_LOOKS_AGAIN = 60.0  # seconds; to look takes .7 s for an index of 100,000 passages
_LOOKED_AT = 1_000  # reports that answer a feed's question; all of them in a library of today
_SUGGESTED = 8  # while one types: what fits under the box of a phone, above its keyboard


Progress = Callable[[str, int, int], None]  # (what is done, so many, of so many)


class Library:
    """Duibiao over one data folder. Any number of threads may ask it at once."""

    def __init__(self, settings: Settings, fetcher: Fetcher | None = None) -> None:
        """Opens nothing yet: what a command does not need may be missing or damaged."""
        self.settings = settings
        self._tables = Tables(settings.corpus_folder)
        self._tables_then = all_tables(settings)
        self._fetcher = fetcher or HttpFetcher(settings.fetch, settings.reading.max_bytes, _private_hosts(settings))
        self._embedding = ConfiguredEmbedding(settings)
        self._live = LiveBuild(Builds(settings.data_folder), self._open_build)
        self._lock = threading.Lock()
        self.on_partial: Callable[[], None] = lambda: None  # called where part of the index was silent
        self._archive: Archive | None = None
        self._readings: Readings | None = None
        self._damage: tuple[str | None, float, str | None] = (None, 0.0, None)  # of which build, when, what

    @classmethod
    def open(cls, config: Path | None = None, data: Path | None = None) -> Self:
        """The library that ``--config`` and ``--data`` name. Raises BadSetup."""
        settings = load(config)
        return cls(settings.with_data_folder(data) if data else settings)

    # --- taking in ---

    def read(self, inputs: Iterable[str | Path], url: str | None = None) -> Iterator[Reading]:
        """Without storing anything."""
        return self._intake.read(inputs, url)

    def add(self, inputs: Sequence[str]) -> Iterator[Added]:
        """Into the archive, for the next build."""
        return self._intake.add(inputs)

    def holds_others_than(self, folder: Path) -> bool:
        """Whether the archive has pages that don't come from ``folder``."""
        inside = f"{folder.absolute()}/"
        return any(not one.key.startswith(inside) for one in self._open_archive().outlines())

    def build(self, progress: Progress | None = None, *, whole: bool = False) -> Stats:
        """Of what changed since the last one, or of everything. Raises Busy, NoIndex, BadSetup; the old build serves
        on."""
        told = progress or (lambda *_: None)
        embedding = self._embedding.opened(self.settings.reading.processes)  # told before hours of reading, if broken
        rows = partial(rows_of, vocabulary=self._vocabulary)
        listing = partial(self._list_and_index, embedding=embedding, told=partial(told, "vectors"), whole=whole)
        stats = build.build(self.settings, self._open_archive(), self._engine, rows, listing, told, whole=whole)
        if self._cluster is not None:
            with suppress(NoIndex):  # the build is made and serves; what is left over goes with the next one
                self._cluster.sweep(Builds(self.settings.data_folder).numbers())
        return stats

    @property
    def crawling(self) -> Crawling:
        """The sites of config.toml."""
        return Crawling(self.settings, lambda: self._intake)

    # --- asking ---

    def question(self, params: Mapping[str, Sequence[str]]) -> Query:
        """The query that an address or the options of a command ask: names as in asking.read_query. Raises
        BadQuery with what to do instead."""
        limits = self.settings.search
        labels, values = self._known()
        return read_query(
            params,
            self._tables.gazetteer,
            Known(
                zones=labels,
                values={
                    **values,
                    "province": self._tables.provinces,
                    "theme": self.themes(),
                    "practice": self.practice_names(),
                },
            ),
            self._tables.leveling,
            understanding=self._understanding,
            longest_question=limits.max_question_characters,
            most_per_page=limits.max_limit,
            per_page=limits.page_size,
        )

    @property
    def _understanding(self) -> Understanding:
        return Understanding(self._tables.gazetteer, self._tables.provinces, self._newest_year)

    def _newest_year(self) -> int | None:
        try:
            with self._live.now() as build:
                return max((year for year, _ in build.stats.years if year is not None), default=None)
        except NoIndex:
            return None

    def search(self, query: Query) -> ResultPage:
        """Raises NoIndex."""
        with self._live.now() as build:
            return self._found(query, build)

    def search_reports(self, query: Query) -> tuple[ResultPage, dict[str, ReportCard]]:
        """A page that counts reports, and the card of each report on it, both out of one build. Raises NoIndex."""
        with self._live.now() as build:
            page = self._found(replace(query, by_report=True), build)
            seqs: dict[str, list[int]] = {}
            for hit in page.hits:
                seqs.setdefault(hit.passage.report, []).append(hit.passage.seq)
            return page, build.catalogue.cards(seqs)

    def new_reports(self, query: Query, most: int) -> tuple[NewReport, ...]:
        """The reports that answer ``query``, those taken in last first, ``most`` at most. Of more than _LOOKED_AT that
        answer, those that were published last are looked at. Raises NoIndex."""
        with self._live.now() as build:
            wanted = replace(query, by_report=True, sort=Sort.DATE, page=1, limit=_LOOKED_AT, facets=())
            hits: dict[str, list[Hit]] = {}
            for hit in build.engine.search(wanted).hits:
                hits.setdefault(hit.passage.report, []).append(hit)
            known = build.taken_in
            newest = sorted(hits.keys() & known.keys(), key=lambda one: (known[one].first, one), reverse=True)[:most]
            return tuple(NewReport(build.catalogue.get(one), known[one], tuple(hits[one])) for one in newest)

    def taken_in(self) -> Mapping[str, TakenIn]:
        """Every canonical copy, and when it was taken in. Raises NoIndex."""
        with self._live.now() as build:
            return build.taken_in

    def _found(self, query: Query, build: OpenBuild) -> ResultPage:
        self._use_what_was_learned(build)
        page = build.engine.search(query)
        if page.partial:  # what isn't found may stand in the part that is silent: nothing is asked in other words
            self.on_partial()
            return self._explained(page, query)
        if not page.total and (undated := with_unknown_year(query)):
            found = build.engine.search(undated)
            if found.total:
                page, query = found, undated
        if not page.total and (looser := self._tables.loosening.looser(query, build.engine.count)):
            loosely = build.engine.search(looser)
            if loosely.total:  # else nothing was loosened that the user could see
                page, query = loosely, looser
        loosening = self._tables.loosening
        if not page.total and not loosening.names_a_place(query) and (other_years := with_any_year(query)):
            found = self._found(other_years, build)
            if found.total:
                return found
        if not page.total and query.understood:
            plain = self.question({"q": [query.asked], "plain": ["1"], "limit": [str(query.limit)]})
            words = replace(plain, page=query.page, by_report=query.by_report, facets=query.facets)
            found = self._found(words, build)
            if found.total:
                told = say("warning.filters_dropped")
                return replace(found, warnings=(told, *found.warnings))
        missed = self._tables.loosening.missed_places(query, build.engine) if page.total else ()
        return self._explained(replace(page, warnings=(*page.warnings, *missed)), query)

    def _explained(self, page: ResultPage, query: Query) -> ResultPage:
        """With what of the question was found where."""
        analyser = self._tables.analyser
        return replace(page, hits=tuple(replace(hit, why=why(hit.passage, query.node, analyser)) for hit in page.hits))

    def suggest(self, params: Mapping[str, Sequence[str]]) -> tuple[Suggestion, ...]:
        """What ``q`` of ``params`` may become, under the other parameters; parameters as in ``question``. Empty too for
        a build of a time before there were lists. Raises BadQuery, NoIndex."""
        typed = " ".join(params.get("q", ()))[-self.settings.search.max_question_characters :]
        others = {name: values for name, values in params.items() if name not in ("q", "page", "limit", "sort")}
        filtered = self.question(others).filters != Filters()  # a filter that can't be read is an error, q or no q
        with self._live.now() as build:
            if build.lists is None or not typed.strip():
                return ()
            return suggestions(build.lists, typed, _SUGGESTED, self._counting(build, others), filtered=filtered)

    def meant(self, query: Query, page: ResultPage) -> tuple[Offer, ...]:
        """Questions that find something, for one that found (``page``) next to nothing. None where the lists are
        damaged: `check` tells, a search goes on without."""
        if not query.text or query.page > 1:
            return ()
        try:
            return self._meant(query, page)
        except NoIndex:
            return ()

    def _meant(self, query: Query, page: ResultPage) -> tuple[Offer, ...]:
        others: dict[str, list[str]] = {}
        for name, value in query_params(query):
            others.setdefault(name, []).append(value)
        with self._live.now() as build:
            lists = build.lists
            if lists is None:
                return ()

            def found(node: Node) -> int:
                return build.count(Query(node=node))

            def is_name(word: str) -> bool:
                gazetteer = self._tables.gazetteer
                return gazetteer.resolve(word) is not None or bool(gazetteer.regions.all_named(word))

            return offers(
                query,
                parse(query.text)[0],
                page,
                lists=lists,
                analyser=self._tables.analyser,
                is_name=is_name,
                found=found,
                asked=self._counting(build, others),
            )

    def _counting(self, build: OpenBuild, others: Mapping[str, Sequence[str]]) -> Callable[[str, str | None], int]:
        """Tells how many passages a text finds under the parameters ``others``, in a zone where one is given."""

        def count(text: str, zone: str | None) -> int:
            return build.count(self.question({**others, "q": [text]} | ({"zone": [zone]} if zone else {})))

        return count

    def marks(self, text: str, query: Query, restored: str | None = None) -> tuple[Span, ...]:
        """Where ``text`` (of a report, a passage) holds what ``query`` asks, marked as in the results. ``restored``:
        the same with its laundered words put back."""
        return marks(text, query.node, self._tables.analyser, restored)

    def source(self, stored: StoredReport) -> Source:
        """A report as what is compared rests on it."""
        return source_of(stored)

    def report(self, report: str) -> StoredReport:
        """Raises NotFound, NoIndex."""
        with self._live.now() as build:
            return build.catalogue.get(report)

    def raw(self, report: str) -> tuple[bytes, str]:
        """The bytes as they came and the charset they were read in; ``binary`` for a PDF or a Word file.
        Raises NotFound."""
        if not self._archive_file.is_file():
            raise NotFound("library.no_report", report=report)
        page = self._open_archive().of_report(report).page
        try:
            return page.data, decode(page, self.settings.reading.max_bytes).encoding
        except Skip:
            return page.data, "binary"

    def history(self, report: str) -> PageHistory:
        """What became of the page of ``report`` since it was first kept. Raises NoIndex."""
        if not self._archive_file.is_file():
            return PageHistory()
        archive = self._open_archive()
        try:
            versions = archive.versions(report)
            refused = archive.refused(archive.of_report(report).key)
        except NotFound:  # of a build of another archive
            return PageHistory()
        vanished = refused.message if refused and refused.code in ("vanished", "soft_404") else None
        return PageHistory(vanished, changes(versions, self._intake.read_page) if len(versions) > 1 else ())

    # --- comparing: ``params`` as in an address, or the options of a command; all raise BadQuery, NoIndex ---

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

    def practice_name(self, practice: str) -> str:
        known = self._tables.practices.get(practice)
        return known.name if known else practice

    def indicator_name(self, indicator: str) -> str:
        known = self._tables.indicators.get(indicator)
        return known.name if known else indicator

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

    def peers(self, name: str, limit: int = 8) -> tuple[Peer, ...]:
        """Zones like ``name``, the likest first."""
        with self._live.now() as build:
            return build.comparisons.peers(self._one_zone(name, build), limit)

    def practice_names(self) -> Mapping[str, str]:
        """Id → name of the codebook."""
        return {practice.id: practice.name for practice in self._tables.practices}

    def practices(self) -> tuple[tuple[Practice, CodebookCount], ...]:
        """The codebook, and how much of each the build holds."""
        with self._live.now() as build:
            counts = build.comparisons.practice_counts()
        return tuple((one, counts.get(one.id, CodebookCount(one.id, 0, 0))) for one in self._tables.practices)

    def indicators(self) -> tuple[tuple[Indicator, CodebookCount], ...]:
        """As ``practices``."""
        with self._live.now() as build:
            counts = build.comparisons.indicator_counts()
        return tuple((one, counts.get(one.id, CodebookCount(one.id, 0, 0))) for one in self._tables.indicators)

    def _selection(self, params: Params, build: OpenBuild) -> Selection:
        filters = self.question({name: params.get(name, ()) for name in ("type", "level", "province", "year")}).filters
        return Selection(
            zones=self._zones(asked.values(params, "zone"), build),
            zone_types=filters.values("zone_type"),
            levels=filters.values("level"),
            provinces=filters.values("province"),
            years=filters.years,
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

    def newest(self, limit: int) -> tuple[tuple[str, str | None, str], ...]:
        """(id, title, day) of the reports that were published last. Raises NoIndex."""
        with self._live.now() as build:
            return build.catalogue.newest(limit)

    def clusters(self) -> tuple[Cluster, ...]:
        """Raises NoIndex."""
        with self._live.now() as build:
            return build.catalogue.clusters()

    def stats(self) -> Stats:
        """Raises NoIndex."""
        with self._live.now() as build:
            return replace(build.stats, changed_tables=changed_tables(build.folder.made_with(), self.settings))

    def generation(self) -> int:
        """Number of the build that serves: one more with every build. Raises NoIndex."""
        with self._live.now() as build:
            return int(build.number)

    def skipped(self) -> tuple[tuple[str, str, str], ...]:
        """(file or address, code, message) of the archived pages that hold no report. Raises NoIndex."""
        with self._live.now() as build:
            return build.catalogue.skipped()

    def themes(self) -> tuple[str, ...]:
        """Names of the codebook, in its order."""
        return tuple(theme.name for theme in self._tables.codebook.themes)

    def zones(self) -> tuple[tuple[str, Zone | None, int], ...]:
        """(label, gazetteer entry or None for unnamed ones, reports), for every zone of the current build."""
        with self._live.now() as build:
            return build.zones

    def check(self) -> Iterator[Finding]:
        """Looks at everything there is; each finding says whether it is well, and what to do where it isn't."""
        yield from findings(self.settings, self._tables, self._engine)
        try:
            model = self.check_embedding()
        except NothingBuilt:
            pass  # said above
        except (BadSetup, NoIndex) as error:
            yield Finding(say("check.part.embedding"), False, str(error))
        else:
            if model is not None:
                message = say("embedding.well", folder=model.folder, n=model.dimension)
                yield Finding(say("check.part.embedding"), True, message)
        try:
            ranking = learning.opened(learning.ranking_file(self.settings.data_folder))
        except NoIndex as error:
            yield Finding(say("learn.part"), False, str(error))
        else:
            if ranking is not None:
                yield Finding(say("learn.part"), True, say("learn.in_use", n=len(ranking.judged.texts)))

    def check_embedding(self) -> EmbeddingModel | None:
        """As ``ConfiguredEmbedding.check``."""
        return self._embedding.check()

    def damaged(self) -> str | None:
        """What to do where the live build is not what was written, by the sha256 of every file; None where it is. Looks
        again after a minute at the earliest."""
        number = Builds(self.settings.data_folder).current()
        looked, at, told = self._damage
        if number is None or (looked == number and time.monotonic() - at < _LOOKS_AGAIN):
            return told if looked == number else None
        try:
            _, folder = Builds(self.settings.data_folder).live()
            with closing(self._engine(folder)) as engine:
                wrong = build_damage(folder, engine)
        except Unreachable:
            return None  # whoever asks is told
        except NoIndex as error:
            wrong = [str(error)]
        told = say("library.damaged", problem=wrong[0]) if wrong else None
        self._damage = (number, time.monotonic(), told)
        return told

    def degraded(self) -> str | None:
        """What is wrong though questions are answered, as ``SearchEngine.degraded`` says. Raises NoIndex."""
        with self._live.now() as build:
            return build.engine.degraded()

    def back_up(self, target: Path) -> int:
        """As ``stores.backup.back_up`` says of the data folder."""
        return back_up(self.settings.data_folder, target)

    def evaluate(self, corpus: Path | None, queries: Path, qrels: Path, *, apart: bool = False) -> Evaluation:
        """The engine over another corpus, or over the live build where none is given (judgements then name
        ``report:passage``), with questions whose answers are known; as it comes, and as it was learned. Touches nothing
        of the data folder. Raises BadInput, NoIndex."""
        judged = judged_questions(queries, qrels)
        with self._judged_engine(corpus, apart) as (engine, ask, asked):
            ranking = learning.opened(learning.ranking_file(self.settings.data_folder, corpus, apart=apart))
            return learning.evaluated(engine, ask, judged, asked.documents, ranking)

    def learn(
        self,
        corpus: Path | None,
        judged: Sequence[JudgedQuestion],
        told: Callable[[int, int], None],
        *,
        apart: bool = False,
        anyway: bool = False,
    ) -> Learned:
        """An order for the live build, or for ``corpus``, from judged questions. Kept beside the builds if it helps.
        Raises BadInput, BadSetup, NoIndex."""
        with self._judged_engine(corpus, apart) as (engine, ask, asked):
            path = learning.ranking_file(self.settings.data_folder, corpus, apart=apart)
            return learning.learned(engine, ask, judged, asked, path, told, anyway=anyway)

    def version(self) -> Hashable | None:
        """Of what answers now: the build and the order that was learned; None where nothing can be asked. 30 µs."""
        try:
            number = Builds(self.settings.data_folder).current()
        except NoIndex:
            return None
        return number and (number, learning.stamp(learning.ranking_file(self.settings.data_folder)))

    def _use_what_was_learned(self, build: OpenBuild) -> None:
        """The order that ``duibiao learn`` left, as soon as it is there. One that can't be read is no reason not to
        search: ``check`` tells."""
        stamp = learning.stamp(learning.ranking_file(self.settings.data_folder))
        if stamp == build.learned or not isinstance(build.engine, WhooshEngine):
            return
        try:
            build.engine.use(learning.opened(learning.ranking_file(self.settings.data_folder)))
        except NoIndex:
            build.engine.use(None)
        build.learned = stamp

    def forget_learned(self, corpus: Path | None = None, *, apart: bool = False) -> bool:
        """The order as it comes again. False where nothing was learned."""
        path = learning.ranking_file(self.settings.data_folder, corpus, apart=apart)
        known = path.is_file()
        path.unlink(missing_ok=True)
        return known

    @contextmanager
    def _judged_engine(
        self, corpus: Path | None, apart: bool
    ) -> Iterator[tuple[WhooshEngine, Callable[[str], Query], Collection]]:
        """An engine of its own over what is judged, how it is asked, and what that is."""
        if corpus is None:
            if self.settings.engine != "whoosh":
                raise BadSetup("learn.embedded_only", engine=self.settings.engine)
            with self._live.now() as build, closing(WhooshEngine(build.folder.index, self._tables.analyser)) as engine:
                yield engine, partial(self._finding, engine), Collection((), {})
            return
        asked = collection(corpus, apart=apart)

        def ask(text: str) -> Query:
            names, leveling = self._tables.gazetteer, self._tables.leveling
            return read_query({"q": [text]}, names, Known(), leveling, longest_question=LONGEST_ASKED)

        with (
            TemporaryDirectory(prefix="duibiao-") as folder,
            closing(WhooshEngine(Path(folder), self._tables.analyser)) as engine,
        ):
            engine.replace_all(asked.passages)
            yield engine, ask, asked

    def _finding(self, engine: WhooshEngine, text: str) -> Query:
        """The query that answers ``text``: loosened where nothing holds all of its words."""
        query = self.question({"q": [text]})
        looser = None if engine.count(query) else self._tables.loosening.looser(query, engine.count)
        return looser or query

    def close(self) -> None:
        self._live.close()
        with self._lock:
            archive, self._archive = self._archive, None
            readings, self._readings = self._readings, None
        if archive is not None:
            archive.close()
        if readings is not None:
            readings.close()

    # --- the parts ---

    @cached_property
    def _intake(self) -> Intake:
        limits = self.settings.reading
        processes = reading_processes(self.settings)
        return Intake(processes, self._fetcher, self._open_archive, self._open_readings, limits.max_bytes)

    @property
    def _vocabulary(self) -> Vocabulary:
        phrases = self._tables.indicators.phrases.items()
        return Vocabulary(self._tables.industries, {name: tuple(one.id for one in rows) for name, rows in phrases})

    @property
    def _archive_file(self) -> Path:
        return archive_file(self.settings)

    def _open_archive(self) -> Archive:
        with self._lock:
            if self._archive is None:
                self._archive = Archive(self._archive_file)
            return self._archive

    def _open_readings(self) -> Readings | None:
        with self._lock:
            if self._readings is None:
                self._readings = open_readings(readings_file(self.settings), fingerprints.reading(self.settings))
            return self._readings

    def _engine(self, folder: BuildFolder, progress: Callable[[int, int], None] | None = None) -> SearchEngine:
        if self._cluster is not None:
            return self._cluster.engine(folder.path.name, self._tables.analyser, progress)
        return WhooshEngine(folder.index, self._tables.analyser, progress, self.settings.reading.processes)

    @cached_property
    def _cluster(self) -> ClusterBuilds | None:
        """Where the settings choose it; its client is an extra. Raises BadSetup."""
        if self.settings.engine != "opensearch":
            return None
        try:
            from indexer.engines.opensearch.cluster import ClusterBuilds
        except ImportError as error:
            raise BadSetup("setup.no_extra") from error
        return ClusterBuilds(self.settings.opensearch, self.settings.data_folder)

    def _list_and_index(
        self, folder: BuildFolder, *, embedding: EmbeddingModel | None, told: Callable[[int, int], None], whole: bool
    ) -> None:
        self._list_suggestions(folder)
        with closing(Catalogue.finished(folder.catalogue)) as catalogue:
            measures = catalogue.rows.numbered_measures()
        embedded = None
        if embedding is not None:
            before = None if whole else self._embedding.vectors_before(embedding)
            embedded = partial(MeasureVectors.of, model=embedding, before=before, told=told)
        SimilarIndex.of(measures, self._tables.practice_model, embedded).save(folder.similar)

    def _list_suggestions(self, folder: BuildFolder) -> None:
        with closing(Catalogue.finished(folder.catalogue)) as catalogue:
            witnesses = (stored for stored in catalogue.all() if stored.witness == stored.id)
            make_lists(
                folder.suggestions,
                ((stored, tuple(build.indexed_passages(stored))) for stored in witnesses),
                catalogue.stats().passages,
                catalogue.zones(),
                analyser=self._tables.analyser,
                field_terms=self._tables.field_terms,
                gazetteer=self._tables.gazetteer,
                provinces=self._tables.provinces,
                readings=self._tables.readings,
            )

    def _known(self) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
        """Labels of zones, and values by facet, in the current build."""
        try:
            with self._live.now() as build:
                return build.labels, build.values
        except NoIndex:
            return (), {}  # a wrong option is still told from a right one; the search itself will say what is missing

    def _open_build(self, number: str, folder: BuildFolder) -> OpenBuild:
        now = all_tables(self.settings)
        if now != self._tables_then:  # this build may have been made with them
            self._tables, self._tables_then = Tables(self.settings.corpus_folder), now
            self.__dict__.pop("_intake", None)  # made with the tables before
        if damaged := folder.damage(thoroughly=False):
            raise Damaged("library.damaged", problem=damaged[0])
        engine = self._engine(folder)  # opens nothing yet
        catalogue, tables = Catalogue.finished(folder.catalogue), self._tables
        comparisons = Comparisons(catalogue.rows, tables.practices, tables.indicators, self.themes(), tables.gazetteer)
        return OpenBuild(number, folder, catalogue, engine, comparisons, tables.gazetteer)


def _private_hosts(settings: Settings) -> tuple[str, ...]:
    """The hosts that ``add`` may fetch from though they are private: those that any site names."""
    return tuple(host for site in settings.sites for host in site.private_hosts)
