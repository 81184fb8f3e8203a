"""What every command shares: --config, --data, the library, and how an error reaches the user."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from indexer.cli.help import option
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
        click.echo(say("command.failed", message=self.message), file=file, err=file is None)


def with_library(command: Command) -> Callable[..., None]:
    """Adds --config and --data and hands the command its library first. What it returns is the exit status."""

    @option("--config", type=click.Path(path_type=Path), metavar="FILE")
    @option("--data", type=click.Path(path_type=Path), metavar="DIR")
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
            raise click.UsageError(say("command.wrong.not_on_terminal", form=form))
        return form

    forms = click.Choice(["text", "json", *files])
    return option("--format", "form", type=forms, default="text", callback=checked)


def put_file(document: Document, form: str) -> None:
    """``document`` as a file of the kind ``form``, to standard output."""
    click.echo(WRITERS[form](document), nl=False)


json_flag = option("--json", "as_json", is_flag=True)


def put_json(value: object, *, indent: int | None = None) -> None:
    """One object, on one line unless it is for reading."""
    click.echo(json_line(value, indent=indent))


def json_line(value: object, *, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
