"""What every command shares: --config, --data, the library, and how an error reaches the user."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from indexer.errors import DuibiaoError
from indexer.formats.files import BINARY, WRITERS
from indexer.formats.tables import Document
from indexer.library import Library
from indexer.locale import say

Command = Callable[..., int | None]


class Told(click.ClickException):
    """A DuibiaoError on its way out: its sentence on stderr, status 1, no traceback."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(f"duibiao：{self.message}", file=file, err=file is None)


def with_library(command: Command) -> Callable[..., None]:
    """Adds --config and --data and hands the command its library first. What it returns is the exit status."""

    @click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="配置文件（默认 config.toml）")
    @click.option("--data", type=click.Path(path_type=Path), metavar="DIR", help="数据目录（默认见配置）")
    @wraps(command)
    def run(config: Path | None, data: Path | None, **options: Any) -> None:
        try:
            library = Library.open(config, data)
            try:
                status = command(library, **options)
            finally:
                library.close()
        except DuibiaoError as error:
            raise Told(str(error)) from error
        if status:
            raise click.exceptions.Exit(status)

    return run


def format_option(*files: str) -> Callable[[Command], Command]:
    """``--format``: text, json, or a file of ``files`` written to standard output."""

    def checked(context: click.Context, option: click.Parameter, form: str) -> str:
        if form in BINARY and sys.stdout.isatty():
            raise click.UsageError(say("cli.not_on_terminal", form=form))
        return form

    forms = ["text", "json", *files]
    told = f"输出形式：{'、'.join(forms)}" + ("；表格和 Word 文件用 > 写进文件" if files else "")
    return click.option("--format", "form", type=click.Choice(forms), default="text", callback=checked, help=told)


def put_file(document: Document, form: str) -> None:
    """``document`` as a file of the kind ``form``, to standard output."""
    click.echo(WRITERS[form](document), nl=False)


json_flag = click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取")


def put_json(value: object, *, indent: int | None = None) -> None:
    """One object, on one line unless it is for reading."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent))
