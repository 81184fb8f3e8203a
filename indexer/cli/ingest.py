"""add, read, build: pages go in."""

from __future__ import annotations

import sys
from typing import Any

import click

from indexer.cli.common import json_flag, put_json, with_library
from indexer.cli.terminal import padded, printable
from indexer.crawl.addresses import is_address
from indexer.domain.catalogue import Outcome
from indexer.formats.json import added_json, reading_json
from indexer.formats.json.report_types import ReadingJson
from indexer.ingest.add import Added, Reading
from indexer.ingest.inputs import passed_over
from indexer.library import Library

_WORDS = {
    Outcome.ADDED: "新增",
    Outcome.UNCHANGED: "未变",
    Outcome.NEW_VERSION: "新版本",
    Outcome.SKIPPED: "略过",
}
_NOT_THERE = ("missing_file", "not_a_file", "unreadable", "fetch_failed")


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL…")
@json_flag
@with_library
def add(library: Library, inputs: tuple[str, ...], as_json: bool) -> int:
    """把文件、文件夹或网址收入存档；原样保存，不删不改。

    没有读到报告的页面也保存，并记下原因。有输入取不到（文件不存在、网址打不开）时，其余照常收入，退出码为 1。
    """
    counts = dict.fromkeys(Outcome, 0)
    lost = False
    for one in library.add(inputs):
        counts[one.outcome] += 1
        lost = lost or _not_there(one.reason)
        if as_json:
            put_json(added_json(one.file, one.url, one.report, one.outcome, one.reason))
        else:
            _show_added(one)
    if not as_json:
        told = "，".join(f"{_WORDS[outcome]} {count}" for outcome, count in counts.items() if count)
        click.echo(f"{told or '没有找到页面'}。" + ("运行 duibiao build 使其可查。" if counts[Outcome.ADDED] else ""))
    _tell_passed_over(inputs)
    return 1 if lost else 0


def _tell_passed_over(inputs: tuple[str, ...]) -> None:
    """On stderr, for whoever reads the JSON as well: a folder's files that were not looked at, by suffix."""
    counts = passed_over(inputs)
    if counts:
        kinds = "、".join(f"{suffix or '无后缀'} {count} 个" for suffix, count in list(counts.items())[:12])
        click.echo(f"文件夹里另有 {sum(counts.values())} 个文件不是网页或文档，没有读取：{printable(kinds)}", err=True)


def _show_added(one: Added) -> None:
    line = f"{padded(_WORDS[one.outcome], 8)}{padded(one.report or '', 14)}{printable(one.file)}"
    click.echo(line + (f"\n        {printable(one.reason.partition(': ')[2] or one.reason)}" if one.reason else ""))


def _not_there(reason: str | None) -> bool:
    return bool(reason) and str(reason).partition(":")[0] in _NOT_THERE


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE…")
@click.option("--url", help="这个文件取自哪个网址")
@click.option("--json", "as_json", is_flag=True, help="本命令总是输出 JSON")
@with_library
def read(library: Library, inputs: tuple[str, ...], url: str | None, as_json: bool) -> int:
    """只读不存：每个文件一行 JSON，写明读出了什么、依据在哪里。"""
    if url is not None and not is_address(url):
        raise click.BadParameter("应以 http:// 或 https:// 开头", param_hint="--url")
    lost = False
    for one in library.read(inputs, url):
        lost = lost or (one.skipped is not None and one.skipped.code in _NOT_THERE)
        put_json(_reading(one))
    _tell_passed_over(inputs)
    return 1 if lost else 0


def _reading(one: Reading) -> ReadingJson:
    return reading_json(one.file, one.url, one.report, one.skipped)


@click.command()
@click.option("--whole", is_flag=True, help="不沿用上一次的结果，全部重新读取和索引")
@with_library
def build(library: Library, whole: bool) -> None:
    """由存档建立目录和索引，建好后整体换上；中途停下，旧的照常使用。

    没有变的页面沿用上一次读出的结果，索引也只改变了的部分；词表、程序改过，就把受影响的全部重做。
    """
    stats = library.build(_Progress(), whole=whole)
    click.echo(
        f"已启用：{stats.reports} 份报告，{stats.passages} 个段落，{stats.figures} 个数字；略过 {stats.skipped} 页。"
    )


class _Progress:
    """A bar on a terminal, elsewhere a line at every tenth: a log of 10,000 lines tells nobody anything."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._done = 0

    def __call__(self, what: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            self._draw(what, done, total)
        elif total and (done == total or done * 10 // total > (done - 1) * 10 // total):
            click.echo(f"{what} {done}/{total}", err=True)

    def _draw(self, what: str, done: int, total: int) -> None:
        if done == 0:
            self._done = 0
            self._bar = click.progressbar(length=total, label=padded(what, 10), file=sys.stderr)
            self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(done - self._done)
            self._done = done
            if done >= total:
                self._bar.__exit__(None, None, None)
                self._bar = None


COMMANDS = (add, read, build)
