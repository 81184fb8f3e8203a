"""check, stats, serve: how it stands, and the browser's side."""

from __future__ import annotations

import errno
from collections import Counter

import click

from indexer.cli import terminal
from indexer.cli.common import json_flag, put_json, with_library
from indexer.cli.crawl import state_json, state_line
from indexer.errors import BadSetup, NoIndex
from indexer.formats import report_words
from indexer.formats.json import stats_json
from indexer.ingest.verify import told_of_changed
from indexer.library import Library


@click.command()
@json_flag
@with_library
def check(library: Library, as_json: bool) -> int:
    """核对配置、词表、存档和索引，说明哪里不对、该怎么办。有问题时退出码为 1。"""
    well = True
    for one in library.check():
        well = well and one.well
        if as_json:
            put_json({"part": one.part, "well": one.well, "message": one.message})
        else:
            sign = click.style("好", fg="green") if one.well else click.style("坏", fg="red", bold=True)
            click.echo(f"{sign}  {terminal.padded(one.part, 6)}{one.message}")
    return 0 if well else 1


@click.command()
@json_flag
@with_library
def stats(library: Library, as_json: bool) -> None:
    """现在的索引里有什么。"""
    found = library.stats()
    reasons = Counter(code for _, code, _ in library.skipped())
    if as_json:
        sites = [state_json(state) for state in library.crawling.states()]
        put_json(stats_json(found) | {"skipped_reasons": dict(reasons), "sites": sites})
        return
    skipped = "、".join(f"{code} {count}" for code, count in reasons.most_common())
    terminal.pairs(
        [
            ("报告", str(found.reports)),
            ("段落", str(found.passages)),
            ("数字", str(found.figures)),
            ("园区", str(found.zones)),
            ("略过", f"{found.skipped} 页{f'（{skipped}）' if skipped else ''}"),
            ("年份", [f"{year or '不明'} {count}" for year, count in found.years]),
            ("等级", [f"{grade} {count}" for grade, count in found.grades]),
            ("标记", [f"{report_words.FLAGS[flag]} {count}" for flag, count in found.flags]),
            ("建于", f"{found.built_at:%Y-%m-%d %H:%M:%S}" if found.built_at else None),
            ("注意", told_of_changed(found.changed_tables) if found.changed_tables else None),
            ("抓取", "\n".join(state_line(state) for state in library.crawling.states())),
        ]
    )


@click.command()
@click.option("--host", help="监听地址（默认见配置）")
@click.option("--port", type=click.IntRange(1, 65535), help="端口（默认见配置）")
@with_library
def serve(library: Library, host: str | None, port: int | None) -> None:
    """在浏览器里使用：启动网页服务。"""
    from webapp import create_app, server, telemetry  # only here: every other command does without the browser's side

    settings = library.settings.serve
    if settings.base_path and (not settings.base_path.startswith("/") or settings.base_path.endswith("/")):
        raise BadSetup("setup.base_path", path=settings.base_path)
    access_log = telemetry.log_to(settings.access_log, "duibiao.access")
    unanswered = telemetry.log_to(settings.unanswered_log, "duibiao.unanswered")
    host, port = host or settings.host, port or settings.port
    try:
        library.stats()
    except NoIndex as error:
        click.echo(f"提示：{error}", err=True)
    try:
        sockets = server.listening(host, port)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise BadSetup(f"{host} 的端口 {port} 已被占用。换一个 --port，或先停下占用它的程序。") from error
        raise BadSetup(f"不能在 {host}:{port} 上启动（{error}）。请检查 --host 和 --port。") from error
    app = create_app(
        library,
        hosts=(*settings.hosts, host),
        base_path=settings.base_path,
        proxies=settings.proxies,
        unanswered=unanswered,
        origins=settings.cors_origins,
    )
    server.warm(app)  # tables once, here, for all processes to share
    library.close()  # each opens the build for itself
    click.echo(f"http://{host}:{port}  按 Ctrl-C 停止")
    if not _is_local(host):
        click.echo("提示：同一网络里的任何人都能打开它；给别人用时，前面请放一个反向代理。", err=True)
    server.serve(
        app,
        settings.processes,
        sockets,
        seconds=settings.answer_seconds,
        damaged=library.damaged,
        access_log=access_log,
        base_path=settings.base_path,
    )


def _is_local(host: str) -> bool:
    return host == "localhost" or host.startswith("127.") or host in ("::1", "[::1]")


COMMANDS = (check, stats, serve)
