"""Which network addresses feeds may live at: the public ones, and what the settings allow besides.

The check sits where the socket is made, on the very address that is connected to, so that no
DNS answer, redirect or way of writing an address gets around it.
"""

import errno
import ipaddress
import socket
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
AddressInfo = tuple[
    int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[str, int] | tuple[str, int, int, int]
]
"""One row of `socket.getaddrinfo`."""

_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # carried on to IPv4 by a NAT64 (RFC 6052)
_NEVER_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",  # between a provider and its customers (RFC 6598)
        "192.0.0.0/24",  # protocol assignments (RFC 6890)
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "2002::/16",  # 6to4, which carries any IPv4 address (RFC 3056)
        "fec0::/10",  # site-local, the private addresses of old (RFC 3879)
    )
)


class RefusedAddressError(OSError):
    """The address is not one that feeds may live at."""


class AddressGuard:
    """Opens sockets to public addresses and to those within `allow` (CIDRs), to no other."""

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._allow = tuple(ipaddress.ip_network(network) for network in allow)

    def open_socket(self, row: AddressInfo) -> socket.socket:
        """Make the socket for one row of `getaddrinfo`, or raise RefusedAddressError."""
        family, sort, protocol, _, where = row
        because = self.refusal(where[0])
        if because is not None:
            raise RefusedAddressError(errno.EACCES, because)
        return socket.socket(family, sort, protocol)

    def refusal(self, written: str) -> str | None:
        """Say why we would not connect to an address; None where we would."""
        address = _carried(ipaddress.ip_address(written))
        if any(address in network for network in self._allow):
            return None
        sort = _sort(address)
        return f"{address} is {sort}" if sort else None


def _carried(address: Address) -> Address:
    """Give the IPv4 address that an IPv6 address only wraps."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _TRANSLATED:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _sort(address: Address) -> str | None:
    """Name the sort of address that is not public; None for a public one."""
    sorts = {
        "the address of no machine": address.is_unspecified,
        "a loopback address": address.is_loopback,
        "a link-local address": address.is_link_local,
        "a multicast address": address.is_multicast,
        "a private address": address.is_private or any(address in network for network in _NEVER_PUBLIC),
        "a reserved address": address.is_reserved,
    }
    return next((sort for sort, it_is in sorts.items() if it_is), None)
