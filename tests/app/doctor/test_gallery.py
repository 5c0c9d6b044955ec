"""The gallery's certificate lasts and is for the public address; how sound is handed over is said."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.doctor.gallery import check_fan_out, check_tls
from tests.app.doctor.cases import case_of


def a_certificate(folder: Path, *names: str, days: int = 60) -> dict[str, Any]:
    """The settings of one for these names that lasts so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    name = x509.Name([])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - datetime.timedelta(days=90))
    builder = builder.not_valid_after(now + datetime.timedelta(days=days))
    if names:
        alternative = x509.SubjectAlternativeName([x509.DNSName(one) for one in names])
        builder = builder.add_extension(alternative, critical=False)
    chain, private = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return {"tls_certificate": chain, "tls_key": private}


async def test_without_one_tls_is_left_to_a_proxy(tmp_path: Path) -> None:
    (finding,) = await check_tls(case_of(tmp_path))
    assert finding.line == "ok  certificate: none here: TLS is left to a proxy"


@pytest.mark.parametrize("name", ["talks.example.org", "*.example.org", "TALKS.example.org"])
async def test_one_that_lasts_and_is_for_the_address_is_well(tmp_path: Path, name: str) -> None:
    files = a_certificate(tmp_path, "other.example.org", name)
    (finding,) = await check_tls(case_of(tmp_path, public_url="https://talks.example.org", **files))
    assert finding.is_well
    assert "valid until" in finding.line


@pytest.mark.parametrize("names", [[], ["example.org"], ["*.talks.example.org"]])
async def test_one_for_another_address_is_told(tmp_path: Path, names: list[str]) -> None:
    files = a_certificate(tmp_path, *names)
    (finding,) = await check_tls(case_of(tmp_path, public_url="https://talks.example.org", **files))
    assert "it is not for talks.example.org. See LOGGIONE_PUBLIC_URL" in finding.line


@pytest.mark.parametrize("days", [-1, 5])
async def test_one_that_ends_soon_or_has_ended_is_told(tmp_path: Path, days: int) -> None:
    files = a_certificate(tmp_path, "talks.example.org", days=days)
    (finding,) = await check_tls(case_of(tmp_path, public_url="https://talks.example.org", **files))
    assert "Have it renewed." in finding.line


async def test_one_that_cannot_be_used_is_told_with_the_reason(tmp_path: Path) -> None:
    files = a_certificate(tmp_path)
    files["tls_key"].unlink()
    (finding,) = await check_tls(case_of(tmp_path, **files))
    assert "key.pem cannot be read" in finding.line
    assert not finding.is_well


async def test_how_sound_is_handed_over_is_said_and_always_well(tmp_path: Path) -> None:
    (plain,) = await check_fan_out(case_of(tmp_path))
    (by_tls,) = await check_fan_out(case_of(tmp_path, **a_certificate(tmp_path)))
    assert plain.is_well
    assert "io_uring" in plain.line
    assert by_tls.line == "ok  fan-out: by TLS, one write for each listener"
