"""A token crosses a network encrypted, or not at all unless its user says so."""

from collections.abc import AsyncIterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import grpc.aio
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from muster.gateway.v1 import account_service_pb2, account_service_pb2_grpc

from chassis.clock import SystemClock
from cli.errors import CommandError
from cli.gateway_way import open_way, why_unanswered


class Accounts(account_service_pb2_grpc.AccountServiceServicer):
    """Gives a session to everybody."""

    async def CreateSession(  # noqa: N802 - as on the wire
        self, request: account_service_pb2.CreateSessionRequest, context: object
    ) -> account_service_pb2.Session:
        return account_service_pb2.Session(token=f"mst_{request.account}")


@pytest.fixture
async def proxy(tmp_path: Path) -> AsyncIterator[str]:
    """A gateway in TLS; its certificate is in the file `trusted.pem`."""
    key, certificate = make_certificate()
    (tmp_path / "trusted.pem").write_bytes(certificate)
    server = grpc.aio.server()
    account_service_pb2_grpc.add_AccountServiceServicer_to_server(Accounts(), server)
    port = server.add_secure_port("127.0.0.1:0", grpc.ssl_server_credentials([(key, certificate)]))
    await server.start()
    yield f"127.0.0.1:{port}"
    await server.stop(None)


async def sign_in(address: str) -> str:
    async with open_way(address, token=None) as channel:
        accounts = account_service_pb2_grpc.AccountServiceStub(channel)
        request = account_service_pb2.CreateSessionRequest(account="ana")
        return str((await accounts.CreateSession(request)).token)


async def test_a_gateway_in_tls_is_reached_if_this_machine_trusts_it(
    proxy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))

    assert await sign_in(f"https://{proxy}") == "mst_ana"


async def test_the_address_may_be_copied_from_a_browser(
    proxy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))

    assert await sign_in(f"https://{proxy}/") == "mst_ana"


async def test_a_gateway_that_nobody_vouches_for_is_not_spoken_to(proxy: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await sign_in(f"https://{proxy}")

    assert "does not trust its certificate" in why_unanswered(f"https://{proxy}", refused.value)


def test_nobody_else_is_trusted_where_the_list_of_the_trusted_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))

    with pytest.raises(CommandError, match=r"none\.pem cannot be read: No such file"):
        open_way("https://muster.example", token=None)


async def test_where_nobody_listens_the_certificate_is_not_blamed() -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await sign_in("127.0.0.1:1")

    assert "is Muster running?" in why_unanswered("127.0.0.1:1", refused.value)


@pytest.mark.parametrize(
    "address",
    [
        *("https://", "https://muster.example:x", "https://muster.example:99999", "https://[::1"),
        *("https://muster.example/board", "https://ana:secret@muster.example"),
        *("http://muster.example", "localhost", "[::1", "ftp://muster.example"),
        "ipv4:127.0.0.1:8081,10.0.0.7:8081",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(CommandError, match="is no address of a gateway: write https://"):
        open_way(address, token=None)


@pytest.mark.parametrize("address", ["muster.example:8081", "10.0.0.7:8081", "[fe80::7]:8081"])
def test_without_encryption_nothing_is_sent_to_another_machine(address: str) -> None:
    with pytest.raises(CommandError, match="write https://"):
        open_way(address, token=None)


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8081", "localhost:8081", "[::1]:8081", "http://muster.example:8081"]
)
async def test_on_this_machine_or_where_its_user_says_so_it_may_be_plain(address: str) -> None:
    await open_way(address, token=None).close()


def make_certificate() -> tuple[bytes, bytes]:
    """Returns key and certificate of 127.0.0.1, signed by itself, in PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "muster")])
    now = SystemClock().now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    return (
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        certificate.public_bytes(serialization.Encoding.PEM),
    )
