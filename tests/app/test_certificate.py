"""The certificate of the settings: both files or neither, and a sentence when they cannot be used."""

from pathlib import Path

import pytest

from app.certificate import certificate_of, check_certificate
from app.settings import Settings, read_settings
from app.supervision import CannotRun
from benchmarks.gallery.certificate import write_certificate


def settings(**given: object) -> Settings:
    return read_settings(**given)


def test_without_settings_tls_is_left_to_a_proxy() -> None:
    assert certificate_of(settings()) is None
    check_certificate(settings())


def test_both_files_make_a_certificate(tmp_path: Path) -> None:
    chain, key = write_certificate(tmp_path)
    both = settings(tls_certificate=chain, tls_key=key)
    check_certificate(both)
    certificate = certificate_of(both)
    assert certificate is not None
    assert (certificate.chain, certificate.key) == (chain, key)


@pytest.mark.parametrize(
    ("given", "missing"), [("tls_certificate", "LOGGIONE_TLS_KEY"), ("tls_key", "LOGGIONE_TLS_CERTIFICATE")]
)
def test_one_without_the_other_is_refused_by_name(tmp_path: Path, given: str, missing: str) -> None:
    with pytest.raises(CannotRun, match=f"{missing} is missing"):
        check_certificate(settings(**{given: tmp_path / "file"}))


def test_files_that_cannot_be_used_are_refused_with_the_reason(tmp_path: Path) -> None:
    chain, key = write_certificate(tmp_path)
    with pytest.raises(CannotRun, match=r"LOGGIONE_TLS_CERTIFICATE.*nowhere.pem cannot be read"):
        check_certificate(settings(tls_certificate=tmp_path / "nowhere.pem", tls_key=key))
    with pytest.raises(CannotRun, match="cannot be read"):
        check_certificate(settings(tls_certificate=tmp_path, tls_key=key))
    with pytest.raises(CannotRun, match="no certificate and key in PEM"):
        check_certificate(settings(tls_certificate=key, tls_key=chain))
