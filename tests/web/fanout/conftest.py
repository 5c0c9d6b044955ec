"""What tests of the fan-out share: chunks that tell their number, and lines of both kinds."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from benchmarks.gallery.certificate import write_certificate
from tests.web.wires import Wire, a_wire
from web.tls import Certificate

AWire = Callable[[], AbstractAsyncContextManager[Wire]]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate(*write_certificate(tmp_path_factory.mktemp("tls")))


@pytest.fixture(params=["plain", "tls"])
def any_wire(request: pytest.FixtureRequest, certificate: Certificate) -> AWire:
    """Makes lines of the one kind, and then of the other."""
    return lambda: a_wire(certificate=certificate if request.param == "tls" else None)
