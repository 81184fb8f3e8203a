"""A portal of our own on the loopback: list pages, reports with attachments, robots.txt, sitemaps; it counts requests.

``python -m tests.crawl.site_server PAGES`` serves it until it is stopped, for the benchmark.
"""

from __future__ import annotations

import hashlib
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

PER_LIST = 20
_MODIFIED = "Tue, 05 Mar 2024 08:00:00 GMT"


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    validators: bool = True


@dataclass
class Portal:
    """What is served, by path; pages may be changed while it is served. ``requests``: the paths asked for, in order,
    with their status; ``sent``: bytes of bodies."""

    pages: dict[str, Answer] = field(default_factory=dict)
    requests: list[tuple[str, int]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    sent: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]

    def forget(self) -> None:
        with self.lock:
            self.requests.clear()
            self.sent = 0


def html(title: str, body: str, head: str = "") -> Answer:
    head = f'<meta charset="utf-8"><title>{title}</title>{head}'
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return Answer(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def report(number: int, extra: str = "") -> Answer:
    """A report in the mark-up of a TRS portal, its text different for every number."""
    year, day = 2015 + number % 9, 1 + number % 28
    title = f"云岭第{number}高新区{year}年工作总结"
    income, growth, firms = 10 + number * 0.7, 3 + number % 7, 20 + number
    body = (
        f"<h1>{title}</h1><p>发布时间：{year + 1}-01-{day:02d}　来源：云岭第{number}高新区管委会</p>"
        '<div class="TRS_Editor">'
        f"<p>{year}年，云岭第{number}高新区围绕产业园区建设稳步推进各项工作，经济运行总体平稳。</p>"
        f"<p>一、主要成效</p><p>全年完成一般公共预算收入{income:.1f}亿元，同比增长{growth}.5%；新签约项目{firms}个。</p>"
        f"<p>二、主要做法</p><p>设立了第{number}号企业服务专窗，为{firms * 3}家企业办理开办、用地、用工等事项，"
        f"实行专人跟踪服务，办理时间压缩到{1 + number % 5}个工作日以内。</p>"
        f"<p>三、下一步打算</p><p>计划新建标准厂房{firms}万平方米，引进研发机构{number % 9 + 1}家。</p>{extra}</div>"
    )
    return html(
        title,
        body,
        f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{year + 1}-01-{day:02d}">',
    )


def report_path(number: int) -> str:
    return f"/gzzj/{201601 + number % 12}/t201601{number % 28 + 1:02d}_{number}.html"


def portal(reports: int) -> Portal:
    """``reports`` reports below /gzzj/, listed on pages that turn as TRS turns them; robots.txt forbids /gzzj/nb/."""
    site = Portal()
    lists = max(1, -(-reports // PER_LIST))
    for at in range(lists):
        numbers = range(at * PER_LIST, min(reports, (at + 1) * PER_LIST))
        rows = "".join(
            f'<li><a href="{report_path(n)}">云岭第{n}高新区工作总结全文</a><span>2016-01-{n % 28 + 1:02d}</span></li>'
            for n in numbers
        )
        pager = f'<script>createPageHTML({lists}, {at}, "index", "html");</script>'
        secret = f'<a href="/gzzj/nb/t20160101_{at}.html">内部资料不公开的报告</a><a href="/qt/about.html">关于我们</a>'
        name = "/gzzj/index.html" if at == 0 else f"/gzzj/index_{at}.html"
        site.pages[name] = html("工作总结", f"<ul>{rows}</ul>{pager}{secret}")
        site.pages[f"/gzzj/nb/t20160101_{at}.html"] = report(9000 + at)
    for number in range(reports):
        site.pages[report_path(number)] = report(number)
    site.pages["/qt/about.html"] = html("关于我们", "<p>本站由管委会办公室维护。</p>")
    site.pages["/robots.txt"] = Answer(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /gzzj/nb/\r\n", validators=False)
    return site


@contextmanager
def served(site: Portal, port: int = 0, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address of ``site``, without a slash at its end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # head and body in one packet: else each answer waits 40 ms for an acknowledgement

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path) + (f"?{q}" if (q := urlsplit(self.path).query) else "")
            answer = site.pages.get(path) or site.pages.get(path.split("?")[0]) or Answer(b"<h1>404</h1>", 404)
            tag = f'"{hashlib.md5(answer.body, usedforsecurity=False).hexdigest()}"'
            known = answer.validators and answer.status == 200 and self.headers.get("If-None-Match") == tag
            status, body = (304, b"") if known else (answer.status, answer.body)
            with site.lock:
                site.requests.append((path, status))
                site.agents.add(self.headers.get("User-Agent", ""))
                site.sent += len(body)
            self.send_response(status)
            headers = dict(answer.headers)
            if answer.validators and answer.status == 200:
                headers |= {"ETag": tag, "Last-Modified": _MODIFIED}
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def handle(self) -> None:
            with suppress(BrokenPipeError, ConnectionResetError, TimeoutError):
                super().handle()

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 64

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that hangs up, as a refused certificate makes it do

    server = Server(("127.0.0.1", port), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def config(folder: Path, url: str, *, crawl: str = "", seconds: float = 2.0, **site: object) -> Path:
    """A config.toml for the portal at ``url`` below ``folder``; ``site``: further keys, as TOML writes them.
    ``seconds`` without a byte until an answer is given up, half of those that it may take."""
    keys = {
        "name": '"portal"',
        "start": f'["{url}/gzzj/index.html"]',
        "allow": f'["^{url}/gzzj/"]',
        "reports": "['/t\\d{8}_\\d+\\.html$']",
        "delay_seconds": "0.0",
        "concurrency": "2",
        "private_hosts": '["127.0.0.1"]',
    } | {key: str(value) for key, value in site.items()}
    corpus = Path(__file__).resolve().parents[2] / "corpus/tables"
    text = f'[data]\nfolder = "var"\ncorpus = "{corpus}"\n[fetch]\ncontact = "mailto:crawl@example.org"\n'
    text += f"timeout_seconds = {seconds}\ntotal_seconds = {2 * seconds}\n"
    text += f"[crawl]\n{crawl}\n[[site]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


if __name__ == "__main__":
    with served(portal(int(sys.argv[1])), int(sys.argv[2])) as address:
        print(address, flush=True)
        threading.Event().wait()
