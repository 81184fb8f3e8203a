"""Help and refusals in the language of whoever asks: commands and options whose texts stand in the catalogue.

A command's text is ``command.NAME.help``; an option's ``command.NAME.option.OPTION``, or ``command.option.OPTION``
where it means the same for all. They are read when help is shown, so that ``--lang`` counts, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import click

from indexer.cli.terminal import padded, width, wrapped
from indexer.locale import CHINESE, LANGUAGES, catalogue, listed, say, speaking


class Option(click.Option):
    """An option whose help stands in the catalogue."""

    command = ""  # the name of the command that it belongs to

    @property
    def help(self) -> str:
        return self.explained()

    @help.setter
    def help(self, given: str | None) -> None:
        """click sets what the decorator was given: nothing."""

    def explained(self) -> str:
        """What it takes. Raises KeyError where the catalogue has no text for it."""
        name = max(self.opts, key=len).lstrip("-")
        own = f"command.{self.command}.option.{name}"
        return say(own if own in catalogue(CHINESE) else f"command.option.{name}")


class Formatter(click.HelpFormatter):
    """As click's, with headings from the catalogue and lines broken between Chinese characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or say("command.wrong.usage"))

    def write_heading(self, heading: str) -> None:
        self.write(say(_HEADINGS[heading]) + "\n" if heading in _HEADINGS else f"{heading}:\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for line in wrapped(text, self.width - self.current_indent):
            self.write(f"{indent}{line}".rstrip() + "\n")

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        entries = list(rows)
        edge = min(max(width(first) for first, _ in entries), col_max) + col_spacing
        indent = " " * self.current_indent
        for first, second in entries:
            lines = wrapped(second, max(self.width - edge - self.current_indent, 20))
            if width(first) + col_spacing > edge:
                self.write(f"{indent}{first}\n")
                first = ""
            self.write(f"{indent}{padded(first, edge)}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * edge}{line}".rstrip() + "\n")


_HEADINGS = {"Options": "command.options", "Commands": "command.commands"}


class Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    """A command whose help stands in the catalogue, ``values`` filled in. Each takes ``--lang``."""

    context_class = Context

    def __init__(
        self,
        name: str | None,
        *,
        params: Sequence[click.Parameter] = (),
        values: Mapping[str, object] = MappingProxyType({}),
        **attributes: Any,
    ) -> None:
        self._values = values
        super().__init__(name, params=[*params, _language_option()], **attributes)
        for param in self.params:
            if isinstance(param, Option):
                param.command = self.name or ""

    @property
    def help(self) -> str:
        return say(f"command.{self.name}.help", **self._values)

    @help.setter
    def help(self, given: str | None) -> None:
        """click sets the docstring of the function: that is for whoever reads the code."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Speaks before anything is parsed: ``--help --lang en`` and a wrong option before ``--lang`` are English.
        That a command was called wrongly is told in the catalogue's words."""
        wanted = _asked_language(args)
        if wanted in LANGUAGES:
            ctx.with_resource(speaking(wanted))
        try:
            with _in_our_words():
                return super().parse_args(ctx, args)
        except click.UsageError:
            ctx.close()  # click does only for a context that it got back: the language would stay
            raise

    def get_short_help_str(self, limit: int = 0) -> str:
        """Its first paragraph, whole: click would cut it at ``limit`` characters."""
        return self.help.partition("\n")[0]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("command.option.help")
        return option


class Group(Command, click.Group):
    """The command that holds the others. That there is no such one is told in the catalogue's words."""

    def invoke(self, ctx: click.Context) -> Any:
        with _in_our_words():
            return super().invoke(ctx)


_LANG = "--lang"
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)$", re.DOTALL)  # click has no class of its own for it

command = partial(click.command, cls=Command)
option = partial(click.option, cls=Option)


def _language_option() -> Option:
    """Refuses a language that there isn't; one that there is was spoken before (``Command.parse_args``)."""
    return Option([_LANG], type=click.Choice(list(LANGUAGES)), expose_value=False)


def _asked_language(args: Sequence[str]) -> str:
    """The last value of ``--lang``, as click would take it; "" where none is given."""
    options = list(args[: args.index("--")] if "--" in args else args)
    given = [value for name, value in pairwise(options) if name == _LANG]
    given += [one.partition("=")[2] for one in options if one.startswith(f"{_LANG}=")]
    return given[-1] if given else ""


class WrongUse(click.UsageError):
    """A usage error of click's, its sentence made where the language is still that of the command."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(_sentence(error), error.ctx)
        self.lines = [f"{say('command.wrong.error')}{self.message}"]
        if error.ctx is not None:
            tried = say("command.wrong.try_help", command=error.ctx.command_path)
            self.lines = [error.ctx.get_usage(), tried, "", *self.lines]

    def show(self, file: Any = None) -> None:
        for line in self.lines:
            click.echo(line, file=file, err=file is None)


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except (WrongUse, click.exceptions.NoArgsIsHelpError):
        raise
    except click.UsageError as error:
        raise WrongUse(error) from error


def _sentence(error: click.UsageError) -> str:
    """What was wrong, in the catalogue's words; of the rarer errors what click says."""
    match error:
        case click.MissingParameter():
            return say("command.wrong.missing", name=_named(error))
        case click.NoSuchOption():
            return say("command.wrong.no_option", name=error.option_name) + _near(error.possibilities)
        case click.exceptions.NoSuchCommand():
            return say("command.wrong.no_command", name=error.command_name) + _near(error.possibilities)
        case click.BadOptionUsage():
            takes_none = error.message.endswith("does not take a value.")
            return say("command.wrong.no_value" if takes_none else "command.wrong.value", name=error.option_name)
        case click.BadParameter(param=click.Parameter() as param) if rule := _rule(param.type):
            return say("command.wrong.bad_value", name=_named(error), rule=rule)
        case click.BadParameter():
            return say("command.wrong.bad_value", name=_named(error), rule=error.message)
    if extra := _EXTRA.match(error.message):
        return say("command.wrong.extra", arguments=extra[1])
    return error.message


def _named(error: click.BadParameter) -> str:
    if isinstance(error.param_hint, str):
        return error.param_hint
    if error.param is None:
        return ""
    return (
        str(error.param.metavar or error.param.name) if isinstance(error.param, click.Argument) else error.param.opts[0]
    )


def _near(possibilities: Sequence[str] | None) -> str:
    return say("command.wrong.near", names=listed(possibilities)) if possibilities else ""


def _rule(kind: click.ParamType[Any]) -> str:
    """What a value of this type has to be; empty for a type that tells it itself."""
    match kind:
        case click.Choice():
            return say("command.wrong.choice", choices=listed(str(choice) for choice in kind.choices))
        case click.IntRange():
            return say("command.wrong.range", least=kind.min, most=kind.max)
        case click.types.IntParamType():
            return say("command.wrong.integer")
    return ""
