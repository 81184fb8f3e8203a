"""Is everything in order? Settings, tables, archive, and the live build down to its last span."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from indexer.domain.query import Query
from indexer.domain.report import Report
from indexer.errors import DuibiaoError, NoIndex
from indexer.ingest.build import lost_pages
from indexer.ingest.fingerprints import changed_tables
from indexer.ingest.read_archive import archive_file
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
    yield Finding("配置", True, f"{settings.file or '默认值'}；数据目录 {settings.data_folder}")
    yield from _part("词表", lambda: _tables(settings, tables))
    yield from _part("存档", lambda: _archive(settings))
    yield from _part("索引", lambda: _build(settings, open_engine))


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
        yield Finding(part, False, f"……还有 {len(wrong) - _SHOWN} 处同类问题")


def _tables(settings: Settings, tables: Tables) -> tuple[str, list[str]]:
    _ = tables.laundering, tables.leveling, tables.readings  # one that can't be read is said so
    try:
        changed = changed_tables(Builds(settings.data_folder).live()[1].made_with(), settings)
    except NoIndex:
        changed = ()  # the last part will say what is missing
    zones, themes, terms = len(tables.gazetteer.zones), len(tables.codebook.themes), len(tables.field_terms)
    return f"{zones} 个园区，{themes} 个主题，{terms} 个词", [told_of_changed(changed)] if changed else []


def told_of_changed(tables: Sequence[str]) -> str:
    return f"词表 {'、'.join(tables)} 在建索引之后改过，请运行 duibiao build。"


def _archive(settings: Settings) -> tuple[str, list[str]]:
    file = archive_file(settings)
    builds = Builds(settings.data_folder)
    if not file.is_file():
        if builds.is_serving():
            return "", [f"{file} 不见了，而索引还在。请从备份恢复它；索引仍可检索，但不能再建。"]
        return "", ["还没有加入任何页面。请先运行 duibiao add。"]
    with closing(Archive(file)) as archive:
        wrong = archive.damage()
        lost = lost_pages(builds, archive)
        return f"{len(archive.keys())} 个页面，逐一核对过", [*wrong, *([lost] if lost else [])]


def _build(settings: Settings, open_engine: Callable[[BuildFolder], SearchEngine]) -> tuple[str, list[str]]:
    number, folder = Builds(settings.data_folder).live()
    with closing(Catalogue.finished(folder.catalogue)) as catalogue, closing(open_engine(folder)) as engine:
        wrong = build_damage(folder, engine)
        wrong += catalogue.damage()
        expected: dict[str, str] = {}
        reports = 0
        for stored in catalogue.all():
            reports += 1
            wrong += [f"报告 {stored.id}：{one}" for one in wrong_spans(stored.report)]
            if stored.witness == stored.id:
                expected |= {f"{stored.id}:{one.seq}": one.text for one in stored.report.passages}
        wrong += _index(engine, expected)
    if not folder.suggestions.is_dir():
        wrong.append("没有联想词表（是旧版本建的）")
    advice = [f"{one}。请运行 duibiao build 重新建立。" for one in wrong]
    return f"第 {number} 次，{reports} 份报告，{len(expected)} 个段落，出处逐一核对过", advice


def build_damage(folder: BuildFolder, engine: SearchEngine) -> list[str]:
    """The files of a build that are not what was written, by their sha256, in sentences."""
    wrong = folder.damage(thoroughly=True)
    try:
        engine.verify()
    except NoIndex as error:
        wrong.append(str(error).removesuffix("请运行 duibiao build 重建索引。").rstrip("。"))
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
                wrong.append(f"索引里的段落 {hit.passage.id} 与目录不一致")
        page += 1
    return wrong + [f"段落 {one} 不在索引里" for one in sorted(expected.keys() - seen)]


def wrong_spans(report: Report) -> Iterator[str]:
    """The places that point beside the text, in words."""
    for passage in report.passages:
        if passage.span.of(report.text) != passage.text:
            yield f"第 {passage.seq} 段的出处与正文不符"
        if any(not passage.span.contains(figure.span) for figure in passage.figures):
            yield f"第 {passage.seq} 段有数字的出处落在段外"
    for section in report.sections:
        if not section.span.of(report.text).startswith(section.heading):
            yield f"小节“{section.heading[:20]}”的出处与正文不符"
    end = len(report.text)
    if any(mask.span.end > end for mask in report.masks):
        yield "有脱敏标记落在正文之外"
    for one in report.years.evidence:  # its words may be cut short or explained, so they aren't compared
        if one.span and one.span.end > end:
            yield f"年份依据“{one.text[:20]}”的出处落在正文之外"
