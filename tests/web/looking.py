"""How tests look at pages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any, cast

from flask.testing import FlaskClient
from lxml import html as parsed

from indexer.library import Library
from webapp import create_app


def client_of(library: Library) -> FlaskClient:
    return create_app(library).test_client()


def text(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:300]
    return answer.text


def words(html: str) -> str:
    """What a reader sees, without tags and runs of white space."""
    body = re.sub(r"<(script|style|title)\b.*?</\1>", "", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body))


def found(page: str, path: str, **values: Any) -> list[Any]:
    """What XPath ``path`` finds in ``page``."""
    return cast("list[Any]", parsed.document_fromstring(page).xpath(path, **values))


def content(element: Any) -> str:
    """The text of an element as a reader sees it."""
    return " ".join("".join(element.itertext()).split())


class Tags(HTMLParser):
    """Opens and closes, to see that every element is closed in its turn."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def tags(html: str) -> Tags:
    parser = Tags()
    parser.feed(html)
    return parser


def links(html: str) -> dict[str, str]:
    return {content(a): a.get("href") for a in found(html, "//a")}
