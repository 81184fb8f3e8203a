"""No way in: whatever an address looks like, it leads to the public web or to a host that config.toml names."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.crawl.fetcher import HttpFetcher
from indexer.crawl.guard import Guard, Refused, host_of, is_public, target_of
from indexer.errors import FetchFailed
from indexer.settings import FetchSettings
from tests.crawl.site_server import Answer, Portal, html, portal, served

# What names of a resolver of ours lead to; a public address of the documentation kind would be refused as such.
NAMES = {
    "one-inside.example.org": ["93.184.216.34", "10.0.0.1"],
    "loop.example.org": ["127.0.0.1"],
    "metadata.example.org": ["169.254.169.254"],
    "mapped.example.org": ["::ffff:192.168.1.1"],
    "nat64.example.org": ["64:ff9b::a00:1"],
    "sixtofour.example.org": ["2002:7f00:1::1"],
    "unique-local.example.org": ["fd12:3456::1"],
    "carrier.example.org": ["100.100.100.200"],
    "public.example.org": ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"],
}
REFUSED = """
http://127.0.0.1/
http://127.0.0.1:8000/
https://127.0.0.1/
http://127.1/
http://127.0.1/
http://127.255.255.254/
http://2130706433/
http://017700000001/
http://0x7f000001/
http://0x7f.0.0.1/
http://0x7f.1/
http://0177.0.0.1/
http://0177.1/
http://127.0.0.01/
http://127.0.0.1./
http://localhost/
http://LOCALHOST/
http://localhost./
http://a.localhost/
http://printer.local/
http://metadata.google.internal/computeMetadata/v1/
http://router.lan/
http://nas.home.arpa/
http://intranet/
http://0/
http://0.0.0.0/
http://10.0.0.1/
http://10.255.255.255/
http://172.16.0.1/
http://172.31.255.255/
http://192.168.0.1/
http://169.254.169.254/latest/meta-data/
http://169.254.0.1/
http://2852039166/
http://0xa9fea9fe/
http://0251.0376.0251.0376/
http://100.64.0.1/
http://100.100.100.200/latest/meta-data/
http://100.127.255.255/
http://168.63.129.16/metadata
http://192.0.0.8/
http://192.0.2.1/
http://198.18.0.1/
http://198.51.100.7/
http://203.0.113.9/
http://224.0.0.1/
http://239.255.255.250/
http://240.0.0.1/
http://255.255.255.255/
http://[::1]/
http://[::]/
http://[0:0:0:0:0:0:0:1]/
http://[::ffff:127.0.0.1]/
http://[::ffff:7f00:1]/
http://[::ffff:10.0.0.1]/
http://[::127.0.0.1]/
http://[::ffff:0:127.0.0.1]/
http://[64:ff9b::7f00:1]/
http://[64:ff9b::169.254.169.254]/
http://[64:ff9b:1::a00:1]/
http://[fe80::1]/
http://[fe80::1%25eth0]/
http://[fec0::1]/
http://[fc00::1]/
http://[fd00:ec2::254]/
http://[ff02::1]/
http://[2002:7f00:1::]/
http://[2001:0:7f00:1::]/
http://[2001:db8::1]/
http://[100::1]/
http://１２７.０.０.１/
http://127。0。0。1/
http://①②⑦.⓪.⓪.①/
http://ｌｏｃａｌｈｏｓｔ/
http://user@example.com@127.0.0.1/
http://user:secret@public.example.org/
http://public.example.org\\@127.0.0.1/
http://127.0.0.1\\.public.example.org/
http://public.example.org:80@127.0.0.1/
http:///etc/passwd
http://public.example.org:22/
http://public.example.org:25/
http://public.example.org:6379x/
http://public.example.org:11211111/
http://a b.example.org/
http://-bad-.example.org/
http://public..example.org/
file:///etc/passwd
ftp://public.example.org/
gopher://127.0.0.1:6379/_INFO
dict://127.0.0.1:11211/stats
javascript:alert(1)
data:text/html,hello
ldap://127.0.0.1/
//127.0.0.1/
http://one-inside.example.org/
http://loop.example.org/
http://metadata.example.org/
http://mapped.example.org/
http://nat64.example.org/
http://sixtofour.example.org/
http://unique-local.example.org/
http://carrier.example.org/
http://loop.example.org./
http://LOOP.EXAMPLE.ORG/
""".strip().splitlines()


def resolve(host: str, port: int) -> Sequence[str]:
    if host not in NAMES:
        raise OSError("no such name")
    return NAMES[host]


def guarded(url: str, *private_hosts: str) -> list[str]:
    guard = Guard(private_hosts, resolve)
    target = guard.check(url)
    return guard.addresses(target.host, target.port, 1.0)


def test_the_table_is_long_enough() -> None:
    assert len(set(REFUSED)) >= 60


@pytest.mark.parametrize("url", REFUSED)
def test_what_leads_inside_or_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        guarded(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://public.example.org/",
        "https://PUBLIC.example.org./a?b=1",
        "http://93.184.216.34/",
        "http://public.example.org#@127.0.0.1/",
    ],
)
def test_a_public_address_passes(url: str) -> None:
    assert guarded(url)


def test_a_host_that_is_named_may_be_private_and_only_that_one() -> None:
    assert guarded("http://127.0.0.1:8080/x", "127.0.0.1") == ["127.0.0.1"]
    assert guarded("http://loop.example.org/", "loop.example.org") == ["127.0.0.1"]
    assert guarded("http://[::1]:8080/", "[::1]:8080") == ["::1"]
    for url, named in (
        ("http://127.0.0.2/", "127.0.0.1"),
        ("http://127.0.0.1:8081/", "127.0.0.1:8080"),
        ("http://2130706433/", "127.0.0.1"),
        ("http://metadata.example.org/", "loop.example.org"),
    ):
        with pytest.raises(Refused):
            guarded(url, named)


def test_a_name_that_does_not_resolve_or_not_in_time_is_told() -> None:
    with pytest.raises(FetchFailed, match="找不到主机"):
        guarded("http://nowhere.example.org/")

    def too_late(host: str, port: int) -> Sequence[str]:
        time.sleep(5)
        return ["93.184.216.34"]

    slow = Guard((), too_late)
    began = time.monotonic()
    with pytest.raises(FetchFailed, match="找不到主机"):
        slow.addresses("slow.example.org", 80, 0.05)
    assert time.monotonic() - began < 4


def test_a_host_has_one_spelling() -> None:
    assert host_of("WWW.Example.ORG.") == "www.example.org"
    assert host_of("政务.中国") == "xn--zfr164b.xn--fiqs8s"
    assert target_of("http://A.example.org:80/").origin == "http://a.example.org"
    assert is_public("64:ff9b::5db8:d822")
    assert not is_public("no address")


LIMITS = FetchSettings(timeout_seconds=2.0, total_seconds=3.0, max_redirects=5)


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """DNS rebinding: the first answer is public, the next would be the loopback. There is no next."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else ["127.0.0.1"]

    site = portal(1)
    with served(site) as address:
        port = address.rpartition(":")[2]
        guard = Guard((), rebinding)
        fetcher = HttpFetcher(FetchSettings(timeout_seconds=0.2, total_seconds=0.3), 10_000, guard=guard)
        with pytest.raises(FetchFailed):
            fetcher.request(f"http://rebind.example.org:{port}/gzzj/index.html")
        assert asked == ["rebind.example.org"]
        fetcher.close()
    assert site.requests == []


def test_the_host_stays_that_of_the_name() -> None:
    hosts: list[str] = []

    def at_home(host: str, port: int) -> Sequence[str]:
        hosts.append(host)
        return ["127.0.0.1"]

    site = Portal({"/": html("首页", "<p>欢迎访问。</p>")})
    with served(site) as address:
        port = int(address.rpartition(":")[2])
        guard = Guard(("named.example.org",), at_home)
        fetcher = HttpFetcher(LIMITS, 10_000, guard=guard)
        response = fetcher.request(f"http://named.example.org:{port}/")
        fetcher.close()
    assert hosts == ["named.example.org"]
    assert f"Host: named.example.org:{port}".encode() in response.sent


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_certificates_are_checked_for_the_name_not_the_address(tmp_path: Path) -> None:
    """SNI and the check of the certificate are of the name, though the connection goes to an address."""
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    name = ["-subj", "/CN=named.example.org", "-addext", "subjectAltName=DNS:named.example.org"]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, *name]
    subprocess.run(make, check=True, capture_output=True)
    asked: list[str | None] = []
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate, key)
    server_side.sni_callback = lambda _, server_name, __: asked.append(server_name)
    site = Portal({"/": html("首页", "<p>欢迎访问。</p>")})
    guard = Guard(("named.example.org", "other.example.org"), lambda *_: ["127.0.0.1"])
    with served(site, tls=server_side) as address:
        port = address.rpartition(":")[2]
        knowing = ssl.create_default_context(cafile=certificate)
        for context, host, fine in ((knowing, "named", True), (knowing, "other", False), (None, "named", False)):
            fetcher = HttpFetcher(LIMITS, 10_000, guard=guard, ssl_context=context)
            if fine:
                assert fetcher.request(f"https://{host}.example.org:{port}/").status == 200
            else:
                with pytest.raises(FetchFailed, match="certificate verify failed"):
                    fetcher.request(f"https://{host}.example.org:{port}/")
            fetcher.close()
    assert asked == ["named.example.org", "other.example.org", "named.example.org"]


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.2:{port}/inside",
        "http://2130706434:{port}/inside",
        "http://localhost:{port}/inside",
        "http://[::1]:{port}/inside",
        "http://169.254.169.254/latest/",
        "file:///etc/passwd",
        "//10.0.0.1/",
        "ftp://127.0.0.1/x",
    ],
)
def test_a_redirect_leads_no_further_than_an_address(place: str) -> None:
    site = Portal({"/inside": html("内部", "<p>不该取到的内容。</p>")})
    with served(site) as address:
        port = address.rpartition(":")[2]
        there = place.format(port=port)
        site.pages["/out"] = Answer(status=302, headers={"Location": there})
        site.pages["/refresh"] = html("跳转", "", f'<meta http-equiv="refresh" content="0;url={there}">')
        fetcher = HttpFetcher(LIMITS, 10_000, ("127.0.0.1",))
        for path in ("/out", "/refresh"):
            with pytest.raises(Refused):
                fetcher.fetch(address + path)
        fetcher.close()
    assert [path for path, _ in site.requests] == ["/out", "/refresh"]


def test_threads_share_a_fetcher() -> None:
    site = portal(20)
    bodies: list[int] = []
    with served(site) as address:
        fetcher = HttpFetcher(LIMITS, 100_000, ("127.0.0.1",))
        paths = [path for path in site.pages if path.startswith("/gzzj/2")]
        threads = [
            threading.Thread(target=lambda p=path: bodies.append(len(fetcher.request(address + p).body)))
            for path in paths
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        fetcher.close()
    assert sorted(bodies) == sorted(len(site.pages[path].body) for path in paths)
