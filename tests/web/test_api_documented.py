"""What docs/api.md says of an answer is what comes."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests import docs_tables

ASKED = {
    "/compare": "?theme=招商引资&zone={zone}&zone={other}",
    "/figures": "?indicator=新签约项目",
    "/gaps": "?zone={zone}",
    "/matrix": "?theme=招商引资",
    "/search": "?q=招商",
    "/suggest": "?q=招商",
}
RULES = {rule.rule.removeprefix(docs_tables.PREFIX): rule for rule in docs_tables.endpoints()}


def documented(rule: str) -> list[str]:
    (row,) = [row for row in docs_tables.api() if f"`GET {docs_tables.PREFIX}{rule}`" in row]
    return row.rsplit(" | ", 1)[1].rstrip(" |").replace("`", "").split(", ")


@pytest.mark.parametrize("rule", RULES)
def test_an_answer_has_the_fields_that_are_documented(client: FlaskClient, rule: str) -> None:
    zones = [one["name"] for one in (client.get("/api/v1/zones").json or {})["zones"]]
    report = (client.get("/api/v1/search?q=招商").json or {})["hits"][0]["report"]
    address = rule.replace("<zone>", quote(zones[0])).replace("<report>", report)
    answer = client.get(docs_tables.PREFIX + address + ASKED.get(rule, "").format(zone=zones[0], other=zones[1]))
    assert answer.status_code == 200, answer.text[:300]
    assert sorted(answer.json or {}) == sorted(documented(rule))
