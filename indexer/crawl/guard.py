"""Which addresses may be fetched at all: the web's public ones, and the private hosts that config.toml names.

Three doors, one after the other: the spelling of an address (scheme, user name, port, numbers dressed up as hosts), the
name of its host, and *every* address that the name resolves to. The connection then goes to an address that was checked
(connection.py), so a name that resolves differently a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import idna

from indexer.errors import FetchFailed

Resolver = Callable[[str, int], Sequence[str]]  # host, port → IP addresses as text; raises OSError
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_SCHEMES = {"http": 80, "https": 443}
# Ports of other services: a request may be read as a command there. The list of the Fetch standard ("bad ports").
_BAD_PORTS = frozenset(
    (
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102),
        *(103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512),
        *(513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719),
        *(1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679),
        *(6697, 10080),
    )
)
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "localdomain", "onion")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")

# What ipaddress calls global and yet leads inside, or is of no use to a crawler.
_INSIDE = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # shared by carriers; 100.100.100.200 is the metadata service of a Chinese cloud
        "168.63.129.16/32",  # metadata of another cloud, on a public address
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "64:ff9b:1::/48",  # NAT64 for use inside a network
        "100::/64",
        "2001::/23",  # Teredo and other assignments of the protocol itself
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
# IPv6 networks whose last 32 bits are an IPv4 address: that is where a packet ends.
_EMBEDDING = tuple(
    ipaddress.IPv6Network(network) for network in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")
)


class Refused(FetchFailed):
    """An address that is not asked, and why not."""

    code = "refused"


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address leads: ``host`` in lower case ASCII, without its trailing dot and without brackets."""

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """As robots.txt is kept for: scheme, host, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _SCHEMES[self.scheme] else f":{self.port}")


def target_of(url: str) -> Target:
    """Raises Refused where ``url`` is no plain address of the web."""
    if any(character <= " " or character in "\\\x7f" for character in url):
        raise Refused("fetch.odd_characters", url=url)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused("fetch.no_address", url=url) from error
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES:
        raise Refused("fetch.scheme", url=url)
    if "@" in parts.netloc:
        raise Refused("fetch.credentials")
    if not parts.hostname:
        raise Refused("fetch.without_host", url=url)
    port = _SCHEMES[scheme] if port is None else port
    if port in _BAD_PORTS:
        raise Refused("fetch.port", url=url, port=port)
    try:
        return Target(scheme, host_of(parts.hostname), port)
    except Refused as error:
        raise Refused("fetch.of_url", url=url, problem=error) from error


def host_of(name: str) -> str:
    """A host's name as it is resolved and compared. Raises Refused for numbers dressed up as a name (2130706433,
    0177.0.0.1, 0x7f.1, 127.1, １２７.０.０.１) and for what no name can be."""
    if ":" in name:
        try:
            return str(ipaddress.IPv6Address(name))  # a zone (fe80::1%eth0) is refused by the check of the address
        except ValueError as error:
            raise Refused("fetch.ipv6", host=name) from error
    try:
        host = idna.uts46_remap(name, std3_rules=False).lower()
        host = host.replace("\u3002", ".").removesuffix(".")
        if not host.isascii():
            host = idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise Refused("fetch.host_name", host=name) from error
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Refused("fetch.host_name", host=name)
    if _NUMBER.fullmatch(labels[-1]):
        try:
            address = ipaddress.IPv4Address(host)  # strict: four decimal numbers, no leading zeros
        except ValueError as error:
            raise Refused("fetch.dressed_number", host=name) from error
        if str(address) != name.removesuffix("."):
            raise Refused("fetch.dressed_number", host=name)
    return host


def is_public(address: str) -> bool:
    """Whether ``address`` (an IP address) lies in the public internet, looking through forms that embed another."""
    try:
        ip: IPAddress = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id is not None:
            return False
        for network in _EMBEDDING:
            if ip in network:
                return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    inside = any(ip.version == network.version and ip in network for network in _INSIDE)
    return ip.is_global and not ip.is_multicast and not inside


class Guard:
    """Decides for one crawl, or one ``add``. ``private_hosts``: names or addresses (with a port, if only that one) of
    hosts that may be private, as config.toml spells them."""

    def __init__(self, private_hosts: Collection[str] = (), resolve: Resolver | None = None) -> None:
        self._private = {_private_host(named) for named in private_hosts}
        self._resolve = resolve or system_resolver

    def check(self, url: str) -> Target:
        """By its spelling alone, without asking anybody. Raises Refused."""
        target = target_of(url)
        if self._is_named(target.host, target.port):
            return target
        if _is_ip(target.host):
            if not is_public(target.host):
                raise _inside(target.host)
        elif "." not in target.host or any(
            target.host == name or target.host.endswith("." + name) for name in _LOCAL_NAMES
        ):
            raise _inside(target.host)
        return target

    def addresses(self, host: str, port: int, seconds: float) -> list[str]:
        """The addresses to connect to, all of them checked: with one inside among them none is used. Raises Refused, or
        FetchFailed where the name doesn't resolve within ``seconds``."""
        found = [host] if _is_ip(host) else list(dict.fromkeys(_within(seconds, self._resolve, host, port)))
        if not self._is_named(host, port) and not all(is_public(address) for address in found):
            raise _inside(host)
        return found

    def _is_named(self, host: str, port: int) -> bool:
        return (host, None) in self._private or (host, port) in self._private


def _inside(host: str) -> Refused:
    return Refused("fetch.private", host=host)


def _private_host(named: str) -> tuple[str, int | None]:
    """``named`` as config.toml spells it: ``intranet``, ``10.0.0.5:8080``, ``[::1]:8080``, ``::1``."""
    if named.count(":") > 1 and not named.startswith("["):
        return host_of(named), None
    parts = urlsplit(f"//{named}")
    return host_of(parts.hostname or named), parts.port


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def system_resolver(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[4][0]) for address in found]


def _within(seconds: float, resolve: Resolver, host: str, port: int) -> Sequence[str]:
    """getaddrinfo knows no time limit, so it runs in a thread that is left to itself where it takes too long."""
    answer: list[Sequence[str]] = []
    failure: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answer.append(resolve(host, port))
        except (OSError, UnicodeError) as error:
            failure.append(error)

    thread = threading.Thread(target=ask, daemon=True, name=f"resolve {host}")
    thread.start()
    thread.join(max(0.0, seconds))
    if failure or not answer or not answer[0]:
        raise FetchFailed("fetch.no_host_check", host=host) from (failure[0] if failure else None)
    return answer[0]
