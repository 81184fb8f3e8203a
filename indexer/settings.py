"""config.toml, read once into frozen settings. What each one means stands in docs/config.md.

A field's metadata carries its unit and its bounds; a test holds config.toml, docs/config.md and this file together.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar, get_origin, get_type_hints

from indexer.errors import BadSetup
from indexer.locale import say

_INSTALLED = Path(sys.prefix) / "share" / "duibiao" / "tables"
_INSTALLED_SAMPLE = _INSTALLED.with_name("sample")
_BESIDE_PACKAGE = Path(__file__).resolve().parents[1] / "config.toml"

S = TypeVar("S")


def _number(default: float, unit: str, least: float, most: float) -> Any:
    return field(default=default, metadata={"unit": unit, "least": least, "most": most})


def _words(default: str, unit: str, *, may_be_empty: bool = False) -> Any:
    return field(default=default, metadata={"unit": unit, "may_be_empty": may_be_empty})


def _list(unit: str, *default: str) -> Any:
    return field(default=default, metadata={"unit": unit})


def _of_crawl(name: str) -> Any:
    """A key of a site that [crawl] has a default for."""
    return field(default=None, metadata={"like": name})


@dataclass(frozen=True, slots=True)
class DataSettings:
    folder: str = _words("var", "path")
    corpus: str = _words("corpus/tables", "path")


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    max_bytes: int = _number(20_000_000, "bytes", 1_000, 1_000_000_000)
    processes: int = _number(2, "processes", 1, 64)
    parallel_above: int = _number(40, "pages", 0, 1_000_000)
    page_seconds: float = _number(30.0, "seconds", 0.1, 3600)
    page_megabytes: int = _number(600, "MB", 50, 100_000)


@dataclass(frozen=True, slots=True)
class FetchSettings:
    timeout_seconds: float = _number(20.0, "seconds", 0.1, 600)
    total_seconds: float = _number(60.0, "seconds", 0.1, 3600)
    max_redirects: int = _number(5, "redirects", 0, 20)
    user_agent: str = _words("Duibiao/0.1", "text")
    contact: str = _words("", "address", may_be_empty=True)
    private_hosts: tuple[str, ...] = _list("hosts")


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """What holds for every site, where its own block says nothing else."""

    delay_seconds: float = _number(2.0, "seconds", 0, 3600)
    concurrency: int = _number(1, "requests", 1, 16)
    connections: int = _number(4, "requests", 1, 64)
    max_pages: int = _number(1000, "pages", 1, 10_000_000)
    max_total_bytes: int = _number(1_000_000_000, "bytes", 1_000, 10**13)
    max_depth: int = _number(6, "links", 0, 100)
    max_seconds: float = _number(14_400.0, "seconds", 1, 10_000_000)
    recheck_days: float = _number(0.0, "days", 0, 3650)
    attempts: int = _number(3, "requests", 1, 20)
    robots_hours: float = _number(12.0, "hours", 0.01, 24)
    alert_hours: float = _number(48.0, "hours", 1, 10_000)
    warc_bytes: int = _number(256_000_000, "bytes", 10_000, 10**12)


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """One [[site]]. What is None is taken from [crawl]. ``allow``, ``deny``, ``reports``: regular expressions."""

    name: str = _words("", "text")
    start: tuple[str, ...] = _list("addresses")
    allow: tuple[str, ...] = _list("patterns")
    deny: tuple[str, ...] = _list("patterns")
    reports: tuple[str, ...] = _list("patterns")
    delay_seconds: float | None = _of_crawl("delay_seconds")
    concurrency: int | None = _of_crawl("concurrency")
    max_pages: int | None = _of_crawl("max_pages")
    max_total_bytes: int | None = _of_crawl("max_total_bytes")
    max_depth: int | None = _of_crawl("max_depth")
    max_seconds: float | None = _of_crawl("max_seconds")
    recheck_days: float | None = _of_crawl("recheck_days")
    private_hosts: tuple[str, ...] = _list("hosts")


@dataclass(frozen=True, slots=True)
class SearchSettings:
    page_size: int = _number(20, "passages", 1, 1000)
    max_limit: int = _number(100, "passages", 1, 10_000)
    max_question_characters: int = _number(200, "characters", 1, 10_000)


@dataclass(frozen=True, slots=True)
class CompareSettings:
    quotes_per_cell: int = _number(3, "quotes", 1, 100)
    similar_measures: int = _number(10, "measures", 1, 100)
    embedding_model: str = _words("", "path", may_be_empty=True)
    embedding_weight: float = _number(0.5, "weight", 0, 10)


@dataclass(frozen=True, slots=True)
class ServeSettings:
    host: str = _words("127.0.0.1", "address")
    port: int = _number(8000, "port", 1, 65535)
    processes: int = _number(2, "processes", 1, 64)
    answer_seconds: float = _number(15.0, "seconds", 0.5, 600)
    base_path: str = _words("", "path", may_be_empty=True)
    proxies: int = _number(0, "proxies", 0, 8)
    access_log: str = _words("", "path", may_be_empty=True)
    unanswered_log: str = _words("", "path", may_be_empty=True)
    hosts: tuple[str, ...] = _list("hosts")
    cors_origins: tuple[str, ...] = _list("origins")


@dataclass(frozen=True, slots=True)
class OpenSearchSettings:
    """Asked only where ``engine`` is opensearch. User and password come from the environment."""

    hosts: tuple[str, ...] = _list("addresses", "http://127.0.0.1:9200")
    index: str = _words("duibiao", "text")
    ca: str = _words("", "path", may_be_empty=True)
    shards: int = _number(3, "shards", 1, 1024)
    replicas: int = _number(1, "copies", 0, 10)
    candidates: int = _number(500, "passages", 100, 10_000)
    answer_seconds: float = _number(5.0, "seconds", 0.1, 600)
    load_seconds: float = _number(60.0, "seconds", 1, 3600)
    load_attempts: int = _number(8, "attempts", 1, 100)


ENGINES = ("whoosh", "opensearch")


@dataclass(frozen=True, slots=True)
class Settings:
    """All of config.toml. ``file`` is where it was read, None for the defaults alone."""

    data: DataSettings = field(default_factory=DataSettings)
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    crawl: CrawlSettings = field(default_factory=CrawlSettings)
    search: SearchSettings = field(default_factory=SearchSettings)
    compare: CompareSettings = field(default_factory=CompareSettings)
    serve: ServeSettings = field(default_factory=ServeSettings)
    opensearch: OpenSearchSettings = field(default_factory=OpenSearchSettings)
    engine: str = ENGINES[0]
    sites: tuple[SiteSettings, ...] = ()
    base: Path = field(default_factory=Path.cwd)  # what relative paths are relative to
    file: Path | None = None

    @property
    def data_folder(self) -> Path:
        return self.base / self.data.folder

    @property
    def corpus_folder(self) -> Path:
        """The tables: beside the configuration; where none is there and none was named, those of the wheel."""
        beside = self.base / self.data.corpus
        named = self.data.corpus != DataSettings().corpus
        return beside if named or beside.is_dir() or not _INSTALLED.is_dir() else _INSTALLED

    @property
    def embedding_folder(self) -> Path | None:
        """Of an embedding model; None where none is configured."""
        return self.base / self.compare.embedding_model if self.compare.embedding_model.strip() else None

    @property
    def sample_folder(self) -> Path:
        """The pages of the sample: of the checkout, else those of the wheel."""
        beside = _BESIDE_PACKAGE.with_name("corpus") / "sample" / "pages"
        return beside if beside.is_dir() else _INSTALLED_SAMPLE

    def with_data_folder(self, folder: Path) -> Settings:
        """``folder`` is relative to where one stands, as ``--data`` is typed."""
        return replace(self, data=replace(self.data, folder=str(folder.absolute())))


SECTIONS: dict[str, type[Any]] = {
    "data": DataSettings,
    "reading": ReadingSettings,
    "fetch": FetchSettings,
    "crawl": CrawlSettings,
    "search": SearchSettings,
    "compare": CompareSettings,
    "serve": ServeSettings,
    "opensearch": OpenSearchSettings,
}


def load(file: Path | None = None) -> Settings:
    """The settings of ``file``; without one, of ./config.toml, else of the config.toml that came with the program.

    Raises BadSetup with the file, the key and what it should be.
    """
    if file is None:
        file = next((found for found in (Path("config.toml"), _BESIDE_PACKAGE) if found.is_file()), None)
        if file is None:
            return Settings()
    try:
        table = tomllib.loads(file.read_bytes().decode("utf-8"))
    except OSError as error:
        raise BadSetup("setup.unreadable", file=file, reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise BadSetup("setup.not_utf8", file=file, byte=error.start + 1) from error
    except tomllib.TOMLDecodeError as error:
        raise BadSetup("setup.not_toml", file=file, problem=error) from error
    return settings_of(table, file)


def settings_of(table: dict[str, Any], file: Path) -> Settings:
    """The settings that a parsed config.toml asks for. Raises BadSetup."""
    for name in table:
        if name not in SECTIONS and name not in ("site", "engine"):
            raise BadSetup("setup.no_section", file=file, section=name, known=(*SECTIONS, "[site]"))
    read = {name: _section(kind, table.get(name, {}), name, file) for name, kind in SECTIONS.items()}
    engine = table.get("engine", ENGINES[0])
    if engine not in ENGINES:
        raise BadSetup("setup.no_such_engine", file=file, engine=repr(engine), known=", ".join(ENGINES))
    base = file.absolute().parent
    return Settings(**read, engine=engine, sites=_sites(table.get("site", []), file), base=base, file=file)


def _sites(tables: Any, file: Path) -> tuple[SiteSettings, ...]:
    if not isinstance(tables, list):
        raise BadSetup("setup.site_brackets", file=file)
    sites = [_section(SiteSettings, table, "[site]", file) for table in tables]
    names = [site.name for site in sites]
    for site in sites:
        if not site.name.strip() or not site.start:
            raise BadSetup("setup.site_incomplete", file=file)
        if names.count(site.name) > 1:
            raise BadSetup("setup.site_twice", file=file, site=site.name)
    return tuple(sites)


def _section(kind: type[S], table: Any, section: str, file: Path) -> S:
    if not isinstance(table, dict):
        raise BadSetup("setup.not_a_section", file=file, section=section)
    known: dict[str, Field[Any]] = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    types = get_type_hints(kind)
    for key in table:
        if key not in known:
            raise BadSetup("setup.no_key", file=file, section=section, key=key, known=list(known))
    return kind(
        **{
            key: _value(known[key], types[key], value, say("setup.where", file=file, section=section, key=key))
            for key, value in table.items()
        }
    )


def _value(known: Field[Any], kind: type[Any], value: Any, where: str) -> Any:
    """``value`` checked against its field. ``where`` names file and key."""
    if "like" in known.metadata:
        known = next(one for one in fields(CrawlSettings) if one.name == known.metadata["like"])
        kind = get_type_hints(CrawlSettings)[known.name]
    if get_origin(kind) is tuple:
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise BadSetup("setup.not_a_list", where=where, value=value)
        return tuple(value)
    if kind is str:
        if not isinstance(value, str) or not (value.strip() or known.metadata["may_be_empty"]):
            raise BadSetup("setup.not_a_text", where=where, value=value)
        return value
    whole = kind is int
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        raise BadSetup("setup.not_whole" if whole else "setup.not_a_number", where=where, value=value)
    least, most = known.metadata["least"], known.metadata["most"]
    if not least <= value <= most:
        raise BadSetup("setup.out_of_range", where=where, least=least, most=most, value=value)
    return kind(value)
