"""Which addresses may be asked for, and which may be connected to."""

from __future__ import annotations

import ipaddress
import socket

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.errors import InputError
from interviewer.research.fetching import is_public, resolved
from interviewer.research.fetching.addresses import shown, web_address

CLOSED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.1.2.3
127.255.255.254 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1
192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 168.63.129.16 198.18.0.1
198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:7f00:1 ::127.0.0.1
::10.0.0.1 64:ff9b::127.0.0.1 64:ff9b::a00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::808:808 100::1 2001::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::
2002:c0a8:101::1 2002:a9fe:a9fe:: 3fff::1 5f00::1 4000::1 fc00::1 fd00:ec2::254 fd12:3456::1
fe80::1 fe80::1%eth0 2606:4700::1%2 fec0::1 ff02::1 ff0e::1 localhost 127.1 0x7f000001 2130706433
010.0.0.1 1.2.3 1.2.3.4.5 256.1.1.1 fe80
"""
OPEN = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 93.184.215.14 100.63.255.255 100.128.0.1 172.15.255.255
172.32.0.1 192.167.1.1 223.255.255.255 2001:4860:4860::8888 2606:4700:4700::1111 2a00:1450::1
64:ff9b::808:808 ::ffff:8.8.8.8 2002:808:808::1
"""
TRICKS = r"""
ftp://acme.com/ file:///etc/passwd gopher://acme.com:70/ data:text/html,hello javascript:alert(1)
ws://acme.com/ about:blank mailto:jobs@acme.com //acme.com/ /jobs jobs acme.com http: http://
http:/// https:///path http:acme.com http://?x http://#x http://user@acme.com/
http://user:word@acme.com/ http://@acme.com/ http://:@acme.com/ https://acme.com@127.0.0.1/
http://acme.com:80@evil.com/ http://acme.com:22/ http://acme.com:8080/ https://acme.com:8443/
http://acme.com:0/ http://acme.com:99999/ http://acme.com:x/ http://acme.com:-80/
http://2130706433/ http://0x7f000001/ http://0x7f.1/ http://0177.0.0.1/ http://127.1/ http://127.0.1/
http://017700000001/ http://0/ http://0x/ http://1.2.3.4.5/ http://256.256.256.256/
http://acme.com.127/ http://127.0.0.1./ http://0x7f.0.0.0x1/ http://127.0.0.0x1/ http://localhost/ http://LOCALHOST/
http://router/ http://metadata/ http://a..b/ http://.acme.com/ http://acme.com../ http://-acme.com/
http://acme-.com/ http://a%2eb.com/ http://127.0.0.1%00.acme.com/ http://acme.com%2f@evil.com/
http://acme.com%00/ http://[fe80::1%25eth0]/ http://[::1/ http://::1/ http://[acme.com]/ http://[]/
http://acme.com\@127.0.0.1/ http://acme.com\evil/ http:\\acme.com\ http://ac*me.com/
http://xn--zzzzzz9.com/ http://acme!.com/ http://①②⑦.0.0.1/ http://ａｃｍｅ.com/ http://acme.com,evil.com/
"""


@pytest.mark.parametrize("address", CLOSED.split())
def test_what_only_this_machine_or_network_reaches_is_closed(address: str) -> None:
    """Private, local, reserved, and what carries such an address in itself, or is no address."""
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN.split())
def test_what_anybody_reaches_is_open(address: str) -> None:
    """Addresses just beside the closed ranges are connected to."""
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_is_as_open_in_every_form_that_carries_it(
    address: ipaddress.IPv4Address,
) -> None:
    """Mapped into IPv6, behind a translator or as a relay: never more open than by itself."""
    number = int(address)
    known = is_public(str(address))
    assert is_public(str(ipaddress.IPv6Address(0xFFFF << 32 | number))) == known
    assert is_public(str(ipaddress.IPv6Address((0x64FF9B << 96) | number))) == known
    assert is_public(str(ipaddress.IPv6Address((0x2002 << 112) | (number << 80) | 1))) <= known
    assert not is_public(str(ipaddress.IPv6Address(number)))


@given(st.ip_addresses())
def test_nothing_is_open_that_python_knows_as_closed(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    """The rule is never laxer than the library's own words for an address."""
    carries = address.version == 6 and (int(address) >> 32) in {0xFFFF, 0x64FF9B << 64}
    if is_public(str(address)) and not carries:
        assert address.is_global
        assert not any((address.is_private, address.is_loopback, address.is_link_local))
        assert not any((address.is_multicast, address.is_unspecified, address.is_reserved))


@pytest.mark.parametrize("url", TRICKS.split())
def test_an_address_that_hides_where_it_leads_is_refused(url: str) -> None:
    """Before anything is looked up: other schemes, users, ports, numbers and broken hosts."""
    with pytest.raises(InputError) as caught:
        web_address(url)
    assert "\n" not in str(caught.value)
    assert str(caught.value).count(". ") >= 1


@pytest.mark.parametrize("sign", ["\n", "\t", " ", "\x00", "\r\n", "\u200b", "\u202e", "\x7f"])
def test_a_sign_no_address_has_is_refused(sign: str) -> None:
    """A line break could end a header; an invisible sign hides what is asked for."""
    with pytest.raises(InputError, match="characters that no address has"):
        web_address(f"https://acme.com/a{sign}b")


@pytest.mark.parametrize(
    ("url", "known"),
    [
        (" https://Acme.com ", "https://acme.com/"),
        ("https://acme.com?x=1", "https://acme.com/?x=1"),
        ("https://acme.com:8443", "https://acme.com:8443/"),
        ("HTTPS://acme.com:443/jobs?x=1#top", "https://acme.com/jobs?x=1"),
        ("http://acme.com:80/", "http://acme.com/"),
        ("http://acme.com:443/", "http://acme.com:443/"),
        ("https://münchen.example/über uns".replace(" ", "%20"),
         "https://xn--mnchen-3ya.example/%C3%BCber%20uns"),
        ("https://例子.测试/关于", "https://xn--fsqu00a.xn--0zwm56d/%E5%85%B3%E4%BA%8E"),
        ("http://[2606:4700:4700::1111]/", "http://[2606:4700:4700::1111]/"),
        ("http://1.1.1.1/", "http://1.1.1.1/"),
        ("https://acme.com/@team", "https://acme.com/@team"),
        ("https://acme.com./@team", "https://acme.com/@team"),
        ("https://xn--fsqu00a.xn--0zwm56d./", "https://例子.测试/"),
    ],
)  # fmt: skip
def test_an_address_has_one_form(url: str, known: str) -> None:
    """The same page is known by the same address however it was written."""
    found = web_address(url, None)
    assert str(found) == str(httpx.URL(known))
    assert web_address(str(found), None) == found


def test_a_very_long_address_is_refused_and_cut() -> None:
    """The sentence stays one a person can read."""
    with pytest.raises(InputError, match="longer than 2000") as caught:
        web_address("https://acme.com/" + "a" * 5_000)
    assert len(str(caught.value)) < 400


def test_a_host_is_looked_up_by_the_system() -> None:
    """An address stands for itself, once."""
    assert resolved("127.0.0.1") == ("127.0.0.1",)
    with pytest.raises(socket.gaierror):
        resolved("1.2.3.4.5")


def test_what_is_shown_is_one_line() -> None:
    """What a host says cannot draw over a terminal."""
    assert shown("a\nb\u202ec") == "a bc"
    assert shown("http://user:word@acme.com/@x") == "http://…@acme.com/@x"
