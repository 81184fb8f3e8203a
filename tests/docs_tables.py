"""The tables of docs/api.md and docs/commands.md, made from the code: ``python -m tests.docs_tables --write``.

A table stands between ``<!-- table: NAME -->`` and ``<!-- end -->``; the text around it is written by hand.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any, cast, get_type_hints

import click

from indexer.cli import duibiao
from indexer.domain.report import FLAGS
from indexer.formats import report_words
from indexer.library import Library
from indexer.locale import say, speaking
from webapp import create_app, problems
from webapp.calls import CALLS
from webapp.openapi import rule_of

DOCS = Path(__file__).resolve().parents[1] / "docs"
OF_ALL = ("--config", "--data", "--lang")  # the text around the tables tells of them
MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

FLAG_MEANINGS = {
    "masked": "names or numbers are blotted out (xx, **, 某); a masked figure has no value. Grade C",
    "laundered": "words were swapped for others; those that are certain are noted beside the text. Grade D",
    "redated": "the year was changed by whoever copied it; no year of it is trusted. Grade D",
    "hijacked": "the site calls itself something else (gambling, sham pages); title and text are the page's own",
    "truncated": "this copy ends early, or further pages of it are missing. Grade C",
    "fragmented": "lines were torn to pieces, and joined again",
    "hard_wrapped": "lines broke at a fixed width, and were joined again",
    "overprinted": "another text is printed upon this one; letters may be of either. Grade C",
    "recognised": "read from a picture; letters may be wrong. Grade C",
    "traditional": "printed in Traditional characters",
    "phonetics": "pinyin or zhuyin stood between the characters, and was taken out",
    "year_conflict": "title, text and date speak of different years; which one counts, and why, is told",
    "zone_conflict": "title and text name different zones",
    "undated": "the page names no day of publication",
}


def api() -> Iterator[str]:
    app = create_app(cast(Library, None))
    yield "| address | page of the same | answers | parameters | fields |\n|---|---|---|---|---|"
    for call in sorted(CALLS, key=lambda one: rule_of(app.url_map, one)):
        view = cast(FunctionType, app.view_functions[call.endpoint])
        told = (inspect.getdoc(view) or "").partition("\n")[0].replace("``", "`")
        address = f"`GET {_readable(rule_of(app.url_map, call))}`" + (", `POST`" if call.by_form else "")
        page = f"`{_readable(call.page)}`" if call.page else "–"
        asked = ", ".join(f"**`{one.name}`**" if one.required else f"`{one.name}`" for one in call.query) or "–"
        fields = ", ".join(f"`{name}`" for name in fields_of(view))
        yield f"| {address} | {page} | {told} | {asked} | {fields} |"


def _readable(rule: str) -> str:
    return rule.replace("<path:", "<")


def fields_of(view: FunctionType) -> list[str]:
    """The names that stand first in the JSON a view gives, by its type."""
    return list(get_type_hints(get_type_hints(view)["return"]))


def api_words() -> Iterator[str]:
    """Parameters that take one of a few words."""
    yield "| parameter | of | words |\n|---|---|---|"
    seen: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for call in CALLS:
        for one in call.parameters:
            if one.words:
                seen.setdefault((one.name, one.words), []).append(call.name)
    for (name, words), names in seen.items():
        shown = ", ".join(f"`{word}`" for word in words)
        yield f"| `{name}` | {', '.join(f'`{one}`' for one in names)} | {shown} |"


def problem_codes() -> Iterator[str]:
    yield "| class: `type` ends in it | means |\n|---|---|"
    with speaking("en"):
        for kind in problems.CLASSES:
            yield f"| `{kind}` | {say(f'program.problem.{kind}')} |"


def options(command: click.Command) -> list[click.Option]:
    """Its own, without those that every command takes."""
    return [one for one in command.params if isinstance(one, click.Option) and one.opts[0] not in OF_ALL]


def commands() -> Iterator[str]:
    yield "| command | does | exits with 1 too |\n|---|---|---|"
    for name, command in duibiao.commands.items():
        arguments = "".join(f" {one.metavar or one.name}" for one in command.params if isinstance(one, click.Argument))
        told = (command.help or "").partition("\n")[0]
        arguments = arguments.replace("|", " ")
        yield f"| `{name}{arguments}` | {told} | {'see below' if returns_a_status(command) else '–'} |"


def returns_a_status(command: click.Command) -> bool:
    """Whether the command can fail without an error: it gives its status back."""
    function: Any = inspect.unwrap(cast(Callable[..., Any], command.callback))
    return bool(function.__annotations__.get("return") == "int")


def command_options() -> Iterator[str]:
    yield "| command | option | what it takes |\n|---|---|---|"
    for name, command in duibiao.commands.items():
        for option in options(command):
            yield f"| `{name}` | `{'`, `'.join(option.opts)}` | {(option.help or '').replace('|', '／')} |"


def flags() -> Iterator[str]:
    yield "| flag | shown as | means |\n|---|---|---|"
    for flag in FLAGS:
        yield f"| `{flag}` | {report_words.FLAGS[flag]} | {FLAG_MEANINGS[flag]} |"


TABLES = {
    "api": api,
    "words": api_words,
    "problems": problem_codes,
    "flags": flags,
    "commands": commands,
    "options": command_options,
}


def with_tables(text: str) -> str:
    return MARKED.sub(lambda found: f"{found[1]}{chr(10).join(TABLES[found[2]]())}\n{found[3]}", text)


def main() -> None:
    for file in (DOCS / "api.md", DOCS / "commands.md"):
        made = with_tables(file.read_text(encoding="utf-8"))
        if "--write" in sys.argv[1:]:
            file.write_text(made, encoding="utf-8")
        else:
            sys.stdout.write(made)


if __name__ == "__main__":
    main()
