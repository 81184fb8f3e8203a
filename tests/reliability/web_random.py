"""Random and half-sensible requests to every page and API: none answers 500, none takes over two seconds."""

from __future__ import annotations

import json
import logging
import random
import time
from collections import Counter
from contextlib import closing
from urllib.parse import quote

from tests.reliability.bench import ZONES, asked, generator, opened, run, slowness, told, work_folder, write_pages
from webapp import create_app

_WORDS = (
    "招商",
    "专项债",
    "双创",
    "企业",
    "的",
    "2022",
    "GDP",
    "xx",
    "開展",
    "光谷",
    "企业用地不够怎么办",
    "zhaosh",
    "zhao'shang",
)
_SIGNS = (
    "(",
    "）",
    '"',
    "“",
    "-",
    " OR ",
    "AND",
    "标题:",
    "园区:",
    "年份:2020-2022",
    "同段(",
    ",",
    "*",
    "\\",
    "%",
    "<",
    "\n",
    "\u3000",
)
_NASTY = (
    "",
    "\0",
    "\r\nX-Injected: 1",
    "\u202e",
    "\u2066",
    "\ufffe",
    "\U0010ffff",
    "<script>alert(1)</script>",
    "'\"><svg onload=alert(1)>",
    "{{7*7}}",
    "../../../etc/passwd",
    "' OR 1=1 --",
    "javascript:alert(1)",
    "//evil.example",
    "NaN",
    "-1",
    "0",
    "9" * 20,
    "1e9",
    "²",
    "٣",
    "不明",
)
_YEARS = ("2022", "2020-2022", "2022-2020", "1948", "二〇二二", "不明", "99999")
_NAMES = (
    "q",
    "zone",
    "year",
    "theme",
    "type",
    "province",
    "status",
    "grade",
    "site",
    "basis",
    "match",
    "without",
    "sort",
    "limit",
    "page",
    "plain",
    "practice",
    "indicator",
    "role",
    "only",
    "mine",
    "format",
    "measure",
    "text",
    "items",
    "rows",
    "columns",
    "style",
    "x",
)


_SECONDS = 2.0  # of CPU


def main() -> None:
    options = asked(count=3000)
    rng = generator(options.seed)
    logging.disable(logging.CRITICAL)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    slowest: list[tuple[float, str]] = []
    with work_folder() as folder:
        data = folder / "data"
        run(data, "add", str(write_pages(folder / "pages", 20)))
        assert run(data, "build").returncode == 0
        with closing(opened(data)) as library:
            app = create_app(library)
            client = app.test_client()
            reports = [hit.passage.report for hit in library.search(library.question({"limit": ["50"]})).hits]
            rules = sorted({rule.rule for rule in app.url_map.iter_rules()})
            until = time.monotonic() + options.seconds
            for _ in range(options.count):
                if time.monotonic() > until:
                    break
                address = _address(rng, rules, reports)
                method = rng.choices(("GET", "HEAD", "POST", "OPTIONS", "PUT"), (90, 2, 5, 2, 1))[0]
                form = {name: _text(rng) for name in rng.sample(_NAMES, 3)} if method == "POST" else None
                begun = time.process_time()
                answer = client.open(address, method=method, data=form)
                seconds = time.process_time() - begun
                if seconds > _SECONDS and method == "GET":  # once more, before it is blamed: others use the machine
                    begun = time.process_time()
                    client.get(address)
                    seconds = min(seconds, time.process_time() - begun)
                slowest.append((seconds, address[:100]))
                counts[f"status {answer.status_code}"] += 1
                faults += [f"{method} {address[:200]}: {fault}" for fault in _faults(answer, seconds)]
    print("slowest:", [f"{seconds:.2f} s {address}" for seconds, address in sorted(slowest, reverse=True)[:3]])
    told(counts, faults)


def _faults(answer: object, seconds: float) -> list[str]:
    from werkzeug.test import TestResponse

    assert isinstance(answer, TestResponse)
    found = []
    if answer.status_code >= 500:
        found.append(f"status {answer.status_code}")
    if seconds > _SECONDS * slowness():
        found.append(f"{seconds:.1f} s of CPU")
    if b"Traceback" in answer.data:
        found.append("a traceback")
    if "X-Injected" in answer.headers:
        found.append("an injected header")
    if "Content-Security-Policy" not in answer.headers or "X-Content-Type-Options" not in answer.headers:
        found.append("a header is missing")
    if answer.mimetype == "application/json" and answer.data and not answer.headers.get("Content-Encoding"):
        try:
            json.loads(answer.data, parse_constant=_no_json)
        except ValueError as error:
            found.append(f"no JSON: {error}")
    return found


def _no_json(name: str) -> None:
    raise ValueError(name)


def _address(rng: random.Random, rules: list[str], reports: list[str]) -> str:
    path = rng.choice(rules)
    while "<" in path:
        start, _, rest = path.partition("<")
        name, _, end = rest.partition(">")
        value = rng.choice((rng.choice(reports), rng.choice(ZONES), _text(rng))) if name else ""
        path = start + quote(value[:300], safe="", errors="replace") + end
    pairs = [
        (rng.choice(_NAMES), _text(rng)) for _ in range(rng.choice((0, 1, 2, 3, 6, 80 if rng.random() < 0.1 else 4)))
    ]
    query = "&".join(f"{name}={quote(value, safe='', errors='replace')}" for name, value in pairs)
    return f"{path}?{query}" if query else path


def _text(rng: random.Random) -> str:
    how = rng.randrange(8)
    if how == 0:
        return rng.choice(_NASTY)
    if how == 1:
        return "".join(
            chr(rng.choice((rng.randrange(32, 127), rng.randrange(0x4E00, 0x9FFF))))
            for _ in range(rng.choice((1, 9, 199, 2000)))
        )
    if how == 2:
        return rng.choice(ZONES)
    if how == 3:
        return rng.choice(_YEARS)
    if how == 4:
        return rng.choice(("招商引资", "营商环境", "结果", "举措", "csv", "xlsx", "json", "date", "1", "宽松", "exact"))
    return "".join(rng.choice(rng.choice((_WORDS, _WORDS, _SIGNS))) for _ in range(rng.choice((1, 2, 5, 20))))


if __name__ == "__main__":
    main()
