"""Says which addresses may be asked: http and https only, and no machine on a network of its own.

A page can name any address, or redirect to it. What answers on the machine itself, in its local network or at the
metadata service of a cloud is not the web: it may hold what no stranger should be able to draw into a warehouse. So a
host is judged by the numbers its name stands for, after the look-up, and the connection is made to these numbers.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

import httpx

from tasks.sources.manners import Network

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_MAX_URL_CHARACTERS = 8_000  # what servers accept at the most is about this; longer ones are traps or data: addresses
# What Python's tables call public in one version or another: Oracle's metadata service and protocol assignments
# (192.0.0.0/24), Azure's metadata service, relays, documentation, segment routing, translation within a network.
_NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "168.63.129.16/32", "192.88.99.0/24", "64:ff9b:1::/48", "3fff::/20", "5f00::/16"),
    )
)
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")  # the one part of IPv6 that is given to hosts of the net
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # carries an IPv4 address in its last 32 bits (RFC 6052)


class AddressError(ValueError):
    """Nothing can be asked at this address; the message says why."""


def checked_url(url: str) -> httpx.URL:
    """``url`` taken apart. Raises AddressError where it is no address that can be asked over HTTP.

    >>> checked_url("https://新闻.example/1.html").raw_host
    b'xn--efvy88h.example'
    >>> checked_url("http://a.example:99999/")
    Traceback (most recent call last):
    tasks.sources.addresses.AddressError: the port 99999 is none
    """
    if len(url) > _MAX_URL_CHARACTERS:
        raise AddressError(f"the address has {len(url):,} characters")
    try:
        parsed = httpx.URL(url)
        host = parsed.raw_host
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise AddressError(str(error)) from error
    if parsed.scheme not in {"http", "https"}:
        raise AddressError(f"{parsed.scheme or 'no scheme'} is not http or https")
    if not host:
        raise AddressError("the address names no host")
    if parsed.port is not None and not 0 < parsed.port < 65_536:
        raise AddressError(f"the port {parsed.port} is none")
    return parsed


def is_private(number: str, allowed: Iterable[Network] = ()) -> bool:
    """Whether ``number`` (an IP address) lies in no public network and in none of the ``allowed`` ones.

    >>> [is_private(number) for number in ("127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "1.1.1.1")]
    [True, True, True, False]
    >>> is_private("10.1.2.3", [ipaddress.ip_network("10.1.0.0/16")])
    False
    """
    address = _carried(ipaddress.ip_address(number.partition("%")[0]))
    if any(address in network for network in allowed if network.version == address.version):
        return False
    if not address.is_global or address.is_multicast:
        return True
    if isinstance(address, ipaddress.IPv6Address) and address not in _PUBLIC_6:
        return True
    return any(address in network for network in _NOT_PUBLIC if network.version == address.version)


def is_number(host: str) -> bool:
    """Whether ``host`` is an IP address itself, not a name.

    >>> is_number("1.1.1.1"), is_number("1.1.1.1.example")
    (True, False)
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _carried(address: _Address) -> _Address:
    """The IPv4 address that an IPv6 address carries, where it is of a kind that does; else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None) or address
