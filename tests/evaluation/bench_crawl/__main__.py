"""Our crawl beside Scrapy's and crawlee's over one local site: pages a second, CPU a page, what a kill costs.

    python -m tests.evaluation.bench_crawl [--reports 400] [--peers .venv/crawlers/bin/python] [--write FILE]

All obey robots.txt, wait for nothing and ask for two pages at a time. Ours reads each report and keeps it with its
WARC record; the others write each into a file. Then each is killed (SIGKILL) after a third of its requests and started
again.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from indexer.library import Library
from tests.crawl.site_server import Portal, config, html, portal, report, report_path, served

CONCURRENCY = 2
PARAGRAPH = "园区各部门按照年初确定的任务分工，逐项抓好落实，月度调度、季度通报、年终考核，形成了比较完整的工作闭环。"
HERE = Path(__file__).parent
START, END = "<!-- bench-crawl -->", "<!-- /bench-crawl -->"


@dataclass(frozen=True)
class Crawler:
    name: str
    command: Callable[[str, Path], list[str]]
    kept: Callable[[Path], int]


@dataclass(frozen=True)
class Measured:
    seconds: float
    cpu: float
    kept: int
    peak_mb: float
    kept_after_kill: int
    asked_again: int
    forbidden: int


def big_portal(reports: int) -> Portal:
    """Pages of some 25 KB, as portals send them, on lists that plain links turn: peers don't read TRS's script."""
    site = portal(reports)
    filler = "".join(f"<p>{number}．{PARAGRAPH}</p>" for number in range(150))
    for number in range(reports):
        site.pages[report_path(number)] = report(number, filler)
    lists = sorted(path for path in site.pages if path.startswith("/gzzj/index"))
    turning = "".join(f'<a href="{path}">{at}</a>' for at, path in enumerate(lists, 1))
    for path in lists:
        body = site.pages[path].body.decode().partition("<body>")[2].partition("</body>")[0]
        site.pages[path] = html("工作总结", body + turning)
    return site


def ours(url: str, folder: Path) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    file = config(folder, url, concurrency=CONCURRENCY, max_pages=100_000)
    return [sys.executable, "-m", "indexer", "crawl", "--no-build", "--config", str(file)]


def unread(url: str, folder: Path) -> list[str]:
    return [sys.executable, "-m", "tests.evaluation.bench_crawl.unread", ours(url, folder)[-1]]


def our_pages(folder: Path) -> int:
    with closing(Library.open(folder / "config.toml")) as library:
        return len(library._open_archive().keys())


def crawlers(peers: Path) -> list[Crawler]:
    def files(folder: Path) -> int:
        return sum(1 for _ in (folder / "pages").glob("*"))

    def peer(script: str) -> Callable[[str, Path], list[str]]:
        return lambda url, folder: [str(peers), str(HERE / script), url, str(folder), str(CONCURRENCY)]

    found = [Crawler("duibiao crawl", ours, our_pages), Crawler("the same, reports unread", unread, our_pages)]
    if peers.exists():
        found += [Crawler("Scrapy", peer("scrapy_peer.py"), files), Crawler("crawlee", peer("crawlee_peer.py"), files)]
    return found


def measured(crawler: Crawler, reports: int, folder: Path) -> Measured:
    site = big_portal(reports)
    with served(site) as url:
        began = time.perf_counter()
        process = subprocess.Popen(crawler.command(url, folder / "whole"), stdout=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        forbidden = sum("/nb/" in path for path in site.paths())
        site.forget()
        command = crawler.command(url, folder / "killed")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        while len(site.requests) < reports // 3 and process.poll() is None:
            time.sleep(0.002)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False, timeout=300)
        forbidden += sum("/nb/" in path for path in site.paths())
        asked = Counter(path for path in site.paths() if "/t2016" in path)
    return Measured(
        seconds,
        usage.ru_utime + usage.ru_stime,
        crawler.kept(folder / "whole"),
        usage.ru_maxrss / 1024,
        crawler.kept(folder / "killed"),
        sum(asked.values()) - len(asked),
        forbidden,
    )


def table(reports: int, found: dict[str, Measured]) -> str:
    columns = [
        "",
        "kept",
        "pages a second",
        "CPU a page",
        "peak memory",
        "kept after a kill and a new start",
        "asked again",
    ]
    columns.append("forbidden pages asked for")
    lines = [
        f"{reports} reports of 25 KB, {CONCURRENCY} requests at a time, no delay; the start of Python is in it.",
        "",
        f"| {' | '.join(columns)} |",
        "|" + "---|" * len(columns),
    ]
    for name, one in found.items():
        lines.append(
            f"| {name} | {one.kept} | {one.kept / one.seconds:.0f} | {one.cpu / max(1, one.kept) * 1000:.0f} ms |"
            f" {one.peak_mb:.0f} MB | {one.kept_after_kill} | {one.asked_again} | {one.forbidden} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--peers", type=Path, default=Path(".venv/crawlers/bin/python"))
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    found: dict[str, Measured] = {}
    for crawler in crawlers(options.peers):
        with tempfile.TemporaryDirectory() as folder:
            found[crawler.name] = measured(crawler, options.reports, Path(folder))
            print(crawler.name, found[crawler.name], flush=True)
    text = table(options.reports, found)
    print(text)
    if options.write:
        page = options.write.read_text(encoding="utf-8")
        head, tail = page.partition(START)[0], page.partition(END)[2]
        options.write.write_text(f"{head}{START}\n{text}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
