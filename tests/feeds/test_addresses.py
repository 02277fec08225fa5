"""The address guard: what is public, however it is written."""

import errno
import socket

import pytest

from bot.feeds.addresses import AddressGuard, RefusedAddressError


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.1.2.3",
        "224.0.0.1", "255.255.255.255", "240.0.0.1", "100.64.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1",
        "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "64:ff9b:1::1", "2002:7f00:1::1", "2002:808:808::1", "2001:0:7f00:1::1", "100::1",
    ],
)  # fmt: skip
def test_address_that_is_not_public_is_refused(address: str) -> None:
    assert AddressGuard().refusal(address) is not None


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808", "172.32.0.1"],
)
def test_public_address_is_open(address: str) -> None:
    assert AddressGuard().refusal(address) is None


def test_refusal_names_the_sort_of_address() -> None:
    assert AddressGuard().refusal("::ffff:127.0.0.1") == "127.0.0.1 is a loopback address"
    assert AddressGuard().refusal("169.254.169.254") == "169.254.169.254 is a link-local address"
    assert AddressGuard().refusal("100.64.0.1") == "100.64.0.1 is a private address"
    assert AddressGuard().refusal("0.0.0.0") == "0.0.0.0 is the address of no machine"  # noqa: S104 - refused


def test_allowed_network_is_open_and_its_neighbour_is_not() -> None:
    guard = AddressGuard(["127.0.0.0/8", "fd00::/8"])
    assert guard.refusal("127.0.0.1") is None
    assert guard.refusal("::ffff:127.0.0.1") is None
    assert guard.refusal("fd12::1") is None
    assert guard.refusal("10.0.0.1") is not None
    assert guard.refusal("::1") is not None


def test_no_socket_is_made_for_a_refused_address() -> None:
    row = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 80))
    with pytest.raises(RefusedAddressError) as refused:
        AddressGuard().open_socket(row)
    assert refused.value.errno == errno.EACCES
    AddressGuard(["127.0.0.0/8"]).open_socket(row).close()
