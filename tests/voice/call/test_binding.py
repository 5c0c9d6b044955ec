"""The native library, in a process of its own which it may abort."""

import subprocess
import sys

from tests.deadline import DEADLINE
from tests.interface import needs_interface


@needs_interface
def test_calls_may_be_stopped_while_they_are_being_connected() -> None:
    command = [sys.executable, "-m", "tests.voice.hurried_binding"]
    hurried = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE, check=False)
    assert hurried.returncode == 0, hurried.stderr
