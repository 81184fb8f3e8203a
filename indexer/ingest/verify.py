"""Is everything in order? Settings, tables, archive, and the live build down to its last span."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from indexer.domain.query import Query
from indexer.domain.report import Report
from indexer.errors import DuibiaoError, NoIndex, Unreachable
from indexer.ingest.build import lost_pages
from indexer.ingest.fingerprints import changed_tables
from indexer.ingest.read_archive import archive_file
from indexer.locale import LazyText, say
from indexer.ports import SearchEngine
from indexer.search.suggest.suggestion_index import damage
from indexer.settings import Settings
from indexer.stores.archive import Archive
from indexer.stores.builds import BuildFolder, Builds
from indexer.stores.catalogue import Catalogue
from indexer.tables import Tables

_PAGE = 1000  # passages asked of the index at a time
_SHOWN = 5  # examples of one kind of damage


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``check``."""

    part: str
    well: bool
    message: str


def findings(
    settings: Settings, tables: Tables, open_engine: Callable[[BuildFolder], SearchEngine]
) -> Iterator[Finding]:
    """Each part once, in the order in which they stand on each other."""
    file = settings.file or LazyText("check.defaults")
    yield Finding(say("check.part.setup"), True, say("check.setup_well", file=file, folder=settings.data_folder))
    yield from _part(say("check.part.tables"), lambda: _tables(settings, tables))
    yield from _part(say("check.part.archive"), lambda: _archive(settings))
    yield from _part(say("check.part.index"), lambda: _build(settings, open_engine))


def _part(part: str, look: Callable[[], tuple[str, list[str]]]) -> Iterator[Finding]:
    """One line where all is well, else a line for each thing that isn't."""
    try:
        message, wrong = look()
    except DuibiaoError as error:
        yield Finding(part, False, str(error))
        return
    if not wrong:
        yield Finding(part, True, message)
    for one in wrong[:_SHOWN]:
        yield Finding(part, False, one)
    if len(wrong) > _SHOWN:
        yield Finding(part, False, say("check.more", n=len(wrong) - _SHOWN))


def _tables(settings: Settings, tables: Tables) -> tuple[str, list[str]]:
    _ = tables.laundering, tables.leveling, tables.readings  # one that can't be read is said so
    try:
        changed = changed_tables(Builds(settings.data_folder).live()[1].made_with(), settings)
    except NoIndex:
        changed = ()  # the last part will say what is missing
    zones, themes, terms = len(tables.gazetteer.zones), len(tables.codebook.themes), len(tables.field_terms)
    well = say("check.tables_well", zones=zones, themes=themes, terms=terms)
    return well, [told_of_changed(changed)] if changed else []


def told_of_changed(tables: Sequence[str]) -> str:
    return say("check.tables_changed", names=list(tables))


def _archive(settings: Settings) -> tuple[str, list[str]]:
    file = archive_file(settings)
    builds = Builds(settings.data_folder)
    if not file.is_file():
        if builds.is_serving():
            return "", [say("check.archive_gone", file=file)]
        return "", [say("check.no_pages")]
    with closing(Archive(file)) as archive:
        wrong = archive.damage()
        lost = lost_pages(builds, archive)
        return say("check.archive_well", pages=len(archive.keys())), [*wrong, *([str(lost)] if lost else [])]


def _build(settings: Settings, open_engine: Callable[[BuildFolder], SearchEngine]) -> tuple[str, list[str]]:
    number, folder = Builds(settings.data_folder).live()
    with closing(Catalogue.finished(folder.catalogue)) as catalogue, closing(open_engine(folder)) as engine:
        wrong = build_damage(folder, engine)
        wrong += catalogue.damage()
        expected: dict[str, str] = {}
        reports = 0
        for stored in catalogue.all():
            reports += 1
            wrong += [say("check.of_report", report=stored.id, problem=one) for one in wrong_spans(stored.report)]
            if stored.witness == stored.id:
                expected |= {f"{stored.id}:{one.seq}": one.text for one in stored.report.passages}
        wrong += _index(engine, expected)
    if not folder.suggestions.is_dir():
        wrong.append(say("check.no_suggestions"))
    advice = [say("check.rebuild", problem=one) for one in wrong]
    return say("check.index_well", number=number, reports=reports, passages=len(expected)), advice


def build_damage(folder: BuildFolder, engine: SearchEngine) -> list[str]:
    """The files of a build that are not what was written, by their sha256, in sentences."""
    wrong = folder.damage(thoroughly=True)
    try:
        engine.verify()
    except Unreachable:
        raise  # nothing is known to be wrong with the build
    except NoIndex as error:
        wrong.append(str(error.values.get("problem", error)))  # what is to be done is said behind each
    if folder.suggestions.is_dir():
        wrong += damage(folder.suggestions, thoroughly=True)
    return wrong


def _index(engine: SearchEngine, expected: dict[str, str]) -> list[str]:
    """What the index holds and the catalogue doesn't, or the other way round."""
    wrong: list[str] = []
    seen: set[str] = set()
    page = 1
    while hits := engine.search(Query(page=page, limit=_PAGE)).hits:
        for hit in hits:
            seen.add(hit.passage.id)
            if expected.get(hit.passage.id) != hit.passage.text:
                wrong.append(say("check.passage_differs", passage=hit.passage.id))
        page += 1
    return wrong + [say("check.passage_missing", passage=one) for one in sorted(expected.keys() - seen)]


def wrong_spans(report: Report) -> Iterator[str]:
    """The places that point beside the text, in words."""
    for passage in report.passages:
        if passage.span.of(report.text) != passage.text:
            yield say("check.passage_span", number=passage.seq)
        if any(not passage.span.contains(figure.span) for figure in passage.figures):
            yield say("check.figure_span", number=passage.seq)
    for section in report.sections:
        if not section.span.of(report.text).startswith(section.heading):
            yield say("check.section_span", heading=section.heading[:20])
    end = len(report.text)
    if any(mask.span.end > end for mask in report.masks):
        yield say("check.mask_span")
    for one in report.years.evidence:  # its words may be cut short or explained, so they aren't compared
        if one.span and one.span.end > end:
            yield say("check.year_span", evidence=one.text[:20])
