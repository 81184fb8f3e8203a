"""search, show, mirrors: what lies there is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from indexer.cli import terminal
from indexer.cli.common import Command, format_option, json_flag, put_file, put_json, with_library
from indexer.domain.catalogue import StoredReport
from indexer.domain.facets import FACETS
from indexer.domain.query import Query
from indexer.domain.results import Hit, ResultPage
from indexer.domain.suggestions import Offer
from indexer.formats import report_words, tables
from indexer.formats.files import WRITERS
from indexer.formats.json import cluster_json, history_json, result_json, stored_json
from indexer.library import Library

LOOSENED = "整句提问，已按“宽松”查找：含其中一部分词的段落也在内，最贴近的在前。"
_FACET_ITEMS = 8
_FILTERS = (
    *((f"--{facet.parameter}", f"{facet.noun}：{facet.help}", True) for facet in FACETS),
    ("--basis", "年份口径：passage 段落所述（默认）、report 报告期、published 发布、plan 计划年", False),
    ("--match", "匹配：exact 精确、words 普通、synonyms 含近义（默认）、loose 宽松", False),
    ("--without", "不要添上的近义词", True),
    ("--sort", "排序：relevance 相关、date 时间", False),
    ("--limit", "每页条数", False),
    ("--page", "第几页", False),
)


def _filters(command: Command) -> Command:
    """All of them as plain text: what they may be is decided in one place, for the command and the address alike."""
    for name, words, several in reversed(_FILTERS):
        command = click.option(name, help=words, multiple=several)(command)
    return command


@click.command()
@click.argument("question", nargs=-1, metavar="QUERY")
@_filters
@click.option("--plain", is_flag=True, help="词按原样查，不把其中的园区、年份读作筛选")
@format_option("csv", "xlsx", "docx")
@json_flag
@with_library
def search(library: Library, question: tuple[str, ...], form: str, as_json: bool, plain: bool, **filters: Any) -> None:
    """按段落检索。加引号逐字匹配；减号排除；OR 任选其一。只给筛选条件也可以。"""
    params: dict[str, Sequence[str]] = {"q": [" ".join(question)], **({"plain": ["1"]} if plain else {})}
    for name, value in filters.items():
        if value:
            params[name] = list(value) if isinstance(value, tuple) else [value]
    query = library.question(params)
    page = library.search(query)
    meant = library.meant(query, page)
    if as_json or form == "json":
        put_json(result_json(page, query, meant))
        return
    if form in WRITERS:
        put_file(tables.hits(page, "", "", date.today()), form)
        return
    if query.understood:
        told = " · ".join(f"{one.noun} {one.value}" for one in query.understood)
        click.echo(f"已理解为：{told}{f' · {query.text}' if query.text else ''}（按原词查：--plain）", err=True)
    for warning in dict.fromkeys((*query.warnings, *page.warnings)):
        click.echo(f"提示：{warning}", err=True)
    if meant:
        click.echo(f"你是不是要找：{'、'.join(_offer(one) for one in meant)}")
    _show_results(page, query)


def _offer(one: Offer) -> str:
    where = f"--zone {one.zone}，" if one.zone else ""
    return f"{one.text or one.zone}（{where}{one.passages} 处）"


def _show_results(page: ResultPage, query: Query) -> None:
    if not page.total:
        click.echo("没有找到。可以换个说法、去掉引号或放宽筛选。")
        return
    partly = "含一部分词的 " if page.loosened or query.partly else ""
    told = f"{partly}{page.total} 处，出自 {page.reports} 份报告"
    click.echo(told + (f"（第 {query.page} 页，共 {page.pages} 页）" if page.pages > 1 else ""))
    if page.expanded:
        click.echo(f"同时查找：{'、'.join(page.expanded)}（不要哪个，用 --without）")
    if query.loosened:
        click.echo(LOOSENED)
    for at, hit in enumerate(page.hits, (query.page - 1) * query.limit + 1):
        click.echo()
        _show_hit(at, hit)
    click.echo()
    terminal.pairs([(one.noun, _counts(page, one.name)) for one in FACETS if len(page.facets.get(one.name, ())) > 1])


def _show_hit(at: int, hit: Hit) -> None:
    one = hit.passage
    year = f"{one.year}年" if one.year else "年份不明"
    where = " · ".join(
        part for part in (one.zone_label or "未写明园区", one.province, year + (one.period or "")) if part
    )
    kind = " ".join((one.status.value, *one.themes))
    click.echo(f"{at:>3}  {click.style(where, bold=True)}  [{kind}]  {one.grade.value}")
    click.echo(f"     {terminal.cut(one.title or '（无标题）', terminal.screen() - 5)}")
    for line in terminal.wrapped_marked(hit.snippet, hit.marks, terminal.screen() - 5):
        click.echo(f"     {line}")
    mirrors = f"  另有 {len(one.mirrors)} 份镜像" if one.mirrors else ""
    click.echo(click.style(f"     {one.report}:{one.seq}  {one.url or ''}{mirrors}", dim=True))


def _counts(page: ResultPage, name: str) -> list[str]:
    counts = page.facets[name]
    told = [f"{one.value or '不明'} {one.passages}" for one in counts[:_FACET_ITEMS]]
    return told + ([f"……共 {len(counts)} 项"] if len(counts) > _FACET_ITEMS else [])


@click.command()
@click.argument("report", metavar="REPORT")
@json_flag
@with_library
def show(library: Library, report: str, as_json: bool) -> None:
    """一份报告读出了什么、依据何在，它的镜像和历次版本。"""
    stored = library.report(report)
    history = library.history(report)
    if as_json:
        put_json({**stored_json(stored), **history_json(history)})
        return
    _show_report(stored, history.vanished)
    for one in history.changes:
        click.echo(f"\n{one.newer.added_at:%Y-%m-%d %H:%M} 的版本与前一版相比：{one.unreadable or ''}")
        for sign, lines in (("－", one.removed), ("＋", one.added)):
            for line in lines:
                click.echo(terminal.cut(f"{sign} {line}", terminal.screen()))


def _show_report(stored: StoredReport, vanished: str | None) -> None:
    report = stored.report
    zone, years, quality = report.zone, report.years, report.quality
    named = " · ".join(
        part for part in (zone.short or zone.name, zone.type, zone.level, zone.province, zone.city) if part
    )
    click.echo(click.style(report.title or "（无标题）", bold=True))
    terminal.pairs(
        [
            ("编号", stored.id),
            (
                "出处",
                f"{report.url}（页面自称）" if report.url and "url" in report.origins else report.url or stored.file,
            ),
            ("现状", vanished),
            ("发布", report.published_on.isoformat() if report.published_on else "不明"),
            ("来源", report.source),
            ("体裁", report.genre.value),
            ("园区", f"{named or '未写明'}（{zone.status.value}）"),
            ("园区出入", zone.conflict),
            ("线索", "、".join(zone.hints)),
            ("报告期", f"{years.report or '不明'}{' ' + years.period if years.period else ''}"),
            ("计划年", str(years.plan) if years.plan else None),
            ("年份出入", years.conflict),
            (
                "年份依据",
                "；".join(
                    f"{one.note or one.text}（{one.kind.value}{'' if one.trusted else '，不采信'}）"
                    for one in years.evidence
                ),
            ),
            ("等级", [quality.grade.value, *(report_words.FLAGS[flag] for flag in quality.flags)]),
            ("脱敏", "、".join(f"{kind} {count} 处" for kind, count in quality.masks.items())),
            ("附件", "\n".join(one.name for one in report.attachments)),
            ("镜像", "、".join(stored.mirrors)),
            ("最佳本", stored.witness if stored.witness != stored.id else None),
            ("版本", "\n".join(f"{one.added_at:%Y-%m-%d %H:%M}  {one.sha256[:12]}" for one in stored.versions)),
        ]
    )
    figures = sum(len(one.figures) for one in report.passages)
    click.echo(f"\n{len(report.text)} 字，{len(report.passages)} 段，{figures} 个数字")
    for section in report.sections:
        click.echo(f"{'  ' * section.level}{terminal.cut(section.heading, terminal.screen() - 2 * section.level)}")


@click.command()
@json_flag
@with_library
def mirrors(library: Library, as_json: bool) -> None:
    """同一份报告的各个副本：哪一份最可信，哪些数字不一致。"""
    clusters = library.clusters()
    if not as_json and not clusters:
        click.echo("没有发现镜像。")
    for cluster in clusters:
        if as_json:
            put_json(cluster_json(cluster))
            continue
        click.echo(click.style(library.report(cluster.witness).report.title or "（无标题）", bold=True))
        for report in cluster.reports:
            one = library.report(report)
            sign = "＊" if report == cluster.witness else "　"
            click.echo(f"{sign}{report}  {one.report.quality.grade.value}  {one.report.url or one.file}")
        for place in cluster.differing:
            told = "，".join(f"{report} 作 {value}" for report, value in place.values.items())
            click.echo(f"　　{place.context}：{told}")


COMMANDS = (search, show, mirrors)
