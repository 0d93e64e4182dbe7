import pytest

from gateway.domain.addresses import address_class, client_address, parse_networks

PROXIES = parse_networks("10.0.0.0/8, fd00::/8")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.0/24"),
        ("::ffff:203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2ff::9", "2001:db8:1:200::/56"),
        ("fe80::1%eth0", "fe80::/56"),
        ("somewhere", ""),
        ("", ""),
    ],
)
def test_an_address_belongs_to_a_network_that_says_nothing_about_one_device(
    address: str, network: str
) -> None:
    assert address_class(address) == network


def test_without_proxies_the_connection_tells() -> None:
    assert client_address("203.0.113.9", ("198.51.100.1",), ()) == "203.0.113.9"


def test_our_proxies_tell_whom_they_forward_for_and_what_the_client_says_counts_for_nothing() -> (
    None
):
    forwarded = ("192.0.2.1", "203.0.113.9", "10.0.0.2")

    assert client_address("10.0.0.1", forwarded, PROXIES) == "203.0.113.9"


def test_a_call_from_inside_comes_from_the_nearest_proxy() -> None:
    assert client_address("10.0.0.1", ("10.0.0.7",), PROXIES) == "10.0.0.1"


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(ValueError, match=r"10\.0\.0\.0/33"):
        parse_networks("10.0.0.0/33")
