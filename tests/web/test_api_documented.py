"""What docs/api.md and the API's description say of an answer is what comes."""

from __future__ import annotations

import re
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema_path import SchemaPath
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from webapp import create_app, openapi
from webapp.calls import CALLS, Call, Parameter

CALLED = {call.name: call for call in CALLS}


def app() -> Flask:
    return create_app(cast(Any, None))


def description(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200
    return cast("dict[str, Any]", answer.json)


def asked(client: FlaskClient, call: Call) -> str:
    """An address of ``call`` by the examples of its parameters, with a zone and a report of the made-up library."""
    zone = (client.get("/api/v1/zones").json or {})["zones"][0]["id"]
    report = (client.get("/api/v1/search?q=招商").json or {})["hits"][0]["report"]
    here: dict[str, str] = {"zone": zone, "report": report}

    def value(one: Parameter) -> str:
        return here.get(one.name, one.example)

    rule = openapi.rule_of(app().url_map, call)
    path = re.sub(r"<(?:path:)?(\w+)>", lambda name: value(next(p for p in call.parameters if p.name == name[1])), rule)
    return f"{path}?{urlencode([(one.name, value(one)) for one in call.query if one.example])}"


def test_every_call_of_the_api_is_described_and_no_other() -> None:
    rules = {rule.endpoint for rule in app().url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    assert rules == {call.endpoint for call in CALLS}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_description_is_openapi(client: FlaskClient, language: str) -> None:
    told = client.get(f"/api/openapi.json?lang={language}").json
    OpenAPIV31SpecValidator(SchemaPath.from_dict(cast(Any, told))).validate()


@pytest.mark.parametrize("name", CALLED)
def test_an_example_is_answered_as_described_field_by_field(client: FlaskClient, name: str) -> None:
    call = CALLED[name]
    answer = client.get(asked(client, call))
    assert answer.status_code == 200, answer.text[:300]
    told = description(client)
    path = re.sub(r"<(?:path:)?(\w+)>", r"{\1}", openapi.rule_of(app().url_map, call))
    schema = told["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    OAS31Validator(schema | {"components": told["components"]}).validate(answer.json)
    named = told["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    assert set(answer.json or {}) <= set(named["properties"]), "and nothing that isn't described"


@pytest.mark.parametrize("address", ["/api/v1/compare", "/api/v1/zones/没有这个园区", "/api/v1/nothing"])
def test_an_error_is_answered_as_described(client: FlaskClient, address: str) -> None:
    told = description(client)
    OAS31Validator(told["components"]["schemas"]["Problem"]).validate(client.get(address).json)


def test_the_description_speaks_the_language_that_is_asked_for(client: FlaskClient) -> None:
    for language, word in (("zh", "检索段落"), ("en", "Search passages")):
        told = client.get(f"/api/openapi.json?lang={language}").json or {}
        assert told["paths"]["/api/v1/search"]["get"]["summary"] == word
