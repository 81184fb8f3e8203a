"""The tables of docs/api.md and docs/commands.md, made from the code: ``python -m tests.docs_tables --write``.

A table stands between ``<!-- table: NAME -->`` and ``<!-- end -->``; the text around it is written by hand.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from types import FunctionType
from typing import Any, cast

import click
from werkzeug.routing import Rule

from indexer.cli import duibiao
from indexer.domain.report import FLAGS
from indexer.formats import json, report_words
from indexer.library import Library
from webapp import create_app

DOCS = Path(__file__).resolve().parents[1] / "docs"
PREFIX = "/api/v1"
OF_A_COMMAND_ONLY = frozenset({"json", "format"})
OF_ALL = ("--config", "--data", "--lang")  # the text around the tables tells of them
MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

# What takes its parameters from no command of the same name.
PARAMETERS = {
    "suggest": "`q`, and those of a search that filter",
    "zones": "`theme`, `year`, `type`, `level`, `province`",
}
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


def endpoints() -> list[Rule]:
    rules = create_app(cast(Library, None)).url_map.iter_rules()
    return sorted((rule for rule in rules if rule.rule.startswith(PREFIX)), key=lambda rule: rule.rule)


def api() -> Iterator[str]:
    views = create_app(cast(Library, None)).view_functions
    yield "| address | answers | parameters | fields |\n|---|---|---|---|"
    for rule in endpoints():
        view = cast(FunctionType, views[rule.endpoint])
        told = (inspect.getdoc(view) or "").partition("\n")[0].replace("``", "`")
        fields = ", ".join(f"`{name}`" for name in fields_of(view))
        yield f"| `GET {rule.rule}` | {told} | {_parameters(rule)} | {fields} |"


def _parameters(rule: Rule) -> str:
    name = rule.rule.removeprefix(PREFIX).strip("/")
    if name in PARAMETERS:
        return PARAMETERS[name]
    command = duibiao.commands.get(name)
    if command is None or rule.arguments:
        return "–"
    asked = ["q"] if name == "search" else []
    asked += [one for option in options(command) if (one := option.opts[0].strip("-")) not in OF_A_COMMAND_ONLY]
    return ", ".join(f"`{one}`" for one in asked)


def fields_of(function: FunctionType) -> list[str]:
    """The names that stand first in the JSON a view or a function of formats/json gives."""
    tree = ast.parse(dedent(inspect.getsource(function)))
    returned = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value is not None]
    assigned = {
        node.targets[0].id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    known = function.__globals__ | assigned
    return list(dict.fromkeys(name for value in returned for name in _names(value, known)))


def _names(value: ast.expr, known: dict[str, Any]) -> Iterator[str]:
    match value:
        case ast.Dict(keys, values):
            for key, held in zip(keys, values, strict=True):
                if key is None:
                    yield from _names(held, known)  # **more
                elif isinstance(key, ast.Constant):
                    yield str(key.value)
        case ast.BinOp(left, ast.BitOr(), right):
            yield from (*_names(left, known), *_names(right, known))
        case ast.IfExp(_, first, second):
            yield from (*_names(first, known), *_names(second, known))
        case ast.Name(name) if isinstance(known.get(name), ast.expr):
            yield from _names(known[name], known)
        case ast.DictComp(generators=[ast.comprehension(iter=ast.Call(ast.Attribute(inner, "items")))]):
            yield from _names(inner, known)
        case ast.Call(ast.Name("jsonify"), [inner]):
            yield from _names(inner, known)
        case ast.Call(ast.Attribute(ast.Name("json"), name)):
            yield from fields_of(getattr(json, name))
        case ast.Call(ast.Name(name)) if isinstance(known.get(name), FunctionType):
            yield from fields_of(known[name])


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


TABLES = {"api": api, "flags": flags, "commands": commands, "options": command_options}


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
