"""crawl: the sites of config.toml, kept up to date."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

import click

from indexer.cli import terminal
from indexer.cli.common import json_flag, put_json, with_library
from indexer.crawl.events import SiteProgress
from indexer.crawl.frontier import SiteState
from indexer.crawl.health import health_line, unwell
from indexer.crawl.sample import SampledPage
from indexer.crawl.sites import Site
from indexer.domain.report import Report
from indexer.errors import Busy
from indexer.library import Library

_LINE_EVERY = 30.0  # seconds between two lines of progress where no terminal shows them
REASONS = {
    "complete": "完成",
    "max_pages": "到了页数上限，余下的下次接着取",
    "max_total_bytes": "到了字节上限，余下的下次接着取",
    "max_seconds": "到了时间上限，余下的下次接着取",
    "unreachable": "网站没有应答或要求稍后再来，余下的下次接着取",
    "settings changed": "中断后改了配置",
}
_KINDS = {"start": "起始页", "list": "列表页", "sitemap": "网站地图", "report": "报告页", "part": "后续页"}
_KINDS |= {"attachment": "附件"}


@click.command()
@click.argument("names", nargs=-1, metavar="[SITE…]")
@click.option("--check", "sample", metavar="SITE", help="取三个页面看看会读出什么，不保存")
@click.option("--dry-run", is_flag=True, help="只列出将要取什么，不访问网络")
@click.option("--suggest", metavar="URL", help="看一个栏目页或首页，写出一节 [[site]] 供修改")
@click.option("--health", is_flag=True, help="只报一行健康状况；有网站太久没有取到时退出码为 1")
@click.option("--no-build", is_flag=True, help="取完不建索引，留待 duibiao build")
@json_flag
@with_library
def crawl(
    library: Library,
    names: tuple[str, ...],
    sample: str | None,
    dry_run: bool,
    suggest: str | None,
    health: bool,
    no_build: bool,
    as_json: bool,
) -> int:
    """按 config.toml 的 [[site]] 取网页：守 robots.txt，有间隔，断了接着取；取完把变了的建进索引。

    不写 SITE 就取全部。取不到的网站记下原因，其余照常；有网站没有应答时退出码为 1。
    """
    if suggest:
        click.echo(library.crawling.suggest(suggest), nl=False)
        return 0
    if sample:
        return _show_sample(library, sample, as_json=as_json)
    sites = library.crawling.sites(names)
    if dry_run:
        return _show_plan(library, sites, as_json=as_json)
    if health:
        return _show_health(library, sites)
    progress = _Progress()
    with library.crawling.crawler(progress) as crawler, _stopped_by_signals(crawler.stop):
        results = crawler.run(sites)
    progress.end()
    states = [state for state in library.crawling.states() if state.site in {site.name for site in sites}]
    for state in states:
        if as_json:
            put_json(state_json(state))
        else:
            click.echo(state_line(state))
    if not no_build and any(result.kept for result in results):
        _build(library)
    _show_health(library, sites)
    return 1 if any(result.finished == "unreachable" for result in results) else 0


def _build(library: Library) -> None:
    try:
        stats = library.build()
    except Busy as busy:
        click.echo(f"提示：{busy}取到的页面已保存，等它结束后再运行一次 duibiao build。", err=True)
        return
    click.echo(f"索引已更新：{stats.reports} 份报告，{stats.passages} 个段落。", err=True)


@contextmanager
def _stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C and the stop of a service end what is being fetched and leave the rest; a second one ends at once."""

    def handle(number: int, frame: FrameType | None) -> None:
        for each in before:
            signal.signal(each, before[each])
        click.echo("正在收尾，再按一次 Ctrl-C 立即停止。", err=True)
        stop()

    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    for each in before:
        signal.signal(each, handle)
    try:
        yield
    finally:
        for each in before:
            signal.signal(each, before[each])


class _Progress:
    """A line for each site on a terminal, drawn over; elsewhere a plain line every half minute."""

    def __init__(self) -> None:
        self._lines = 0
        self._shown = time.monotonic()

    def __call__(self, sites: Sequence[SiteProgress]) -> None:
        if sys.stderr.isatty():
            if self._lines:
                click.echo(f"\x1b[{self._lines}A", nl=False, err=True)
            for site in sites:
                click.echo(f"\x1b[2K{terminal.cut(progress_line(site), terminal.screen())}", err=True)
            self._lines = len(sites)
        elif time.monotonic() - self._shown >= _LINE_EVERY:
            self._shown = time.monotonic()
            for site in sites:
                if site.finished is None:
                    click.echo(progress_line(site), err=True)

    def end(self) -> None:
        self._lines = 0


def progress_line(site: SiteProgress) -> str:
    """How far one site is: rate, what waits, the time left by that rate."""
    if site.finished:
        return f"{site.site}：{site.fetched} 页，新增或变了 {site.kept}，出错 {site.errors}；{REASONS[site.finished]}"
    left = site.seconds_left
    minutes = f"，约剩 {left / 60:.0f} 分钟" if left is not None else ""
    return (
        f"{site.site}：{site.fetched} 页，每分钟 {site.per_minute:.0f} 页，新增或变了 {site.kept}，出错 {site.errors}，"
        f"待取 {site.waiting}{minutes}"
    )


def _show_health(library: Library, sites: Sequence[Site]) -> int:
    names = [site.name for site in sites]
    states = library.crawling.states()
    now, most_age = datetime.now(UTC), timedelta(hours=library.settings.crawl.alert_hours)
    click.echo(health_line(names, states, now, most_age))
    return 1 if unwell(names, states, now, most_age) else 0


def _show_plan(library: Library, sites: Sequence[Site], *, as_json: bool) -> int:
    for site in sites:
        planned = library.crawling.plan(site)
        known = sum(planned.values())
        requests = min(site.max_pages, max(known, len(site.start)))
        seconds = requests * site.delay_seconds / site.concurrency
        if as_json:
            put_json({"site": site.name, "start": list(site.start), "known": planned, "least_seconds": seconds})
            continue
        click.echo(click.style(site.name, bold=True))
        terminal.pairs(
            [
                ("起始页", "\n".join(site.start)),
                ("已知待取", "、".join(f"{_KINDS[kind]} {count}" for kind, count in planned.items()) or "尚未取过"),
                ("上限", f"{site.max_pages} 页，{site.max_total_bytes:,} 字节，深 {site.max_depth} 层"),
                ("间隔", f"{site.delay_seconds:g} 秒，同时 {site.concurrency} 个；robots.txt 要求更久就更久"),
                ("至少用时", f"{seconds / 60:.0f} 分钟（不算新发现的页面）"),
            ]
        )
    return 0


def _show_sample(library: Library, name: str, *, as_json: bool) -> int:
    (site,) = library.crawling.sites([name])
    for page in library.crawling.sample(site):
        if as_json:
            put_json(_sample_json(page))
            continue
        click.echo(click.style(page.url, bold=True))
        links = "、".join(f"{_KINDS[kind]} {count}" for kind, count in page.links.items())
        terminal.pairs([("链接", links or "没有要跟的"), *_read_pairs(page)])
    return 0


def _read_pairs(page: SampledPage) -> list[tuple[str, str | None]]:
    if page.read is None:
        return [("读作", "列表页，只跟链接")]
    if not isinstance(page.read, Report):
        return [("读作", f"不是报告：{page.read.message}")]
    report = page.read
    return [
        ("标题", report.title or "（无标题）"),
        ("发布", report.published_on.isoformat() if report.published_on else "不明"),
        ("园区", report.zone.short or report.zone.name or "未写明"),
        ("报告期", str(report.years.report or "不明")),
        ("正文", f"{len(report.text)} 字，{len(report.passages)} 段，附件 {len(report.attachments)}"),
        ("等级", report.quality.grade.value),
    ]


def _sample_json(page: SampledPage) -> dict[str, Any]:
    report = page.read if isinstance(page.read, Report) else None
    return {
        "url": page.url,
        "kind": page.kind,
        "links": page.links,
        "title": report.title if report else None,
        "published_on": report.published_on.isoformat() if report and report.published_on else None,
        "zone": (report.zone.short or report.zone.name) if report else None,
        "year": report.years.report if report else None,
        "passages": len(report.passages) if report else None,
        "skipped": str(page.read) if page.read is not None and report is None else None,
    }


def state_json(state: SiteState) -> dict[str, Any]:
    """A site in ``crawl --json`` and ``stats --json``."""
    return {
        "site": state.site,
        "started_at": state.started_at.isoformat() if state.started_at else None,
        "finished_at": state.finished_at.isoformat() if state.finished_at else None,
        "reason": state.reason,
        "last_success": state.last_success.isoformat() if state.last_success else None,
        "outcomes": state.outcomes,
        "skipped": state.skipped,
        "bytes": state.bytes,
        "waiting": state.waiting,
        "known": state.known,
    }


OUTCOMES = {
    "added": "新增",
    "new_version": "新版本",
    "unchanged": "未变",
    "not_modified": "未变（304）",
    "no_report": "没有报告",
    "list": "列表",
    "sitemap": "网站地图",
    "redirect": "转向",
    "vanished": "已不在",
    "missing": "没有这一页",
    "robots": "robots 不许",
    "refused": "不许访问的地址",
    "challenge": "要求浏览器验证",
    "skipped": "略过",
    "error": "出错",
}


def state_line(state: SiteState) -> str:
    """A site in ``crawl`` and ``stats``: what became of its last crawl."""
    counts = "，".join(f"{OUTCOMES[name]} {state.outcomes[name]}" for name in OUTCOMES if state.outcomes.get(name))
    reasons = "、".join(f"{code} {count}" for code, count in sorted(state.skipped.items(), key=lambda one: -one[1]))
    success = f"{state.last_success:%Y-%m-%d %H:%M} UTC" if state.last_success else "还没有成功过"
    ended = REASONS.get(state.reason or "", "进行中或被中断，下次接着取")
    return (
        f"{state.site}：{counts or '没有取到页面'}{f'（原因：{reasons}）' if reasons else ''}；{state.bytes:,} 字节；"
        f"待取 {state.waiting}；{ended}；上次成功 {success}"
    )


COMMANDS = (crawl,)
