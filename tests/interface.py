"""Calls need a network interface: neither the native call library nor a browser calls over loopback alone."""

import pytest

from app.machine import has_voice_interface

needs_interface = pytest.mark.skipif(
    not has_voice_interface(),
    reason="calls need an interface besides loopback that is up: run the tests by scripts/hermetic",
)
