"""The API's description, OpenAPI 3.1: parameters from webapp/calls.py, answers from the types that the views return."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, get_type_hints

import msgspec
from flask import Flask
from werkzeug.routing import Map

from indexer import __version__
from indexer.locale import LANGUAGES, say
from webapp import problems
from webapp.calls import CALLS, Call, Parameter, Schema

SCHEMAS = "#/components/schemas/{name}"
REFUSALS = {"400": 400, "404": 404, "405": 405, "500": 500, "503": 503}


def description(app: Flask, root: str, calls: tuple[Call, ...] = CALLS) -> Schema:
    """The whole document in the language that is spoken now. ``root``: the address of the server, without / behind.
    ``calls``: CALLS, with examples of the library that is asked."""
    answers, schemas = _answers(app)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": say("program.title"),
            "version": __version__,
            "description": say("program.description"),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "externalDocs": {"url": f"{root}/api", "description": say("program.page")},
        "servers": [{"url": root or "/"}],
        "paths": {_path(app.url_map, call): _operations(call, answers[call.endpoint]) for call in calls},
        "components": {
            "schemas": schemas | {"Problem": problems.schema()},
            "headers": {
                "ETag": {"description": say("program.etag"), "schema": {"type": "string"}},
                "Content-Language": {
                    "description": say("program.language"),
                    "schema": {"type": "string", "enum": list(LANGUAGES)},
                },
            },
            "responses": {name: _refusal(status, root) for name, status in REFUSALS.items()},
            "parameters": {
                "lang": {
                    "name": "lang",
                    "in": "query",
                    "description": say("program.language_asked"),
                    "schema": {"type": "string"},
                    "examples": {name: {"value": name} for name in LANGUAGES},
                }
            },
        },
    }


def rule_of(rules: Map, call: Call) -> str:
    """/zones/<zone> …, as Flask writes it."""
    return next(rule.rule for rule in rules.iter_rules(call.endpoint))


def _path(rules: Map, call: Call) -> str:
    return rule_of(rules, call).replace("<path:", "<").replace("<", "{").replace(">", "}")


def _operations(call: Call, answer: Schema) -> Schema:
    asked: Schema = {
        "operationId": call.name,
        "summary": call.said,
        "parameters": [_parameter(one) for one in call.parameters] + [{"$ref": "#/components/parameters/lang"}],
        "responses": _responses(answer, named=any(one.path for one in call.parameters) or call.by_form),
    }
    if call.page:
        asked["description"] = say("program.twin", page=call.page.replace("<path:", "<"))
    if call.any_of:
        asked["description"] = " ".join(
            (asked.get("description", ""), say("program.any_of", names=", ".join(call.any_of)))
        )
    if not call.by_form:
        return {"get": asked}
    form = {
        "type": "object",
        "properties": {one.name: _schema(one) for one in call.parameters},
        "example": {one.name: one.example for one in call.parameters if one.example},
    }
    posted = {
        **asked,
        "operationId": f"{call.name}_of_a_form",
        "parameters": asked["parameters"][-1:],
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}},
    }
    return {"get": asked, "post": posted}


def _schema(one: Parameter) -> Schema:
    """Of several values, or of one: in an address they look alike, and a list of one is what no form sends."""
    if not one.many:
        return one.schema
    several: Schema = {"type": "array", "items": one.schema} | ({"maxItems": one.most} if one.most else {})
    return {"anyOf": [several, one.schema]}


def _parameter(one: Parameter) -> Schema:
    told: Schema = {
        "name": one.name,
        "in": "path" if one.path else "query",
        "required": one.required,
        "description": one.said,
        "schema": _schema(one),
    }
    if not one.required:
        told["allowEmptyValue"] = True  # a field that was left empty asks nothing
    if one.example:
        told["example"] = one.example.split(",") if one.many else one.example
    return told


def _responses(answer: Schema, *, named: bool) -> Schema:
    """``named``: something is asked for by its name, which may not be there."""
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in ("ETag", "Content-Language")}
    content = {"application/json": {"schema": answer}}
    refused = [name for name in REFUSALS if name not in ("404", "405") or (name == "404" and named)]
    return {
        "200": {"description": say("program.answer"), "headers": headers, "content": content},
        "304": {"description": say("program.unchanged")},
        **{name: {"$ref": f"#/components/responses/{name}"} for name in refused},
    }


def _refusal(status: int, root: str) -> Schema:
    example = problems.body(status, say(f"page.refused.{status}"), say(f"program.problem.{status}"), root=root)
    content = {problems.KIND: {"schema": {"$ref": SCHEMAS.format(name="Problem")}, "example": example}}
    return {"description": say(f"page.refused.{status}"), "content": content}


def _answers(app: Flask) -> tuple[dict[str, Schema], dict[str, Schema]]:
    """(endpoint → schema of its answer, the schemas that these name)."""
    views = tuple(app.view_functions[call.endpoint] for call in CALLS)
    answers, schemas = _components(views)
    return dict(zip((call.endpoint for call in CALLS), answers, strict=True)), schemas


@cache
def _components(views: tuple[Callable[..., Any], ...]) -> tuple[tuple[Schema, ...], dict[str, Schema]]:
    returned = [get_type_hints(view, include_extras=True)["return"] for view in views]
    answers, schemas = msgspec.json.schema_components(returned, ref_template=SCHEMAS)
    return answers, {name: dict(_plain(schema)) for name, schema in schemas.items()}


def _plain(schema: Schema) -> Iterator[tuple[str, Any]]:
    """Docstrings write code in double backticks; Markdown has single ones."""
    for key, value in schema.items():
        yield key, value.replace("``", "`") if key == "description" else value
