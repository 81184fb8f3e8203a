"""How well pages are read, beside other extractors, on the same pages in the same run.

    python -m tests.evaluation.reading_body ../shared/pages/real ../shared/pages/cwced

Peers that are not installed are left out; they are for measuring only and no dependency of ours.
Body F1: character 4-grams as a multiset, blanks removed, mean over pages.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from indexer.domain.page import RawPage
from indexer.errors import Skip
from indexer.pipeline.decode import decode
from indexer.pipeline.extract import extract


@dataclass(frozen=True, slots=True)
class Gold:
    """None: not labelled. An empty string: labelled, and the page does not say."""

    file: str
    url: str | None
    data: bytes
    body: str
    title: str | None
    published_on: str | None
    source: str | None

    @property
    def raw(self) -> RawPage:
        return RawPage(self.data, self.file, self.url)


@dataclass(frozen=True, slots=True)
class Read:
    body: str = ""
    title: str | None = None
    published_on: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One extractor over all pages. Shares of the labelled pages; ``date_invented`` is a count."""

    name: str
    body_f1: float
    government_f1: float
    under_half: int
    title_exact: float
    date_right: float
    date_wrong: int
    date_invented: int
    undated: int
    source_right: float
    leaks: int
    median_ms: float


_OFFICIAL = re.compile(
    r"^https?://[^/]*(?:\.gov\.cn|\.news\.cn|\.people\.com\.cn|\.gmw\.cn|\.youth\.cn|\.china\.com\.cn|theorychina\.org\.cn)/"
)

# What stands around an article on government, news and mill pages, and in none of the labelled bodies' own sentences.
_BOILERPLATE = re.compile(
    "上一篇|下一篇|上一条|下一条|相关阅读|相关文章|相关链接|相关新闻|推荐阅读|猜你喜欢|热门推荐|责任编辑|责编|打印本页|关闭窗口"
    "|扫一扫|分享到|版权所有|ICP备|网站地图|当前位置|浏览次数|点击次数|发布时间|字号|查看更多|展开全文|返回顶部|登录|注册|评论"
)

Reader = Callable[[Gold], Read]


def load(folder: Path) -> list[Gold]:
    return [_gold(entry, folder) for entry in json.loads((folder / "gold.json").read_text("utf-8"))]


def _gold(entry: dict[str, Any], folder: Path) -> Gold:
    data = (folder / entry["file"]).read_bytes()
    if "date_labelled" in entry:  # the public benchmark: body and day alone; its authors are no sources
        day = (entry["date"] or "") if entry["date_labelled"] else None
        return Gold(entry["file"], None, data, entry["body"] or "", None, day, None)
    return Gold(
        entry["file"],
        entry["url"],
        data,
        entry["body"] or "",
        entry["title"],
        entry["published_on"],
        entry["source"],
    )


def corpus_hash(folder: Path) -> str:
    """sha256 over the labels and pages of a folder, in the order of their names: figures hold for these alone."""
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        if file.suffix in (".html", ".json"):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def of_age(pages: Sequence[Gold]) -> Iterator[tuple[str, list[Gold]]]:
    """(name of the slice, its pages) by the labelled day: the old portals, the sites of today, the undated."""
    yield "before 2015", [page for page in pages if page.published_on and page.published_on < "2015"]
    yield "since 2015", [page for page in pages if page.published_on and page.published_on >= "2015"]
    yield "without a day", [page for page in pages if not page.published_on]


def f1(got: str, wanted: str) -> float:
    one, other = _grams(got), _grams(wanted)
    if not one or not other:
        return float(one == other)
    common = sum((one & other).values())
    return 2 * common / (sum(one.values()) + sum(other.values()))


def same(one: str | None, other: str | None) -> bool:
    return _bare(one) == _bare(other)


def ours(page: Gold) -> Read:
    try:
        found = extract(page.raw, decode(page.raw))
    except Skip:
        return Read()
    day = found.published_on.isoformat() if found.published_on else None
    return Read(found.original, found.title, day, found.source)


def measure(name: str, reader: Reader, pages: Sequence[Gold]) -> Row:
    scores: list[float] = []
    times: list[float] = []
    titles: list[bool] = []
    sources: list[bool] = []
    government: list[float] = []
    days: Counter[str] = Counter()
    leaks = 0
    for page in pages:
        begin = time.process_time()  # of this process alone: the machine is shared
        read = reader(page)
        times.append((time.process_time() - begin) * 1000)
        scores.append(f1(read.body, page.body))
        leaks += leaks_in(read.body, page.body)
        if is_government(page):
            government.append(scores[-1])
        if page.title:
            titles.append(same(read.title, page.title))
        if page.source:
            sources.append(same(read.source, page.source))
        if page.published_on:
            days["right" if read.published_on == page.published_on else "wrong" if read.published_on else "missed"] += 1
        elif page.published_on is not None:
            days["invented" if read.published_on else "undated"] += 1
    dated = days["right"] + days["wrong"] + days["missed"]
    return Row(
        name,
        statistics.fmean(scores),
        statistics.fmean(government) if government else 0.0,
        sum(score < 0.5 for score in scores),
        _share(titles),
        days["right"] / dated if dated else 0.0,
        days["wrong"],
        days["invented"],
        days["invented"] + days["undated"],
        _share(sources),
        leaks,
        statistics.median(times),
    )


def leaks_in(found: str, wanted: str) -> bool:
    """Whether a body holds a piece of the page's boilerplate that the labelled body doesn't."""
    return bool(set(_BOILERPLATE.findall(found)) - set(_BOILERPLATE.findall(wanted)))


def is_government(page: Gold) -> bool:
    """Government sites, and the state's own news sites, which run the same systems (TRS, JCMS, UCAP)."""
    return bool(page.url and _OFFICIAL.search(page.url))


def peers() -> Iterator[tuple[str, Reader]]:
    """Those that are installed."""
    logging.disable(logging.CRITICAL)
    for name, make in (
        ("trafilatura", _trafilatura),
        ("trafilatura, precision", _trafilatura_precise),
        ("readability-lxml", _readability),
        ("newspaper4k", _newspaper),
        ("resiliparse", _resiliparse),
        ("goose3", _goose),
    ):
        try:
            yield name, make()
        except ImportError:
            print(f"{name}: not installed", file=sys.stderr)


def table(pages: Sequence[Gold], readers: Sequence[tuple[str, Reader]]) -> list[Row]:
    return [measure(name, reader, pages) for name, reader in readers]


def markdown(rows: Sequence[Row]) -> str:
    heads = (
        *("reader", "body F1", "government", "pages under .5", "title exact", "date right", "wrong", "invented"),
        *("source right", "leaks", "median CPU ms"),
    )
    lines = [heads, ("---",) * len(heads)]
    for r in rows:
        shares = (f"{r.body_f1:.3f}", f"{r.government_f1:.3f}", str(r.under_half), f"{r.title_exact:.2f}")
        days = (f"{r.date_right:.2f}", str(r.date_wrong), f"{r.date_invented} of {r.undated}")
        lines.append((r.name, *shares, *days, f"{r.source_right:.2f}", str(r.leaks), f"{r.median_ms:.0f}"))
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _grams(text: str) -> Counter[str]:
    text = re.sub(r"\s+", "", text)
    return Counter(text[i : i + 4] for i in range(max(len(text) - 3, 1))) if text else Counter()


def _bare(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


def _day(value: Any) -> str | None:
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value)[:10] if value else None


def _trafilatura(**options: bool) -> Reader:
    import trafilatura

    def read(page: Gold) -> Read:
        found = trafilatura.bare_extraction(page.data, url=page.url, with_metadata=True, **options)
        if found is None:
            return Read()
        said = found if isinstance(found, dict) else found.as_dict()
        return Read(said.get("text") or "", said.get("title"), _day(said.get("date")), said.get("sitename"))

    return read


def _trafilatura_precise() -> Reader:
    return _trafilatura(favor_precision=True)


def _readability() -> Reader:
    from lxml import html
    from readability import Document

    def read(page: Gold) -> Read:
        try:
            document = Document(decode(RawPage(page.data, page.file)).text)
            body = html.fromstring(document.summary())
            assert isinstance(body, html.HtmlElement)
            return Read(body.text_content(), document.short_title())
        except Exception as failed:  # noqa: BLE001  a peer that fails has read nothing; it shows in its row
            print(f"readability on {page.file}: {failed}", file=sys.stderr)
            return Read()

    return read


def _newspaper() -> Reader:
    import newspaper

    config = newspaper.Config()
    config.fetch_images = False

    def read(page: Gold) -> Read:
        article = newspaper.Article(page.url or "http://example.invalid/", language="zh", config=config)
        text = decode(RawPage(page.data, page.file)).text
        try:
            article.download(input_html=text)
            article.parse()
        except Exception as failed:  # noqa: BLE001  as above
            print(f"newspaper4k on {page.file}: {failed}", file=sys.stderr)
            return Read()
        return Read(article.text, article.title, _day(article.publish_date))

    return read


def _resiliparse() -> Reader:
    from resiliparse.extract.html2text import extract_plain_text

    def read(page: Gold) -> Read:
        text = decode(RawPage(page.data, page.file)).text
        return Read(extract_plain_text(text, main_content=True, alt_texts=False, links=False, preserve_formatting=True))

    return read


def _goose() -> Reader:
    from goose3 import Goose
    from goose3.text import StopWordsChinese

    goose = Goose({"stopwords_class": StopWordsChinese, "enable_image_fetching": False})

    def read(page: Gold) -> Read:
        try:
            found = goose.extract(raw_html=decode(RawPage(page.data, page.file)).text)
        except Exception as failed:  # noqa: BLE001  as above
            print(f"goose3 on {page.file}: {failed}", file=sys.stderr)
            return Read()
        return Read(found.cleaned_text, found.title, _day(found.publish_date))

    return read


def main(arguments: Sequence[str]) -> None:
    readers = [("ours", ours), *peers()]
    for folder in arguments:
        print(markdown(table(load(Path(folder)), readers)), "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
