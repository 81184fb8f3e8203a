"""What a result page marks, the report page that it leads to marks as well."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.looking import found

QUESTIONS = {
    "synonyms": "q=招商",
    "a synonym taken off": "q=招商&without=招引&without=招商引资",
    "exactly": "q=产业发展&match=exact",
    "words apart": "q=产业发展&match=words",
    "loosely": "q=土地 厂房 人才公寓&match=loose",
    "a sentence": "q=企业用地不够怎么办",
    "loosened because no passage has all": "q=链长制 跨境电商 人才公寓 孵化器",
    "laundered words found by what they were": "q=发展&grade=D",
}


def marked(element: Any) -> set[str]:
    return {"".join(mark.itertext()) for mark in element.iter("mark")}


def body_of(client: FlaskClient, article: Any) -> Any:
    """The text of the report that a result leads to."""
    (href,) = article.xpath("./h2/a/@href")
    return found(client.get(href).text, "//div[@class='body']")[0]


@pytest.mark.parametrize("asked", QUESTIONS.values(), ids=QUESTIONS)
def test_the_report_page_marks_what_the_results_mark(sample: FlaskClient, asked: str) -> None:
    articles = found(sample.get(f"/search?{asked}&limit=8").text, "//article[@class='hit']")
    assert any(map(marked, articles))
    for article in articles:
        assert marked(article) <= marked(body_of(sample, article)), article.get("aria-labelledby")


def test_a_synonym_that_was_taken_off_is_not_marked_in_the_report(sample: FlaskClient) -> None:
    results = sample.get("/search?q=招商&without=项目招引&without=招引&limit=100").text
    bodies = [body_of(sample, article) for article in found(results, "//article[@class='hit']")]
    assert any("招引" in "".join(body.itertext()) for body in bodies)
    assert not [word for body in bodies for word in marked(body) if "招引" in word]
