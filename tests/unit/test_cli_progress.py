"""How far long work is: drawn where a terminal shows it, and nothing drawn into a file."""

from __future__ import annotations

import io
import sys

import pytest
from rich.text import Text

from indexer.cli.progress import Counted, Sites, Stages
from indexer.cli.terminal import heading
from indexer.crawl.events import SiteProgress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Standard error and standard output are one terminal, until the test ends. (Not a fixture: pytest puts its own
    streams in place between a fixture and the test.)"""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(sys, "stdout", shown)
    return shown


def a_site(finished: str | None = None) -> SiteProgress:
    return SiteProgress("portal", 12, 3, 0, 5, 1000, 60.0, finished)


def run_stages(*, in_lines: bool = True) -> None:
    with Stages(in_lines=in_lines) as stages:
        for done in range(21):
            stages("read", done, 20)
        stages("index", 0, 0)


def test_a_build_on_a_terminal_has_a_bar_for_each_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    run_stages()
    drawn = Text.from_ansi(terminal.getvalue()).plain
    assert "读网页" in drawn
    assert "20/20" in drawn
    assert "建索引" in drawn


def test_a_build_elsewhere_has_a_line_at_each_tenth_or_none(capsys: pytest.CaptureFixture[str]) -> None:
    run_stages()
    assert capsys.readouterr().err.splitlines() == [f"读网页 {done}/20" for done in range(0, 21, 2)]
    run_stages(in_lines=False)
    assert capsys.readouterr() == ("", "")


def test_what_is_counted_is_drawn_below_its_lines_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    with Counted("正在收入") as work:
        work.count("a.html")
        work.show("新增  a.html")
    drawn = terminal.getvalue()
    assert "正在收入" in drawn
    assert "新增  a.html\n" in drawn
    assert drawn.endswith("\x1b[2K"), "the line that was drawn is cleared"


def test_what_is_counted_elsewhere_is_only_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with Counted("正在收入") as work:
        work.count("a.html")
        work.show(("新增", "green"), "  a.html  [b]x[/b]")
    assert capsys.readouterr() == ("新增  a.html  [b]x[/b]\n", "")


def test_a_crawl_on_a_terminal_has_a_line_for_each_site(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    with Sites(lambda site: f"{site.site} {site.fetched} {site.finished or ''}") as progress:
        progress([a_site()])
        progress([a_site("complete")])
    assert "portal 12 complete" in Text.from_ansi(terminal.getvalue()).plain


def test_a_crawl_elsewhere_is_quiet_for_half_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    with Sites(lambda site: site.site) as progress:
        progress([a_site()])
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_colours_and_a_file_or_a_reader_without_colours_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = a_terminal(monkeypatch)
    heading("招商引资")
    assert terminal.getvalue() == "\x1b[1m招商引资\x1b[0m\n"
    monkeypatch.setattr(sys, "stdout", piped := io.StringIO())
    heading("招商引资")
    assert piped.getvalue() == "招商引资\n"
