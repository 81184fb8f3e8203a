"""The checks of the attack with hostile pages see what they look for: an attack that finds nothing must be able to."""

from __future__ import annotations

import io
import zipfile

import pytest
from flask import Flask, Response

from tests.reliability.hostile_checks import faults_of

_HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'self'"}
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def faults(body: bytes | str, kind: str, **headers: str) -> list[str]:
    app = Flask(__name__)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    app.add_url_rule("/", "it", lambda: Response(body, content_type=kind, headers=_HEADERS | named))
    return list(faults_of(app.test_client().get("/")))


def workbook(sheet: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('<p class="a">甲</p><a href="/doc/1">乙</a><script src="/assets/1/duibiao.js"></script>', "text/html"),
        ('{"text": "甲", "edits": "\u202e"}', "application/json"),
        ("甲,-3.5%,'=1+1\r\n", "text/csv"),
        (workbook("<sheet><c><v>1</v></c></sheet>"), _SHEET),
        ('<feed><link href="https://www.zone.example/"/></feed>', "application/atom+xml"),
    ],
)
def test_nothing_is_said_of_what_is_as_it_should_be(body: bytes | str, kind: str) -> None:
    assert faults(body, kind) == []


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>甲",
        "<p style=position:fixed>甲",
        "<iframe>",
        "<a href=' javascript:alert(1)'>甲</a>",
        "<img src=//evil.example/x.png>",
        "<p>甲\u202e乙",
        "<p>区" + "\u0489" * 9,
        '<script type="application/ld+json">{"a": </script>',
        "<pre><code>@online{duibiaoa,\n  title = {{\\input x}}\n}</code></pre>",
        "<pre><code>@online{duibiaoa,\n  title = {{x}},\n  evil = {y}\n}</code></pre>",
    ],
)
def test_what_a_page_must_not_hold_is_found(body: str) -> None:
    assert faults(f"<html><body><p>甲</p>{body}</body></html>", "text/html")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"value": Infinity}', "application/json"),
        ('{"text": "\u2066"}', "application/json"),
        ("甲,=1+1\r\n", "text/csv"),
        ("甲,＠SUM(A1)\r\n", "text/csv"),
        ('"\n=1+1",甲\r\n', "text/csv"),
        (workbook("<sheet><f>1+1</f></sheet>"), _SHEET),
        (workbook("<sheet>\x01</sheet>"), _SHEET),
        ("<feed><link href='javascript:alert(1)'/></feed>", "application/atom+xml"),
        ("<urlset><loc>http://a b/</loc></urlset>", "application/xml"),
        ("<feed>", "application/atom+xml"),
    ],
)
def test_what_is_taken_home_or_read_by_programs_is_looked_at(body: bytes | str, kind: str) -> None:
    assert faults(body, kind)


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Injected": "1"},
        {"Set_Cookie": "x=1"},
        {"X_Content_Type_Options": "none"},
        {"Content_Disposition": 'attachment; filename="a"; filename="b.html"'},
    ],
)
def test_headers_are_ours(headers: dict[str, str]) -> None:
    assert faults("甲", "text/plain", **headers)
