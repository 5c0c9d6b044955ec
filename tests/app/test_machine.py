"""What the machine lacks is said before anything is started."""

import os
import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.machine import URGENT, check_port, raise_descriptor_limit
from app.supervision import CannotRun

LOOK = "from app.machine import has_voice_interface; print(has_voice_interface())"


def test_a_taken_port_is_refused_by_number_and_setting() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotRun, match=f"Port {port} is taken.*LOGGIONE_WEB_PORT"):
            check_port("127.0.0.1", port, "LOGGIONE_WEB_PORT")


@pytest.mark.parametrize("host", ["x" * 300, "a..b", "[::1]", "no such host", "192.0.2.77"])
def test_an_address_that_is_none_of_this_machine_s_is_refused_in_a_sentence(host: str) -> None:
    with pytest.raises(CannotRun, match="LOGGIONE_WEB_HOST") as refused:
        check_port(host, 8080, "LOGGIONE_WEB_PORT")
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("interfaces", "is_enough"),
    [
        ("ip link set lo up", False),
        ("ip link set v0 up && ip link set v1 up", False),
        ("ip address add 10.1.1.1/24 dev v0", False),
        ("ip address add 10.1.1.1/24 dev v0 && ip link set v0 up", True),
    ],
    ids=["loopback alone", "no address", "not up", "up with an address"],
)
def test_the_voice_needs_an_interface_that_is_up_with_an_address(interfaces: str, is_enough: bool) -> None:
    namespace = ["unshare", "--user", "--map-root-user", "--net", "sh", "-ec"]
    if subprocess.run([*namespace, "true"], capture_output=True).returncode:
        pytest.skip("no network namespaces on this machine")
    look = f"ip link add v0 type veth peer name v1; {interfaces}; exec {sys.executable} -c '{LOOK}'"
    answer = subprocess.run([*namespace, look], capture_output=True, text=True, check=True)
    assert answer.stdout == f"{is_enough}\n"


def test_descriptors_beyond_what_the_system_allows_are_refused() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    raise_descriptor_limit(100)
    with pytest.raises(CannotRun, match="LOGGIONE_LISTENER_LIMIT"):
        raise_descriptor_limit(hard + 1)


@pytest.mark.parametrize("is_allowed", [True, False])
def test_sound_comes_first_where_the_system_allows_it(is_allowed: bool) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may both ask and be refused")
    source = (
        "import os, sys\n"
        "from app.machine import come_first\n"
        "os.setpriority(os.PRIO_PROCESS, 0, 0)\n"
        "sys.argv[1] == 'True' or os.setuid(65534)\n"
        "come_first()\n"
        "print(os.getpriority(os.PRIO_PROCESS, 0))\n"
    )
    asked = subprocess.run([sys.executable, "-c", source, str(is_allowed)], capture_output=True, check=True)
    assert int(asked.stdout) == (URGENT if is_allowed else 0)


def test_a_process_that_dies_leaves_no_image_of_its_memory(tmp_path: Path) -> None:
    source = (
        "import os, resource\n"
        "from app.machine import leave_no_core\n"
        "hard = resource.getrlimit(resource.RLIMIT_CORE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))\n"
        "leave_no_core()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), flush=True)\n"
        "os.abort()\n"
    )
    died = subprocess.run([sys.executable, "-c", source], capture_output=True, cwd=tmp_path, check=False)
    assert died.returncode == -signal.SIGABRT
    assert died.stdout.split() == [b"(0,", b"0)"]
    assert list(tmp_path.iterdir()) == []
