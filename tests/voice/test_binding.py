"""The native library, in a process of its own which it may abort."""

import subprocess
import sys

import pytest

from app.machine import has_voice_interface

PATIENCE = 60.0
"""Seconds that the process may take."""


@pytest.mark.skipif(
    not has_voice_interface(),
    reason="the call library needs an interface besides loopback: run the tests by scripts/hermetic",
)
def test_calls_may_be_stopped_while_they_are_being_connected() -> None:
    command = [sys.executable, "-m", "tests.voice.hurried_binding"]
    hurried = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert hurried.returncode == 0, hurried.stderr
