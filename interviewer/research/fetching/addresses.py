"""Which addresses may be asked for: of the web, without tricks, on the open internet."""

from __future__ import annotations

import ipaddress
import re
import socket

import httpx

from interviewer.errors import InputError
from interviewer.research.characters import clean

PORTS = frozenset({80, 443})
_SCHEMES = {"http": 80, "https": 443}
_LONGEST = 2_000
_SHOWN = 200
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_USER = re.compile(r"[a-z]+:/*[^/?#]*@", re.IGNORECASE)
# A last label like this makes a browser read the whole host as a number (WHATWG URL, 3.5).
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_UNICAST = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Python 3.11 takes these for public: protocol assignments, among them Oracle's metadata; relays
# of 6to4; Azure's own host; two ranges that were set aside later.
_SHUT = "192.0.0.0/24 192.88.99.0/24 168.63.129.16/32 3fff::/20 5f00::/16"
_CLOSED = tuple(ipaddress.ip_network(net) for net in _SHUT.split())
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def resolved(host: str) -> tuple[str, ...]:
    """Return the addresses of a host; OSError or UnicodeError where it has none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(info[4][0]) for info in found))


def is_public(address: str) -> bool:
    """Return whether an address is one that anybody on the internet can connect to.

    An IPv6 address that carries one of IPv4 is as public as that.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return _is_open(found)
    if found.scope_id is not None:
        return False
    if found.ipv4_mapped:
        return _is_open(found.ipv4_mapped)
    if found in _NAT64:
        return _is_open(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
    carried = found.sixtofour
    return found in _UNICAST and _is_open(found) and (carried is None or _is_open(carried))


def _is_open(found: _Address) -> bool:
    shut = found.is_multicast or any(found in net for net in _CLOSED)
    return found.is_global and not shut


def web_address(text: str, ports: frozenset[int] | None = PORTS) -> httpx.URL:
    """Return an address that may be looked up, in the one form that its page is known by.

    That is without the part after `#`, the port that goes without saying and the dot that may end
    a host, and with the `/` that may be left out after it.

    Args:
        text: What somebody gave, or where a page leads.
        ports: Ports that may be connected to, None for any.

    Raises:
        InputError: It is no address of the web, or of a form that hides where it leads.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        raise refused(text, f"is longer than {_LONGEST} characters", "Give a shorter address")
    if re.search(r"[\s\\\x00-\x1f\x7f]", text) or clean(text) != text:
        raise refused(text, "has characters that no address has", "Copy it from the browser")
    try:
        url = httpx.URL(text).copy_with(fragment=None)
        spelt = url.host  # which fails where a name only seems to be of other letters
    except (httpx.InvalidURL, ValueError) as error:
        raise refused(text, "is not an address", "Copy it from the browser") from error
    if url.scheme not in _SCHEMES or not spelt:
        raise refused(text, "is no web page", "Give an address that begins with https://")
    if _USER.match(text):
        raise refused(text, "holds a user name", "Give the address without it")
    port = port_of(url)
    if ports is not None and port not in ports:
        raise refused(text, f"names port {port}", "Pages are fetched from ports 80 and 443 only")
    _check_host(url, text)
    return url.copy_with(
        host=host_of(url).removesuffix("."),
        port=None if port == _SCHEMES[url.scheme] else port,
        raw_path=url.raw_path,
    )


def port_of(url: httpx.URL) -> int:
    """Return the port of an address, that of its scheme where it names none."""
    return url.port if url.port is not None else _SCHEMES[url.scheme]


def host_of(url: httpx.URL) -> str:
    """Return the host of an address as it is looked up."""
    return url.raw_host.decode("ascii")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _check_host(url: httpx.URL, text: str) -> None:
    host = host_of(url)
    if ":" in host and "%" not in host:
        return  # IPv6: whether it is public is asked where it is connected to
    if re.fullmatch(r"(\d{1,3}\.){3}\d{1,3}", host) and _is_address(host):
        return
    labels = host.removesuffix(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        raise refused(text, "has a number for a host", "Give the host's name")
    if len(labels) < 2 or len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise refused(text, "has no host of the internet", "Give an address like https://acme.com")


def refused(url: object, what: str, fix: str) -> InputError:
    """Return why a page is not fetched, as sentences."""
    return InputError(f"{shown(url)} {what}. {fix}.")


def shown(text: object) -> str:
    """Return an address, or what a host says, fit for a line and without a password."""
    line = re.sub(r"(?<=//)[^/?#]*@", "…@", " ".join(clean(str(text)).split()))
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
