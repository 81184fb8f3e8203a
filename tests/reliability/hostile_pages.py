"""Hostile text in every field of a page, through every page and export: nothing becomes an element, an attribute,
a link that runs, a formula, or a mark that turns the words around. In a browser: hostile_in_browser.py."""

from __future__ import annotations

import csv
import html
import io
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager

from lxml import html as parsed

from indexer.library import Library
from tests.reliability.bench import asked, opened, run, told, work_folder
from tests.unit.pages import WORK
from webapp import create_app

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "'\"><svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<style>*{display:none}</style>",
    "<iframe src=//evil.example>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<form action=//evil.example><button>",
    "{{7*7}}",
    "{% raw %}",
    "\u202e长增%5.21",
    "\u2066\u2067\u2068",
    "\u200f\u061c",
    "区" + "\u0489" * 200,
    "\u0301" * 300,
    '=HYPERLINK("http://evil.example")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "<a href='javascript:alert(1)'>甲</a>",
    "<a href='vbscript:x'>乙</a>",
    "<!--",
    "]]>",
    "\0<script>",
    "<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<object data=//evil.example>",
    "x" * 3000,
)
_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def main() -> None:
    asked()
    logging.disable(logging.CRITICAL)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with hostile_library() as library:
        client = create_app(library).test_client()
        for address in addresses(library):
            answer = client.get(address)
            counts["pages"] += 1
            if answer.mimetype == "text/html":
                faults += [f"{address[:120]}: {fault}" for fault in _in_page(answer.text)]
        for address in _exports():
            answer = client.get(address)
            counts[f"exports {answer.mimetype}"] += 1
            faults += [f"{address[:120]}: {fault}" for fault in _in_export(answer.mimetype or "", answer.data)]
    told(counts, faults)


@contextmanager
def hostile_library() -> Iterator[Library]:
    """Reports with each payload in every field, raw and escaped."""
    with work_folder() as folder:
        pages, data = folder / "pages", folder / "data"
        pages.mkdir()
        for n, payload in enumerate(PAYLOADS):
            for how, text in (("raw", payload), ("escaped", html.escape(payload))):
                (pages / f"{n:03}-{how}.html").write_bytes(_page(n, text).encode("utf-8", "replace"))
        run(data, "add", str(pages))
        assert run(data, "build").returncode == 0
        with closing(opened(data)) as library:
            yield library


def addresses(library: Library) -> list[str]:
    """Every kind of page over those reports, and each payload in every parameter."""
    reports = {hit.passage.report for hit in library.search(library.question({"limit": ["100"]})).hits}
    reports |= {one.report for one in library.newest(500)}
    found = [
        "/",
        "/zones",
        "/practices",
        "/search?q=招商&limit=100",
        "/search?q=高新区&sort=date",
        "/compare?theme=招商引资",
    ]
    found += [f"/doc/{one}" for one in sorted(reports)] + [f"/doc/{one}?q=招商" for one in sorted(reports)[::5]]
    known = [
        "/search?q={}",
        "/search?q=招商&zone={}",
        "/compare?theme={0}&zone={0}",
        "/doc/{}",
        "/{}",
        "/zones/{}",
        "/similar?text={}",
    ]
    for payload in PAYLOADS:
        quoted = _quoted(payload[:150])
        found += [one.format(quoted) for one in known]
    return found


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="", errors="replace")


def _page(n: int, text: str) -> str:
    """``text`` in every field, in a report that is otherwise read."""
    body = "".join(f"<p>{line}</p>" for line in WORK)
    title = f"长沙高新区2022年工作总结{n} {text[:60]}"
    return (
        f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{html.escape(title)}">'
        f'<meta name="ContentSource" content="{html.escape(text)}"><meta name="SiteName" content="{html.escape(text)}">'
        f'<meta name="Url" content="{html.escape(text)}"></head><body><h1>{title}</h1>'
        f"<p>来源：{text}</p>{body}<p>2022年，招商引资到位资金{n + 3}亿元，{text}。</p>"
        f"<table><tr><td>投资</td><td>{text}</td></tr></table>"
        f'<a href="{html.escape(text)}.pdf">附件{text}.pdf</a></body></html>'
    )


def _in_page(text: str) -> list[str]:
    root = parsed.document_fromstring(text)
    found = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("iframe", "object", "embed", "base", "math", "frame") or (element.tag == "style"):
            found.append(f"an element {element.tag}")
        is_data = element.get("type") == "application/ld+json"  # read by search engines, run by nobody
        if element.tag == "script" and not is_data and not (element.get("src") or "").startswith("/assets/"):
            found.append("a script")
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style":
                found.append(f"an attribute {name}")
            if name in ("href", "src", "action", "formaction") and re.match(
                r"\s*(?:javascript|vbscript):", value, re.I
            ):
                found.append(f"{name}={value[:40]}")
        if element.tag not in ("input", "textarea", "script") and _MARKS.search(element.text or ""):
            found.append(f"a mark of direction in {element.tag}.{element.get('class')}")
    if re.search("[\u0300-\u036f\u0483-\u0489]{7}", root.text_content()):
        found.append("a pile of marks")
    return found


def _exports() -> list[str]:
    """Every page that can be taken home, with what it needs."""
    theme, zone = "招商引资", "长沙高新区"
    pages = (
        ("/compare", f"?theme={theme}&zone={zone}"),
        ("/figures", f"?indicator=固定资产投资&zone={zone}"),
        ("/matrix", ""),
        ("/gaps", f"?zone={zone}"),
        ("/quotes", f"?theme={theme}&zone={zone}"),
    )
    return [f"{path}.{kind}{query}" for path, query in pages for kind in ("csv", "xlsx", "docx")]


def _in_export(kind: str, data: bytes) -> list[str]:
    if "csv" in kind:
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig", "replace")))
        return [
            f"a formula {cell[:40]!r}"
            for row in rows
            for cell in row
            if re.match(r"[\t\r]*[=+@]|-(?![\d.,]+%?$)", cell) and len(cell) > 1
        ]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheets = [
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if name.endswith(".xml")
            ]
        return ["a formula in a sheet" for sheet in sheets if "<f>" in sheet]
    return []


if __name__ == "__main__":
    main()
