"""Hostile text in every field of a page, through every page, file to take home, feed, API and answer to an assistant:
nothing becomes an element, an attribute, a link that runs, a formula, a header, or a mark that turns the words around.
In a browser: hostile_in_browser.py."""

from __future__ import annotations

import html
import importlib.util
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import quote

from indexer.library import Library
from tests.reliability.bench import ZONES, asked, opened, run, told, work_folder
from tests.reliability.hostile_checks import faults_of, in_json
from tests.reliability.payloads import PAYLOADS
from tests.unit.pages import OTHER_WORK, WORK
from webapp import create_app

_THEMES = ("招商引资", "营商环境")
_FILES = ("csv", "xlsx", "docx", "json")


def main() -> None:
    asked()
    logging.disable(logging.CRITICAL)
    counts: Counter[str] = Counter()
    found: dict[str, list[str]] = {}  # fault → where
    with hostile_library() as library:
        counts["payloads"], counts["reports with them"] = len(PAYLOADS), len(library.taken_in())
        client = create_app(library).test_client()
        for address in (*addresses(library), *_taken_home(library)):
            answer = client.get(address)
            counts[f"{answer.status_code} {answer.mimetype}"] += 1
            for fault in faults_of(answer):
                found.setdefault(fault, []).append(address)
        for name, body in _told_to_assistants(library):
            counts["answers to assistants"] += 1
            for fault in in_json(body):
                found.setdefault(fault, []).append(name)
    told(counts, [f"{fault}, {len(where)} times: {' '.join(where[:4])[:240]}" for fault, where in found.items()])


@contextmanager
def hostile_library() -> Iterator[Library]:
    """Reports with each payload in every field, as it is and escaped, and once below a text that it can't swallow."""
    with work_folder() as folder:
        pages, data = folder / "pages", folder / "data"
        pages.mkdir()
        for n, payload in enumerate(PAYLOADS):
            escaped = html.escape(payload)
            for how, above, below in (("raw", payload, payload), ("escaped", escaped, escaped), ("below", "", payload)):
                # what may be a name of a file is a part of it
                name = re.sub(r"[/\0\ud800-\udfff]", "", payload).encode()[:120].decode("utf-8", "ignore")
                file = pages / f"{n:03}-{how}{name if how == 'raw' else ''}.html"
                file.write_bytes(_page(3 * n + len(how) % 3, above, below).encode("utf-8", "replace"))
        run(data, "add", str(pages))
        assert run(data, "build").returncode == 0
        with closing(opened(data)) as library:
            yield library


def _page(n: int, above: str, below: str) -> str:
    """``above`` and ``below``: what stands in the fields before and after the text, in a report that is otherwise
    read and is no copy of another."""
    zone, year = ZONES[n % len(ZONES)], 2008 + n % 17
    lines = [line.replace("41", str(41 + n)).replace("2023", str(year + 1)) for line in (WORK, OTHER_WORK)[n % 2]]
    body = "".join(f"<p>{line[: 20 + n % 11]}{n}{line[20 + n % 11 :]}</p>" for line in lines)
    title = f"{zone}{year}年工作总结{n} {above[:60]}"
    fields = {"ArticleTitle": title, "ContentSource": above, "SiteName": above, "Url": above, "Author": above}
    metas = "".join(f'<meta name="{name}" content="{html.escape(value)}">' for name, value in fields.items())
    return (
        f'<html><head><meta charset="utf-8">{metas}</head><body><h1>{title}</h1><p>来源：{above}</p>{body}'
        f"<p>{year}年，招商引资到位资金{n + 3}亿元，{below}。</p><p>一是{below}</p>"
        f"<table><tr><td>固定资产投资</td><td>{n}亿元</td><td>{below}</td></tr></table>"
        f'<a href="{html.escape(below)}.pdf">附件{below}.pdf</a></body></html>'
    )


def addresses(library: Library) -> list[str]:
    """Every kind of page over those reports, and each payload in every parameter."""
    reports = sorted(library.taken_in())
    zones = [quote(zone) for zone in ZONES]
    found = ["/", "/zones", "/practices", "/indicators", "/matrix", "/about", "/search?q=高新区&sort=date"]
    found += [f"/search?q=招商&limit=100&page={page}" for page in range(1, 12)]
    found += [f"/compare?theme={theme}&zone={zones[0]}&zone={zone}" for theme in _THEMES for zone in zones[1:]]
    for zone in zones:
        found += [f"/zones/{zone}", f"/gaps?zone={zone}", f"/figures?indicator=固定资产投资&zone={zone}"]
    found += [f"/doc/{one}" for one in reports]
    found += [
        f"/doc/{one}{more}"
        for one in reports[::5]
        for more in ("?q=招商", "?view=original", "/cite", "/cite?p=0", "?lang=en")
    ]
    found.append("/tray?" + "&".join(f"item={one}:0" for one in reports[:40]))
    known = ("/search?q={}", "/search?q=招商&zone={}", "/compare?theme={0}&zone={0}", "/doc/{}", "/{}", "/zones/{}")
    for payload in PAYLOADS:
        quoted = quote(payload[:150], safe="", errors="replace")
        found += [
            one.format(quoted) for one in (*known, "/similar?text={}", "/tray?item={0}&zone={0}", "/matrix?rows={}")
        ]
    return found


def _taken_home(library: Library) -> list[str]:
    """Every file, feed and answer of the API."""
    reports, zone = sorted(library.taken_in()), quote(ZONES[0])
    tray = "&".join(f"item={one}:0" for one in reports[:50])
    pages = [("/matrix", ""), ("/tray", f"?{tray}"), *(("/gaps", f"?zone={quote(one)}") for one in ZONES)]
    pages += [("/figures", f"?indicator=固定资产投资&zone={quote(one)}") for one in ZONES]
    pages += [("/compare", f"?theme={theme}&zone={zone}&zone={quote(one)}") for theme in _THEMES for one in ZONES[1:]]
    pages += [("/search", f"?q=招商&limit=100&page={page}") for page in range(1, 12)]
    found = [f"{path}.{kind}{query}" for path, query in pages for kind in _FILES]
    found += ["/search.atom?q=招商", "/search.atom", "/sitemap.xml", "/opensearch.xml", "/api/v1/stats", "/robots.txt"]
    found += [f"/doc/{one}.json" for one in reports] + [f"/doc/{one}/raw" for one in reports[::3]]
    for payload in PAYLOADS:
        quoted = quote(payload[:150], safe="", errors="replace")
        known = ("/search.atom?q={}", "/opensearch/suggest?q={}", "/api/v1/suggest?q={}", "/search.csv?q=招商&zone={}")
        found += [one.format(quoted) for one in (*known, "/api/v1/search?q={}")]
    return found


def _told_to_assistants(library: Library) -> Iterator[tuple[str, bytes]]:
    """Where the extra is installed."""
    if importlib.util.find_spec("mcp") is None:
        return
    import msgspec

    from indexer.mcp_server.tools import Tools

    tools = Tools(library)
    for page in range(1, 12):
        yield f"search, page {page}", msgspec.json.encode(tools.search("招商", limit=50, page=page))
    for one in sorted(library.taken_in())[::4]:
        yield f"report {one}", msgspec.json.encode(tools.report(one))
    for theme in _THEMES:
        yield f"compare {theme}", msgspec.json.encode(tools.compare(theme, list(ZONES[:4])))
    for zone in ZONES:
        yield f"gaps {zone}", msgspec.json.encode(tools.gaps(zone))


if __name__ == "__main__":
    main()
