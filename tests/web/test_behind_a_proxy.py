"""Under a path of a site, behind a proxy: links keep the path, and only a proxy that was named is believed."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from indexer.library import Library
from webapp import create_app

ROOTED = re.compile(r'(?:href|src|action|formaction)="(/[^"]*)"')
PAGES = ("/", "/search?q=招商", "/compare", "/zones", "/tray", "/help", "/search?q=%00&year=abc")


@pytest.fixture
def app(shelved: Library) -> Flask:
    return create_app(shelved, testing=True, base_path="/duibiao", hosts=("reports.example",), proxies=1)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("path_kept", [True, False])
def test_every_link_of_a_page_keeps_the_path(app: Flask, page: str, path_kept: bool) -> None:
    answer = app.test_client().get(f"/duibiao{page}" if path_kept else page)
    links = ROOTED.findall(answer.text)
    assert len(links) > 10
    assert [link for link in links if not link.startswith("/duibiao/")] == []


def test_links_in_answers_for_programs_keep_it_too(app: Flask) -> None:
    found = (app.test_client().get("/duibiao/api/v1/suggest?q=招").json or {})["suggestions"]
    assert found
    assert all(one["href"].startswith("/duibiao/") for one in found)


def test_the_pages_own_assets_are_found_under_the_path(app: Flask) -> None:
    client = app.test_client()
    sheet = re.search(r'href="(/duibiao/assets/[^"]+\.css)"', client.get("/duibiao/").text)
    assert sheet is not None
    assert client.get(sheet[1]).status_code == 200


def test_without_a_path_nothing_is_changed(shelved: Library) -> None:
    assert 'href="/search' in create_app(shelved, testing=True).test_client().get("/").text


def test_a_proxy_is_believed_only_where_it_was_named(shelved: Library) -> None:
    sent = {"X-Forwarded-Prefix": "/elsewhere", "X-Forwarded-Host": "reports.example", "X-Forwarded-Proto": "https"}
    believing = create_app(shelved, testing=True, hosts=("reports.example",), proxies=1).test_client()
    assert 'href="/elsewhere/search' in believing.get("/", headers=sent).text
    assert "/elsewhere" not in create_app(shelved, testing=True).test_client().get("/", headers=sent).text
