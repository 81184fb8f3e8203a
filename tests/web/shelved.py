"""The real library over the made-up reports of shelf.py, put straight into a build as if pages had said so."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from indexer.compare.report_rows import rows_of
from indexer.domain.catalogue import Cluster, StoredReport
from indexer.ingest.build import indexed_passages
from indexer.ingest.fingerprints import made_with
from indexer.library import Library
from indexer.settings import Settings
from indexer.stores.builds import Builds
from indexer.stores.catalogue import Catalogue
from tests.web.shelf import shelf

BUILT_AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CORPUS = Path(__file__).parents[2] / "corpus" / "tables"
# the made-up zones, as rows of zones.tsv: official name, short name, aliases, type, level, province, city
ZONES = (
    ("湘江示例高新技术产业开发区", "湘江示例高新区", "湘江高新", "高新区", "国家级", "湖南", "衡阳"),
    ("闽江示例高新技术产业开发区", "闽江示例高新区", "闽江高新", "高新区", "国家级", "福建", "福州"),
    ("示例科技城", "示例科技城", "", "其他", "省级", "浙江", "杭州"),
    ("空白示例新区", "空白示例新区", "", "新区", "国家级", "江苏", "南京"),
)
_SKIPPED = tuple((f"page-{n}.html", "menu", "只有目录，没有正文") for n in range(3))


@contextmanager
def library_of(reports: Sequence[StoredReport] | None = None, kind: type[Library] = Library) -> Iterator[Library]:
    """A library whose build holds ``reports``, by default all of shelf.py; its data folder goes with it."""
    with tempfile.TemporaryDirectory(prefix="duibiao-shelf-") as folder, bare_library(Path(folder), kind) as library:
        shelve(library, shelf() if reports is None else reports)
        yield library


@contextmanager
def bare_library(folder: Path, kind: type[Library] = Library) -> Iterator[Library]:
    """A library of an empty data folder: nothing was built yet."""
    settings = Settings()
    library = kind(
        replace(settings, data=replace(settings.data, folder=str(folder / "var"), corpus=str(_tables(folder))))
    )
    (folder / "var").mkdir()
    try:
        yield library
    finally:
        library.close()


def _tables(folder: Path) -> Path:
    """The real tables, with the made-up zones among the real ones."""
    made = folder / "tables"
    made.mkdir()
    for table in CORPUS.iterdir():
        if table.name != "zones.tsv":
            (made / table.name).symlink_to(table)
    real = (CORPUS / "zones.tsv").read_text(encoding="utf-8")
    with (made / "zones.tsv").open("w", encoding="utf-8", newline="") as file:
        file.write(real)
        heads = real.partition("\n")[0].split("\t")
        writer = csv.DictWriter(file, heads, restval="", delimiter="\t", lineterminator="\n")
        named = ("official_name", "short_name", "aliases", "type", "level", "province", "city")
        writer.writerows({"id": zone[1], **dict(zip(named, zone, strict=True))} for zone in ZONES)
    return made


def shelve(library: Library, reports: Sequence[StoredReport]) -> None:
    """A build as ``indexer.ingest.build`` makes it of what was read, with the same engine, rows and lists."""
    builds = Builds(library.settings.data_folder)
    with builds.making() as (number, folder):
        with closing(Catalogue.new(folder.catalogue)) as catalogue:
            catalogue.save_all(reports, partial(rows_of, vocabulary=library._vocabulary))
            catalogue.save_clusters([Cluster(one.id, (one.id, *one.mirrors)) for one in reports if one.mirrors])
            catalogue.finish(_SKIPPED, BUILT_AT)
        with closing(library._engine(folder)) as engine:
            engine.replace_all(passage for stored in reports for passage in indexed_passages(stored))
        library._list_and_index(folder, embedding=None, told=lambda done, of: None, whole=False)
        builds.swap_in(number, {"built_at": BUILT_AT.isoformat(), "made_with": made_with(library.settings)})
