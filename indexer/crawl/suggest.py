"""A [[site]] block written from one look at a page or a site, for a person to edit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from indexer.crawl.addresses import normalised
from indexer.crawl.fetcher import Response
from indexer.crawl.guard import Refused
from indexer.crawl.links import Link, links_of
from indexer.crawl.sample import PoliteVisit
from indexer.errors import FetchFailed, Skip
from indexer.locale import LazyText, say
from indexer.pipeline.decode import decode
from indexer.pipeline.extract.families import family_of
from indexer.pipeline.extract.markup import open_markup
from indexer.settings import Settings

_TITLE = 8  # characters of a linked title; names of columns are shorter
_LEAST = 3  # links of one pattern; fewer may be chance
_PATTERNS = 3
_LONGEST_QUERY = 30  # characters; what is longer counts visits
# What the columns are called in which zones publish what they did (信息公开 catalogues of several provinces).
_COLUMNS = re.compile(
    r"工作总结|总结|计划|规划|工作报告|统计|公报|信息公开|政务公开|园区动态|工作动态|要闻|招商|营商环境|政策|文件|通知公告|年报"
)
_DATE = re.compile(r"(?:19|20)\d{2}[-/.年]?\d{1,2}")


@dataclass(frozen=True, slots=True)
class _Pattern:
    regex: str
    links: int
    example: Link


def suggested(settings: Settings, url: str) -> str:
    """TOML with comments. Raises FetchFailed."""
    private = (*settings.fetch.private_hosts, *(host for site in settings.sites for host in site.private_hosts))
    with closing(PoliteVisit(settings, private, settings.crawl.delay_seconds)) as visit:
        response = visit.get(normalised(url))
        sitemaps = visit.robots.sitemaps(response.url)
        delay = visit.robots.verdict(response.url).delay
        return _block(response, sitemaps, delay, settings.crawl.delay_seconds)


def _block(response: Response, sitemaps: Sequence[str], delay: float | None, usual: float) -> str:
    try:
        decoded = decode(response.page())
    except Skip as skip:
        raise FetchFailed("fetch.not_a_page", url=response.url, reason=skip.message) from skip
    links = links_of(decoded.text)
    here = urlsplit(response.url)
    inside = [
        Link(address, link.text)
        for link in (*links.pages, *links.files)
        if (address := _joined(link.address, response.url, decoded.encoding))
        and urlsplit(address).netloc == here.netloc
    ]
    turned = {_joined(address, response.url, decoded.encoding) for address in links.next_pages}
    patterns = report_patterns(link for link in inside if link.address not in turned)
    columns = _columns(inside, patterns)
    family = family_of(open_markup(decoded.text, response.url)).name
    robots = LazyText("crawl.robots_allow")
    if delay is not None:
        robots = LazyText("crawl.robots_delay", seconds=delay)
    lines = [
        f"# {response.url}",
        f"# {say('crawl.family', family=family, robots=robots)}",
        *(f"# {say('crawl.sitemap', url=address)}" for address in sitemaps[:5]),
        f"# {say('crawl.links', links=len(inside), next_pages=len(turned))}",
        "[[site]]",
        f"name = {_text(re.sub(r'^www[.]', '', here.hostname or 'site'))}",
        f"start = [{_text(response.url)}]",
    ]
    lines += [f"#        {_text(link.address)}  {link.text[:30]}" for link in columns]
    folder = re.escape(_folder(response.url)).replace(chr(92) + "-", "-")
    lines.append(f"allow = [{_text('^' + folder)}]  # {say('crawl.narrow')}")
    if patterns:
        lines.append(f"reports = [{', '.join(_text(pattern.regex) for pattern in patterns)}]")
        lines += [
            f"#   {say('crawl.pattern', links=one.links, url=one.example.address, text=one.example.text[:30])}"
            for one in patterns
        ]
    else:
        lines.append(f"reports = []  # {say('crawl.no_pattern')}")
    lines += [f"delay_seconds = {max(usual, delay or 0.0):g}", "max_pages = 1000"]
    return "\n".join(lines) + "\n"


def report_patterns(links: Iterable[Link]) -> list[_Pattern]:
    """What the addresses of long linked titles have in common, digits set aside; the most frequent first."""
    groups: dict[str, list[Link]] = {}
    for link in {link.address: link for link in links}.values():
        path = urlsplit(link.address).path
        if len(link.text) >= _TITLE and re.search(r"\d", path):
            groups.setdefault(_general(link.address), []).append(link)
    large = [_Pattern(regex, len(group), group[0]) for regex, group in groups.items() if len(group) >= _LEAST]
    return sorted(large, key=lambda one: -one.links)[:_PATTERNS]


def _general(address: str) -> str:
    """The last two parts of the path as a regular expression: /202301/t20230105_88.html → /\\d{6}/t\\d{8}_\\d+…"""
    parts = urlsplit(address)
    tail = "/".join(parts.path.split("/")[-2:]).lstrip("/")
    query = f"?{parts.query}" if 0 < len(parts.query) <= _LONGEST_QUERY else ""

    def digits(found: re.Match[str]) -> str:
        length = len(found.group())
        return rf"\d{{{length}}}" if length in (4, 6, 8) and _DATE.match(found.group()) else r"\d+"

    end = "$" if query or not parts.query else r"\?"
    pieces = re.split(r"(\d+)", tail + query)
    return "/" + "".join(digits(m) if (m := re.fullmatch(r"\d+", one)) else _escaped(one) for one in pieces) + end


def _escaped(text: str) -> str:
    return re.sub(r"([.?+*()\[\]{}|^$\\])", r"\\\1", text)


def _columns(links: Sequence[Link], patterns: Sequence[_Pattern]) -> list[Link]:
    """Columns that may hold reports, by their names."""
    reports = [re.compile(pattern.regex) for pattern in patterns]
    named = [link for link in links if len(link.text) <= 15 and _COLUMNS.search(link.text)]
    counts = Counter(link.address for link in named)
    unique = {link.address: link for link in named if counts[link.address]}
    return [link for link in unique.values() if not any(one.search(link.address) for one in reports)][:8]


def _folder(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _joined(address: str, base: str, encoding: str) -> str | None:
    try:
        return normalised(address, base, encoding)
    except Refused:
        return None


def _text(text: str) -> str:
    """A string of TOML: literal where it can be, for patterns are full of backslashes."""
    if "'" not in text and not any(character < " " for character in text):
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
