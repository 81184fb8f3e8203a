"""How far long work is, on stderr: drawn over on a terminal, and elsewhere not at all or in few plain lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from indexer.cli.terminal import cut, padded, screen, show
from indexer.crawl.events import SiteProgress
from indexer.locale import say

_LINE_EVERY = 30.0  # seconds between two lines of a crawl where no terminal shows them
_STAGE = 14  # columns of the name of a stage


def _text(form: str) -> TextColumn:
    return TextColumn(form, markup=False)


def _drawn(*columns: ProgressColumn, transient: bool = False) -> Progress:
    shown = Console(stderr=True, highlight=False, emoji=False)
    return Progress(
        *columns, console=shown, disable=not sys.stderr.isatty(), redirect_stdout=False, transient=transient
    )


class Counted:
    """Work whose end isn't known: what is done, how many, and the last of them, gone when all is done."""

    def __init__(self, what: str) -> None:
        columns = (SpinnerColumn(), _text("{task.description} {task.completed:.0f}"), TimeElapsedColumn())
        self._bar = _drawn(*columns, _text("{task.fields[last]}"), transient=True)
        self._task = self._bar.add_task(what, total=None, last="")

    def __enter__(self) -> Counted:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def count(self, last: str) -> None:
        self._bar.update(self._task, advance=1, last=cut(last, screen() // 2))

    def show(self, *parts: str | Text | tuple[str, str]) -> None:
        """A line on standard output; where both are the same terminal, above what is drawn."""
        if self._bar.disable or not sys.stdout.isatty():
            show(*parts)
        else:
            self._bar.console.print(Text.assemble(*parts), soft_wrap=True)


class Stages:
    """A build: a bar for each stage on a terminal, elsewhere a line at every tenth: a log of 10,000 lines tells nobody
    anything. ``in_lines``: whether those lines are wanted."""

    def __init__(self, *, in_lines: bool = True) -> None:
        self._in_lines = in_lines
        self._bar = _drawn(_text("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Stages:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """``stage``: its key in the catalogue, below ``command.build.stage``."""
        name = say(f"command.build.stage.{stage}")
        if not self._bar.disable:
            if stage not in self._tasks:
                self._tasks[stage] = self._bar.add_task(padded(name, _STAGE), total=total)
            self._bar.update(self._tasks[stage], completed=done, total=total)
        elif self._in_lines and total and (done == total or done * 10 // total > (done - 1) * 10 // total):
            click.echo(f"{name} {done}/{total}", err=True)


class Sites:
    """A crawl: a line for each site on a terminal, elsewhere a plain line every half minute. ``line`` says how far."""

    def __init__(self, line: Callable[[SiteProgress], str]) -> None:
        self._line = line
        self._bar = _drawn(_text("{task.description}"))
        self._tasks: dict[str, TaskID] = {}
        self._shown = time.monotonic()

    def __enter__(self) -> Sites:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def __call__(self, sites: Sequence[SiteProgress]) -> None:
        if not self._bar.disable:
            for site in sites:
                if site.site not in self._tasks:
                    self._tasks[site.site] = self._bar.add_task("", total=None)
                self._bar.update(self._tasks[site.site], description=cut(self._line(site), screen()))
        elif time.monotonic() - self._shown >= _LINE_EVERY:
            self._shown = time.monotonic()
            for site in sites:
                if site.finished is None:
                    click.echo(self._line(site), err=True)
